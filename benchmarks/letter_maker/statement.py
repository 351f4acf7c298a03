"""One true sentence with the places at which it can be made false, and the pen that writes them."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from random import Random
from typing import Final

from msgspec import Struct, field

from benchmarks.letter_maker import wrong
from benchmarks.letter_maker.ledger import Happening, Someone
from benchmarks.letter_maker.marks import capital, marked
from benchmarks.letter_maker.spelling import (
    EXACT,
    MoneyStyle,
    a_date_style,
    a_money_style,
    say_date,
    say_money,
    say_number,
)

# What a fault is labelled with: the rule that its recall is counted under, and others that may say
# it too (as in benchmarks.letters.WHAT).
AMOUNT: Final = ("amount-differs", "unsupported-number")
DATE: Final = ("date-differs", "unsupported-number")
COUNT: Final = ("count-differs", "unsupported-number")
TOTAL: Final = ("total-does-not-add-up", "amount-differs", "count-differs")
SHARE: Final = ("total-does-not-add-up", "unsupported-number")
VAGUE: Final = ("date-differs",)

# What stands in a slot: the passage, and the word behind it that goes with it.
Said = tuple[str, str]


class Slot(Struct, frozen=True):
    """A place in a sentence.

    Attributes
    ----------
    said
        What is true.
    rules
        Label of a fault here. Empty: none can be made.
    wrong
        Draws something false, or None.
    vague
        Words that could stand instead of ``on`` and the date. Empty: none.
    """

    said: Said
    rules: tuple[str, ...] = ()
    wrong: Callable[[Random], Said | None] | None = None
    vague: str = ""


class Made(Struct, frozen=True):
    """A fault as made: label, passage, and what would be true."""

    rules: tuple[str, ...]
    text: str
    why: str


class Statement(Struct):
    """A sentence.

    Attributes
    ----------
    kind
        Of its maker; sentences of one part of the letter go together.
    words
        With ``{slot}`` for each place.
    claims
        What it says, for checking anew: kind of claim and its values.
    rows
        Lines of a list or table under it.
    """

    kind: str
    words: str
    slots: dict[str, Slot] = field(default_factory=dict)
    claims: tuple[tuple[str, ...], ...] = ()
    rows: tuple[str, ...] = ()
    fault: Made | None = None
    part: str = ""

    def can(self, rule: str) -> list[str]:
        """Slots at which a fault of that rule could be made."""
        if self.fault is not None:
            return []
        return [n for n, slot in self.slots.items() if slot.rules and slot.rules[0] == rule]

    def text(self) -> str:
        """As it stands."""
        said = {name: "".join(slot.said) for name, slot in self.slots.items()}
        return capital(self.words.format(**said))

    def lines(self) -> tuple[str, ...]:
        """Its list or table."""
        said = {name: "".join(slot.said) for name, slot in self.slots.items()}
        return tuple(row.format(**said) for row in self.rows)

    def spoil(self, rule: str, number: int, rng: Random) -> bool:
        """Make a fault of that rule, as passage of that number. False: none can be made."""
        names = self.can(rule)
        rng.shuffle(names)
        return any(self._spoil(name, number, rng) for name in names)

    def _spoil(self, name: str, number: int, rng: Random) -> bool:
        slot = self.slots[name]
        if slot.vague and rng.random() < 0.3 and (place := _on(self.words, name)):
            self.words = self.words.replace(place, f"{{{name}}}", 1)
            return self._put(name, (slot.vague, ""), number, VAGUE)
        said = slot.wrong(rng) if slot.wrong is not None else None
        return said is not None and self._put(name, said, number, slot.rules)

    def _put(self, name: str, said: Said, number: int, rules: tuple[str, ...]) -> bool:
        slot = self.slots[name]
        new = Slot((marked(said[0], number), said[1]))
        self.slots = {**self.slots, name: new}
        self.fault = Made(rules, said[0], f"true is {''.join(slot.said)!r}")
        return True


def _on(words: str, name: str) -> str:
    """``on {date}`` where it stands so."""
    return next((p for p in (f"on {{{name}}}", f"On {{{name}}}") if p in words), "")


class Voice(Struct, frozen=True):
    """Who speaks of the person, and how."""

    who: str
    pronouns: dict[str, str]


_SHE: Final = {"my": "her", "me": "her", "am": "is", "have": "has", "was": "was", "do": "does"}
PATIENT: Final = Voice(
    "patient",
    {"I": "I", "my": "my", "me": "me", "am": "am", "have": "have", "was": "was", "do": "do"},
)
SPOUSE: Final = Voice("spouse", {"I": "my wife", **_SHE})
NURSE: Final = Voice("nurse", {"I": "she", **_SHE})
DOCTOR: Final = Voice("doctor", {"I": "the patient", **_SHE})


_PAST: Final = frozenset(
    {
        "was", "could", "had", "will", "would", "can", "went", "felt", "left", "slept", "told",
        "took", "lost", "got", "lay", "spent", "fell", "drove", "owed", "paid", "may", "must",
        "might", "has", "have", "is", "vomited",
    }
)  # fmt: skip


def agrees(template: str, voice: Voice) -> bool:
    """Whether the verbs behind the person's pronoun fit the voice."""
    if voice.who == "patient":
        return True
    for word in re.findall(r"\{I\} (\S+)", template):
        if not (word.startswith("{") or word.strip(".,;") in _PAST or word.endswith("ed")):
            return False
    return True


