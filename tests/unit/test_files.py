"""What is written is whole, private, and never over something else."""

import re
from pathlib import Path

from tests.conftest import ROOT, Run


def test_ledger_and_documents_are_for_their_owner_only(
    run: Run, ledger: Path, tmp_path: Path
) -> None:
    """Mode 600, whatever the umask."""
    run("add", "score", "instrument=AddiQoL", "value=71", "--on", "2026-03-02")
    run("export", tmp_path / "export.json")

    assert ledger.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "export.json").stat().st_mode & 0o777 == 0o600
    assert not [p.name for p in tmp_path.iterdir() if ".tmp" in p.name or p.name.endswith("~")]


def test_the_tests_that_the_rules_name_exist() -> None:
    """SAFETY.md and SECURITY.md name files that are there."""
    for page in ("SAFETY.md", "SECURITY.md"):
        for named in re.findall(r"`((?:tests|src)/[\w/.]+)`", (ROOT / page).read_text("utf-8")):
            assert (ROOT / named).exists(), f"{page} names {named}"
