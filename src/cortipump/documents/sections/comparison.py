"""Before and after: counts, exact intervals, costs, scores, figures, and what to doubt."""

from decimal import Decimal
from typing import Final

from cortipump.documents import figures
from cortipump.documents.blocks import Block, Bullets, Callout, Column, Heading, Paragraph, Table
from cortipump.documents.case import Case, Missing
from cortipump.documents.statements import Statement, Value, say
from cortipump.documents.values import (
    amount_value,
    cited,
    count_value,
    date_value,
    number_value,
    ruled,
)
from cortipump.evidence.comparisons import ratio_text
from cortipump.evidence.costs import CostLine, cost_lines, open_sums
from cortipump.evidence.result import Amount, Comparison, Count, EvidenceResult, Window
from cortipump.quantities.show import long_date, plain

MEASURES: Final = {
    "emergency_visits": "Emergency visits",
    "inpatient_stays": "Hospital stays",
    "bed_days": "Nights in hospital",
    "observation_stays": "Observation stays",
    "urgent_care_visits": "Urgent-care visits",
    "rescue_injections": "Rescue injections",
    "work_days_lost": "Days of work lost",
}
READINGS: Final = {
    "all_causes": "All causes",
    "adrenal_coded": "Coded as adrenal",
    "marked": "Marked by the member",
}
NONE: Final = "no claim states it"
NO_CLAIM: Final = "no claim"
_CATEGORIES: Final = {
    "": "Care",
    "pump": "Pump",
    "pump-other": "Pump",
    "infusion-set": "Infusion sets and what came with them",
    "reservoir": "Reservoirs",
    "pod": "Pods",
    "supply": "Supplies",
    "drug": "Drug for the pump",
    "training": "Training",
}
MONEY: Final = {
    "billed": "Billed",
    "allowed": "Allowed",
    "paid": "Paid by the plan",
    "patient": "Member's share",
}


def comparison(case: Case, missing: Missing) -> list[Block]:
    """The whole section."""
    result = case.evidence
    blocks: list[Block] = [
        Heading("Before and after", anchor="evidence"),
        _windows(result),
        _counts(result),
        *_readings(result),
        *_costs(result, missing),
        *_changes(result),
        caveats(result),
    ]
    return blocks


def _span(window: Window) -> str:
    return f"{long_date(window.span.from_)} to {long_date(window.span.last)}"


def _windows(result: EvidenceResult) -> Paragraph:
    before, after, run_in = result.before, result.after, result.run_in
    parts: list[str | Value] = [
        "The index date is ", ruled(long_date(result.index_date), result.index_why),
        f" ({_without_digits(result.index_why)}). Before: ",
        ruled(_span(before), "window before the index date"),
        " (", ruled(str(before.span.days), "days of the window before"), " days). After: ",
        ruled(_span(after), "window from the index date on"),
        " (", ruled(str(after.span.days), "days of the window after"), " days)",
    ]  # fmt: skip
    if run_in is not None:
        parts += [
            ", of which the first ", ruled(str(run_in.span.days), "run-in, set beforehand"),
            " days are the run-in, counted in and shown apart",
        ]  # fmt: skip
    return Paragraph((say("windows", *parts, "."),))


def _without_digits(text: str) -> str:
    return "".join(c for c in text if not c.isdigit()).strip(" -,")


def _note(measure: str, window: Window) -> str:
    return f"{MEASURES[measure].lower()} from {window.span.from_} to {window.span.last}, all causes"


def _counts(result: EvidenceResult) -> Table:
    compared = {c.measure: c for c in result.comparisons if c.reading == "all_causes"}
    rows = []
    for measure, name in MEASURES.items():
        if measure not in result.before.counts:
            continue
        row = [
            say("measure", name),
            _count(result.before.counts[measure], measure, result.before),
            _count(result.after.counts[measure], measure, result.after),
        ]
        if result.run_in is not None:
            row.append(_count(result.run_in.counts[measure], measure, result.run_in))
        row.append(_ratio(compared.get(measure), _ids(result, measure)))
        rows.append(tuple(row))
    columns = [Column("", share=2), Column("Before", "right"), Column("After", "right")]
    if result.run_in is not None:
        columns.append(Column("of which run-in", "right"))
    columns.append(Column("Rate ratio, exact 95 % interval", "right", share=2.4))
    notes = (
        say("note", "Rate ratio: rate after divided by rate before, by days at risk; exact "
            "conditional interval. A ratio whose interval includes one is compatible with no "
            "change. Nights and days cluster, so their ratio has no interval."),
        *(say("note", "Where records may be of one visit, the number that speaks against the pump "
              "counts, and both readings stand in brackets.") for _ in [0]
          if _has_duplicates(result)),
    )  # fmt: skip
    return Table("Counts, all causes", tuple(columns), tuple(rows), notes=notes)


def _has_duplicates(result: EvidenceResult) -> bool:
    return any(
        count.fewest != count.most
        for window in (result.before, result.after)
        for count in window.counts.values()
    )


def _count(count: Count, measure: str, window: Window) -> Statement:
    return say("count", count_value(count, _note(measure, window)))


def _ids(result: EvidenceResult, measure: str) -> tuple[str, ...]:
    """The facts behind both counts of a measure, all causes."""
    both = (*result.before.counts[measure].fact_ids, *result.after.counts[measure].fact_ids)
    return tuple(dict.fromkeys(both))


