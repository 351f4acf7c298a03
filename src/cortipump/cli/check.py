"""check."""

import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from cortipump.cli.evidence import AfterOption, BeforeOption, IndexOption, PhaseOption, RunInOption
from cortipump.cli.options import JsonOption, LedgerOption, day
from cortipump.cli.output import one_line, print_json, print_line, tell, tell_error
from cortipump.errors import CortipumpError, UsageError

_POLL_SECONDS = 0.5
_WIDEST = 100
_BEFORE = 20
_LONGEST = 2000
# Controls, marks of direction, private and unpaired characters: drawn as a sign instead.
_UNDRAWN = frozenset({"Cc", "Cf", "Co", "Cs"})
_KINDS = {
    "appeal": "an appeal",
    "necessity": "a letter of medical necessity",
    "doctor": "a letter to a doctor",
    "employer": "a letter to an employer",
    "manufacturer": "a letter to a manufacturer",
    "coverage-inquiry": "a question about coverage",
    "evidence": "a summary of evidence",
    "other": "a letter",
}


KindOption = Annotated[
    str,
    typer.Option(
        "--kind",
        help="What it is: appeal, necessity, doctor, employer, manufacturer, coverage-inquiry, "
        "evidence or other. Else as its words say.",
    ),
]
DatesOption = Annotated[
    str,
    typer.Option(
        "--dates",
        help="How 03/11/2025 is read where the letter's other dates leave it open: mdy or dmy. "
        "Else as the ledger's country.",
    ),
]


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(check)


def check(
    letter: Annotated[Path, typer.Argument(help="A letter: .txt, .md, .docx, .pdf or .html.")],
    ledger: LedgerOption = None,
    json: JsonOption = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Check again whenever the letter or the ledger changes.")
    ] = False,
    comments: Annotated[
        Path | None, typer.Option(help="A Word copy with a comment at every finding: .docx.")
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Overwrite the Word copy.")] = False,
    kind: KindOption = "",
    dates: DatesOption = "",
    index: IndexOption = None,
    phase: PhaseOption = "",
    before_days: BeforeOption = 365,
    after_days: AfterOption = None,
    run_in_days: RunInOption = 28,
) -> None:
    """Hold a letter against the ledger: every figure, its wording, and what it lacks.

    Exit 1 when problems stand. The letter is never changed. Nothing that it says is advice; it
    knows only the ledger's records.

    Example: cortipump check appeal.docx --comments appeal-checked.docx
    """
    from cortipump.actions.check import Request, check_letter, write_comments
    from cortipump.actions.evidence import Asked
    from cortipump.actions.ledger import ledger_path

    if watch and (json or comments is not None):
        raise UsageError(
            "--watch prints for reading, again and again, and writes nothing",
            do=f"leave out {'--json' if json else '--comments'}, or --watch",
        )
    asked = Asked(day(index), phase, before_days, after_days, run_in_days)
    request = Request(asked, dates, kind)
    path = ledger_path(ledger)
    if watch:
        _watch(path, letter, request)
    checked = check_letter(path, letter, request)
    if comments is not None:
        write_comments(checked, letter, comments, replace=replace)
        tell(f"wrote {comments}")
    _show(checked, letter.name, json=json)
    raise typer.Exit(1 if checked.findings else 0)


def _watch(path: Path, letter: Path, request: Any) -> NoReturn:
    """Check now and after every change, until interrupted; an error is told and passes."""
    from cortipump.actions.check import check_letter

    tell(f"watching {letter}; end with Ctrl-C")
    seen: list[tuple[int, int]] = []
    while True:
        now = [_stamp(letter), _stamp(path)]
        if now != seen:
            seen = now
            if sys.stdout.isatty():
                sys.stdout.write("\033[2J\033[H")
            try:
                _show(check_letter(path, letter, request), letter.name, json=False)
            except CortipumpError as error:
                tell_error(error)
            sys.stdout.flush()
        time.sleep(_POLL_SECONDS)


def _stamp(path: Path) -> tuple[int, int]:
    """When a file was changed and how long it is; nothing where an editor is just replacing it."""
    try:
        state = path.stat()
    except FileNotFoundError:
        return (0, 0)
    return (state.st_mtime_ns, state.st_size)


# -- printing ------------------------------------------------------------------------------


def _show(checked: Any, name: str, *, json: bool) -> None:
    from cortipump.actions.check import findings_json

    if json:
        print_json(findings_json(checked))
    else:
        _print(checked, name)
    if checked.unchecked is not None:
        tell(f"from line {checked.unchecked.line} on: reprinted records, not checked")


def _print(checked: Any, name: str) -> None:
    print_line(f"{one_line(name)}: read as {_KINDS[checked.kind]}, as of {checked.dated}")
    for finding in checked.findings:
        print_line()
        _print_finding(checked.letter, finding)
    print_line()
    print_line(_summary(checked.findings))


def _print_finding(letter: Any, finding: Any) -> None:
    if finding.start == finding.end:
        print_line(f"the letter as a whole: {finding.rule}")
    else:
        _print_place(letter, finding)
    print_line(f"  {one_line(finding.message, _LONGEST)}")
    if finding.suggestion:
        print_line(f"  instead: {one_line(finding.suggestion, _LONGEST)}")


def _print_place(letter: Any, finding: Any) -> None:
    """Every line of the letter that the words stand on, with carets under them."""
    place = letter.place(finding.start)
    page = f"page {place.page}, " if place.page else ""
    line = letter.place_in_file(finding.start).line
    print_line(f"{page}line {line}, column {place.column}: {finding.rule}")
    for number in range(place.line, letter.place(finding.end - 1).line + 1):
        line, start = letter.line_text(number), letter.starts[number - 1]
        first = max(finding.start - start, len(line) - len(line.lstrip()))
        until = min(finding.end - start, len(line.rstrip()))
        if first < until:
            for shown, blanks, carets in _marked(_visible(line), first, until):
                print_line(f"  | {shown.rstrip()}")
                print_line(f"  | {' ' * blanks}{'^' * carets}")


def _marked(line: str, first: int, until: int) -> Iterator[tuple[str, int, int]]:
    """The pieces of a line that hold the words; in each, the cells before them and under them."""
    start = 0 if len(line) <= _WIDEST else max(0, min(first - _BEFORE, len(line) - _WIDEST))
    while start < until:
        piece = line[start : start + _WIDEST]
        left, right = max(first - start, 0), min(until - start, len(piece))
        head = "... " if start else ""
        tail = " ..." if start + len(piece) < len(line) else ""
        yield f"{head}{piece}{tail}", _cells(head + piece[:left]), _cells(piece[left:right])
        start += _WIDEST


def _visible(line: str) -> str:
    """A line in which every character is one that a terminal draws; offsets stay."""
    return "".join(
        " " if char == "\t" else "\ufffd" if unicodedata.category(char) in _UNDRAWN else char
        for char in line
    )


def _cells(text: str) -> int:
    """How wide a terminal draws a text: ideographs take two cells, combining marks none."""
    return sum(
        0 if unicodedata.category(char) in {"Mn", "Me"}
        else 2 if unicodedata.east_asian_width(char) in {"W", "F"}
        else 1
        for char in text
    )  # fmt: skip


def _summary(found: Sequence[Any]) -> str:
    if not found:
        return "no problem found in what the ledger and the rules can tell"
    counts = Counter(finding.rule for finding in found)
    listed = ", ".join(f"{number} {rule}" for rule, number in sorted(counts.items()))
    return f"{len(found)} {'problem' if len(found) == 1 else 'problems'}: {listed}"
