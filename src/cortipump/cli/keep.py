"""add, correct."""

from pathlib import Path
from typing import Annotated

import typer

from cortipump.cli.options import JsonOption, LedgerOption
from cortipump.cli.output import print_json, print_line, tell

Pairs = Annotated[list[str] | None, typer.Argument(help="field=value ...")]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(add)
    app.command()(correct)


def add(
    kind: Annotated[str, typer.Argument(help="Kind of fact, such as score or call.")],
    pairs: Pairs = None,
    ledger: LedgerOption = None,
    on: Annotated[str, typer.Option(help="Date, or date with a local time.")] = "",
    until: Annotated[str, typer.Option(help="Last day, for what lasts.")] = "",
    source: Annotated[Path | None, typer.Option(help="Paper or file it is read from.")] = None,
    place: Annotated[str, typer.Option(help="Place in the source, such as 'page 1'.")] = "",
    by: Annotated[str, typer.Option(help="Who types it.")] = "",
    json: JsonOption = False,
) -> None:
    """Type one fact; prints its id.

    Example: cortipump add score instrument=AddiQoL version=30 value=71 --on 2026-03-02
    """
    from cortipump.actions.ledger import ledger_path
    from cortipump.actions.typed import add as add_
    from cortipump.actions.typed import parse_pairs

    fact_id, is_new = add_(
        ledger_path(ledger), kind, parse_pairs(pairs or []), on=on, until=until, source=source,
        place=place, by=by,
    )  # fmt: skip
    if not is_new:
        tell("it was there already; nothing was added")
    print_json({"id": fact_id, "added": is_new}) if json else print_line(fact_id)


def correct(
    fact_id: Annotated[str, typer.Argument(help="Id of the fact to correct.")],
    pairs: Pairs = None,
    ledger: LedgerOption = None,
    why: Annotated[str, typer.Option(help="The reason; kept with the correction.")] = "",
    on: Annotated[str, typer.Option(help="The right date.")] = "",
    until: Annotated[str, typer.Option(help="The right last day.")] = "",
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="The fact is no fact at all.")
    ] = False,
    by: Annotated[str, typer.Option(help="Who corrects it.")] = "",
    json: JsonOption = False,
) -> None:
    """Correct a fact; the earlier form stays readable. Prints the new id.

    Two records of one visit: cortipump correct ID same_as=OTHER --why 'the same stay'

    Example: cortipump correct score-1f2e5a9c0b7d3e64 value=74 --why 'misread'
    """
    from cortipump.actions.ledger import ledger_path
    from cortipump.actions.typed import correct as correct_
    from cortipump.actions.typed import parse_pairs

    new = correct_(
        ledger_path(ledger), fact_id, parse_pairs(pairs or []), why=why, on=on, until=until,
        withdraw=withdraw, by=by,
    )  # fmt: skip
    print_json({"id": new, "supersedes": fact_id}) if json else print_line(new)
