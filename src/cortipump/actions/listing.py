"""Facts as the contract's JSON and as lines to read: what `facts` and `show` print."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from cortipump.actions.ledger import Record, read_record
from cortipump.errors import UsageError
from cortipump.quantities.moment import Moment
from cortipump.quantities.money import MONEY_KINDS
from cortipump.record.claims import Standing
from cortipump.record.facts import KINDS, Charge, Fact, Lab, Regimen, Score, Visit


def list_facts(
    path: Path,
    *,
    kind: str = "",
    since: date | None = None,
    until: date | None = None,
    everything: bool = False,
) -> list[dict[str, Any]]:
    """The facts of a ledger, in order.

    Parameters
    ----------
    kind
        One kind only; empty: all.
    since, until
        First and last day, both included; undated facts are then left out.
    everything
        Also what does not count: reversed and replaced statements of claims, bills that a decision
        answers, records that their origin took back.
    """
    if kind and kind not in KINDS:
        raise UsageError(f"there is no kind of fact {kind!r}", do=f"kinds: {', '.join(KINDS)}")
    record = read_record(path)
    standing = {s.fact_id: s for s in record.claims.standing}
    aside = {left.fact_id: left for left in record.claims.aside}
    found = []
    for fact in _selected(record, kind, since, until):
        hidden = fact.body.void or fact.id in aside
        if hidden and fact.stands and not everything:
            continue
        shown = fact_json(fact, record, standing.get(fact.id))
        if fact.id in aside:
            shown["superseded"] = True
            shown["does_not_count"] = aside[fact.id].why
        if fact.body.void:
            shown["superseded"] = True
            shown["does_not_count"] = fact.body.void
        found.append(shown)
    return found


def _selected(record: Record, kind: str, since: date | None, until: date | None) -> Iterator[Fact]:
    for fact in record.timeline:
        if kind and fact.kind != kind:
            continue
        if since or until:
            when = fact.body.when
            if when is None:
                continue
            if (since and when.last_day < since) or (until and when.first_day > until):
                continue
        yield fact


def fact_json(fact: Fact, record: Record, standing: Standing | None = None) -> dict[str, Any]:
    """One fact as the contract shows it."""
    origin = fact.origin
    shown: dict[str, Any] = {
        "id": fact.id,
        "kind": fact.kind,
        **_own(fact, record, standing),
        "source": {"name": origin.name, "sha256": origin.source, "place": origin.place},
        "superseded": not fact.stands,
    }
    if fact.superseded_by:
        shown["superseded_by"] = fact.superseded_by
    if fact.supersedes:
        shown["supersedes"] = fact.supersedes
    marks = standing.charge.marks if standing else fact.body.marks
    if marks:
        shown["marks"] = list(marks)
    return shown


def when_text(moment: Moment | None) -> str | None:
    """Local day, with the clock time where it is known; as printed where the day is not."""
    if moment is None:
        return None
    if moment.day is None:
        return moment.printed
    day = moment.day.isoformat()
    return f"{day}T{moment.clock}" if moment.clock else day


def day_text(moment: Moment | None) -> str | None:
    """Local day; as printed where only a month or a year is known."""
    if moment is None:
        return None
    return moment.day.isoformat() if moment.day else moment.printed


def number(value: Decimal | None) -> msgspec.Raw | None:
    """A decimal as a JSON number, digit for digit."""
    return None if value is None else msgspec.Raw(format(value, "f").encode())


def _own(fact: Fact, record: Record, standing: Standing | None) -> dict[str, Any]:
    """What is particular to the kind, under the contract's names."""
    body = fact.body
    match body:
        case Visit():
            return _visit(fact, body, record)
        case Charge():
            return _charge(body, standing)
        case Lab():
            own = {
                "when": when_text(body.at), "analyte": body.analyte, "loinc": body.loinc or None,
                "value": number(body.value), "unit": body.unit,
            }  # fmt: skip
            return own | _rest(body, {"at", "value"})
        case Score():
            own = {
                "when": when_text(body.at), "instrument": body.instrument,
                "version": body.version, "value": number(body.value),
            }  # fmt: skip
            return own | _rest(body, {"at", "value"})
        case Regimen():
            own = {
                "from": day_text(body.start), "until": day_text(body.end), "drug": body.drug,
                "route": body.route, "mg_per_day": number(body.mg_per_day),
                "role": body.role,
            }  # fmt: skip
            return own | _rest(body, {"start", "end", "mg_per_day"})
        case _:
            return _general(body)


def _visit(fact: Fact, body: Visit, record: Record) -> dict[str, Any]:
    twin = record.possible_duplicate(fact.id)
    own: dict[str, Any] = {
        "visit_kind": body.visit_kind,
        "from": day_text(body.start),
        "until": day_text(body.end),
        "possible_duplicate_of": twin.of if twin else None,
    }
    if twin:
        own["why_duplicate"] = twin.reason
    return own | _rest(body, {"start", "end", "refs", "reason_refs", "diagnosis_refs"})


def _charge(body: Charge, standing: Standing | None) -> dict[str, Any]:
    day = standing.day.isoformat() if standing and standing.day else day_text(body.at)
    own: dict[str, Any] = {
        "date": day,
        "visit": (standing.visit or None) if standing else None,
        "payer": body.payer,
        "currency": body.currency,
        "amounts": {k: str(a) for k in MONEY_KINDS if (a := getattr(body, k)) is not None},
    }
    if body.form == "claim":
        own["adjudicated"] = False
    if standing and standing.maybe_same_as:
        own["possible_duplicate_of"] = standing.maybe_same_as
    internal = {"at", "issued", "replaces", "visit_refs", "claim_ids", "reverses", *MONEY_KINDS}
    return own | _rest(body, internal)


def _general(body: Any) -> dict[str, Any]:
    own: dict[str, Any] = {}
    if hasattr(body, "at"):
        own["when"] = when_text(body.at)
    elif hasattr(body, "start"):
        own["from"], own["until"] = day_text(body.start), day_text(body.end)
    return own | _rest(body, {"at", "start", "end", "refs", "visit_refs"})


def _rest(body: Any, without: set[str]) -> dict[str, Any]:
    """The recorded fields that have no name of their own in the contract."""
    hidden = without | {"marks", "void"}
    return {
        field.encode_name: msgspec.to_builtins(value)
        for field in msgspec.structs.fields(body)
        if field.name not in hidden
        and (value := getattr(body, field.name)) not in (None, "", (), {})
    }
