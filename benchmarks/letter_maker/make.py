"""Letters with seeded, labelled faults, and clean ones: deterministic, from random ledgers."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from random import Random
from typing import Final

from msgspec import Struct

from benchmarks.letter_maker import calm_words as calm
from benchmarks.letter_maker import care_kinds, case_kinds, count_kinds, health_kinds
from benchmarks.letter_maker.layout import Frame, Part, laid_out
from benchmarks.letter_maker.ledger import dated, someone
from benchmarks.letter_maker.loaded_words import LOADED
from benchmarks.letter_maker.marks import capital, marked, spans
from benchmarks.letter_maker.statement import (
    DOCTOR,
    NURSE,
    PATIENT,
    SPOUSE,
    Made,
    Pen,
    Slot,
    Statement,
    Voice,
    agrees,
    spoken,
)
from benchmarks.letters import Fault, Labelled
from cortipump.checker.finding import RULES
from cortipump.checker.reading.files import read_letter_bytes

_Maker = Callable[[Pen], Statement | None]
MAKERS: Final[dict[str, _Maker]] = {
    **care_kinds.MAKERS,
    **count_kinds.MAKERS,
    **health_kinds.MAKERS,
    **case_kinds.MAKERS,
}
PARTS: Final[dict[str, tuple[str, ...]]] = {
    "case": ("diagnosis", "born", "age", "denial", "received"),
    "care": ("emergency", "stay", "stay-span", "other-care", "injection", "tablets", "by-pump",
             "dose-less", "pressure"),
    "money": ("billed", "allowed", "paid", "owed", "two", "three", "claim", "share-paid",
              "pump-claim"),
    "counts": ("count", "count-two", "change", "fall", "sum-billed", "sum-paid", "parts", "nights",
               "table"),
    "health": ("lab", "cortisol", "score", "scores"),
    "rest": ("work", "call", "answered"),
}  # fmt: skip
_PART_OF: Final = {kind: part for part, kinds in PARTS.items() for kind in kinds}
_AT_WORK: Final = ("diagnosis", "age", "stay", "stay-span", "emergency", "by-pump", "work", "count",
                   "count-two", "change", "nights", "injection")  # fmt: skip
# Kinds in which a fault of the rule can be made.
_BY_RULE: Final[dict[str, tuple[str, ...]]] = {
    "amount-differs": ("billed", "allowed", "paid", "owed", "two", "three", "claim", "pump-claim",
                       "lab", "cortisol", "score", "tablets", "by-pump", "age", "pressure"),
    "date-differs": ("emergency", "stay", "stay-span", "other-care", "billed", "two", "lab",
                     "cortisol", "score", "tablets", "injection", "call", "denial", "received",
                     "diagnosis", "born", "claim", "answered"),
    "count-differs": ("count", "count-two", "change", "stay", "work"),
    "total-does-not-add-up": ("fall", "sum-billed", "sum-paid", "parts", "nights", "table",
                              "share-paid", "scores", "dose-less"),
}  # fmt: skip
_LACKS: Final = ("missing-element", "off-label-not-disclosed")
_PLAIN: Final = {"ask": "ask", "write": "write", "reserve": "reserve", "disagree": "disagree",
                 "appeal": "appeal", "send": "send"}  # fmt: skip
_MOST_TRIES: Final = 60


class Written(Struct, frozen=True):
    """A letter with the statements that it was made of."""

    labelled: Labelled
    statements: tuple[Statement, ...]


class _Plan(Struct):
    """What one letter is to be."""

    kind: str
    voice: Voice
    rules: tuple[str, ...]
    lacks: str = ""


def letters(seeds: Iterable[int], per_seed: int, faulty: bool, salt: int = 0) -> Iterator[Labelled]:
    """So many letters about each person; the same arguments give the same letters."""
    for seed in seeds:
        for number in range(per_seed):
            yield written(seed, number, faulty, salt).labelled


def written(seed: int, number: int, faulty: bool, salt: int = 0) -> Written:
    """One letter."""
    name = f"{'faulty' if faulty else 'clean'}-{salt}-{seed}-{number}"
    rng = Random(f"letters/{name}")
    one = someone(seed)
    plan = _planned(rng, faulty)
    pen = Pen(one, rng, plan.voice, dated(one, rng.randint(0, 10)))
    statements = _statements(pen, plan)
    return Written(_labelled(name, pen, plan, statements), tuple(statements))


def _planned(rng: Random, faulty: bool) -> _Plan:
    rules = tuple(rng.sample(RULES, rng.randint(1, 6))) if faulty else ()
    lacking = set(_LACKS) & {*rules}
    kind = "appeal" if lacking else rng.choices(("appeal", "necessity", "employer"), (6, 2, 1))[0]
    voices = {"appeal": (PATIENT, PATIENT, SPOUSE, NURSE), "necessity": (DOCTOR, NURSE)}
    voice = rng.choice(voices.get(kind, (PATIENT,)))
    lacks = ""
    if "missing-element" in rules:
        begging = {"emotional", "argument-by-threat"} & {*rules}
        lacks = rng.choice(("number", "denial") if begging else ("number", "denial", "request"))
    return _Plan(kind, voice, rules, lacks)


# -- what is stated ------------------------------------------------------------------------


def _kinds(plan: _Plan) -> list[str]:
    if plan.kind == "employer":
        return list(_AT_WORK)
    kinds = list(MAKERS)
    if plan.lacks == "denial":
        kinds = [k for k in kinds if k not in {"denial", "received"}]
    if plan.kind == "necessity":
        kinds = [k for k in kinds if k not in {"received", "call", "answered", "owed"}]
    return kinds


def _statements(pen: Pen, plan: _Plan) -> list[Statement]:
    wanted = pen.rng.randint(6, 14)
    found: list[Statement] = []
    seen: set[object] = set()
    for _ in range(_MOST_TRIES):
        if len(found) == wanted:
            break
        _add(found, seen, _made(pen, pen.rng.choice(_kinds(plan))))
    if plan.kind != "employer" and not any(s.kind == "diagnosis" for s in found):
        _add(found, seen, _made(pen, "diagnosis"))
    if plan.kind == "necessity":
        _add(found, seen, _made(pen, "tablets"))
        _add(found, seen, _made(pen, "by-pump"))
    for number, rule in enumerate(plan.rules):
        if rule not in _LACKS:
            _spoil(pen, plan, found, seen, rule, number)
    return found


def _add(found: list[Statement], seen: set[object], made: Statement | None) -> bool:
    """Nothing is said twice: neither the same claim nor, but for events, the same kind."""
    if made is None:
        return False
    keys: set[object] = {*made.claims} or {made.kind}
    if made.kind in {"diagnosis", "born", "age", "denial", "received", "fall", "table", "parts",
                     "nights", "dose-less", "pump-claim", "count", "change"}:  # fmt: skip
        keys.add(made.kind)
    if keys & seen:
        return False
    seen |= keys
    found.append(made)
    return True


def _made(pen: Pen, kind: str) -> Statement | None:
    """A statement whose verbs agree with the voice."""
    for _ in range(_MOST_TRIES):
        made = MAKERS[kind](pen)
        if made is None:
            continue
        made.part = _PART_OF[kind]
        return made
    return None


def _spoil(
    pen: Pen, plan: _Plan, found: list[Statement], seen: set[object], rule: str, number: int
) -> None:
    if rule in LOADED:
        found.append(_loaded(pen, plan, rule, number))
        return
    if rule == "unsupported-number":
        found.append(_unknown(pen, plan, number))
        return
    ready = [s for s in found if s.can(rule)]
    pen.rng.shuffle(ready)
    if any(s.spoil(rule, number, pen.rng) for s in ready):
        return
    kinds = [k for k in _BY_RULE[rule] if k in _kinds(plan)]
    for _ in range(_MOST_TRIES):
        more: list[Statement] = []
        if kinds and _add(more, seen, _made(pen, pen.rng.choice(kinds))):
            found += more
            if more[0].spoil(rule, number, pen.rng):
                return


def _loaded(pen: Pen, plan: _Plan, rule: str, number: int) -> Statement:
    sentence = _spoken(pen, LOADED[rule])
    before, inside = sentence.split("[")
    inside, after = inside.split("]")
    made = Statement("loaded", f"{before}{{passage}}{after}", part=pen.rng.choice(tuple(PARTS)))
    if not before:
        inside = capital(inside)
    made.slots = {"passage": Slot((marked(inside, number), ""))}
    made.fault = Made((rule,), inside, "wording")
    return made


def _unknown(pen: Pen, plan: _Plan, number: int) -> Statement:
    made = case_kinds.unknown(pen)
    while made is None or not made.slots:
        made = case_kinds.unknown(pen)
    name, slot = next(iter(made.slots.items()))
    made.slots = {name: Slot((marked(slot.said[0], number), ""))}
    made.fault = Made(slot.rules, slot.said[0], "nowhere in the record")
    made.part = "rest"
    return made


# -- the other sentences -------------------------------------------------------------------


def _spoken(pen: Pen, sentences: Sequence[str]) -> str:
    template = pen.rng.choice([s for s in sentences if agrees(s, pen.voice)])
    who = "we" if pen.voice.who == "spouse" else "I"
    return spoken(template, pen.voice).format(**_PLAIN, who=who)


def _calm(pen: Pen, plan: _Plan, part: str) -> list[str]:
    """What the letter says besides: disclosure, symptoms, rights, the request."""
    rng = pen.rng
    if part == "case":
        return _case_words(pen, plan)
    if part == "care":
        return [_spoken(pen, calm.SYMPTOMS)] if rng.random() < 0.7 else []
    if part == "rest":
        words = [_spoken(pen, calm.FEAR)] if rng.random() < 0.4 and plan.kind != "employer" else []
        disclosed = "off-label-not-disclosed" not in plan.rules
        return words + (
            [_spoken(pen, calm.NO_DIABETES)] if rng.random() < 0.3 and disclosed else []
        )
    return []


def _case_words(pen: Pen, plan: _Plan) -> list[str]:
    openings = {"appeal": calm.OPENINGS, "necessity": calm.NECESSITY, "employer": calm.EMPLOYER}
    words = [_spoken(pen, openings[plan.kind])]
    if plan.kind == "appeal":
        words.append(_spoken(pen, calm.QUOTES))
    if "off-label-not-disclosed" not in plan.rules:
        words.append(_spoken(pen, calm.OFF_LABEL))
    if plan.kind == "necessity":
        words.append("Despite tablets in up to four doses a day, adrenal crises continued.")
    return words


def _asks(pen: Pen, plan: _Plan) -> list[str]:
    if plan.kind == "employer":
        return [_spoken(pen, calm.WORK_STEPS) for _ in range(pen.rng.randint(1, 2))]
    if plan.lacks == "request":
        return []
    words = [_spoken(pen, calm.REQUESTS)]
    if plan.kind == "necessity":
        words = ["Please approve the pump (E0784), infusion sets (A4230) and reservoirs (A4232).",
                 _spoken(pen, calm.MONITORING)]  # fmt: skip
    rights = [s for s in calm.RIGHTS if agrees(s, pen.voice)]
    if plan.kind == "appeal":
        chosen = pen.rng.sample(rights, pen.rng.randint(1, 4))
        who = "we" if pen.voice.who == "spouse" else "I"
        words += [spoken(s, pen.voice).format(**_PLAIN, who=who) for s in chosen]
    return words


# -- the letter ----------------------------------------------------------------------------


def _parts(pen: Pen, plan: _Plan, statements: Sequence[Statement]) -> list[Part]:
    rng = pen.rng
    middle = [name for name in PARTS if name != "case"]
    if rng.random() < 0.5:
        rng.shuffle(middle)
    parts = []
    for name in ("case", *middle):
        said = [(s.text(), s.lines()) for s in statements if s.part == name]
        rng.shuffle(said)
        calm_ones: list[tuple[str, tuple[str, ...]]] = [
            (capital(words), ()) for words in _calm(pen, plan, name)
        ]
        parts.append(Part(name, (*calm_ones[:1], *said, *calm_ones[1:])))
    asks: list[tuple[str, tuple[str, ...]]] = [(capital(words), ()) for words in _asks(pen, plan)]
    return [*parts, Part("asks", tuple(asks))]


def _labelled(name: str, pen: Pen, plan: _Plan, statements: Sequence[Statement]) -> Labelled:
    frame = Frame(plan.kind, plan.voice.who, pen.dated, pen.date_style,
                  number=plan.lacks != "number", denial=plan.lacks != "denial" and plan.kind == "appeal")  # fmt: skip
    text, places = spans(laid_out(pen.rng, pen.one, frame, _parts(pen, plan, statements)))
    letter = read_letter_bytes(text.encode(), "letter.txt")
    if letter.text.rstrip("\n") != text.rstrip("\n"):
        raise AssertionError(f"{name}: reading changed the letter's text")
    faults = [_lack(plan, rule) for rule in plan.rules if rule in _LACKS]
    made = {n: s.fault for s in statements for n in _numbers(s) if s.fault is not None}
    for number, (start, end) in sorted(places.items(), key=lambda item: item[1]):
        fault = made[number]
        faults.append(Fault(start, end, fault.rules, text[start:end], fault.why))
    return Labelled(name, pen.one.seed, letter, tuple(faults))


def _numbers(statement: Statement) -> list[int]:
    """Numbers of the passages marked in it."""
    whole = statement.text() + "".join(statement.lines())
    return list(spans(whole)[1])


def _lack(plan: _Plan, rule: str) -> Fault:
    why = {"number": "no member, group or reference number", "denial": "neither date nor reference "
           "of the denial", "request": "nothing is asked of the plan", "": ""}  # fmt: skip
    return Fault(
        0, 0, (rule,), "", why[plan.lacks] if rule == _LACKS[0] else "no word of off-label use"
    )
