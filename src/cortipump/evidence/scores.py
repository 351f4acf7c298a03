"""Questionnaire totals over time, and the change between the last before and the last after.

Scores are entered, never computed from items (SAFETY S9); no change crosses versions, and nothing
is tested: one person gives no p-value.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from cortipump.evidence.result import ScoreChange, ScorePoint
from cortipump.evidence.windows import Windows
from cortipump.record.facts import Score
from cortipump.record.timeline import Of

BASELINES_APART_DAYS: Final = 28  # coverage.md 5.1: two baselines at least four weeks apart
ENOUGH_FOLLOW_UPS: Final = 2

Key = tuple[str, str, str, str]


def key_of(point: ScorePoint) -> Key:
    """What must be the same for two scores to be compared."""
    return (point.instrument, point.version, point.language, point.part)


def score_points(scores: Iterable[Of[Score]], windows: Windows) -> tuple[ScorePoint, ...]:
    """Every dated score that has a value, in order of time."""
    points = []
    for score in scores:
        body = score.body
        if body.at is None or body.value is None:
            continue
        first, last = body.at.first_day, body.at.last_day
        points.append(
            ScorePoint(
                fact_id=score.id,
                instrument=body.instrument,
                version=body.version,
                part=body.part,
                when=body.at,
                value=body.value,
                window=windows.holding(first, last),
                days_since_index=(first - windows.index_date).days,
                language=body.language,
            )
        )
    return tuple(points)


def by_key(points: Iterable[ScorePoint]) -> dict[Key, list[ScorePoint]]:
    """Points of one instrument, version, language and part, in order of time."""
    series: dict[Key, list[ScorePoint]] = defaultdict(list)
    for point in points:
        series[key_of(point)].append(point)
    return dict(sorted(series.items()))


def _change(series: Sequence[ScorePoint]) -> ScoreChange | None:
    before = [point for point in series if point.window == "before"]
    after = [point for point in series if point.window == "after"]
    after = after or [point for point in series if point.window == "run_in"]
    if not before or not after:
        return None
    old, new = before[-1], after[-1]
    return ScoreChange(
        instrument=new.instrument,
        version=new.version,
        before=old,
        after=new,
        change=new.value - old.value,
        part=new.part,
        language=new.language,
    )


def score_changes(points: Iterable[ScorePoint]) -> tuple[ScoreChange, ...]:
    """The change of every questionnaire that was filled in before and after."""
    changes = (_change(series) for series in by_key(points).values())
    return tuple(change for change in changes if change is not None)


def has_two_baselines(series: Sequence[ScorePoint]) -> bool:
    """Whether two scores before the index date lie four weeks apart or more."""
    days = [point.days_since_index for point in series if point.window == "before"]
    return bool(days) and max(days) - min(days) >= BASELINES_APART_DAYS


def has_two_follow_ups(series: Sequence[ScorePoint]) -> bool:
    """Whether two scores stand after the index date, run-in included."""
    return sum(point.window in {"run_in", "after"} for point in series) >= ENOUGH_FOLLOW_UPS


def name_of(point: ScorePoint | ScoreChange) -> str:
    """The questionnaire in words, such as ``AddiQoL 30 items (de), fatigue``."""
    name = f"{point.instrument} {point.version}".strip()
    name += f" ({point.language})" if point.language else ""
    return name + (f", {point.part}" if point.part else "")
