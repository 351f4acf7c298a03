"""The manual is real: commands, errors and templates in it are those of the program."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from cortipump import errors
from cortipump.cli.main import app
from cortipump.importers.templates import TEMPLATES
from cortipump.record.facts import KINDS
from tests.conftest import ROOT, Run

COMMANDS = sorted(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


def test_the_command_reference_is_generated_from_the_help() -> None:
    """docs/cli.md equals what tools/make_cli_docs.py writes."""
    ran = subprocess.run(
        [sys.executable, ROOT / "tools/make_cli_docs.py", "--check"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str, run: Run) -> None:
    """One line, one paragraph, one example."""
    ran = run(command, "--help")

    assert ran.status == 0
    assert f"cortipump {command}" in ran.out
    assert "Example:" in ran.out


def test_every_error_has_its_section() -> None:
    """docs/errors.md has a heading for each code."""
    text = (ROOT / "docs/errors.md").read_text(encoding="utf-8")
    codes = {
        value.code
        for value in vars(errors).values()
        if isinstance(value, type) and issubclass(value, errors.CortipumpError)
    }
    for code in codes:
        assert f"## {code}" in text, code


def test_every_table_and_its_columns_are_documented() -> None:
    """docs/formats.md names each template with every column."""
    text = (ROOT / "docs/formats.md").read_text(encoding="utf-8")
    for template in TEMPLATES:
        row = next(line for line in text.splitlines() if line.startswith(f"| {template.kind} |"))
        for column in template.header:
            assert re.search(rf"\b{column}\b", row), (template.kind, column)


def test_every_mark_is_documented() -> None:
    """docs/marks.md names each coded mark that the source can set."""
    text = (ROOT / "docs/marks.md").read_text(encoding="utf-8")
    source = "\n".join(
        p.read_text(encoding="utf-8") for p in Path(ROOT / "src/cortipump").rglob("*.py")
    )
    marks = set(re.findall(r'"((?:amount|clock|date)/[a-z-]+)"', source))
    assert len(marks) > 8
    for mark in marks:
        assert f"`{mark}`" in text, mark


@pytest.mark.parametrize("kind", [t.kind for t in TEMPLATES])
def test_a_template_is_the_header_that_is_recognised(kind: str, run: Run, tmp_path: Path) -> None:
    """What `template` writes, `import` takes as a table without rows."""
    path = tmp_path / "table.csv"
    run("template", kind, "--out", path)

    ran = run("import", path, "--json")

    assert ran.status == 0, ran.err
    assert ran.json["files"][0]["format"] == "csv"


def test_readme_keeps_its_order() -> None:
    """One sentence; a picture; `make run` and `make test`; what it is not; the road in nine steps."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    marks = [
        "From a person's own",
        "![",
        "make run",
        "make test",
        "## What it is not",
        "nine steps",
    ]
    places = [text.index(mark) for mark in marks]
    assert places == sorted(places)
    assert (ROOT / re.findall(r"!\[[^]]*]\(([^)]*)\)", text)[0]).is_file()


def test_every_kind_of_fact_is_listed() -> None:
    """The issue's kinds exist under these names."""
    wanted = {
        "visit", "charge", "lab", "score", "regimen", "rescue-injection", "work-loss", "call",
        "letter", "decision", "condition", "note",
    }  # fmt: skip
    assert wanted <= set(KINDS)
