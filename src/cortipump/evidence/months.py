"""Counts by calendar month, all causes, so that a trend or a bad run before the start is seen."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from cortipump.evidence.count import KIND_OF, by_group, certain_events, is_inside, nights
from cortipump.evidence.diary import Entry, as_decimal, days_lost, injections_by_time
from cortipump.evidence.events import Course, Event
from cortipump.evidence.result import VISIT_MEASURES, Month
from cortipump.evidence.windows import Windows
from cortipump.quantities.span import DateSpan

_MEASURE_OF = {kind: measure for measure, kind in KIND_OF.items()}


def _month_after(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def calendar_months(span: DateSpan) -> Iterator[DateSpan]:
    """Every calendar month that the span touches, whole."""
    first = span.from_.replace(day=1)
    while first < span.until:
        until = _month_after(first)
        yield DateSpan(first, until)
        first = until


def month_of(first: date, last: date) -> str | None:
    """The month that holds both days, ``2024-03``. None: they lie in two."""
    same = (first.year, first.month) == (last.year, last.month)
    return f"{first:%Y-%m}" if same else None


def event_month(event: Event) -> str | None:
    """The month in which an event began. None: its record names only a year."""
    return month_of(date.fromordinal(event.first), date.fromordinal(event.latest))


def _visits(course: Course, windows: Windows) -> dict[str, Counter[str]]:
    """Measure to month to number, each side as cautious as its window."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    groups = by_group(course.events)
    begun = [
        min(alike, key=lambda event: event.first)
        for alike in certain_events(groups, windows.before)
    ]
    begun += [event for event in course.events if is_inside(event, windows.after)]
    for event in begun:
        month = event_month(event)
        if month is not None:
            counts[_MEASURE_OF[event.kind]][month] += 1
    before, _ = nights(course.stays, windows.before, "all_causes", "fewest")
    after, _ = nights(course.stays, windows.after, "all_causes", "most")
    for first, until in (*before.runs, *after.runs):
        for day in range(first, until):
            counts["bed_days"][f"{date.fromordinal(day):%Y-%m}"] += 1
    return counts


def _counted(entries: Iterable[Entry], windows: Windows) -> list[Entry]:
    return [e for e in entries if e.share_in(windows.before) or e.share_in(windows.after)]


def _injections(entries: Sequence[Entry], windows: Windows) -> Counter[str]:
    found: Counter[str] = Counter()
    for span in (windows.before, windows.after):
        for alike, fewest in injections_by_time(entries, span):
            first, last = alike[0].first, alike[0].last
            month = month_of(first, last) if first and last else None
            if month is not None:
                found[month] += fewest if span is windows.before else len(alike)
    return found


def _work(entries: Sequence[Entry], month: DateSpan, windows: Windows) -> Decimal:
    """Days lost in a month, each side as cautious as its window."""
    lost = Fraction(0)
    border = windows.index_date
    if month.from_ < border:
        lost += days_lost(entries, DateSpan(month.from_, min(month.until, border)))[0]
    if month.until > border:
        lost += days_lost(entries, DateSpan(max(month.from_, border), month.until))[1]
    return as_decimal(lost)


def _window(month: DateSpan, windows: Windows) -> Literal["before", "after", "both"]:
    if month.until <= windows.index_date:
        return "before"
    return "after" if month.from_ >= windows.index_date else "both"


def monthly(
    course: Course, injections: Sequence[Entry], work: Sequence[Entry], windows: Windows
) -> tuple[Month, ...]:
    """Every calendar month from the first day of ``before`` to the last of ``after``.

    Parameters
    ----------
    course
        From `evidence.events.course_of`.
    injections, work
        From `evidence.diary`.

    Returns
    -------
    tuple of Month
        Every measure has a number; of a month that is only in part inside, only that part counts.
    """
    visits = _visits(course, windows)
    given = _injections(injections, windows)
    lost = _counted(work, windows)
    whole = windows.whole
    months = []
    for span in calendar_months(whole):
        name = f"{span.from_:%Y-%m}"
        inside = DateSpan(max(span.from_, whole.from_), min(span.until, whole.until))
        counts: dict[str, int | Decimal] = {
            measure: visits[measure][name] for measure in VISIT_MEASURES
        }
        counts["rescue_injections"] = given[name]
        counts["work_days_lost"] = _work(lost, inside, windows)
        months.append(Month(name, counts, inside != span, _window(span, windows)))
    return tuple(months)


def worst_month(months: Sequence[Month], before: DateSpan) -> tuple[str, bool] | None:
    """The month before with the most events, and whether the window starts within 30 days of it.

    None when no single month stands out with two events or more.
    """
    measures = tuple(measure for measure in KIND_OF if measure != "urgent_care_visits")
    totals = {
        month.month: sum(int(month.counts[measure]) for measure in measures)
        for month in months
        if month.window == "before"
    }
    most = max(totals.values(), default=0)
    worst = [name for name, total in totals.items() if total == most]
    if most < 2 or len(worst) != 1:
        return None
    first = date.fromisoformat(f"{worst[0]}-01")
    return worst[0], first - before.from_ <= timedelta(days=30)
