"""check."""

import sys
import time
from pathlib import Path
from typing import Annotated, Any

import typer

from cortipump.cli.evidence import AfterOption, BeforeOption, IndexOption, PhaseOption, RunInOption
from cortipump.cli.options import JsonOption, LedgerOption, day
from cortipump.cli.output import print_json, print_line, tell, tell_error
from cortipump.errors import CortipumpError, UsageError

_ORDERS = ("", "mdy", "dmy")
_POLL_SECONDS = 0.5
_WIDEST = 100


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(check)


def check(
    letter: Annotated[Path, typer.Argument(help="A letter: .txt, .md, .docx or .pdf.")],
    ledger: LedgerOption = None,
    json: JsonOption = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Check again whenever the letter or the ledger changes.")
    ] = False,
    comments: Annotated[
        Path | None, typer.Option(help="A Word copy with a comment at every finding: .docx.")
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Overwrite the Word copy.")] = False,
    kind: Annotated[str, typer.Option(help="What it is: appeal, necessity, ... Else as it says.")] = "",
    dates: Annotated[
        str, typer.Option(help="How 03/11/2025 is read: mdy or dmy. Else as the ledger's country.")
    ] = "",
    index: IndexOption = None,
    phase: PhaseOption = "",
    before_days: BeforeOption = 365,
    after_days: AfterOption = None,
    run_in_days: RunInOption = 28,
) -> None:
    """Hold a letter against the ledger: every figure, its wording, and what it lacks.

    Exit 1 when problems stand. Nothing that it says is advice; it knows only the ledger's records.

    Example: cortipump check appeal.docx --comments appeal-checked.docx
    """
    from cortipump.actions.check import Request
    from cortipump.actions.evidence import Asked
    from cortipump.actions.ledger import ledger_path

    if dates not in _ORDERS:
        raise UsageError(f"there is no order of dates {dates!r}", do="use mdy or dmy")
    if json and watch:
        raise UsageError("--watch prints for reading, again and again", do="leave out --json")
    asked = Asked(day(index), phase, before_days, after_days, run_in_days)
    request = Request(asked, dates, kind)
    path = ledger_path(ledger)
    if watch:
        _watch(path, letter, request)
        return
    checked = _once(path, letter, request, json=json)
    if comments is not None:
        from cortipump.actions.check import write_comments

        write_comments(checked, letter, comments, replace=replace)
        tell(f"wrote {comments}")
    raise typer.Exit(1 if checked.findings else 0)


def _once(path: Path, letter: Path, request: Any, *, json: bool) -> Any:
    from cortipump.actions.check import check_letter, findings_json

    checked = check_letter(path, letter, request)
    if json:
        print_json(findings_json(checked))
    else:
        _print(checked, letter.name)
    if checked.unchecked is not None:
        tell(f"from line {checked.unchecked.line} on: reprinted records, not checked")
    return checked


def _watch(path: Path, letter: Path, request: Any) -> None:
    """Check now and after every change, until interrupted; an unreadable moment is told and passes."""
    tell(f"watching {letter}; end with Ctrl-C")
    seen: tuple[float, ...] = ()
    while True:
        now = _changed_at(letter, path)
        if now != seen:
            seen = now
            if sys.stdout.isatty():
                sys.stdout.write("\033[2J\033[H")
            try:
                _once(path, letter, request, json=False)
            except CortipumpError as error:
                tell_error(error)
            sys.stdout.flush()
        time.sleep(_POLL_SECONDS)


def _changed_at(*paths: Path) -> tuple[float, ...]:
    return tuple(path.stat().st_mtime if path.exists() else 0.0 for path in paths)


# -- printing ------------------------------------------------------------------------------


def _print(checked: Any, name: str) -> None:
    found = checked.findings
    kind = {"necessity": "letter of medical necessity"}.get(checked.kind, checked.kind)
    print_line(f"{name}: read as {kind if kind != 'other' else 'a letter'}, dated {checked.dated}")
    for finding in found:
        print_line()
        _print_finding(checked.letter, finding)
    print_line()
    print_line(_summary(found))


def _print_finding(letter: Any, finding: Any) -> None:
    if finding.start == finding.end:
        print_line(f"the letter: {finding.rule}")
        print_line(f"  {finding.message}")
    else:
        _print_place(letter, finding)
        print_line(f"  {finding.message}")
    if finding.suggestion:
        print_line(f"  instead: {finding.suggestion}")


def _print_place(letter: Any, finding: Any) -> None:
    """The line of the letter, with carets under the words."""
    place = letter.place(finding.start)
    page = f"page {place.page}, " if place.page else ""
    print_line(f"{page}line {place.line}, column {place.column}: {finding.rule}")
    line = letter.line_text(place.line).replace("\t", " ")
    first = place.column - 1
    length = min(finding.end - finding.start, max(len(line) - first, 1))
    cut = max(0, first + length - _WIDEST + 10) if first + length > _WIDEST else 0
    shown = line[cut : cut + _WIDEST]
    print_line(f"  | {shown}")
    print_line(f"  | {' ' * (first - cut)}{'^' * length}")


def _summary(found: Any) -> str:
    if not found:
        return "no problem found in what the ledger and the rules can tell"
    counts: dict[str, int] = {}
    for finding in found:
        counts[finding.rule] = counts.get(finding.rule, 0) + 1
    listed = ", ".join(f"{number} {rule}" for rule, number in sorted(counts.items()))
    return f"{len(found)} {'problem' if len(found) == 1 else 'problems'}: {listed}"
