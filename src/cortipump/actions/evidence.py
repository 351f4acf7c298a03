"""Before and after: windows from what a person asks, evidence from the record, its JSON."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Struct

from cortipump.actions import clock
from cortipump.actions.ledger import Record, read_record
from cortipump.actions.listing import number, when_text
from cortipump.errors import EvidenceError
from cortipump.evidence.compare import compare
from cortipump.evidence.costs import ChargeView
from cortipump.evidence.result import Costs, Count, EvidenceResult, Window
from cortipump.evidence.windows import choose_windows
from cortipump.quantities.money import MONEY_KINDS
from cortipump.record.facts import (
    Charge,
    Lab,
    Measurement,
    Procedure,
    Regimen,
    RescueInjection,
    Score,
    Visit,
    WorkLoss,
)
from cortipump.record.phases import phases, start_of

_DATING: Final = (
    Visit, Charge, Lab, Measurement, Score, RescueInjection, WorkLoss, Procedure, Regimen,
)  # fmt: skip


class Asked(Struct, frozen=True):
    """Which comparison: an index date or a phase, and the windows around it."""

    index: date | None = None
    phase: str = ""
    before_days: int = 365
    after_days: int | None = None
    run_in_days: int = 28


def evidence(path: Path, asked: Asked) -> EvidenceResult:
    """The evidence of a ledger.

    Raises
    ------
    EvidenceError
        E001 without an index date where no pump phase gives one, or for impossible windows.
    """
    return evidence_of(read_record(path), asked)


def evidence_of(record: Record, asked: Asked) -> EvidenceResult:
    """The evidence of a record that was read."""
    index, why = _index(record, asked)
    windows = choose_windows(
        index,
        index_why=why,
        before_days=asked.before_days,
        after_days=asked.after_days,
        run_in_days=asked.run_in_days,
        record_ends=_record_ends(record),
        today=clock.today(),
    )
    return compare(record.timeline, windows, charge_views(record), matches=record.matches)


def _index(record: Record, asked: Asked) -> tuple[date, str]:
    if asked.index is not None and asked.phase:
        raise EvidenceError("both an index date and a phase are given", do="give one of them")
    if asked.index is not None:
        return asked.index, "chosen by the person"
    found = phases(record.timeline)
    if asked.phase:
        return start_of(found, asked.phase), f"start of the phase {asked.phase}"
    pump = next((p for p in found if p.name in {"loaner", "own-pump", "pump"}), None)
    if pump is None:
        raise EvidenceError(
            "no pump phase is recorded that could give the index date",
            do="give one with --index YYYY-MM-DD, or record the pump: cortipump template regimens",
        )
    return start_of(found, pump.name), f"start of the phase {pump.name}"


def _record_ends(record: Record) -> date:
    """The last day on which the record dates anything that is counted."""
    last = clock.today() - timedelta(days=36500)
    for fact in record.timeline:
        if fact.superseded_by or fact.body.void or not isinstance(fact.body, _DATING):
            continue
        when = fact.body.when
        if when is not None and when.last_day > last:
            last = when.last_day
    return min(last, clock.today())


def charge_views(record: Record) -> list[ChargeView]:
    """The standing charges as the sums need them."""
    return [
        ChargeView(
            fact_id=standing.fact_id,
            day=standing.day,
            currency=standing.charge.currency,
            amounts={
                kind: amount
                for kind in MONEY_KINDS
                if (amount := getattr(standing.charge, kind)) is not None
            },
            category=standing.charge.category,
        )
        for standing in record.claims.standing
    ]


# -- the contract's JSON -------------------------------------------------------------------


def evidence_json(result: EvidenceResult) -> dict[str, Any]:
    """The result under the contract's names."""
    windows = {"before": result.before, "after": result.after, "run_in": result.run_in}
    return {
        "index_date": result.index_date,
        "index_why": result.index_why,
        **{name: _window(w) if w is not None else None for name, w in windows.items()},
        "readings": {
            reading: {
                window: {measure: _number(count.value) for measure, count in counts.items()}
                for window, counts in by_window.items()
            }
            for reading, by_window in result.readings.items()
        },
        "comparisons": [
            {
                "measure": c.measure, "reading": c.reading, "before": _number(c.before),
                "after": _number(c.after),
                "days_before": c.days_before, "days_after": c.days_after,
                "rate_ratio": _round(c.rate_ratio), "ci_low": _round(c.ci_low),
                "ci_high": _round(c.ci_high), "p_central": _round(c.p_central), "method": c.method,
            }
            for c in result.comparisons
        ],
        "scores": [
            {
                "id": s.fact_id, "when": when_text(s.when), "instrument": s.instrument,
                "version": s.version, "part": s.part, "value": number(s.value),
                "window": s.window, "days_since_index": s.days_since_index,
            }
            for s in result.scores
        ],
        "score_changes": [
            {
                "instrument": c.instrument, "version": c.version, "before": c.before.fact_id,
                "after": c.after.fact_id, "change": number(c.change),
            }
            for c in result.score_changes
        ],
        "labs": [
            {
                "id": p.fact_id, "when": when_text(p.when), "analyte": p.analyte, "loinc": p.loinc,
                "value": number(p.value), "text": p.text, "unit": p.unit, "window": p.window,
            }
            for p in result.labs
        ],
        "doses": list(result.doses),
        "months": [
            {
                "month": m.month, "part": m.part, "window": m.window,
                "counts": {measure: _number(value) for measure, value in m.counts.items()},
            }
            for m in result.months
        ],
        "definitions": list(result.definitions),
        "caveats": [{"id": c.id, "text": c.text, "fact_ids": c.fact_ids} for c in result.caveats],
        "fact_ids": list(result.fact_ids),
    }  # fmt: skip


def _number(value: int | Decimal) -> int | msgspec.Raw | None:
    """A count as a JSON number; half days digit for digit."""
    return value if isinstance(value, int) else number(value)


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


def _window(window: Window) -> dict[str, Any]:
    maybe = {
        measure: {"if_one": count.fewest, "if_each": count.most}
        for measure, count in window.counts.items()
        if count.fewest != count.most
    }
    return {
        "from": window.span.from_,
        "to": window.span.last,
        "days": window.span.days,
        **{measure: _number(count.value) for measure, count in window.counts.items()},
        "costs": _costs(window.costs),
        "pump_costs": {name: _costs(costs) for name, costs in window.pump_costs.items()},
        "possible_duplicates": maybe,
        "fact_ids": {m: count.fact_ids for m, count in window.counts.items()},
        "not_stated": {
            kind: len(ids)
            for kind in MONEY_KINDS
            if (ids := {f for a in window.costs.get(kind, {}).values() for f in a.not_stated})
        },
    }


def _costs(costs: Costs) -> dict[str, dict[str, str]]:
    return {
        kind: {currency: str(amount.value) for currency, amount in costs.get(kind, {}).items()}
        for kind in MONEY_KINDS
    }


def counted(count: Count) -> str:
    """A count for reading, with both readings where records may be of one visit."""
    if count.fewest == count.most:
        return str(count.value)
    return f"{count.value} ({count.fewest} to {count.most})"
