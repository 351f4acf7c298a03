"""Makers of statements about visits, stays and their money. None: the record has nothing to say."""

from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Final

from benchmarks.letter_maker import care_words as say
from benchmarks.letter_maker.ledger import Happening, in_care, office_days
from benchmarks.letter_maker.spelling import EXACT, in_words
from benchmarks.letter_maker.statement import SHARE, Pen, Slot, Statement
from cortipump.record.facts import Visit

_STAYS: Final = ("inpatient", "observation")
_ALL: Final = ("emergency", "inpatient", "observation", "urgent-care")
_NAMES: Final = {
    "emergency": ("the emergency visit", "the ER visit", "the emergency room visit"),
    "inpatient": ("the admission", "the hospital stay", "the inpatient stay"),
    "observation": ("the observation stay", "the night under observation"),
    "urgent-care": ("the urgent care visit", "the walk-in visit"),
}
_OTHER: Final = {"emergency": ("inpatient",), "inpatient": ("emergency",)}


def clear_of(pen: Pen, kind: str) -> Callable[[date], bool]:
    """Whether nothing like that kind of event is recorded on a day."""
    like = {"emergency": ("emergency", *_STAYS), "inpatient": _STAYS, "observation": _STAYS}
    kinds = like.get(kind, (kind,))
    return lambda day: not in_care(pen.one, day, kinds)


def _event_date(pen: Pen, event: Happening, day: date | None = None) -> Slot:
    day = day or event.first
    clear = clear_of(pen, event.kind)
    others = [e.first for e in pen.one.events if e.kind in _OTHER.get(event.kind, ())]
    tempting = [*office_days(pen.one), *others]
    return pen.on_day(day, lambda d: clear(d) and not event.first <= d <= event.last, more=tempting)


def nights_slot(pen: Pen, event: Happening) -> Slot:
    """Its nights; the days of it and the nights of another reading are no lie."""
    honest = {event.nights, event.nights + 1}
    for visit in pen.one.record.timeline.of(Visit):
        start, end = visit.body.start, visit.body.end
        if start and end and start.day and end.day and start.day == event.first:
            honest.add((end.day - start.day).days)
    numbers = frozenset(map(Decimal, honest))
    slot = pen.count(event.nights, ("night", "nights"), numbers, least=2)
    return Slot(slot.said, slot.rules, slot.wrong)


def _claim(event: Happening, what: str, value: object) -> tuple[str, ...]:
    return (what, event.kind, str(event.first), str(value))


def emergency(pen: Pen) -> Statement | None:
    event = pen.pick_event(("emergency",), lambda e: True)
    if event is None:
        return None
    return pen.statement("emergency", say.EMERGENCY, {"date": _event_date(pen, event)},
                         (_claim(event, "visit", event.place),),
                         place=event.place, cause=event.cause)  # fmt: skip


def stay(pen: Pen) -> Statement | None:
    event = pen.pick_event(("inpatient",), lambda e: e.nights > 0)
    if event is None:
        return None
    slots = {"date": _event_date(pen, event), "nights": nights_slot(pen, event)}
    return pen.statement("stay", say.STAY, slots, (_claim(event, "nights", event.nights),),
                         place=event.place, cause=event.cause)  # fmt: skip


def stay_span(pen: Pen) -> Statement | None:
    event = pen.pick_event(("inpatient",), lambda e: e.nights > 0)
    if event is None:
        return None
    slots = {"first": _event_date(pen, event), "last": _last_date(pen, event)}
    return pen.statement("stay-span", say.STAY_SPAN, slots, (_claim(event, "until", event.last),),
                         place=event.place, cause=event.cause)  # fmt: skip


def _last_date(pen: Pen, event: Happening) -> Slot:
    clear = clear_of(pen, event.kind)
    return pen.on_day(event.last, lambda d: clear(d) and d > event.last)


def other_care(pen: Pen) -> Statement | None:
    event = pen.pick_event(("observation", "urgent-care"), lambda e: True)
    if event is None:
        return None
    watched = event.kind == "observation"
    return pen.statement(
        "other-care", say.OTHER_CARE, {"date": _event_date(pen, event)},
        (_claim(event, "visit", event.place),), place=event.place,
        way="under observation" if watched else "for urgent care",
        a_way="an observation stay" if watched else "an urgent care visit",
    )  # fmt: skip


def _named(pen: Pen, event: Happening) -> str:
    return pen.rng.choice(_NAMES[event.kind])


def _others(pen: Pen, event: Happening, kind: str) -> list[Decimal]:
    """What a hasty hand takes instead: another event's amount, or another kind of this one's."""
    found = [e.sums[kind] for e in pen.one.events if e is not event and kind in e.sums]
    wrong_kind = {"paid": "billed", "allowed": "billed", "patient": "paid"}.get(kind)
    if wrong_kind in event.sums and wrong_kind is not None:
        found += [event.sums[wrong_kind]] * 4
    return found


def _money(pen: Pen, event: Happening, kind: str) -> Slot:
    return pen.money(event.sums[kind], event.can_be[kind], _others(pen, event, kind))


