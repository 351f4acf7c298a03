"""The appeal packet: a cold process, and once more in a warm one."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks.timing import command, seconds
from cortipump.actions.demo import demo
from cortipump.actions.evidence import Asked
from cortipump.actions.write import build, default_ask, render


def measure(folder: Path) -> dict[str, Any]:
    """The bundled person's packet (9 exhibits, 60 pages) and one with 20 exhibits."""
    out = folder / "demo"
    demo(out, lambda _: None)
    ledger = out / "demo.cortipump"
    for number in range(11):
        table = folder / f"more-{number}.csv"
        table.write_text(
            "date,instrument,version,language,total,part,note\n"
            f"2026-0{1 + number % 9}-1{number % 9},AddiQoL,AddiQoL-30,en,{70 + number},part {number},\n"
        )
        subprocess.run(
            [sys.executable, "-m", "cortipump", "import", str(table), "--ledger", str(ledger)],
            check=True, capture_output=True,
        )  # fmt: skip
    words = ["write", "packet", "--phase", "loaner", "--ledger", str(ledger), "--yes", "--replace",
             "--out", str(folder / "packet.pdf")]  # fmt: skip
    cold = command(words, 5)
    claims = json.loads((folder / "packet.claims.json").read_bytes())

    def job() -> None:
        written = build(ledger, "packet", Asked(phase="loaner"), default_ask())
        render(written, ".pdf")

    job()
    return {
        "facts": len(claims["facts"]),
        "exhibits": len(claims["sources"]),
        "statements": len(claims["statements"]),
        "cold_s": cold,
        "warm_s": seconds(job, 5),
        "budget": "cold <= 3 s, warm <= 0.5 s (300 facts, 20 exhibits, figures)",
        "demo_s": command(["demo", "--out", str(folder / "again")], 3),
        "demo_budget": "30 s",
    }
