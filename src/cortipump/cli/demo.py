"""demo."""

from pathlib import Path
from typing import Annotated

import typer

from cortipump.cli.output import print_line, tell


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(demo)


def demo(
    out: Annotated[Path, typer.Option(help="Folder for what it makes.")] = Path("out"),
) -> None:
    """The whole road on a bundled, made-up person, in a ledger of its own.

    Example: cortipump demo --out out
    """
    from cortipump.actions.demo import demo as demo_

    made = demo_(out, tell)
    print_line("made:")
    for file in made:
        print_line(f"  {file.path}: {file.what}")
    print_line(f"open next: {made[0].path}, then compare any figure with {made[1].path}")
