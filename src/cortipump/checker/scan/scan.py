"""All mentions of a letter in order: every family of patterns in turn, each on what is left.

What names something (telephone, claim number, citation) goes before what measures something; a
date before the figures that it is made of; the plain numbers come last and leave no digit.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Final

from cortipump.checker.letter import LetterText
from cortipump.checker.mentions import AnyMention, DayMention
from cortipump.checker.scan.amounts.clocks import find_clocks
from cortipump.checker.scan.amounts.durations import find_ages, find_durations
from cortipump.checker.scan.amounts.measures import find_measures
from cortipump.checker.scan.amounts.money import find_money
from cortipump.checker.scan.amounts.numbers import find_numbers, find_ordinals, find_tokens
from cortipump.checker.scan.amounts.schedules import find_schedules
from cortipump.checker.scan.amounts.shares import find_percents, find_proportions, find_ratios
from cortipump.checker.scan.coded import Locale, Sheet, sheet_of
from cortipump.checker.scan.dates.dates import find_dates
from cortipump.checker.scan.dates.vague import find_vague
from cortipump.checker.scan.exempt.identifiers import find_codes, find_identifiers, find_products
from cortipump.checker.scan.exempt.layout import (
    find_address_blocks,
    find_list_numbers,
    find_numbering,
    find_unbroken,
    without_quoted,
)
from cortipump.checker.scan.exempt.references import find_laws, find_literature, find_numbered
from cortipump.checker.scan.exempt.web import find_addresses, find_phones, find_web

__all__ = ["Locale", "letter_date", "scan"]

_FAMILIES: Final[tuple[Callable[[Sheet], Iterable[AnyMention]], ...]] = (
    find_unbroken,
    find_web,
    find_address_blocks,
    find_list_numbers,
    find_numbering,
    find_laws,
    find_literature,
    find_phones,
    find_addresses,
    find_codes,
    find_identifiers,
    find_products,
    find_numbered,
    find_vague,
    find_proportions,
    find_dates,
    find_schedules,
    find_clocks,
    find_money,
    find_percents,
    find_measures,
    find_ages,
    find_ratios,
    find_durations,
    find_ordinals,
    find_tokens,
    find_numbers,
)


def scan(letter: LetterText, locale: Locale) -> tuple[AnyMention, ...]:
    """Every mention before the enclosures, in order and without overlap; no digit is left out."""
    sheet = sheet_of(letter, locale)
    mentions: list[AnyMention] = []
    for family in _FAMILIES:
        found = _apart(family(sheet))
        mentions += found
        sheet = sheet.without(found)
    mentions.sort(key=lambda each: each.start)
    return tuple(without_quoted(sheet, mentions))


def _apart(mentions: Iterable[AnyMention]) -> list[AnyMention]:
    """In order, and of two that overlap the longer one."""
    kept: list[AnyMention] = []
    for mention in sorted(mentions, key=lambda each: (each.start, -each.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


_HEAD_ENDS: Final = re.compile(
    r"^[ \t>*#]*(?:dear\b|to whom|hello\b|hi\b|greetings|re\b[ ]?:|subject\b|regarding\b|"
    r"good (?:morning|day)|"
    r"sir or madam|ladies and gentlemen)",
    re.IGNORECASE,
)
_DATE_LABEL: Final = re.compile(
    r"[ \t>*#_|]*(?:(?i:date|dated|letter date|date of (?:this )?letter|written on)[ ]*:?[*_ ]*)?"
    r"(?:(?:[A-Z][\w.]*(?:[ ][A-Z][\w.]*)*,?[ ]+(?:[-\u2013\u2014][ ])?)*,?)\Z"
)
# With its label it may share the line with other labels.
_NAMED_DATE: Final = re.compile(
    r"(?:\A|[ \t|]{2})[ *_>]*(?:date|letter date)[ ]*:[*_ ]*\Z", re.IGNORECASE
)
_LONGEST_HEAD_LINES: Final = 25


def letter_date(letter: LetterText, *, day_first: bool = False) -> date | None:
    """The date that the letter carries at its head, on a line of its own; None: it carries none."""
    # Any date will do to read the others by: only whole dates with a year count here.
    locale = Locale(dated=date(2099, 12, 31), day_first=day_first)
    end, lines = 0, letter.text.split("\n")
    for line in lines[:_LONGEST_HEAD_LINES]:
        if _HEAD_ENDS.match(line):
            break
        end += len(line) + 1
    head = LetterText(letter.text[:end], letter.starts, (), enclosed=None)
    for mention in find_dates(sheet_of(head, locale)):
        is_day = isinstance(mention, DayMention) and mention.grain == "day" and mention.year_given
        if isinstance(mention, DayMention) and is_day and _stands_alone(letter.text, mention):
            return mention.first
    return None


def _stands_alone(text: str, day: DayMention) -> bool:
    """Nothing else on its line but a label or the name of a town."""
    opens = text.rfind("\n", 0, day.start) + 1
    closes = text.find("\n", day.end)
    rest = text[day.end : closes if closes >= 0 else len(text)]
    if _NAMED_DATE.search(text[opens : day.start]):
        return True
    return rest.strip(" \t*_.|") == "" and _DATE_LABEL.match(text[opens : day.start]) is not None
