"""Writes docs/cli.md from the program's own help; --check compares instead."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

os.environ["COLUMNS"] = "100"

import typer
from typer.testing import CliRunner

from cortipump.cli.main import app

_HEAD = """# Commands

Made by `tools/make_cli_docs.py` from the program's help. Exit status: 0 done, 1 the answer is no,
2 wrong usage or bad input, 3 the machine failed.
"""
TARGET = Path(__file__).resolve().parent.parent / "docs" / "cli.md"


def _names(command: object, above: str = "") -> Iterator[str]:
    """The program, its commands, and theirs."""
    yield above
    for name, below in getattr(command, "commands", {}).items():
        yield from _names(below, f"{above} {name}".strip())


def text() -> str:
    """The whole page."""
    runner = CliRunner()
    parts = [_HEAD]
    command = typer.main.get_command(app)
    for name in _names(command):
        words = [*name.split(), "--help"]
        shown = runner.invoke(app, words, prog_name="cortipump").output
        body = "\n".join(line.rstrip() for line in shown.strip().splitlines())
        parts.append(f"## cortipump {name}".rstrip() + f"\n\n```\n{body}\n```\n")
    return "\n".join(parts)


def main() -> int:
    """Write or compare."""
    wanted = text()
    if "--check" in sys.argv:
        if TARGET.read_text(encoding="utf-8") == wanted:
            return 0
        print("docs/cli.md is out of date: run python tools/make_cli_docs.py")
        return 1
    TARGET.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
