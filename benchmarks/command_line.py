"""Cold commands: --help, reading and evidence on large ledgers."""

from pathlib import Path
from typing import Any

from benchmarks.timing import command
from cortipump.actions.import_files import Options, import_files
from cortipump.demo import scaled

INDEX = "2026-02-02"


def measure(folder: Path, sizes: list[int]) -> dict[str, Any]:
    """Whole processes, cold. [s]"""
    results: dict[str, Any] = {"help_s": command(["--help"]), "help_budget": "0.3 s"}
    for size in sizes:
        ledger = folder / f"{size}.cortipump"
        records = folder / f"records-{size}"
        records.mkdir()
        for name, content in scaled(1, size).items():
            (records / name).write_bytes(content)
        report = import_files(ledger, [records], Options(zone="America/Chicago", same_person=True))
        common = ["--ledger", str(ledger)]
        results[f"{size} facts"] = {
            "facts": report.facts_added,
            "megabytes": round(ledger.stat().st_size / 1e6, 1),
            "facts_visits_s": command(["facts", "--kind", "visit", *common], 5),
            "evidence_s": command(["evidence", "--index", INDEX, "--json", *common], 5),
            "budget": "read 0.6 s at 10,000; evidence 1.2 s at 100,000",
        }
    return results