def _one(kind: str, templates: tuple[str, ...]) -> Callable[[Pen], Statement | None]:
    def make(pen: Pen) -> Statement | None:
        event = pen.pick_event(_ALL, lambda e: e.sums.get(kind, Decimal(0)) > 0)
        if event is None:
            return None
        slots = {"date": _event_date(pen, event), "amount": _money(pen, event, kind)}
        return pen.statement(f"money-{kind}", templates, slots,
                             (_claim(event, kind, event.sums[kind]),), the=_named(pen, event))  # fmt: skip

    return make


def _several(
    kinds: tuple[str, ...], templates: tuple[str, ...]
) -> Callable[[Pen], Statement | None]:
    def make(pen: Pen) -> Statement | None:
        event = pen.pick_event(_ALL, lambda e: all(e.sums.get(k, Decimal(0)) > 0 for k in kinds))
        if event is None:
            return None
        slots = {"date": _event_date(pen, event), **{k: _money(pen, event, k) for k in kinds}}
        claims = tuple(_claim(event, k, event.sums[k]) for k in kinds)
        return pen.statement("money-" + "-".join(kinds), templates, slots, claims,
                             the=_named(pen, event))  # fmt: skip

    return make


def claim_alone(pen: Pen) -> Statement | None:
    event = pen.pick_event(("emergency", "inpatient"), lambda e: "billed" in e.hospital)
    if event is None:
        return None
    others = [e.hospital["billed"] for e in pen.one.events if e is not event and e.hospital]
    slots = {
        "date": _event_date(pen, event),
        "amount": pen.money(event.hospital["billed"], event.can_be["billed"], others),
    }
    return pen.statement("claim", say.CLAIM, slots,
                         (_claim(event, "hospital-billed", event.hospital["billed"]),),
                         the=_named(pen, event), place=event.place)  # fmt: skip


def percent_text(pen: Pen, share: Decimal) -> str:
    whole = int(share.quantize(Decimal(1), ROUND_HALF_UP))
    if pen.words and whole < 100:
        return f"{in_words(whole)} percent"
    return f"{whole}{pen.rng.choice((' percent', '%', ' percent'))}"


def percent_slot(pen: Pen, share: Decimal, honest: tuple[Decimal, ...] = ()) -> Slot:
    """A percentage of two figures that stand beside it; wrong by nine points or more."""

    def draw(rng: Random) -> str | None:
        steps = [Decimal(s) for s in (-25, -20, -15, -12, -9, 9, 12, 15, 20, 25)]
        found = [share + s for s in steps if 2 < share + s < 98
                 and all(abs(share + s - h) > 4 for h in (share, *honest))]  # fmt: skip
        return percent_text(pen, rng.choice(found)) if found else None

    return pen.value(percent_text(pen, share), draw, SHARE)


def share_paid(pen: Pen) -> Statement | None:
    event = pen.pick_event(
        _ALL, lambda e: e.sums.get("paid", 0) > 0 and e.sums.get("billed", 0) > 0
    )
    if event is None:
        return None
    paid, billed = event.sums["paid"], event.sums["billed"]
    share = 100 * paid / billed
    slots = {
        "date": _event_date(pen, event),
        "paid": pen.money(paid, event.can_be["paid"], (), (), EXACT),
        "billed": pen.money(billed, event.can_be["billed"], (), (), EXACT),
        "percent": percent_slot(pen, share, (100 - share,)),
    }
    claims = (_claim(event, "paid", paid), _claim(event, "billed", billed))
    return pen.statement("share-paid", say.SHARE_PAID, slots, claims, the=_named(pen, event))


def pump_claim(pen: Pen) -> Statement | None:
    standing = next((s for s in pen.one.record.claims.standing
                     if s.charge.category == "pump" and s.charge.billed and s.day), None)  # fmt: skip
    if standing is None or standing.day is None or standing.charge.billed is None:
        return None
    billed = standing.charge.billed
    days = {s.day for s in pen.one.record.claims.standing if s.charge.category}
    slots = {
        "date": pen.on_day(standing.day, lambda d: d not in days and not near(d, days)),
        "amount": pen.money(billed, frozenset({billed}), ()),
    }
    return pen.statement("pump-claim", say.PUMP_CLAIM, slots, (("pump-billed", str(billed)),))


def near(day: date, days: set[date | None]) -> bool:
    return any(d is not None and abs((d - day).days) < 1 for d in days)


MAKERS: Final[dict[str, Callable[[Pen], Statement | None]]] = {
    "emergency": emergency,
    "stay": stay,
    "stay-span": stay_span,
    "other-care": other_care,
    "billed": _one("billed", say.BILLED),
    "allowed": _one("allowed", say.ALLOWED),
    "paid": _one("paid", say.PAID),
    "owed": _one("patient", say.OWED),
    "two": _several(("billed", "paid"), say.TWO),
    "three": _several(("billed", "allowed", "patient"), say.THREE),
    "claim": claim_alone,
    "share-paid": share_paid,
    "pump-claim": pump_claim,
}