def _ratio(compared: Comparison | None, ids: tuple[str, ...]) -> Statement:
    text = ratio_text(compared)
    if compared is None or compared.rate_ratio is None:
        return say("ratio", text)
    note = f"{compared.method}; {compared.after} in {compared.days_after} days after, "
    note += f"{compared.before} in {compared.days_before} days before"
    return say("ratio", Value(text, "ratio", ids, note))


def _readings(result: EvidenceResult) -> list[Block]:
    rows = []
    for reading, name in READINGS.items():
        found = result.readings.get(reading, {})
        for measure in ("emergency_visits", "inpatient_stays", "bed_days"):
            before = found.get("before", {}).get(measure)
            after = found.get("after", {}).get(measure)
            if before is None or after is None:
                continue
            compared = next(
                (c for c in result.comparisons if c.measure == measure and c.reading == reading),
                None,
            )
            note = f"{MEASURES[measure].lower()}, {name.lower()}"
            rows.append(
                (
                    say("reading", f"{name}: {MEASURES[measure].lower()}"),
                    say("count", count_value(before, f"{note}, before")),
                    say("count", count_value(after, f"{note}, after")),
                    _ratio(compared, (*before.fact_ids, *after.fact_ids)),
                )
            )
    columns = (
        Column("", share=3), Column("Before", "right"), Column("After", "right"),
        Column("Rate ratio, exact 95 % interval", "right", share=2.4),
    )  # fmt: skip
    return [Table("The three readings of a visit", columns, tuple(rows))] if rows else []


def _costs(result: EvidenceResult, missing: Missing) -> list[Block]:
    rows = tuple(_cost_row(line) for line in cost_lines(result.before, result.after))
    if not rows:
        missing.note(
            "costs",
            "amounts of bills and statements",
            "plan",
            "download the claims (explanation of benefits) and import them",
        )
        return []
    columns = (
        Column("", share=2.4), Column("Kind", share=1.4), Column("Before", "right", share=1.4),
        Column("After", "right", share=1.4), Column("Claims without it", "right"),
    )  # fmt: skip
    notes = (
        say("note", "Billed, allowed, paid and the member's share are different things and are "
            "never added to each other. Claims of the pump, its supplies and its drug stand on "
            "lines of their own. Claims that do not state an amount are counted in the last "
            "column (before, after); they are unknown, not zero."),
        *(say("note", "Where charges may be the same cost twice, the sum that speaks against the "
              "pump counts, and both readings stand in brackets.") for _ in [0]
          if any(True for w in (result.before, result.after) for _ in open_sums(w))),
    )  # fmt: skip
    return [Table("Costs by date of service", columns, rows, notes=notes)]


def _cost_row(line: CostLine) -> tuple[Statement, ...]:
    category, kind = line.category, line.kind
    other = category.replace("-", " ").capitalize()
    without = f"claims that state no {kind} amount"
    return (
        say("cost", _CATEGORIES.get(category, other)),
        say("cost", MONEY[kind]),
        _sum(line.before, line.currency, f"{kind}, before"),
        _sum(line.after, line.currency, f"{kind}, after"),
        say("cost", _without(line.before, f"{without}, before"), ", ",
            _without(line.after, f"{without}, after")),
    )  # fmt: skip


def _sum(amount: Amount | None, currency: str, note: str) -> Statement:
    if amount is None:
        return say("cost", NO_CLAIM)
    if amount.value is None:
        return say("cost", NONE)
    return say("cost", amount_value(amount, currency, note))


def _without(amount: Amount | None, note: str) -> Value:
    ids = amount.not_stated if amount else ()
    return number_value(ids, str(len(ids)), note)


def _changes(result: EvidenceResult) -> list[Block]:
    items = []
    for change in result.score_changes:
        before, after = change.before, change.after
        items.append(
            say(
                "score-change",
                Value(instrument(change.instrument, change.version), "quote",
                      (before.fact_id, after.fact_id), "instrument and version"),
                ": ",
                Value(plain(before.value), "quote", (before.fact_id,), "value"),
                " on ", date_value(before.fact_id, before.when), ", ",
                Value(plain(after.value), "quote", (after.fact_id,), "value"),
                " on ", date_value(after.fact_id, after.when), " (difference ",
                Value(_signed(change.change), "difference", (before.fact_id, after.fact_id),
                      "after minus before"),
                "). The member was not blinded.",
            )
        )  # fmt: skip
    return [Bullets(tuple(items))] if items else []


def instrument(name: str, version: str) -> str:
    """Instrument and version, the name once."""
    return version if version.lower().startswith(name.lower()) else f"{name} {version}".strip()


def _signed(value: Decimal) -> str:
    return f"+{plain(value)}" if value > 0 else plain(value).replace("-", "−")


def caveats(result: EvidenceResult) -> Callout:
    """What to doubt, under every before and after (SAFETY S7)."""
    return Callout(
        "caution",
        "What these figures can and cannot show",
        tuple(
            say("caveat", cited(caveat.text, f"caveat {caveat.id}"))
            if caveat.always or not caveat.fact_ids
            else say("caveat", Value(caveat.text, "count", caveat.fact_ids, f"caveat {caveat.id}"))
            for caveat in result.caveats
        ),
    )


def pictures(result: EvidenceResult) -> list[Block]:
    """Every month plotted, not only totals."""
    made = [figures.monthly_events(result), figures.bed_days_by_month(result)]
    made += [figures.scores(result)] if result.scores else []
    made += [figures.costs(result)] if figures.currencies(result) else []
    return [Heading("Month by month", anchor="figures"), *made]
