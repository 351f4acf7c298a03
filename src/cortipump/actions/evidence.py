"""Before and after: windows from what a person asks, evidence from the record, its JSON."""

from datetime import date
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
from cortipump.evidence.costs import ChargeView, open_sums
from cortipump.evidence.result import (
    Comparison,
    Costs,
    Count,
    EvidenceResult,
    LabPoint,
    Month,
    ScoreChange,
    ScorePoint,
    Window,
)
from cortipump.evidence.windows import choose_windows
from cortipump.quantities.money import MONEY_KINDS, MoneyKind
from cortipump.record.claims import Standing
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
from cortipump.record.lifecycle import SEVERAL_PAYERS
from cortipump.record.phases import phases, start_of

_DATING: Final = (
    Visit, Charge, Lab, Measurement, Score, RescueInjection, WorkLoss, Procedure, Regimen,
)  # fmt: skip

# Of these the last day counts too. A regimen's end is no record of what happened until then.
_OVER_DAYS: Final = (Visit, WorkLoss, Procedure)


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


def _record_ends(record: Record) -> date | None:
    """The last day on which the record dates anything that is counted. None: it dates nothing."""
    days = []
    for fact in record.timeline:
        if fact.superseded_by or fact.body.void or not isinstance(fact.body, _DATING):
            continue
        end = fact.body.end if isinstance(fact.body, _OVER_DAYS) else None
        days += [moment.last_day for moment in (fact.body.when, end) if moment is not None]
    return min(max(days), clock.today()) if days else None


# What the first payer's decision, or the last one's, says for a bill that several decided on.
_OF_THE_BILL: Final[tuple[MoneyKind, ...]] = ("billed", "allowed", "patient")


def _elsewhere(charge: Charge) -> frozenset[MoneyKind]:
    """Kinds of amount that another payer's decision on the same bill states."""
    if SEVERAL_PAYERS not in charge.marks:
        return frozenset()
    first = charge.billed is not None
    return frozenset(("patient",) if first else _OF_THE_BILL)


def _charge_view(standing: Standing) -> ChargeView:
    charge = standing.charge
    return ChargeView(
        fact_id=standing.fact_id,
        day=standing.day,
        currency=charge.currency,
        amounts={
            kind: amount for kind in MONEY_KINDS if (amount := getattr(charge, kind)) is not None
        },
        category=charge.category,
        maybe_same_as=standing.maybe_same_as,
        elsewhere=_elsewhere(charge),
        marks=charge.marks,
    )


def charge_views(record: Record) -> list[ChargeView]:
    """The standing charges as the sums need them."""
    return [_charge_view(standing) for standing in record.claims.standing]


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
        "comparisons": [_comparison(c) for c in result.comparisons],
        "scores": [_score(s) for s in result.scores],
        "score_changes": [_score_change(c) for c in result.score_changes],
        "labs": [_lab(p) for p in result.labs],
        "doses": list(result.doses),
        "months": [_month(m) for m in result.months],
        "definitions": list(result.definitions),
        "caveats": [{"id": c.id, "text": c.text, "fact_ids": c.fact_ids} for c in result.caveats],
        "fact_ids": list(result.fact_ids),
    }


def _comparison(c: Comparison) -> dict[str, Any]:
    return {
        "measure": c.measure, "reading": c.reading,
        "before": _number(c.before), "after": _number(c.after),
        "days_before": c.days_before, "days_after": c.days_after,
        "rate_ratio": _round(c.rate_ratio), "ci_low": _round(c.ci_low),
        "ci_high": _round(c.ci_high), "p_central": _round(c.p_central), "method": c.method,
    }  # fmt: skip


def _score(s: ScorePoint) -> dict[str, Any]:
    return {
        "id": s.fact_id, "when": when_text(s.when), "instrument": s.instrument,
        "version": s.version, "part": s.part, "value": number(s.value),
        "window": s.window, "days_since_index": s.days_since_index,
    }  # fmt: skip


def _score_change(c: ScoreChange) -> dict[str, Any]:
    return {
        "instrument": c.instrument, "version": c.version, "before": c.before.fact_id,
        "after": c.after.fact_id, "change": number(c.change),
    }  # fmt: skip


def _lab(p: LabPoint) -> dict[str, Any]:
    return {
        "id": p.fact_id, "when": when_text(p.when), "analyte": p.analyte, "loinc": p.loinc,
        "value": number(p.value), "text": p.text, "unit": p.unit, "window": p.window,
    }  # fmt: skip


def _month(m: Month) -> dict[str, Any]:
    return {
        "month": m.month, "part": m.part, "window": m.window,
        "counts": {measure: _number(value) for measure, value in m.counts.items()},
    }  # fmt: skip


def _number(value: int | Decimal) -> int | msgspec.Raw | None:
    """A count as a JSON number; half days digit for digit."""
    return value if isinstance(value, int) else number(value)


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


def _window(window: Window) -> dict[str, Any]:
    return {
        "from": window.span.from_,
        "to": window.span.last,
        "days": window.span.days,
        **{measure: _number(count.value) for measure, count in window.counts.items()},
        "costs": _costs(window.costs),
        "pump_costs": {name: _costs(costs) for name, costs in window.pump_costs.items()},
        "possible_duplicates": _possible_duplicates(window),
        "fact_ids": {m: count.fact_ids for m, count in window.counts.items()},
        "not_stated": {
            kind: len(ids)
            for kind in MONEY_KINDS
            if (ids := {f for a in window.costs.get(kind, {}).values() for f in a.not_stated})
        },
    }


def _possible_duplicates(window: Window) -> dict[str, Any]:
    """Both readings of everything that has two: counts by measure, then sums of money."""
    maybe: dict[str, Any] = {
        measure: {"if_one": _number(count.fewest), "if_each": _number(count.most)}
        for measure, count in window.counts.items()
        if count.fewest != count.most
    }
    for category, kind, currency, amount in open_sums(window):
        if amount.readings is not None:
            costs = maybe.setdefault("pump_costs" if category else "costs", {})
            of_kind = (costs.setdefault(category, {}) if category else costs).setdefault(kind, {})
            if_one, if_each = amount.readings
            of_kind[currency] = {"if_one": str(if_one), "if_each": str(if_each)}
    return maybe


def _costs(costs: Costs) -> dict[str, dict[str, str]]:
    return {
        kind: {
            currency: str(amount.value)
            for currency, amount in costs.get(kind, {}).items()
            if amount.value is not None
        }
        for kind in MONEY_KINDS
    }


def counted(count: Count) -> str:
    """A count for reading, with both readings where records may be of one visit."""
    if count.fewest == count.most:
        return str(count.value)
    return f"{count.value} ({count.fewest} to {count.most})"
