"""Options that several commands share."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from cortipump.quantities.moment import parse_day

LedgerOption = Annotated[
    Path | None,
    typer.Option(
        "--ledger", envvar="CORTIPUMP_LEDGER", help="Ledger file: one file, one person.",
        show_default=False,
    ),
]  # fmt: skip
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")]


def day(text: str | None) -> date | None:
    """A day from an option. None when it was not given."""
    return parse_day(text) if text else None
