"""Everything dated in a ledger, with what it is about in the words that letters use."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Final, Literal

from msgspec import Struct

from cortipump.evidence.events import Event
from cortipump.quantities.moment import Moment
from cortipump.record.facts import (
    Body,
    Call,
    Charge,
    Condition,
    Criterion,
    Decision,
    Fact,
    Lab,
    Letter,
    Measurement,
    Note,
    Person,
    Plan,
    Procedure,
    Regimen,
    Request,
    RescueInjection,
    Score,
    Visit,
    WorkLoss,
)
from cortipump.record.timeline import Timeline

Topic = Literal[
    "emergency", "inpatient", "observation", "urgent-care", "office", "virtual", "visit", "crisis",
    "injection", "work", "score", "lab", "measurement", "regimen", "pump", "denial", "letter",
    "call", "diagnosis", "procedure", "birth", "charge", "plan", "note", "request", "approval",
]  # fmt: skip
Days = frozenset[date]

_CRISIS: Final = "E272"
_VISITS: Final[dict[str, Topic]] = {
    "emergency": "emergency", "inpatient": "inpatient", "observation": "observation",
    "urgent-care": "urgent-care", "office": "office", "virtual": "virtual",
}  # fmt: skip


class Happening(Struct, frozen=True):
    """One thing that happened, of one or several records.

    Attributes
    ----------
    starts, ends
        Days on which its records begin and end.
    months
        First days of the months that are all a record says of its start.
    clocks
        Times of day that its records state, in minutes.
    words
        Names that tell it from others: facility, drug, instrument, analyte; lower case.
    what
        What it is, in words.
    """

    topics: frozenset[Topic]
    what: str
    starts: Days
    facts: tuple[str, ...]
    ends: Days = frozenset()
    months: Days = frozenset()
    clocks: frozenset[int] = frozenset()
    words: frozenset[str] = frozenset()

    @property
    def first(self) -> date | None:
        """Its first day. None: no day is recorded."""
        return min(self.starts, default=None)

    @property
    def last(self) -> date | None:
        """Its last day, the first where no end is recorded."""
        return max(self.ends | self.starts, default=None)

    def spans(self, day: date) -> bool:
        """Whether the day lies between its first and its last."""
        return self.first is not None and self.last is not None and self.first <= day <= self.last


def happenings(timeline: Timeline, events: Iterable[Event]) -> tuple[Happening, ...]:
    """Every standing fact that a letter can date, events of several records put together."""
    standing = {f.id: f for f in timeline if not f.superseded_by and not f.body.void}
    found: list[Happening] = []
    grouped: set[str] = set()
    for event in events:
        records = [standing[i] for i in event.ids if i in standing]
        grouped.update(fact.id for fact in records)
        if records:
            found.append(_event(event.kind, records))
    for fact in standing.values():
        if fact.id not in grouped:
            found += _single(fact)
    return tuple(found)


def words_of(text: str) -> frozenset[str]:
    """The telling words of a name, in lower case."""
    letters = "".join(c if c.isalnum() else " " for c in text.lower())
    return frozenset(word for word in letters.split() if len(word) > 2)


def _day(*moments: Moment | None) -> Days:
    return frozenset(m.day for m in moments if m is not None and m.day is not None)


def _months(*moments: Moment | None) -> Days:
    return frozenset(m.first_day for m in moments if m is not None and m.day is None)


def _clocks(*moments: Moment | None) -> frozenset[int]:
    clocks = (m.clock for m in moments if m is not None and m.clock)
    return frozenset(int(clock[:2]) * 60 + int(clock[3:5]) for clock in clocks)


def _event(kind: str, records: list[Fact]) -> Happening:
    visits = [fact.body for fact in records if isinstance(fact.body, Visit)]
    # The kind that the event counts as is not what its records say one by one.
    topics = {_VISITS[kind]} | {_VISITS[v.visit_kind] for v in visits if v.visit_kind in _VISITS}
    codes = [code for v in visits for code in v.reasons]
    crisis: set[Topic] = {"crisis"} if any(_is_crisis(code.code) for code in codes) else set()
    facility = next((v.facility for v in visits if v.facility), "")
    name = f"{kind.replace('-', ' ')} {'stay' if kind == 'inpatient' else 'visit'}"
    starts, ends = [v.start for v in visits], [v.end for v in visits]
    return Happening(
        topics=frozenset({*topics, *crisis, "visit"}),
        what=f"{name}, {facility}" if facility else name,
        starts=_day(*starts),
        ends=_day(*ends),
        months=_months(*starts),
        clocks=_clocks(*starts, *ends),
        words=frozenset[str]().union(*(words_of(v.facility) for v in visits)),
        facts=tuple(fact.id for fact in records),
    )


def _is_crisis(code: str) -> bool:
    return code.replace(".", "").upper().startswith(_CRISIS)


def _single(fact: Fact) -> Iterator[Happening]:
    body = fact.body
    match body:
        case Visit():
            topic = _VISITS.get(body.visit_kind, "visit")
            crisis: set[Topic] = (
                {"crisis"} if any(_is_crisis(c.code) for c in body.reasons) else set()
            )
            office: set[Topic] = {"office"} if topic == "virtual" else set()
            yield _lasting(fact, {topic, "visit", *crisis, *office}, f"{body.visit_kind} visit, "
                           f"{body.facility}", body.start, body.end, body.facility)  # fmt: skip
        case Regimen():
            topics: set[Topic] = {"regimen"}
            if body.route == "pump" or body.device:
                topics.add("pump")
            what = f"{body.drug} {body.route}".strip()
            yield _lasting(fact, topics, what, body.start, body.end, f"{body.drug} {body.device}")
        case WorkLoss():
            yield _work(fact, body)
        case Condition():
            yield _dated(fact, {"diagnosis", *_crisis_of(body)}, body.text or "diagnosis",
                         body.start, body.recorded)  # fmt: skip
        case Procedure():
            yield _lasting(fact, {"procedure"}, body.text, body.start, body.end, body.text)
        case Plan():
            yield _lasting(fact, {"plan"}, "the plan", body.start, body.end)
        case Decision():
            yield _decision(fact, body)
        case Person(born=born) if born is not None:
            yield Happening(frozenset({"birth"}), "birth", frozenset({born}), (fact.id,))
        case _:
            yield from _of_a_moment(fact, body)


_MOMENTS: Final[dict[type[Body], Topic]] = {
    Charge: "charge", Lab: "lab", Measurement: "measurement", Score: "score",
    RescueInjection: "injection", Call: "call", Letter: "letter", Request: "request",
    Note: "note", Criterion: "denial",
}  # fmt: skip


def _of_a_moment(fact: Fact, body: Body) -> Iterator[Happening]:
    topic = _MOMENTS.get(type(body))
    if topic is None or body.when is None:
        return
    topics: set[Topic] = {topic}
    what, name = topic.replace("-", " "), ""
    match body:
        case Lab(analyte=analyte):
            what, name = f"{analyte} value", analyte
        case Score(instrument=instrument):
            what, name = f"{instrument} score", instrument
        case Measurement(name=measured):
            what, name = measured, measured
        case Charge(provider=provider):
            what, name = f"charge, {provider}", provider
        case RescueInjection(drug=drug):
            what, name = f"injection of {drug}", drug
        case Letter(about="denial"):
            topics.add("denial")
            what = "letter of denial"
        case Call(with_whom=whom, person_name=person):
            what, name = f"call with the {whom}", person
        case _:
            pass
    yield _dated(fact, topics, what, body.when, name=name)


def _crisis_of(body: Condition) -> set[Topic]:
    return {"crisis"} if any(_is_crisis(code.code) for code in body.codes) else set()


def _dated(
    fact: Fact, topics: set[Topic], what: str, *moments: Moment | None, name: str = ""
) -> Happening:
    return Happening(
        topics=frozenset(topics), what=what, starts=_day(*moments), months=_months(*moments),
        clocks=_clocks(*moments), words=words_of(name), facts=(fact.id,),
    )  # fmt: skip


def _lasting(
    fact: Fact, topics: set[Topic], what: str, start: Moment | None, end: Moment | None,
    name: str = "",
) -> Happening:  # fmt: skip
    return Happening(
        topics=frozenset(topics), what=what, starts=_day(start), ends=_day(end),
        months=_months(start, end), clocks=_clocks(start, end), words=words_of(name),
        facts=(fact.id,),
    )  # fmt: skip


def _work(fact: Fact, body: WorkLoss) -> Happening:
    lasting = _lasting(fact, {"work"}, "days of work lost", body.start, body.end)
    first = lasting.first
    if body.end is not None or body.days is None or first is None:
        return lasting
    days = frozenset({first + timedelta(days=max(int(body.days) - 1, 0))})
    return Happening(lasting.topics, lasting.what, lasting.starts, lasting.facts, ends=days)


def _decision(fact: Fact, body: Decision) -> Happening:
    topics: set[Topic] = {"letter"}
    if body.outcome not in {"approved", "overturned"}:
        topics.add("denial")
    if body.outcome in {"approved", "partial", "overturned"}:
        topics.add("approval")
    received = frozenset({body.received}) if body.received else frozenset[date]()
    return Happening(
        frozenset(topics),
        f"decision on the {body.line}",
        _day(body.at),
        (fact.id,),
        ends=received,
        months=_months(body.at),
    )


def by_day(found: Iterable[Happening]) -> Mapping[date, tuple[Happening, ...]]:
    """Every day on which something begins or ends, with what it is."""
    days: dict[date, list[Happening]] = {}
    for happening in found:
        for day in happening.starts | happening.ends:
            days.setdefault(day, []).append(happening)
    return {day: tuple(listed) for day, listed in days.items()}
