"""Golden files: beside each fixture of our own stands every fact that it yields, and every reason.

A fixture without its golden file fails; `make golden` writes what is missing and refuses to
overwrite without FORCE=1. A golden file changes only with a line under "Changed numbers".
"""

import json
import os
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest

from cortipump.importers.importer import Request
from cortipump.importers.registry import read

HERE = Path(__file__).parent / "importers"
FIXTURES = sorted(p for p in HERE.iterdir() if not p.name.endswith(".facts.json"))
BUNDLED = sorted(
    p.name
    for p in files("cortipump.demo").joinpath("files").iterdir()
    if p.name not in {"typed.json", "answers.json", "__init__.py"} and not p.name.endswith(".pdf")
)


def yielded(name: str, content: bytes) -> Any:
    """Everything that a file yields, as plain data."""
    reading = read(Request(name, content, ZoneInfo("America/Chicago"), date(2026, 11, 24)))
    return {
        "format": reading.format,
        "facts": [
            {"place": d.place, "key": d.key, "version": d.version,
             "body": json.loads(msgspec.json.encode(d.body))}
            for d in reading.drafts
        ],
        "skipped": [[problem.where, problem.why] for problem in reading.skipped],
    }  # fmt: skip


def check(golden: Path, found: Any) -> None:
    """Compare with the golden file, or write it where that was asked for."""
    mode = os.environ.get("CORTIPUMP_GOLDEN", "")
    text = json.dumps(found, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    if mode == "force" or (mode == "write" and not golden.exists()):
        golden.write_text(text, encoding="utf-8")
    assert golden.exists(), f"{golden.name} is missing: make golden"
    assert json.loads(golden.read_text(encoding="utf-8")) == json.loads(text)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda p: p.name)
def test_fixture_yields_its_golden_facts(path: Path) -> None:
    """Every fact and every reason, to the digit."""
    check(path.with_name(f"{path.name}.facts.json"), yielded(path.name, path.read_bytes()))


@pytest.mark.parametrize("name", BUNDLED)
def test_bundled_file_yields_its_golden_facts(name: str) -> None:
    """The same for the made-up person's files, which live in the package."""
    content = files("cortipump.demo").joinpath("files", name).read_bytes()
    check(HERE.parent / "bundled" / f"{name}.facts.json", yielded(name, content))
