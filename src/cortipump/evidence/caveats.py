"""Which caveats a comparison must carry: five always, the others when the record calls for them.

The words are data (`knowledge.wordings`). SAFETY S7: the caveats that every comparison carries
cannot be left out.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from msgspec import Struct

from cortipump.evidence.costs import ChargeGaps, open_sums
from cortipump.evidence.diary import Entry, capped, possibly_double
from cortipump.evidence.events import Course, Event
from cortipump.evidence.months import event_month, month_of, worst_month
from cortipump.evidence.result import (
    OTHER_MEASURES,
    VISIT_MEASURES,
    Caveat,
    Comparison,
    Count,
    Month,
    ScoreChange,
    ScorePoint,
    Window,
)
from cortipump.evidence.scores import (
    by_key,
    has_two_baselines,
    has_two_follow_ups,
    name_of,
    score_changes,
)
from cortipump.evidence.visits import Contact
from cortipump.evidence.windows import Windows
from cortipump.knowledge.wordings import caveat_wording, caveat_wordings
from cortipump.quantities.span import DateSpan
from cortipump.record.duplicates import Duplicate
from cortipump.record.phases import PUMP_PHASES, Phase

_SHORT_MONTHS: Final = 6


class Findings(Struct, frozen=True):
    """Everything that a caveat can depend on.

    Attributes
    ----------
    first_recorded
        Day of the earliest visit, charge or laboratory value. None: there is none.
    undated
        What kind of record, in words, to the ids of those without a date.
    injections, work
        Rescue injections and work losses.
    valueless_scores
        Ids of questionnaires without a score.
    """

    windows: Windows
    before: Window
    run_in: Window | None
    after: Window
    course: Course
    duplicates: dict[str, Duplicate]
    injections: Sequence[Entry]
    work: Sequence[Entry]
    months: Sequence[Month]
    comparisons: Sequence[Comparison]
    points: Sequence[ScorePoint]
    changes: Sequence[ScoreChange]
    phases: Sequence[Phase]
    gaps: ChargeGaps
    first_recorded: date | None
    undated: dict[str, tuple[str, ...]]
    valueless_scores: tuple[str, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Everything that the person notes down."""
        return (*self.injections, *self.work)


def _say(caveat_id: str, ids: Iterable[str] = (), **values: object) -> Caveat:
    wording = caveat_wording(caveat_id)
    return Caveat(
        wording.id, wording.text.format(**values), wording.always, tuple(dict.fromkeys(ids))
    )


def _of_contacts(contacts: Iterable[Contact], span: DateSpan) -> list[str]:
    first, until = span.from_.toordinal(), span.until.toordinal()
    return [
        fact_id
        for contact in contacts
        if contact.spell is not None and contact.spell.last >= first and contact.spell.first < until
        for fact_id in contact.ids
    ]


# -- the windows ---------------------------------------------------------------------------


