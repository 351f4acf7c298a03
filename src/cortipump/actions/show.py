"""One fact whole, with the very place in its source as it is printed there."""

from pathlib import Path
from typing import Any

from cortipump.actions.ledger import record_of
from cortipump.actions.listing import fact_json
from cortipump.documents.exhibits import SourceInfo, build_exhibits
from cortipump.record.store import open_ledger


def show_fact(path: Path, fact_id: str) -> dict[str, Any]:
    """The fact as the contract shows it, its corrections, and its place as printed.

    Raises
    ------
    RecordError
        R001 if there is no such fact.
    """
    with open_ledger(path) as ledger:
        record = record_of(ledger)
        fact = record.timeline[fact_id]
        standing = next((s for s in record.claims.standing if s.fact_id == fact_id), None)
        infos = {
            s.sha256: SourceInfo(s.sha256, s.name, s.media, s.size, s.imported_at)
            for s in record.sources.values()
        }
        exhibits, _ = build_exhibits([fact], infos, ledger.source_bytes)
    printed = [
        f"{'  ' * line.depth}{line.label}: {line.text}" if line.label else line.text
        for exhibit in exhibits
        for shown in exhibit.records
        for line in shown.lines
    ]
    return {"fact": fact_json(fact, record, standing), "why": fact.why, "as_printed": printed}
