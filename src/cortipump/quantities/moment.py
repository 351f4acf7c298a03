"""When something happened: as printed, and the local calendar day and clock time it stands for.

Instants in UTC are dated in the person's home zone; an instant with another offset keeps the day
that was printed at the place. Nothing here asks the system for the time or the zone.
"""

from calendar import monthrange
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct

from cortipump.errors import QuantityError

EARLIEST_YEAR, LATEST_YEAR = 1900, 2100

NO_ZONE = "clock/no-zone"
FROM_UTC = "clock/utc-to-home-zone"
MONTH_ONLY = "date/month-only"
YEAR_ONLY = "date/year-only"


class Moment(Struct, frozen=True, omit_defaults=True, gc=False):
    """One point in time, as exact as its source made it.

    Attributes
    ----------
    printed
        The text of the source, unchanged.
    day
        Local calendar day. None when the source names only a month or a year.
    clock
        Local clock time ``HH:MM``. None when the source gives no time of day.
    mark
        How the value was interpreted, one of this module's marks. Empty: nothing to say.
    """

    printed: str
    day: date | None = None
    clock: str | None = None
    mark: str = ""

    @property
    def first_day(self) -> date:
        """The earliest day that this can mean."""
        if self.day is not None:
            return self.day
        year, month = int(self.printed[:4]), int(self.printed[5:7] or 1)
        return date(year, month, 1)

    @property
    def last_day(self) -> date:
        """The latest day that this can mean."""
        if self.day is not None:
            return self.day
        year, month = int(self.printed[:4]), int(self.printed[5:7] or 12)
        return date(year, month, monthrange(year, month)[1])


def home_zone(name: str) -> ZoneInfo:
    """The zone of that name.

    Raises
    ------
    QuantityError
        Q001 if there is no such zone.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as cause:
        raise QuantityError(
            f"there is no time zone named {name!r}",
            do="name one like America/New_York (IANA time zone database)",
        ) from cause


def _shown(text: str) -> str:
    return text if len(text) <= 40 else text[:37] + "..."


def _reject(text: str, why: str) -> QuantityError:
    return QuantityError(f"{_shown(text)!r} {why}", do="write dates as YYYY-MM-DD")


def _check_year(text: str, year: int) -> None:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise _reject(text, f"is outside the years {EARLIEST_YEAR} to {LATEST_YEAR}")


def _partial(text: str) -> Moment:
    digits = text.replace("-", "", 1)
    if not (digits.isascii() and digits.isdigit()) or len(text) not in {4, 7}:
        raise _reject(text, "is not a date")
    _check_year(text, int(text[:4]))
    if len(text) == 4:
        return Moment(text, mark=YEAR_ONLY)
    if text[4] != "-" or not 1 <= int(text[5:7]) <= 12:
        raise _reject(text, "is not a month")
    return Moment(text, mark=MONTH_ONLY)


def parse_moment(text: str, zone: ZoneInfo) -> Moment:
    """Read an ISO 8601 date, month, year or instant.

    Parameters
    ----------
    text
        ``2026``, ``2026-03``, ``2026-03-02`` or a date with a time, with or without an offset.
    zone
        The person's home zone, in which instants in UTC are dated.

    Raises
    ------
    QuantityError
        Q001 if it is none of these, or lies outside 1900 to 2100.
    """
    if len(text) == 10:
        try:
            day = date.fromisoformat(text)
        except ValueError as cause:
            raise _reject(text, "is not a date") from cause
        _check_year(text, day.year)
        return Moment(text, day)
    if len(text) < 10:
        return _partial(text)
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as cause:
        raise _reject(text, "is not a date with a time") from cause
    _check_year(text, instant.year)
    offset = instant.utcoffset()
    mark = ""
    if offset is None:
        mark = NO_ZONE
    elif offset == timedelta(0):
        instant = instant.astimezone(zone)
        mark = FROM_UTC
    return Moment(text, instant.date(), f"{instant.hour:02d}:{instant.minute:02d}", mark)


def parse_day(text: str) -> date:
    """Read one calendar day, ``YYYY-MM-DD``.

    Raises
    ------
    QuantityError
        Q001 if it is not such a day, or lies outside 1900 to 2100.
    """
    try:
        day = date.fromisoformat(text.strip())
    except ValueError as cause:
        raise _reject(text, "is not a date") from cause
    _check_year(text, day.year)
    return day