def _months_later(day: date, months: int) -> date:
    """The same day that many calendar months later, or the first day after a shorter month."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    try:
        return date(year, month, day.day)
    except ValueError:
        return date(year, month + 1, 1) if month < 12 else date(year + 1, 1, 1)


def _windows(found: Findings) -> Iterator[Caveat]:
    windows = found.windows
    before, after = windows.before, windows.after
    if found.first_recorded is not None and found.first_recorded > before.from_:
        yield _say("record-starts-inside", first=found.first_recorded)
    if windows.record_ends is None:
        yield _say("no-dated-records")
    elif windows.record_ends < after.last:
        yield _say("record-ends-early", last=windows.record_ends)
    if before.days != after.days:
        yield _say("unequal-windows", before=before.days, after=after.days)
    if after.until < _months_later(windows.index_date, _SHORT_MONTHS):
        yield _say("short-follow-up")
    worst = worst_month(found.months, before)
    if worst is not None and worst[1]:
        yield _say("starts-at-worst-month", month=worst[0])


def _pump(found: Findings) -> Iterator[Caveat]:
    """Pump days on the wrong side of the index date."""
    before, after = found.windows.before, found.windows.after
    pumps = [phase for phase in found.phases if phase.name in PUMP_PHASES]
    early = [
        phase
        for phase in pumps
        if phase.from_ < before.until and (phase.until or date.max) > before.from_
    ]
    if early:
        yield _say("pump-before-index", (i for phase in early for i in phase.fact_ids))
    late = [
        phase
        for phase in pumps
        if phase.from_ < after.until and (phase.until or date.max) > after.from_
    ]
    covered = sum(
        (min(phase.until or date.max, after.until) - max(phase.from_, after.from_)).days
        for phase in late
    )
    if late and covered < after.days:
        yield _say("pump-not-throughout", (i for phase in late for i in phase.fact_ids))


# -- the counts ----------------------------------------------------------------------------


def _words(measure: str) -> str:
    spaced = measure.replace("_", " ")
    return spaced.replace("urgent care", "urgent-care").replace("bed days", "bed-days")


def _zero_after(found: Findings) -> Iterator[Caveat]:
    none_left = [
        _words(row.measure)
        for row in found.comparisons
        if row.reading == "all_causes" and row.ci_high is not None and not row.after and row.before
    ]
    if none_left:
        yield _say("zero-after", measures=", ".join(none_left))


def _range(measure: str, count: Count) -> str:
    return f"{count.fewest} to {count.most} {_words(measure)}"


def _open_counts(
    found: Findings, measures: Sequence[str]
) -> Iterator[tuple[str, DateSpan, dict[str, Count]]]:
    """Before and after: the counts of these measures that have two readings."""
    for name, window in (("Before", found.before), ("After", found.after)):
        counts = {m: c for m, c in window.counts.items() if m in measures and c.fewest != c.most}
        if counts:
            yield name, window.span, counts


def _in_words(name: str, counts: dict[str, Count]) -> str:
    return f"{name}: {', '.join(_range(m, c) for m, c in counts.items())}."


def _duplicates(found: Findings) -> Iterator[Caveat]:
    open_counts = list(_open_counts(found, VISIT_MEASURES))
    if open_counts:
        behind = {i for *_, counts in open_counts for c in counts.values() for i in c.fact_ids}
        marked = {fact_id: twin for fact_id, twin in found.duplicates.items() if not twin.certain}
        pairs = (i for fact_id, twin in marked.items() for i in (fact_id, twin.of) if i in behind)
        lines = " ".join(_in_words(name, counts) for name, _, counts in open_counts)
        yield _say("possible-duplicates", sorted(set(pairs)), counts=lines)


def _double_entries(found: Findings) -> Iterator[Caveat]:
    """Injections and days of work that two sources may both note."""
    open_counts = list(_open_counts(found, OTHER_MEASURES))
    if open_counts:
        spans = [span for _, span, _ in open_counts]
        lines = " ".join(_in_words(name, counts) for name, _, counts in open_counts)
        ids = (i for span in spans for i in possibly_double(found.injections, found.work, span))
        yield _say("possible-duplicate-entries", ids, counts=lines)


def _double_charges(found: Findings) -> Iterator[Caveat]:
    lines = []
    for name, window in (("Before", found.before), ("After", found.after)):
        sums = [
            f"{f'{category}, ' if category else ''}{kind} {amount.readings[0]:,} to "
            f"{amount.readings[1]:,} {currency}"
            for category, kind, currency, amount in open_sums(window)
            if amount.readings is not None
        ]
        lines += [f"{name}: {'; '.join(sums)}."] if sums else []
    if lines:
        doubles, ids = found.gaps.doubles, found.gaps.pairs
        yield _say("possible-duplicate-charges", ids, number=len(doubles), sums=" ".join(lines))


def _run_in_events(found: Findings) -> Iterator[Caveat]:
    if found.run_in is not None:
        ids = [i for count in found.run_in.counts.values() for i in count.fact_ids]
        if ids:
            yield _say("run-in-events", ids)


def _kinds(found: Findings) -> Iterator[Caveat]:
    """Visits that are dated and yet not, or not fully, in the counts."""
    whole = found.windows.whole
    for caveat_id, contacts in (
        ("kind-unknown", found.course.unknown_kind),
        ("stays-without-end", found.course.open_stays),
        ("non-acute-stays", found.course.non_acute),
    ):
        ids = _of_contacts(contacts, whole)
        if ids:
            yield _say(caveat_id, ids)


# -- dates ---------------------------------------------------------------------------------


def _ranges(found: Findings) -> Iterator[tuple[tuple[str, ...], date, date, str | None]]:
    """Everything dated only by a month or a year: ids, first and last day, month if it is one."""

    def of_event(event: Event) -> tuple[tuple[str, ...], date, date, str | None]:
        first, last = date.fromordinal(event.first), date.fromordinal(event.latest)
        return event.ids, first, last, event_month(event)

    yield from (of_event(event) for event in found.course.events if event.first != event.latest)
    for entry in found.entries:
        if not entry.exact and entry.first is not None and entry.last is not None:
            yield (entry.id,), entry.first, entry.last, month_of(entry.first, entry.last)


def _touch(first: date, last: date, span: DateSpan) -> bool:
    return last >= span.from_ and first < span.until


def _vague(found: Findings) -> Iterator[Caveat]:
    windows = found.windows
    nowhere: list[str] = []
    in_run_in: list[str] = []
    no_month: list[str] = []
    for ids, first, last, month in _ranges(found):
        place = windows.holding(first, last)
        if place == "outside":
            nowhere += ids if _touch(first, last, windows.whole) else ()
            continue
        if place == "after" and windows.run_in is not None and _touch(first, last, windows.run_in):
            in_run_in += ids
        no_month += () if month else ids
    for caveat_id, listed in (
        ("vague-dates", nowhere),
        ("vague-in-run-in", in_run_in),
        ("vague-month", no_month),
    ):
        if listed:
            yield _say(caveat_id, listed)


def _undated(found: Findings) -> Iterator[Caveat]:
    some = {what: ids for what, ids in found.undated.items() if ids}
    if some:
        what = ", ".join(f"{what} ({len(ids)})" for what, ids in some.items())
        yield _say("undated", (i for ids in some.values() for i in ids), what=what)


# -- money, work, scores -------------------------------------------------------------------


def _money(found: Findings) -> Iterator[Caveat]:
    gaps = found.gaps
    if len(gaps.currencies) > 1:
        yield _say("currencies-mixed", currencies=", ".join(gaps.currencies))
    if gaps.no_currency:
        yield _say("currency-not-stated", gaps.no_currency)
    if gaps.not_stated:
        yield _say("amounts-not-stated", gaps.not_stated)
    if gaps.doubtful:
        yield _say("amounts-contradict", gaps.doubtful, number=len(gaps.doubtful))


def _work(found: Findings) -> Iterator[Caveat]:
    whole = found.windows.whole
    ids = [entry.id for entry in found.entries if entry.amount is None and entry.touches(whole)]
    if ids:
        yield _say("work-days-unknown", ids)
    more = [
        i for span in (found.windows.before, found.windows.after) for i in capped(found.work, span)
    ]
    if more:
        yield _say("work-days-capped", more)


def _series_lacking(
    found: Findings, enough: Callable[[Sequence[ScorePoint]], bool]
) -> list[ScorePoint]:
    """The scores after of every change whose series is too thin."""
    series = by_key(found.points)
    keys = {point.fact_id: key for key, points in series.items() for point in points}
    return [c.after for c in found.changes if not enough(series[keys[c.after.fact_id]])]


def _names(points: Iterable[ScorePoint]) -> str:
    return "; ".join(dict.fromkeys(name_of(point) for point in points))


def _scores(found: Findings) -> Iterator[Caveat]:
    if found.valueless_scores:
        yield _say("scores-without-value", found.valueless_scores)
    yield from _not_comparable(found)
    if not found.changes:
        return
    yield _say("scores-unblinded")
    for caveat_id, enough in (
        ("scores-few-baselines", has_two_baselines),
        ("scores-few-follow-ups", has_two_follow_ups),
    ):
        thin = _series_lacking(found, enough)
        if thin:
            yield _say(caveat_id, (p.fact_id for p in thin), instruments=_names(thin))
    unstated = [c for c in found.changes if not c.version]
    if unstated:
        yield _say(
            "scores-version-unstated",
            (i for c in unstated for i in (c.before.fact_id, c.after.fact_id)),
        )


def _not_comparable(found: Findings) -> Iterator[Caveat]:
    """Instruments with scores on both sides of which no two can be compared."""
    compared = {change.instrument for change in score_changes(found.points)}
    sides: dict[str, set[str]] = {}
    for point in found.points:
        side = "after" if point.window == "run_in" else point.window
        sides.setdefault(point.instrument, set()).add(side)
    names = [n for n, where in sides.items() if {"before", "after"} <= where and n not in compared]
    if names:
        ids = [p.fact_id for p in found.points if p.instrument in names and p.window != "outside"]
        yield _say("scores-not-comparable", ids, instruments=", ".join(names))


_SPECIAL: Final[tuple[Callable[[Findings], Iterator[Caveat]], ...]] = (
    _windows,
    _pump,
    _zero_after,
    _duplicates,
    _double_entries,
    _double_charges,
    _undated,
    _vague,
    _kinds,
    _run_in_events,
    _money,
    _work,
    _scores,
)


def caveats(found: Findings) -> tuple[Caveat, ...]:
    """The caveats of a comparison: first those that always stand, then what is special here."""
    always = [_say(wording.id) for wording in caveat_wordings().values() if wording.always]
    return (*always, *(caveat for rule in _SPECIAL for caveat in rule(found)))
