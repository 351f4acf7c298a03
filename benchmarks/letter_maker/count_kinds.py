"""Makers of statements about counts, totals and shares, under the project's own counting."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from benchmarks.letter_maker import count_words as say
from benchmarks.letter_maker.care_kinds import percent_slot
from benchmarks.letter_maker.ledger import Happening, Someone, injections, window
from benchmarks.letter_maker.spelling import EXACT, say_date, say_number
from benchmarks.letter_maker.statement import COUNT, TOTAL, Pen, Slot, Statement
from cortipump.evidence.result import Count, Window
from cortipump.record.facts import WorkLoss

_NOUNS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "emergency_visits": (
        ("emergency visit without admission", "emergency visits without admission"),
        ("emergency visit", "emergency visits"),
        ("ER visit that ended in discharge", "ER visits that ended in discharge"),
    ),
    "inpatient_stays": (
        ("hospital admission", "hospital admissions"),
        ("inpatient stay", "inpatient stays"),
        ("admission", "admissions"),
    ),
    "bed_days": (("night in hospital", "nights in hospital"), ("inpatient night", "inpatient nights")),
    "rescue_injections": (
        ("rescue injection at home", "rescue injections at home"),
        ("emergency injection outside the hospital", "emergency injections outside the hospital"),
    ),
    "work_days_lost": (
        ("lost day of work", "lost days of work"),
        ("day lost from work", "days lost from work"),
        ("missed work day", "missed work days"),
    ),
}  # fmt: skip
_MEASURES: Final = tuple(_NOUNS)
_CRISIS: Final = ("adrenal crisis",)
_CODED: Final = ("adrenal crisis", "weakness and vomiting")


def honest(one: Someone, part: Window, measure: str) -> frozenset[Decimal]:
    """Every number that an honest writer could mean by the measure."""
    counts = part.counts
    first, last = part.span.from_, part.span.last
    found = {*_both(counts[measure])}
    events = [e for e in one.events if first <= e.first <= last]
    if measure == "emergency_visits":
        # With those that led to an admission, which are some or all of the stays.
        for other in ("inpatient_stays", "observation_stays", "urgent_care_visits"):
            found |= {a + b for a in found for b in (*_both(counts[other]), Decimal(-1))}
        found |= {_adrenal(events, "emergency", _CRISIS), _adrenal(events, "emergency", _CODED)}
    elif measure == "inpatient_stays":
        found |= {a + b for a in found for b in _both(counts["observation_stays"])}
        found |= {_adrenal(events, "inpatient", _CODED)}
    elif measure == "bed_days":
        found |= {a + b for a in found for b in _both(counts["observation_stays"])}
        found |= {a + b for a in found for b in _both(counts["inpatient_stays"])}
    elif measure == "rescue_injections":
        care = Decimal(len(injections(one, first, last, home=False)))
        found |= {care, *(a + care for a in {*found})}
    else:
        rows = [w.body for w in one.record.timeline.of(WorkLoss)
                if w.body.start and first <= w.body.start.first_day <= last]  # fmt: skip
        whole = sum((w.days for w in rows if w.days and w.days >= 1), Decimal(0))
        found |= {Decimal(len(rows)), whole}
    return frozenset(found)


def _adrenal(events: list[Happening], kind: str, causes: tuple[str, ...]) -> Decimal:
    """How many of a kind have one of the causes."""
    return Decimal(sum(e.kind == kind and e.cause in causes for e in events))


def _both(count: Count) -> tuple[Decimal, ...]:
    return Decimal(count.value), Decimal(count.fewest), Decimal(count.most)


def span_words(pen: Pen, name: str) -> tuple[str, Window]:
    """A window and its name, by a phrase for ``in it``."""
    result, rng = pen.one.result, pen.rng
    index = pen.plain_date(result.index_date)
    part = result.before if name == "before" else result.after
    first, last = pen.plain_date(part.span.from_), pen.plain_date(part.span.last)
    if name == "before":
        return rng.choice((
            f"in the year before the pump ({first} to {last})",
            f"in the 365 days before {index}",
            f"in the twelve months before {index}",
            f"from {first} through {last}, before the pump,",
            f"between {first} and {last}",
            f"in the year that ended on {last}",
        )), part  # fmt: skip
    return rng.choice((
        f"since the pump was started on {index}",
        f"on the pump ({first} to {last})",
        f"from {first} through {last}, on the pump,",
        f"between {first} and {last}",
        f"in the {part.span.days} days from {first} to {last}",
        f"since {index}",
    )), part  # fmt: skip


def _other_span(pen: Pen) -> tuple[str, Window]:
    """A calendar year, or the days between two dates, inside what the record covers."""
    rng, result = pen.rng, pen.one.result
    if rng.random() < 0.5:
        year = rng.choice((2024, 2025))
        until = date(year + 1, 1, 1)
        return rng.choice((f"in {year}", f"in the calendar year {year}", f"in the year {year}")), (
            window(pen.one.seed, date(year, 1, 1), until))  # fmt: skip
    months = rng.choice((3, 6, 9))
    start = result.before.span.from_.replace(day=1)
    start = _months(start, rng.choice((1, 3, 5, 8)))
    until = _months(start, months)
    first, last = pen.plain_date(start), pen.plain_date(until - timedelta(days=1))
    words = rng.choice((f"between {first} and {last}", f"from {first} through {last}",
                        f"from {first} to {last}"))  # fmt: skip
    return words, window(pen.one.seed, start, until)


def _months(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def _slot(pen: Pen, part: Window, measure: str, rules: tuple[str, ...] = COUNT) -> Slot:
    nouns = pen.rng.choice(_NOUNS[measure])
    value = part.counts[measure].value
    return pen.count(value, nouns, honest(pen.one, part, measure), rules)


def _claim(part: Window, measure: str) -> tuple[str, ...]:
    return (
        "count",
        measure,
        str(part.span.from_),
        str(part.span.last),
        str(part.counts[measure].value),
    )


def _any_span(pen: Pen) -> tuple[str, Window]:
    choice = pen.rng.random()
    if choice < 0.35:
        return span_words(pen, "before")
    return span_words(pen, "after") if choice < 0.65 else _other_span(pen)


def count(pen: Pen) -> Statement | None:
    words, part = _any_span(pen)
    measure = pen.rng.choice(_MEASURES)
    return pen.statement("count", say.COUNT, {"n": _slot(pen, part, measure)},
                         (_claim(part, measure),), window_in=words)  # fmt: skip


def count_two(pen: Pen) -> Statement | None:
    words, part = _any_span(pen)
    one, other = pen.rng.sample(_MEASURES, 2)
    slots = {"n": _slot(pen, part, one), "m": _slot(pen, part, other)}
    return pen.statement("count-two", say.COUNT_TWO, slots,
                         (_claim(part, one), _claim(part, other)), window_in=words)  # fmt: skip


def change(pen: Pen) -> Statement | None:
    in_before, before = span_words(pen, "before")
    in_after, after = span_words(pen, "after")
    measure = pen.rng.choice(_MEASURES)
    nouns = pen.rng.choice(_NOUNS[measure])
    made = {
        name: pen.count(part.counts[measure].value, nouns, honest(pen.one, part, measure))
        for name, part in (("before", before), ("after", after))
    }
    bare = {name: _without_noun(slot) for name, slot in made.items()}
    slots = {**bare, **{f"{name}_n": slot for name, slot in made.items()}}
    claims = (_claim(before, measure), _claim(after, measure))
    return pen.statement("change", say.CHANGE, slots, claims, in_before=in_before,
                         in_after=in_after, what_cap=_plural(nouns))  # fmt: skip


def _plural(nouns: tuple[str, str]) -> str:
    return f"the number of {nouns[1]}"


def _without_noun(slot: Slot) -> Slot:
    draw = slot.wrong

    def bare(rng: object) -> tuple[str, str] | None:
        found = draw(rng) if draw is not None else None  # type: ignore[arg-type] # the same source of chance
        return None if found is None else (found[0].replace("no", "none"), "")

    text = "none" if slot.said[0] == "no" else slot.said[0]
    return Slot((text, ""), slot.rules, bare)


def fall(pen: Pen) -> Statement | None:
    in_before, before = span_words(pen, "before")
    in_after, after = span_words(pen, "after")
    old, new = (Decimal(p.counts["bed_days"].value) for p in (before, after))
    if not old or new >= old:
        return None
    share = 100 * (old - new) / old
    slots = {
        "before": Slot((say_number(old, words=pen.words), "")),
        "after": Slot((say_number(new, words=pen.words), "")),
        "percent": percent_slot(pen, share, (100 - share,)),
    }
    return pen.statement("fall", say.FALL, slots,
                         (_claim(before, "bed_days"), _claim(after, "bed_days")),
                         in_before=in_before, in_after=in_after)  # fmt: skip


def _sum_of(kind: str, templates: tuple[str, ...]) -> Callable[[Pen], Statement | None]:
    def make(pen: Pen) -> Statement | None:
        words, part = span_words(pen, pen.rng.choice(("before", "after")))
        amount = part.costs[kind].get("USD")  # type: ignore[index] # one of the four kinds
        if amount is None or amount.value is None or amount.readings is not None:
            return None
        # With the pump's own bills it is another honest sum.
        with_pump = amount.value + sum(
            (a.value or Decimal(0) for costs in part.pump_costs.values()
             for a in costs[kind].values()), Decimal(0))  # type: ignore[index] # as above  # fmt: skip
        slot = pen.money(amount.value, frozenset({amount.value, with_pump}), (), TOTAL)
        claim = ("sum", kind, str(part.span.from_), str(part.span.last), str(amount.value))
        return pen.statement(f"sum-{kind}", templates, {"amount": slot}, (claim,), window_in=words)

    return make


def _listed(items: list[str]) -> str:
    return ", ".join(items[:-1]) + " and " + items[-1]


def _stays(pen: Pen, part: Window) -> list[Happening]:
    return [e for e in pen.one.events if e.kind == "inpatient" and e.first in part.span
            and "billed" in e.sums and e.nights]  # fmt: skip


def _before_stays(pen: Pen) -> tuple[str, Window, list[Happening]] | None:
    words, part = span_words(pen, "before")
    stays = _stays(pen, part)
    complete = len(stays) == part.counts["inpatient_stays"].value and len(stays) >= 3
    return (words, part, stays) if complete else None


def parts_billed(pen: Pen) -> Statement | None:
    found = _before_stays(pen)
    if found is None:
        return None
    words, _, stays = found
    total = sum((e.sums["billed"] for e in stays), Decimal(0))
    slots = {"total": pen.money(total, frozenset({total}), (), TOTAL, EXACT)}
    said = _listed([f"${e.sums['billed']:,.2f}" for e in stays])
    claims = tuple(("billed", e.kind, str(e.first), str(e.sums["billed"])) for e in stays)
    return pen.statement("parts", say.PARTS, slots, claims, window_in=words, parts=said,
                         the_stays=_number_of(stays))  # fmt: skip


def _number_of(stays: list[Happening]) -> str:
    return f"the {say_number(len(stays), words=True)} admissions"


def parts_nights(pen: Pen) -> Statement | None:
    found = _before_stays(pen)
    if found is None:
        return None
    words, part, stays = found
    total = sum(e.nights for e in stays)
    if total != part.counts["bed_days"].value:
        return None
    slot = pen.count(total, ("night", "nights"), honest(pen.one, part, "bed_days"), TOTAL)
    said = _listed([say_number(e.nights, words=True) for e in stays])
    said += " night" if stays[-1].nights == 1 else " nights"
    return pen.statement("nights", say.NIGHTS, {"total": slot}, (_claim(part, "bed_days"),),
                         window_in=words, parts=said, the_stays=_number_of(stays))  # fmt: skip


def table(pen: Pen) -> Statement | None:
    """Rows with date, nights and bill, and the total below; a list or columns."""
    found = _before_stays(pen)
    if found is None:
        return None
    words, _, stays = found
    total = sum((e.sums["billed"] for e in stays), Decimal(0))
    style = pen.date_style if pen.date_style != "weekday" else "long"
    dates = [say_date(style, e.first) for e in stays]
    wide = max(map(len, (*dates, "Admitted")))
    slot = pen.money(total, frozenset({total}), (), TOTAL, EXACT)
    if pen.rng.random() < 0.5:
        rows = [f"  {'Admitted':<{wide}}  Nights      Billed"]
        rows += [f"  {d:<{wide}}  {e.nights:>6}  {_dollars(e):>10}"
                 for d, e in zip(dates, stays, strict=True)]  # fmt: skip
        rows.append(f"  {'Total':<{wide}}  {sum(e.nights for e in stays):>6}  {{total}}")
    else:
        mark = pen.rng.choice(("- ", "* ", "  - "))
        night = ["night" if e.nights == 1 else "nights" for e in stays]
        rows = [f"{mark}{d}: {e.nights} {n}, {_dollars(e)}"
                for d, e, n in zip(dates, stays, night, strict=True)]  # fmt: skip
        rows.append(f"{mark}Total: {{total}}")
    made = pen.statement("table", say.TABLE, {}, tuple(
        ("billed", e.kind, str(e.first), str(e.sums["billed"])) for e in stays),
        window_in=words, the_stays=_number_of(stays))  # fmt: skip
    made.rows, made.slots = tuple(rows), {"total": slot}
    return made


def _dollars(event: Happening) -> str:
    return f"${event.sums['billed']:,.2f}"


def dose_less(pen: Pen) -> Statement | None:
    slot = percent_slot(pen, Decimal(20), (Decimal(25), Decimal(80)))
    unit = pen.rng.choice(("mg per day", "mg/day", "mg a day"))
    return pen.statement("dose-less", say.DOSE_LESS, {"percent": slot}, (), old=f"30 {unit}",
                         new=f"24 {unit}", need="need" if pen.voice.who == "patient" else "needs")  # fmt: skip


MAKERS: Final[dict[str, Callable[[Pen], Statement | None]]] = {
    "count": count,
    "count-two": count_two,
    "change": change,
    "fall": fall,
    "sum-billed": _sum_of("billed", say.WINDOW_TOTAL),
    "sum-paid": _sum_of("paid", say.WINDOW_PAID),
    "parts": parts_billed,
    "nights": parts_nights,
    "table": table,
    "dose-less": dose_less,
}
