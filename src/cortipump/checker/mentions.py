"""What a letter states, as found in its words: dates, amounts, numbers, each with its place.

Types only. `checker.scan` finds them; what they are about, and whether the ledger bears them, is
decided elsewhere.
"""

from datetime import date
from decimal import Decimal
from typing import Literal

from msgspec import Struct

# ``over``: more than, at least. ``under``: nearly, almost, less than, up to.
Approx = Literal["", "about", "over", "under"]
Grain = Literal["day", "month", "year"]
Period = Literal["minute", "hour", "day", "night", "week", "month", "year"]


class Mention(Struct, frozen=True, kw_only=True):
    """A run of the letter's text, half-open offsets."""

    start: int
    end: int
    text: str


class DayMention(Mention, frozen=True, kw_only=True, tag=True):
    """A calendar day, a month or a year.

    Attributes
    ----------
    first, last
        The days that it can mean, both included; equal for a day.
    other
        For ``03/11/2025``: the day under the other order of day and month, where it is a day too.
    year_given
        False for ``March 3`` where the year was taken from the text around it.
    """

    first: date
    last: date
    grain: Grain
    other: date | None = None
    year_given: bool = True


class SpanMention(Mention, frozen=True, kw_only=True, tag=True):
    """From a day to a day, both included: ``March 3–6, 2025``, ``between June and August 2025``."""

    first: date
    last: date
    grain: Grain


class ImpossibleDate(Mention, frozen=True, kw_only=True, tag=True):
    """A date that no calendar has: ``February 30, 2025``, ``11/31/2024``."""


class VagueDate(Mention, frozen=True, kw_only=True, tag=True):
    """``last November``, ``recently``, ``a few months ago``: no date that anyone could check.

    ``first`` and ``last`` are the days that it can mean for a letter of that date. None: any.
    """

    first: date | None = None
    last: date | None = None


class ClockMention(Mention, frozen=True, kw_only=True, tag=True):
    """A time of day, in minutes since midnight."""

    minute: int
    approx: Approx = ""


class MoneyMention(Mention, frozen=True, kw_only=True, tag=True):
    """An amount of money.

    Attributes
    ----------
    places
        Digits printed after the point; -3 for thousands (``$12k``, ``twelve thousand dollars``).
    currency
        ISO 4217. Empty: a bare sign or word that several currencies share and nothing decides.
    """

    amount: Decimal
    currency: str = "USD"
    places: int = 2
    approx: Approx = ""


class PercentMention(Mention, frozen=True, kw_only=True, tag=True):
    """``80 %``, ``80 percent``, ``eighty per cent``."""

    value: Decimal
    places: int = 0
    approx: Approx = ""


class RatioMention(Mention, frozen=True, kw_only=True, tag=True):
    """``three times as many``, ``doubled``, ``halved``, ``by a third``, ``one in four``.

    ``factor``: what the earlier or other figure is multiplied by (``halved``: 0.5, ``tripled``: 3);
    ``by a third`` and ``one in four`` give the fraction itself with ``is_share`` true.
    """

    factor: Decimal
    is_share: bool = False
    approx: Approx = ""


class MeasureMention(Mention, frozen=True, kw_only=True, tag=True):
    """A number with a unit of measurement: a laboratory value, a dose, a weight, a rate.

    Attributes
    ----------
    high
        Upper end of ``10-20 mg``. None: one number.
    unit
        As printed.
    canonical
        ``nmol/L``, ``ug/dL``, ``mg``, ``mg/day``, ``mg/h``, ``U/h``, ``mmol/L``, ``mEq/L``,
        ``mg/dL``, ``pg/mL``, ``pmol/L``, ``ng/mL``, ``ng/dL``, ``ng/mL/h``, ``kg``, ``lb``,
        ``mmHg``, ``mL``, ``mg/mL``, ``cm``, ``degC``, ``degF``, ``bpm``, ``U``, ``mg/m2/day``, ...
    comparator
        ``<``, ``<=``, ``>``, ``>=`` or empty.
    """

    value: Decimal
    unit: str
    canonical: str
    high: Decimal | None = None
    comparator: str = ""
    approx: Approx = ""
    places: int = 0


class AgeMention(Mention, frozen=True, kw_only=True, tag=True):
    """``41 years old``, ``age 41``, ``a 41-year-old``, ``turned 40``."""

    years: int


class DurationMention(Mention, frozen=True, kw_only=True, tag=True):
    """A length of time: ``four-day``, ``three nights``, ``18 months``, ``a week``."""

    value: Decimal
    period: Period
    approx: Approx = ""
    adjective: bool = False


class NumberMention(Mention, frozen=True, kw_only=True, tag=True):
    """Any other number, in figures or in words.

    Attributes
    ----------
    spelled
        Written in words.
    times
        ``twice``, ``three times``, ``once``: how often.
    high
        Upper end of ``3-4`` or ``three to four``. None: one number.
    bare
        False for numbers in words that are also grammar (``one``, ``a couple``): a count only
        where a countable noun follows.
    """

    value: Decimal
    spelled: bool = False
    times: bool = False
    high: Decimal | None = None
    approx: Approx = ""
    bare: bool = True
    places: int = 0


class Exempt(Mention, frozen=True, kw_only=True, tag=True):
    """Figures that claim nothing about the record.

    ``why``: phone, fax, email, web, identifier, address, citation, reference (page, exhibit,
    section, table, enclosure numbers), code (ICD, HCPCS, CPT), product (``U-100``, ``G6``,
    ``780G``), list-number, ordinal, quotation, procedure (``within 30 days``), study, form, age
    (``in my 40s``, ``adults aged 18 and over``).
    """

    why: str


AnyMention = (
    DayMention
    | SpanMention
    | ImpossibleDate
    | VagueDate
    | ClockMention
    | MoneyMention
    | PercentMention
    | RatioMention
    | MeasureMention
    | AgeMention
    | DurationMention
    | NumberMention
    | Exempt
)
