"""SAFETY S11: a process killed at any moment leaves each file's import whole or absent."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cortipump.errors import LedgerMissing
from cortipump.record.store import open_ledger
from tests.records import bundle, encounter

KILLS, PARTS, FILES, VISITS = 200, 4, 5, 400


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Five exports of 400 visits each."""
    folder = tmp_path_factory.mktemp("exports")
    paths = []
    for number in range(FILES):
        visits = [
            encounter(f"{number}-{n}", f"20{10 + n % 14}-0{1 + n % 9}-1{n % 9}T0{n % 9}:00:00Z")
            for n in range(VISITS)
        ]
        path = folder / f"export-{number}.json"
        path.write_text(json.dumps(bundle(*visits)), encoding="utf-8")
        paths.append(path)
    return paths


def start(ledger: Path, exports: list[Path]) -> "subprocess.Popen[bytes]":
    """A process that imports every export."""
    words = [sys.executable, "-m", "cortipump", "import", "--ledger", str(ledger)]
    environment = {**os.environ, "TZ": "UTC"}
    return subprocess.Popen(
        [*words, *map(str, exports)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
    )


def facts_by_file(ledger: Path) -> dict[str, int]:
    """How many facts each source brought; opens the ledger as any command does."""
    try:
        with open_ledger(ledger) as opened:
            return {s.name: opened.facts_of_source(s.sha256) for s in opened.sources()}
    except LedgerMissing:
        return {}


@pytest.mark.safety("S11")
@pytest.mark.parametrize("part", range(PARTS))
def test_kill_at_200_random_moments(part: int, exports: list[Path], tmp_path: Path) -> None:
    """After SIGKILL the ledger opens, and every file is there with all its visits or not at all."""
    seconds = _whole_import(exports, tmp_path)
    chance = random.Random(part)
    partial = 0
    for number in range(KILLS // PARTS):
        ledger = tmp_path / f"{number}.cortipump"
        process = start(ledger, exports)
        time.sleep(chance.uniform(0.02, seconds))
        process.send_signal(signal.SIGKILL)
        process.wait()

        found = facts_by_file(ledger)

        assert set(found.values()) <= {VISITS}, found
        partial += 0 < len(found) < FILES
    assert partial > 0, "no kill fell between the files: the test tested nothing"


def _whole_import(exports: list[Path], tmp_path: Path) -> float:
    """How long an import takes when nobody kills it; it must bring everything."""
    ledger = tmp_path / "whole.cortipump"
    began = time.monotonic()
    assert start(ledger, exports).wait() == 0
    seconds = time.monotonic() - began
    assert sum(facts_by_file(ledger).values()) == FILES * VISITS
    return seconds
