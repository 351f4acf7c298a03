"""write, emergency."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from cortipump.cli.evidence import AfterOption, BeforeOption, IndexOption, PhaseOption, RunInOption
from cortipump.cli.options import JsonOption, LedgerOption, day
from cortipump.cli.output import print_json, print_line, tell
from cortipump.errors import UsageError

_DOCUMENTS = ("appeal", "packet", "evidence")
_PAPERS = ("us-letter", "a4")
_LEVELS = ("1", "2", "external")


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(write)
    app.command()(emergency)


def write(
    document: Annotated[str, typer.Argument(help="appeal, packet or evidence.")],
    ledger: LedgerOption = None,
    out: Annotated[Path | None, typer.Option(help="File: .pdf, .txt, .md or .html.")] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Every sentence, its derivation, facts and sources.")
    ] = False,
    level: Annotated[str, typer.Option(help="Appeal level: 1, 2 or external.")] = "1",
    expedited: Annotated[
        bool, typer.Option("--expedited", help="Ask for an urgent decision.")
    ] = False,
    for_: Annotated[str, typer.Option("--for", help="What a packet is for: appeal.")] = "appeal",
    representative: Annotated[str, typer.Option(help="Name, if not the member writes.")] = "",
    phone: Annotated[str, typer.Option(help="Telephone number for the letter.")] = "",
    on: Annotated[str | None, typer.Option(help="Date of the letter; otherwise today.")] = None,
    index: IndexOption = None,
    phase: PhaseOption = "",
    before_days: BeforeOption = 365,
    after_days: AfterOption = None,
    run_in_days: RunInOption = 28,
    paper: Annotated[str, typer.Option(help="us-letter or a4.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Write without asking.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Overwrite the files.")] = False,
    json: JsonOption = False,
) -> None:
    """A document from the ledger, every figure traced; lists what would leave, then writes.

    Without --out nothing is written: the records that it cites and what is missing are listed.

    Example: cortipump write packet --for appeal --out packet.pdf
    """
    from cortipump.actions.evidence import Asked
    from cortipump.actions.ledger import ledger_path
    from cortipump.actions.write import build, default_ask
    from cortipump.actions.write import explain as explain_

    _check(document, level, for_, paper)
    options: dict[str, Any] = {
        "level": level, "expedited": expedited, "representative": representative, "phone": phone,
    }  # fmt: skip
    if on:
        options["dated"] = day(on)
    asked = Asked(day(index), phase, before_days, after_days, run_in_days)
    written = build(
        ledger_path(ledger), document, asked, default_ask(**options),  # type: ignore[arg-type]
        paper=paper,
    )  # fmt: skip
    if explain:
        _explain(explain_(written), json=json)
    elif json:
        print_json(explain_(written))
    else:
        _preview(written)
    if out is not None:
        _write(written, out, yes=yes, replace=replace)


def _check(document: str, level: str, for_: str, paper: str) -> None:
    if document not in _DOCUMENTS:
        raise UsageError(
            f"this version does not write {document!r}", do=f"documents: {', '.join(_DOCUMENTS)}"
        )
    if level not in _LEVELS:
        raise UsageError(f"there is no level {level!r}", do=f"levels: {', '.join(_LEVELS)}")
    if for_ != "appeal":
        raise UsageError(f"this version makes no packet for {for_!r}", do="use --for appeal")
    if paper and paper not in _PAPERS:
        raise UsageError(f"there is no paper {paper!r}", do=f"papers: {', '.join(_PAPERS)}")


def _preview(written: Any) -> None:
    """What would leave the machine, and what the document could not say."""
    document = written.document
    print_line(f"{document.title}: these records would leave the machine, and no others")
    for exhibit in document.exhibits:
        count = len(exhibit.pages) or len(exhibit.records)
        what = "pages" if exhibit.pages else "records"
        print_line(f"  exhibit {exhibit.number}: {exhibit.title} ({exhibit.file}), {count} {what}")
        for record in exhibit.records:
            print_line(f"    {record.heading}")
    if document.omissions:
        print_line("missing, and who can supply it:")
    for omission in document.omissions:
        print_line(f"  {omission.fact} ({omission.who_can_supply}): {omission.how}")


def _explain(explained: dict[str, Any], *, json: bool) -> None:
    if json:
        print_json(explained)
        return
    facts = explained["facts"]
    for statement in explained["statements"]:
        print_line(f"{statement['n']}. [{statement['section']}] {statement['text']}")
        for value in statement["values"]:
            print_line(f"     {value['text']!r}: {value['how']}, {value['note']}")
            for fact_id in value["facts"]:
                source = facts[fact_id]["source"]
                where = f"{source['name']} {source['place']}".strip() or "typed"
                print_line(f"       {fact_id}: {where}, sha256 {source['sha256'][:12] or '-'}")
    for omission in explained["omitted"]:
        print_line(f"omitted [{omission['paragraph']}] {omission['fact']}: {omission['how']}")


def _write(written: Any, out: Path, *, yes: bool, replace: bool) -> None:
    from cortipump.actions.files import write_whole
    from cortipump.actions.write import claims_json, render

    if not yes and sys.stdin.isatty() and not typer.confirm(f"Write {out}?", err=True):
        tell("nothing was written")
        return
    claims = out.with_name(f"{out.stem}.claims.json")
    content = render(written, out.suffix.lower())
    if claims.exists() and not replace:
        raise UsageError(
            "this file exists", where=str(claims), do="choose another name or --replace"
        )
    write_whole(out, content, replace=replace)
    write_whole(claims, claims_json(written), replace=replace)
    tell(f"wrote {out} and {claims}")


def emergency() -> None:
    """Emergency words, without any ledger.

    Example: cortipump emergency
    """
    from cortipump.knowledge.texts import texts

    section = texts().emergency
    print_line(section.title.upper())
    for sentence in section.sentence:
        print_line(f"- {sentence.text}")
        print_line(f"  (source: {sentence.source})")
