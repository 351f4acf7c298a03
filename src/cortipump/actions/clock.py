"""The only caller of the system's clock and zone. `CORTIPUMP_TODAY` fixes the day, for tests."""

import os
from datetime import UTC, date, datetime
from pathlib import Path

from cortipump.errors import QuantityError
from cortipump.quantities.moment import home_zone, parse_day


def today() -> date:
    """The day on which the command runs."""
    fixed = os.environ.get("CORTIPUMP_TODAY")
    return parse_day(fixed) if fixed else datetime.now(UTC).astimezone().date()


def now() -> str:
    """The moment of an entry, ISO 8601 in UTC, to the second."""
    fixed = os.environ.get("CORTIPUMP_TODAY")
    if fixed:
        return f"{parse_day(fixed)}T12:00:00+00:00"
    return datetime.now(UTC).isoformat(timespec="seconds")


def machine_zone() -> str:
    """The machine's IANA zone, as far as it says; UTC otherwise."""
    named = os.environ.get("TZ", "").lstrip(":")
    if not named:
        target = str(Path("/etc/localtime").resolve())
        named = target.split("zoneinfo/")[-1] if "zoneinfo/" in target else ""
    try:
        return home_zone(named).key if named else "UTC"
    except QuantityError:
        return "UTC"
