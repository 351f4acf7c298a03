"""Before, after and run-in: chosen and fixed before anything is counted.

Nothing here looks at events, so that no window can be fitted to them.
"""

from datetime import date, timedelta
from typing import Final, Literal

from msgspec import Struct

from cortipump.errors import EvidenceError
from cortipump.quantities.span import DateSpan

Place = Literal["before", "run_in", "after", "outside"]

DEFAULT_BEFORE_DAYS: Final = 365
DEFAULT_AFTER_DAYS: Final = 365
DEFAULT_RUN_IN_DAYS: Final = 28
LONGEST_RUN_IN_DAYS: Final = 56
LONGEST_WINDOW_DAYS: Final = 7305  # twenty years: longer is a slip of the keyboard
_EARLIEST_INDEX: Final = date(1930, 1, 1)


class Windows(Struct, frozen=True):
    """The days that are compared.

    Attributes
    ----------
    index_date
        First day of ``after``.
    index_why
        How the date was chosen, in words.
    run_in
        First days of ``after``, part of it and shown apart. None: no run-in was asked for.
    record_ends
        Last day that the record speaks for. None: it dates nothing that is counted.
    today
        The day on which the windows were chosen.
    """

    index_date: date
    index_why: str
    before: DateSpan
    run_in: DateSpan | None
    after: DateSpan
    record_ends: date | None
    today: date

    @property
    def whole(self) -> DateSpan:
        """Every day from the first of ``before`` to the last of ``after``."""
        return DateSpan(self.before.from_, self.after.until)

    def holding(self, first: date, last: date) -> Place:
        """The window that holds both days and all between; the run-in before ``after``."""
        if self.before.holds(first, last):
            return "before"
        if self.run_in is not None and self.run_in.holds(first, last):
            return "run_in"
        return "after" if self.after.holds(first, last) else "outside"


def _check_days(what: str, days: int, lowest: int, highest: int) -> None:
    if not lowest <= days <= highest:
        raise EvidenceError(
            f"{what} is {days} days, which is not between {lowest} and {highest}",
            where=f"--{what}-days".replace(" ", "-"),
            do=f"give a whole number of days from {lowest} to {highest}",
        )


def _check_index(index_date: date, today: date) -> None:
    if index_date > today:
        raise EvidenceError(
            f"the index date {index_date} lies in the future (today is {today})",
            where="--index",
            do="give the day on which the pump was started, or wait until after it",
        )
    if index_date < _EARLIEST_INDEX:
        raise EvidenceError(
            f"the index date {index_date} lies before {_EARLIEST_INDEX}",
            where="--index",
            do="write it as YYYY-MM-DD and check the year",
        )


def _after_until(
    index_date: date, after_days: int | None, record_ends: date | None, today: date
) -> date:
    """Where ``after`` stops: at what was asked for, or at what the record holds; never tomorrow."""
    if after_days is not None:
        return min(index_date + timedelta(days=after_days), today + timedelta(days=1))
    if record_ends is None:
        raise EvidenceError(
            "no dated record of anything that is counted is in the ledger",
            do="import the records first: cortipump import FILE",
        )
    until = min(
        index_date + timedelta(days=DEFAULT_AFTER_DAYS),
        record_ends + timedelta(days=1),
        today + timedelta(days=1),
    )
    if until <= index_date:
        raise EvidenceError(
            f"the record ends on {record_ends}: there is no day after the index date {index_date}",
            where="--index",
            do="import what has come since, or choose an earlier index date",
        )
    return until


def choose_windows(
    index_date: date,
    *,
    index_why: str,
    before_days: int = DEFAULT_BEFORE_DAYS,
    after_days: int | None = None,
    run_in_days: int = DEFAULT_RUN_IN_DAYS,
    record_ends: date | None,
    today: date,
) -> Windows:
    """Fix the windows around an index date.

    Parameters
    ----------
    index_date
        First day of ``after``.
    index_why
        How the date was chosen, in words.
    before_days
        Length of ``before``, from 1 to twenty years. [days]
    after_days
        Length of ``after``, honoured up to today. None: up to 365 days, not past the record's end.
    run_in_days
        Length of the run-in, 0 to 56; 0 for none. [days]
    record_ends
        Last day that the record speaks for. None: it dates nothing that is counted.
    today
        The current day; nothing is counted after it.

    Raises
    ------
    EvidenceError
        E001 if the index date lies in the future, if no day comes after it, or if a length is out
        of bounds.

    Notes
    -----
    Where the run-in is longer than ``after``, all of ``after`` is run-in.
    """
    _check_index(index_date, today)
    _check_days("before", before_days, 1, LONGEST_WINDOW_DAYS)
    _check_days("run in", run_in_days, 0, LONGEST_RUN_IN_DAYS)
    if after_days is not None:
        _check_days("after", after_days, 1, LONGEST_WINDOW_DAYS)
    until = _after_until(index_date, after_days, record_ends, today)
    run_in = None
    if run_in_days:
        run_in = DateSpan(index_date, min(index_date + timedelta(days=run_in_days), until))
    before = DateSpan(index_date - timedelta(days=before_days), index_date)
    return Windows(
        index_date, index_why, before, run_in, DateSpan(index_date, until), record_ends, today
    )
