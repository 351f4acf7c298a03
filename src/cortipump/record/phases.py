"""The phases of treatment, computed from the glucocorticoid regimens: tablets, loaner, own pump.

Nothing is stored and nothing is judged; which phase starts the comparison is the person's choice.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Final, Literal

from msgspec import Struct

from cortipump.errors import EvidenceError
from cortipump.record.facts import Regimen
from cortipump.record.timeline import Of, Timeline

PhaseName = Literal["tablets", "injections", "loaner", "own-pump", "pump"]
PUMP_PHASES: Final = frozenset({"loaner", "own-pump", "pump"})

_INJECTED: Final = frozenset({"injection", "injections", "subcutaneous", "intramuscular"})
_NEVER_TAKEN: Final = frozenset({"cancelled", "draft", "entered-in-error", "intended", "not-taken"})


class Phase(Struct, frozen=True):
    """A run of days under one kind of treatment.

    Attributes
    ----------
    name
        ``tablets``, ``injections``, ``loaner`` (a pump on loan), ``own-pump``, or ``pump`` where
        it is not recorded whose pump it is.
    from_, until
        Half-open. ``until`` None: still so.
    fact_ids
        The regimens behind it.
    exact
        False when the record names only the month or the year of its start.
    """

    name: PhaseName
    from_: date
    until: date | None
    fact_ids: tuple[str, ...]
    exact: bool = True


class _Run(Struct, frozen=True):
    """One regimen as a run of days."""

    name: PhaseName
    from_: date
    until: date
    fact_id: str
    exact: bool

    @property
    def precedence(self) -> tuple[bool, date, str]:
        """Which of several wins: a pump, then whatever was started last."""
        return (self.name in PUMP_PHASES, self.from_, self.fact_id)


def _name(regimen: Regimen) -> PhaseName | None:
    route = regimen.route.strip().lower()
    if route == "pump" or regimen.device:
        ownership = regimen.ownership.strip().lower()
        if ownership == "loaner":
            return "loaner"
        return "own-pump" if ownership == "own" else "pump"
    if route == "oral":
        return "tablets"
    return "injections" if route in _INJECTED else None


def _run(regimen: Of[Regimen]) -> _Run | None:
    body = regimen.body
    name = _name(body)
    unusable = body.role != "glucocorticoid" or body.status in _NEVER_TAKEN
    if unusable or name is None or body.start is None:
        return None
    first = body.start.first_day
    until = date.max if body.end is None else body.end.last_day + timedelta(days=1)
    if until <= first:
        return None
    return _Run(name, first, until, regimen.id, exact=body.start.day is not None)


def _winners(runs: Sequence[_Run]) -> Iterator[tuple[date, date, _Run]]:
    """The run that prevails between every two borders, in order; gaps yield nothing."""
    borders = sorted({run.from_ for run in runs} | {run.until for run in runs})
    starting = sorted(runs, key=lambda run: run.from_)
    going: list[_Run] = []
    at = 0
    for first, until in pairwise(borders):
        while at < len(starting) and starting[at].from_ <= first:
            going.append(starting[at])
            at += 1
        going = [run for run in going if run.until > first]
        if going:
            yield first, until, max(going, key=lambda run: run.precedence)


def phases(timeline: Timeline) -> tuple[Phase, ...]:
    """The phases of treatment in order of time.

    Parameters
    ----------
    timeline
        All facts; only standing glucocorticoid regimens with a start and a known route are used.

    Returns
    -------
    tuple of Phase
        Not overlapping; where no regimen is recorded there is a gap. While a pump runs, the phase
        is the pump's; otherwise, and among pumps, the regimen that was started last prevails.

    Notes
    -----
    The last day of a regimen belongs to it. A regimen without an end runs on.
    """
    return phases_of(timeline.of(Regimen))


def phases_of(regimens: Iterable[Of[Regimen]]) -> tuple[Phase, ...]:
    """The phases of standing regimens; see `phases`."""
    runs = [run for regimen in regimens if (run := _run(regimen)) is not None]
    found: list[Phase] = []
    for first, until, run in _winners(runs):
        last = found[-1] if found else None
        if last is not None and last.name == run.name and last.until == first:
            ids = tuple(dict.fromkeys((*last.fact_ids, run.fact_id)))
            found[-1] = Phase(last.name, last.from_, until, ids, last.exact)
        else:
            exact = run.exact or run.from_ != first
            found.append(Phase(run.name, first, until, (run.fact_id,), exact))
    return tuple(
        Phase(phase.name, phase.from_, None, phase.fact_ids, phase.exact)
        if phase.until == date.max
        else phase
        for phase in found
    )


def start_of(found: Sequence[Phase], name: str) -> date:
    """The first day of the first phase of that name.

    Parameters
    ----------
    found
        From `phases`.
    name
        Such as ``own-pump``.

    Raises
    ------
    EvidenceError
        E001 if there is no such phase (the message lists those that exist), or if its start is
        recorded only by month or year.
    """
    phase = next((phase for phase in found if phase.name == name), None)
    if phase is None:
        names = ", ".join(dict.fromkeys(phase.name for phase in found)) or "none"
        raise EvidenceError(
            f"there is no phase {name!r}; the record has: {names}",
            where="--phase",
            do="choose one of these, or give the day itself with --index",
        )
    if not phase.exact:
        raise EvidenceError(
            f"the day on which phase {name!r} started is not recorded, only its month or year",
            where="--phase",
            do="correct the regimen's start, or give the day itself with --index",
        )
    return phase.from_
