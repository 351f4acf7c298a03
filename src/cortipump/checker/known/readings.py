"""Measured values of a ledger: laboratory values and measurements, in one shape."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from msgspec import Struct

from cortipump.quantities.show import plain
from cortipump.record.facts import Lab, Measurement
from cortipump.record.timeline import Of

_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")


class Reading(Struct, frozen=True):
    """A measured value of the ledger.

    Attributes
    ----------
    unit
        As the record prints it.
    day
        None: the record names no day.
    name
        Analyte, or name of the measurement, as the ledger has it.
    fact
        Id of the fact that states it.
    """

    value: Decimal
    unit: str
    day: date | None
    name: str
    fact: str

    @property
    def text(self) -> str:
        """``14.2 ug/dL``."""
        return f"{plain(self.value)} {self.unit}".strip()


def readings_of(
    labs: Iterable[Of[Lab]], measurements: Iterable[Of[Measurement]]
) -> Iterator[Reading]:
    """Every one that is a number; of a result beyond an assay's limit, the limit."""
    for lab in labs:
        value = lab.body.value if lab.body.value is not None else _limit(lab.body)
        if value is not None:
            yield Reading(value, lab.body.unit, _day(lab.body), lab.body.analyte, lab.id)
    for other in measurements:
        body = other.body
        if body.value is not None:
            yield Reading(body.value, body.unit, _day(body), body.name, other.id)


def _limit(body: Lab) -> Decimal | None:
    found = _NUMBER.search(body.text) if body.comparator else None
    return Decimal(found[0]) if found else None


def _day(body: Lab | Measurement) -> date | None:
    return body.at.day if body.at else None
