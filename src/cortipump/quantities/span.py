"""A run of whole days, half-open: from the first day until, not including, the last."""

from datetime import date, timedelta

from msgspec import Struct

from cortipump.errors import EvidenceError


class DateSpan(Struct, frozen=True):
    """Days from ``from_`` until, and not including, ``until``."""

    from_: date
    until: date

    def __post_init__(self) -> None:
        if self.until <= self.from_:
            raise EvidenceError(
                f"the span from {self.from_} until {self.until} holds no day",
                do="choose a later end or an earlier start",
            )

    @property
    def days(self) -> int:
        """How many days it holds."""
        return (self.until - self.from_).days

    @property
    def last(self) -> date:
        """The last day inside."""
        return self.until - timedelta(days=1)

    def __contains__(self, day: date) -> bool:
        return self.from_ <= day < self.until

    def holds(self, first: date, last: date) -> bool:
        """Whether every day from ``first`` to ``last`` lies inside."""
        return self.from_ <= first and last < self.until

    def nights(self, admitted: date, discharged: date) -> int:
        """Midnights between two days that fall inside: the midnight after day D belongs to D."""
        start, end = max(admitted, self.from_), min(discharged, self.until)
        return max((end - start).days, 0)