def spoken(template: str, voice: Voice) -> str:
    """The pronouns filled in, everything else in braces left for later."""
    words = re.sub(r"(?<=[.?!] )\{I\}", capital(voice.pronouns["I"]), template)
    for name, word in voice.pronouns.items():
        words = words.replace(f"{{{name}}}", word)
    return words


def tidy(words: str) -> str:
    """No comma before another stop, one full stop, the article that the next sound asks for."""
    words = re.sub(r",(?=[.,:;)])", "", words)
    words = re.sub(r"\.\.(?=\s|$)", ".", words)
    return re.sub(r"\b([Aa]) (?=ACTH)", r"\1n ", words)


class Pen:
    """Writes statements about one person in one letter's style."""

    def __init__(self, one: Someone, rng: Random, voice: Voice, dated: date) -> None:
        self.one, self.rng, self.voice, self.dated = one, rng, voice, dated
        self.date_style = a_date_style(rng)
        self.money_style = a_money_style(rng)
        self.words = rng.random() < 0.5

    # -- places ------------------------------------------------------------------------------

    def on_day(
        self, day: date, clear: Callable[[date], bool], *, more: Sequence[date] = ()
    ) -> Slot:
        """A day; ``clear``: nothing of the kind is on another day. ``more``: tempting days."""
        style = self.date_style if self.rng.random() < 0.75 else a_date_style(self.rng)

        def draw(rng: Random) -> Said | None:
            found = wrong.day(rng, day, style, clear, self.dated, more)
            return None if found is None else (say_date(style, found), "")

        vague = wrong.vague(self.rng, day, self.dated)
        return Slot((say_date(style, day), ""), DATE, draw, vague)

    def plain_date(self, day: date) -> str:
        """A day that is never made false."""
        return say_date(self.date_style, day)

    def money(
        self, value: Decimal, can_be: frozenset[Decimal], tempting: Sequence[Decimal],
        rules: tuple[str, ...] = AMOUNT, style: MoneyStyle | None = None,
    ) -> Slot:  # fmt: skip
        """An amount; ``can_be``: amounts that are true here; ``tempting``: true elsewhere."""
        if style is None:
            style = self.money_style if self.rng.random() < 0.7 else a_money_style(self.rng)
        if value < 100 and style.name in {"about", "over", "nearly", "whole"}:
            style = EXACT
        chosen = style

        def draw(rng: Random) -> Said | None:
            found = wrong.amount(rng, value, can_be, tempting, self.one.amounts, chosen)
            return None if found is None else (say_money(chosen, found), "")

        return Slot((say_money(chosen, value), ""), rules, draw)

    def count(
        self, n: int | Decimal, nouns: tuple[str, str], honest: frozenset[Decimal],
        rules: tuple[str, ...] = COUNT, least: int = 2,
    ) -> Slot:  # fmt: skip
        """A number of something; ``honest``: other numbers that could be meant."""
        spell = (n < 13 and self.words) or n == 0

        def say(value: int | Decimal) -> Said:
            if value == 0:
                return ("no", f" {nouns[1]}")
            return (say_number(value, words=spell), f" {nouns[0 if value == 1 else 1]}")

        def draw(rng: Random) -> Said | None:
            found = wrong.count(rng, Decimal(n), honest, least)
            return None if found is None else say(found)

        return Slot(say(n), rules if rules else (), draw if rules else None)

    def value(
        self, text: str, draw: Callable[[Random], str | None], rules: tuple[str, ...] = AMOUNT
    ) -> Slot:
        """Anything else, with its own way to be false."""

        def said(rng: Random) -> Said | None:
            found = draw(rng)
            return None if found is None else (found, "")

        return Slot((text, ""), rules, said)

    # -- sentences ---------------------------------------------------------------------------

    def statement(
        self, kind: str, templates: Sequence[str], slots: dict[str, Slot],
        claims: tuple[tuple[str, ...], ...] = (), **plain: str,
    ) -> Statement:  # fmt: skip
        """A sentence by one of the templates; ``plain`` words cannot be false."""
        kept = {name: f"{{{name}}}" for name in slots}
        template = self.rng.choice([t for t in templates if agrees(t, self.voice)])
        words = tidy(spoken(template, self.voice).format(**kept, **plain))
        used = {name: slot for name, slot in slots.items() if f"{{{name}}}" in words}
        return Statement(kind, words, used, claims)

    def pick_event(
        self, kinds: Sequence[str], need: Callable[[Happening], bool]
    ) -> Happening | None:
        """One of the events of these kinds. None: there is none."""
        found = [e for e in self.one.events if e.kind in kinds and need(e)]
        return self.rng.choice(found) if found else None
