"""The whole road on the bundled made-up person: import, evidence, appeal, packet, into a folder."""

from collections.abc import Callable, Sequence
from importlib.resources import as_file, files
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from cortipump.actions.evidence import Asked, evidence_json, evidence_of
from cortipump.actions.files import write_whole
from cortipump.actions.import_files import Options, import_files
from cortipump.actions.ledger import read_record
from cortipump.actions.typed import add
from cortipump.actions.write import build, claims_json, default_ask, render
from cortipump.documents import figures
from cortipump.documents.blocks import Figure
from cortipump.documents.charts import svg
from cortipump.quantities.moment import parse_day
from cortipump.record.codec import encode

ZONE: Final = "America/Chicago"
DATED: Final = "2026-11-20"
LEDGER: Final = "demo.cortipump"


class Typed(Struct, frozen=True):
    """A fact that the made-up person types from a paper."""

    kind: str
    on: str
    fields: dict[str, str]
    source: str = ""
    place: str = ""


class Made(Struct, frozen=True):
    """A file that the demo left behind."""

    path: Path
    what: str


def demo(out: Path, tell: Callable[[str], None]) -> list[Made]:
    """Walk the road; what it made, in the order in which to open it."""
    out.mkdir(parents=True, exist_ok=True)
    ledger = out / LEDGER
    ledger.unlink(missing_ok=True)
    with as_file(files("cortipump.demo").joinpath("files")) as folder:
        entries = msgspec.json.decode((folder / "typed.json").read_bytes(), type=list[Typed])
        record_files(ledger, folder, entries, tell)
    record = read_record(ledger)
    asked = Asked(phase="loaner")
    result = evidence_of(record, asked)
    tell(f"evidence: {result.before.span.days} days before, {result.after.span.days} after "
         f"{result.index_date}")  # fmt: skip
    ask = default_ask(dated=parse_day(DATED))
    made = []
    packet = build(ledger, "packet", asked, ask)
    made.append(_put(out / "packet.pdf", render(packet, ".pdf"),
                     "the appeal packet: letter, tables, figures, exhibits"))  # fmt: skip
    made.append(_put(out / "claims.json", claims_json(packet),
                     "every sentence of the packet, down to its facts and sources"))  # fmt: skip
    letter = build(ledger, "appeal", asked, ask)
    made.append(_put(out / "appeal.md", render(letter, ".md"), "the letter alone, to read"))
    table = build(ledger, "evidence", asked, ask)
    made.append(_put(out / "evidence.pdf", render(table, ".pdf"), "the evidence tables alone"))
    evidence = msgspec.json.format(msgspec.json.encode(evidence_json(result)), indent=2)
    made.append(_put(out / "evidence.json", evidence + b"\n", "before and after, as data"))
    made += [
        _figure(out, "events", figures.monthly_events(result)),
        _figure(out, "nights", figures.bed_days_by_month(result)),
        _figure(out, "scores", figures.scores(result)),
        _figure(out, "costs", figures.costs(result)),
    ]
    made.append(Made(ledger, "the made-up person's ledger: try cortipump facts --ledger " + LEDGER))
    return made


def record_files(
    ledger: Path, folder: Path, entries: Sequence[Typed], tell: Callable[[str], None]
) -> None:
    """Import a made-up person's exports and type what stands on paper."""
    papers = {"typed.json", "answers.json"}
    paths = sorted(p for p in folder.iterdir() if p.suffix != ".pdf" and p.name not in papers)
    report = import_files(ledger, paths, Options(zone=ZONE))
    if report.failure is not None:
        raise report.failure
    skipped = sum(len(file.skipped) for file in report.files)
    known = sum(file.facts_known for file in report.files)
    tell(
        f"imported {len(report.files)} files: {report.facts_added} facts, {known} known already, "
        f"{skipped} rows with reasons"
    )
    for entry in entries:
        fields = dict(entry.fields)
        if fields.get("answers"):
            fields["answers"] = _ids(ledger, fields["answers"])
        add(
            ledger, entry.kind, fields, on=entry.on, place=entry.place,
            source=folder / entry.source if entry.source else None,
        )  # fmt: skip
    tell(f"typed {len(entries)} facts from the denial letter")


def _ids(ledger: Path, wanted: str) -> str:
    """Fact ids for names like ``condition:E27.1``: kind and a word in the fact."""
    timeline = read_record(ledger).timeline
    found = []
    for name in wanted.split(";"):
        kind, _, word = name.strip().partition(":")
        found += [
            fact.id
            for fact in timeline
            if fact.kind == kind and word.lower() in encode(fact.body).decode().lower()
        ][:1]
    return "; ".join(found)


def _put(path: Path, content: bytes, what: str) -> Made:
    write_whole(path, content, replace=True)
    return Made(path, what)


def _figure(out: Path, name: str, figure: Figure) -> Made:
    return _put(out / f"figure-{name}.svg", svg(figure.spec), f"the figure of {name}")
