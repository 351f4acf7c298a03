"""import, template, facts, show, export."""

import csv
import io
import sys
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from cortipump.cli.options import JsonOption, LedgerOption, day
from cortipump.cli.output import one_line, print_json, print_line, print_table, tell
from cortipump.errors import UsageError


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command("import")(import_)
    app.command()(template)
    app.command()(facts)
    app.command()(show)
    app.command()(export)


def import_(
    paths: Annotated[list[Path], typer.Argument(help="Files, folders or zips.")],
    ledger: LedgerOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what it would bring.")] = False,
    zone: Annotated[
        str, typer.Option(help="Home time zone of a new ledger, such as America/New_York.")
    ] = "",
    same_person: Annotated[
        bool, typer.Option("--same-person", help="Confirm that another name is the same person.")
    ] = False,
    json: JsonOption = False,
) -> None:
    """Read records into the ledger: FHIR R4 (JSON, NDJSON), CSV and XLSX tables, an export.

    Nothing is imported twice; one file comes in whole or not at all.

    Example: cortipump import ~/Downloads/health-records
    """
    from cortipump.actions.import_files import Options, import_files
    from cortipump.actions.ledger import ledger_path

    path = ledger_path(ledger)
    zone = zone or _ask_zone(path)
    report = import_files(path, paths, Options(dry_run, zone, same_person), _progress)
    if report.zone_is_new:
        tell(f"days are dated in the home zone {report.zone} (set another one with --zone)")
    if json:
        print_json(_report_json(report))
    else:
        _print_report(report, dry_run=dry_run)
    if report.failure is not None:
        raise report.failure


def _ask_zone(path: Path) -> str:
    """The home zone of a ledger that does not exist yet, asked where somebody can answer."""
    from cortipump.actions.clock import machine_zone

    if path.exists() or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return ""
    answer: str = typer.prompt("Home time zone", default=machine_zone(), err=True)
    return answer


def _progress(file: Any) -> None:
    if sys.stderr.isatty():
        tell(f"{file.path}: {file.error.what if file.error else file.format}")


def _report_json(report: Any) -> dict[str, Any]:
    files = []
    for file in report.files:
        shown = {
            "path": file.path, "format": file.format or None, "sha256": file.sha256,
            "facts_added": file.facts_added, "facts_known": file.facts_known,
            "skipped": file.skipped, "notes": file.notes,
        }  # fmt: skip
        if file.error is not None:
            shown["error"] = {"code": file.error.code, "what": file.error.what, "do": file.error.do}
        files.append(shown)
    return {"files": files, "facts_added": report.facts_added, "zone": report.zone}


def _print_report(report: Any, *, dry_run: bool) -> None:
    from cortipump.actions.import_files import skipped_reasons

    for file in report.files:
        if file.error is None:
            print_line(
                f"{file.path}: {file.facts_added} facts added, {file.facts_known} known, "
                f"{len(file.skipped)} rows skipped ({file.format})"
            )
        elif file.error is not report.failure:
            tell(f"{file.path}: {file.error.what}")
    verb = "would be added" if dry_run else "added"
    print_line(f"{report.facts_added} facts {verb}")
    skipped = list(skipped_reasons(report.files))
    if skipped:
        tell(f"{sum(n for _, n in skipped)} rows yield no fact (each with its place: --json):")
        for why, count in skipped[:12]:
            tell(f"  {count} x {why}")
        if len(skipped) > 12:
            tell(f"  and {len(skipped) - 12} more reasons")


def template(
    kind: Annotated[str, typer.Argument(help="Which table; leave out to list them.")] = "",
    out: Annotated[Path | None, typer.Option(help="Write it to a file.")] = None,
) -> None:
    """An empty table for typing facts, as CSV with its header.

    Example: cortipump template labs --out labs.csv
    """
    from cortipump.importers.templates import TEMPLATES

    found = next((t for t in TEMPLATES if t.kind == kind), None)
    if found is None and kind:
        kinds = ", ".join(t.kind for t in TEMPLATES)
        raise UsageError(f"there is no table {kind!r}", do=f"tables: {kinds}")
    if found is None:
        print_table(("table", "for"), [(t.kind, t.says) for t in TEMPLATES])
        return
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(found.header)
    if out is None:
        sys.stdout.write(buffer.getvalue())
    else:
        if out.exists():
            raise UsageError("this file exists", where=str(out), do="choose another name")
        out.write_text(buffer.getvalue(), encoding="utf-8")
    for column in found.columns:
        tell(f"  {column.name}{' (needed)' if column.needed else ''}: {column.says}")


