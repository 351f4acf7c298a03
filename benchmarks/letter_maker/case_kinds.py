"""Makers of statements about the case and the person, and of numbers that are nowhere."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from random import Random
from typing import Final

from benchmarks.letter_maker import health_words as say
from benchmarks.letter_maker.ledger import Someone
from benchmarks.letter_maker.spelling import EXACT, in_words, say_money
from benchmarks.letter_maker.statement import DATE, Pen, Slot, Statement
from cortipump.record.facts import Call

_PARTIES: Final = {
    "plan": "the plan", "manufacturer": "the manufacturer", "clinic": "the clinic",
    "supplier": "the supplier",
}  # fmt: skip
UNKNOWN_RULES: Final = ("unsupported-number", "amount-differs", "count-differs")
AGE_RULES: Final = ("amount-differs", "count-differs", "unsupported-number")


def _calls(one: Someone) -> list[Call]:
    return [c.body for c in one.record.timeline.of(Call) if c.body.at is not None and c.body.at.day]


def _call(pen: Pen, templates: tuple[str, ...], kind: str) -> Statement | None:
    found = _calls(pen.one)
    if not found:
        return None
    chosen = pen.rng.choice(found)
    assert chosen.at is not None
    assert chosen.at.day is not None
    days = {c.at.day for c in found if c.at is not None}
    party, person = _PARTIES[chosen.with_whom], chosen.person_name.split(", ")[-1]
    if "made up" in person:
        person = "the intake desk"
    return pen.statement(kind, templates, {"date": pen.on_day(chosen.at.day, lambda d: d not in days)},
                         (("call", str(chosen.at.day), chosen.with_whom),), party=party,
                         person=person, answer=chosen.answer)  # fmt: skip


def call(pen: Pen) -> Statement | None:
    return _call(pen, say.CALL, "call")


def answered(pen: Pen) -> Statement | None:
    return _call(pen, say.ANSWERED, "answered")


def _of_case(pen: Pen, kind: str, templates: tuple[str, ...], day: date) -> Statement:
    case = {pen.one.denied, pen.one.received}
    calls = {c.at.day for c in _calls(pen.one) if c.at is not None}

    def clear(day: date) -> bool:
        # The request, the review and the days between them are the plan's too.
        away = day > pen.one.received or (pen.one.denied - day).days > 3
        return away and day not in case | calls

    return pen.statement(kind, templates, {"date": pen.on_day(day, clear)}, ((kind, str(day)),))


def denial(pen: Pen) -> Statement | None:
    return _of_case(pen, "denial", say.DENIAL, pen.one.denied)


def received(pen: Pen) -> Statement | None:
    return _of_case(pen, "received", say.RECEIVED, pen.one.received)


def diagnosis(pen: Pen) -> Statement | None:
    started = pen.one.case.diagnoses[0].body.when
    if started is None:
        return None
    true = started.first_day

    def draw(rng: Random) -> str:
        other = true.year * 12 + true.month - 1 + rng.choice((-24, -12, 12, -5, -3, 4, 6))
        return f"{date(other // 12, other % 12 + 1, 1):%B %Y}"

    slots = {"month": pen.value(f"{true:%B %Y}", draw, DATE)}
    return pen.statement("diagnosis", say.DIAGNOSIS, slots, (("since", f"{true:%Y-%m}"),))


def born(pen: Pen) -> Statement | None:
    slot = pen.on_day(pen.one.born, lambda d: d != pen.one.born)
    slots = {"date": Slot(slot.said, slot.rules, slot.wrong)}
    return pen.statement("born", say.BORN, slots, (("born", str(pen.one.born)),), name=pen.one.name)


def years(pen: Pen) -> int:
    """How old the person is on the letter's day."""
    birthday = (pen.one.born.month, pen.one.born.day)
    return pen.dated.year - pen.one.born.year - ((pen.dated.month, pen.dated.day) < birthday)


def age(pen: Pen) -> Statement | None:
    true = years(pen)
    spelled = pen.words

    def draw(rng: Random) -> str:
        other = true + rng.choice((-7, -5, -4, -3, -2, 2, 3, 4, 5, 7))
        return in_words(other) if spelled else str(other)

    slots = {"age": pen.value(in_words(true) if spelled else str(true), draw, AGE_RULES)}
    return pen.statement("age", say.AGE, slots, (("age", str(true)),), name=pen.one.name,
                         work="work" if pen.voice.who == "patient" else "works")  # fmt: skip


def unknown(pen: Pen) -> Statement | None:
    """Nothing of it is in the record; a fault by itself."""
    rng, nowhere = pen.rng, pen.one.numbers | pen.one.amounts
    cents = next(c for c in _draws(rng, 8000, 190000) if Decimal(c) / 100 not in nowhere)
    money = Decimal(cents) / 100 if rng.random() < 0.6 else Decimal(cents // 100)
    while money in nowhere or any(abs(money - a) < 1 for a in pen.one.amounts):
        money += 7
    amount = say_money(EXACT, money) if money % 1 else f"${money:,}"
    plain = {
        "money": amount,
        "score": str(next(n for n in _draws(rng, 61, 99) if Decimal(n) not in nowhere)),
        "level": str(next(n for n in _draws(rng, 61, 480) if Decimal(n) not in nowhere)),
        "miles": str(next(n for n in _draws(rng, 111, 960) if Decimal(n) not in nowhere)),
    }
    slots = {name: Slot((text, ""), UNKNOWN_RULES) for name, text in plain.items()}
    return pen.statement("unknown", say.UNKNOWN, slots)


def _draws(rng: Random, low: int, high: int) -> Iterable[int]:
    return (rng.randint(low, high) for _ in range(5000))


MAKERS: Final[dict[str, Callable[[Pen], Statement | None]]] = {
    "call": call,
    "answered": answered,
    "denial": denial,
    "received": received,
    "diagnosis": diagnosis,
    "born": born,
    "age": age,
}
