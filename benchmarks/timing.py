"""How things are timed: several runs, the minimum and the median, never a single one."""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any


def seconds(job: Callable[[], Any], runs: int = 5) -> dict[str, float]:
    """Minimum and median of several runs. [s]"""
    found = []
    for _ in range(runs):
        began = time.perf_counter()
        job()
        found.append(time.perf_counter() - began)
    return {"min": round(min(found), 4), "median": round(statistics.median(found), 4)}


def command(words: list[str], runs: int = 5, allowed: tuple[int, ...] = (0,)) -> dict[str, float]:
    """A whole process of the command line, cold; it must end with an allowed status. [s]"""

    def job() -> None:
        ran = subprocess.run(
            [sys.executable, "-m", "cortipump", *words], check=False, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        if ran.returncode not in allowed:
            raise subprocess.CalledProcessError(ran.returncode, ran.args)

    return seconds(job, runs)