def facts(
    ledger: LedgerOption = None,
    kind: Annotated[str, typer.Option(help="One kind only, such as visit or lab.")] = "",
    since: Annotated[str | None, typer.Option("--from", help="First day, YYYY-MM-DD.")] = None,
    until: Annotated[str | None, typer.Option("--to", help="Last day, YYYY-MM-DD.")] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also what does not count: reversed, replaced, void.")
    ] = False,
    json: JsonOption = False,
) -> None:
    """The facts of the ledger, each with its source and the place in it.

    Example: cortipump facts --kind visit --from 2025-01-01
    """
    from cortipump.actions.ledger import ledger_path
    from cortipump.actions.listing import list_facts

    found = list_facts(
        ledger_path(ledger), kind=kind, since=day(since), until=day(until), everything=everything
    )
    if json:
        print_json({"facts": found})
        return
    print_table(("date", "kind", "what", "id", "source"), [_line(fact) for fact in found])
    tell(f"{len(found)} facts")


def _line(fact: dict[str, Any]) -> tuple[str, ...]:
    date = fact.get("from") or fact.get("date") or fact.get("when") or "undated"
    what = [
        one_line(_word(fact[name]), 60)
        for name in (
            "visit_kind", "facility", "analyte", "instrument", "drug", "text", "title", "payer",
            "value", "unit", "mg_per_day", "amounts", "days", "mg", "line", "outcome", "with",
            "party", "about", "name", "names",
        )
        if fact.get(name) not in (None, "", {}, [])
    ]  # fmt: skip
    remarks = [" (replaced)"] if fact["superseded"] else []
    remarks += [" (maybe twice)"] if fact.get("possible_duplicate_of") else []
    source = fact["source"]
    place = f"{source['name']} {source['place']}".strip() or "typed"
    return str(date), fact["kind"], " ".join(what)[:80] + "".join(remarks), fact["id"], place


def _word(value: Any) -> str:
    """A value for reading: amounts by kind, numbers digit for digit."""
    if isinstance(value, dict):
        return ", ".join(f"{name} {_word(inner)}" for name, inner in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(_word, value))
    return bytes(value).decode() if isinstance(value, msgspec.Raw) else str(value)


def show(
    fact_id: Annotated[str, typer.Argument(help="The fact's id.")],
    ledger: LedgerOption = None,
    json: JsonOption = False,
) -> None:
    """One fact whole, with the very place in its source.

    Example: cortipump show visit-3f9a2c81d07b44e1
    """
    from cortipump.actions.ledger import ledger_path
    from cortipump.actions.show import show_fact

    shown = show_fact(ledger_path(ledger), fact_id)
    if json:
        print_json(shown)
        return
    for name, value in shown["fact"].items():
        print_line(f"{name}: {_word(value)}")
    print_line("as its source prints it:")
    for line in shown["as_printed"]:
        print_line(f"  {line}")


def export(
    file: Annotated[Path, typer.Argument(help="Where to write it.")],
    ledger: LedgerOption = None,
    replace: Annotated[bool, typer.Option("--replace", help="Overwrite the file.")] = False,
) -> None:
    """Everything in the ledger, original bytes included, as one JSON file.

    `cortipump import FILE` brings it back without loss.

    Example: cortipump export my-record.json
    """
    from cortipump.actions.exchange import export as export_
    from cortipump.actions.files import write_whole
    from cortipump.actions.ledger import ledger_path

    content = export_(ledger_path(ledger))
    write_whole(file, content, replace=replace)
    tell(f"{file}: {len(content) / 1e6:.1f} MB. It holds your health record: keep it safe.")
