"""The maker of letters with seeded faults: its letters are repeatable, its labels exact.

What it states is counted anew here from the story of the made-up person alone: neither the files
nor the ledger nor the evidence are looked at.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from cortipump.checker.finding import RULES
from cortipump.demo.story.benefits import Statement as Paid
from cortipump.demo.story.tell import Story, tell
from cortipump.demo.story.visits import Visit

# The benchmarks are no package of the project; they lie beside the tests.
sys.path.append(str(Path(__file__).parents[3]))

from benchmarks.letter_maker import letters
from benchmarks.letter_maker.count_words import COUNT
from benchmarks.letter_maker.loaded_words import LOADED
from benchmarks.letter_maker.make import Written, written

SEEDS = (1, 3, 6, 11)
PUMP = {"E0784", "A4230", "A4232"}
MEASURES = {"emergency_visits": "emergency", "inpatient_stays": "inpatient"}


@pytest.fixture(scope="module")
def faulty() -> list[Written]:
    """Eighty letters with faults, about four people."""
    return [written(seed, number, True) for seed in SEEDS for number in range(20)]


@pytest.fixture(scope="module")
def clean() -> list[Written]:
    """Eighty without."""
    return [written(seed, number, False) for seed in SEEDS for number in range(20)]


def test_the_same_arguments_give_the_same_letters() -> None:
    """Made twice in one process."""
    assert list(letters([3], 4, True)) == list(letters([3], 4, True))


def test_another_salt_gives_other_letters() -> None:
    """The salt is part of the seed."""
    one, other = next(letters([3], 1, False)), next(letters([3], 1, False, salt=1))
    assert one.letter.text != other.letter.text


def test_every_label_is_the_text_at_its_place(faulty: list[Written]) -> None:
    """Offsets count in the text as it is read."""
    for made in faulty:
        for fault in made.labelled.faults:
            assert made.labelled.letter.text[fault.start : fault.end] == fault.text


def test_only_what_a_letter_lacks_has_no_place(faulty: list[Written]) -> None:
    """Everything else is a passage."""
    lacks = {"missing-element", "off-label-not-disclosed"}
    for made in faulty:
        for fault in made.labelled.faults:
            assert (fault.start == fault.end) == (fault.rules[0] in lacks)


def test_no_label_overlaps_another(faulty: list[Written]) -> None:
    """At most one fault in a statement."""
    for made in faulty:
        spans = sorted((f.start, f.end) for f in made.labelled.faults if f.end)
        assert all(one[1] <= other[0] for one, other in pairwise(spans))


def test_every_rule_occurs_and_none_is_rare(faulty: list[Written]) -> None:
    """Evenly chosen: no rule four times as often as another."""
    counts = Counter(f.rules[0] for made in faulty for f in made.labelled.faults)
    assert set(counts) == set(RULES)
    assert min(counts.values()) * 4 >= max(counts.values())


def test_a_faulty_letter_has_one_to_six_faults(faulty: list[Written]) -> None:
    """All six numbers occur among eighty letters."""
    assert {len(made.labelled.faults) for made in faulty} == {1, 2, 3, 4, 5, 6}


def test_a_clean_letter_has_no_fault(clean: list[Written]) -> None:
    """No label at all."""
    assert all(not made.labelled.faults for made in clean)


def test_lines_are_plain(faulty: list[Written], clean: list[Written]) -> None:
    """No tab, no blank at an end, no mark of the maker's, no slot left open."""
    for made in (*faulty, *clean):
        text = made.labelled.letter.text
        assert "\t" not in text
        assert "\r" not in text
        assert all(line == line.rstrip() for line in text.split("\n"))
        assert not [sign for sign in text if "\ue000" <= sign <= "\uf8ff"]
        assert "{" not in text


def test_a_letter_without_disclosure_never_says_off_label(faulty: list[Written]) -> None:
    """And every other letter says it."""
    for made in faulty:
        hidden = any(f.rules[0] == "off-label-not-disclosed" for f in made.labelled.faults)
        assert hidden == ("off-label" not in made.labelled.letter.text.lower())


def test_there_are_thirty_sentences_for_each_rule_of_wording() -> None:
    """And eight ways to state a count."""
    assert all(len(set(sentences)) >= 30 for sentences in LOADED.values())
    assert len(set(COUNT)) >= 8


# -- what the letters state, counted from the story ------------------------------------------


def _first(visit: Visit) -> date:
    return (visit.arrival or visit.start).date()


def _happened(story: Story, kind: str) -> list[Visit]:
    return [v for v in story.visits if v.happened and v.kind == kind]


def _visit(story: Story, kind: str, day: str) -> Visit:
    (visit,) = [v for v in _happened(story, kind) if str(_first(v)) == day]
    return visit


def _is_care(paid: Paid) -> bool:
    return all(line.code not in PUMP for line in paid.bill.lines)


def _amount(paid: Paid, kind: str) -> Decimal:
    return getattr(paid.whole, kind)


def _of_visit(story: Story, kind: str, day: str) -> list[Paid]:
    name = _visit(story, kind, day).name
    return [s for s in story.claims.standing if s.bill.visit == name]


def _billed(money: str) -> Callable[[Story, tuple[str, ...]], str]:
    def total(story: Story, rest: tuple[str, ...]) -> str:
        found = _of_visit(story, rest[0], rest[1])
        return str(sum((_amount(s, money) for s in found), Decimal(0)))

    return total


def _hospital(story: Story, rest: tuple[str, ...]) -> str:
    (paid,) = [s for s in _of_visit(story, rest[0], rest[1]) if s.bill.name.endswith("/hospital")]
    return str(paid.whole.billed)


def _count(story: Story, rest: tuple[str, ...]) -> str:
    measure, first, last, _ = rest
    if measure in MEASURES:
        return str(
            sum(first <= str(_first(v)) <= last for v in _happened(story, MEASURES[measure]))
        )
    if measure == "rescue_injections":
        return str(sum(first <= str(shot.at.date()) <= last for shot in story.injections))
    if measure == "work_days_lost":
        return str(sum((w.days for w in story.work if first <= str(w.first) <= last), Decimal(0)))
    nights = 0
    for visit in _happened(story, "inpatient"):
        days = range(visit.start.toordinal(), visit.start.toordinal() + visit.nights)
        nights += sum(first <= str(date.fromordinal(day)) <= last for day in days)
    return str(nights)


def _sum(story: Story, rest: tuple[str, ...]) -> str:
    kind, first, last, _ = rest
    total = sum(
        (_amount(s, kind) for s in story.claims.standing
         if _is_care(s) and first <= str(s.bill.first) <= last),
        Decimal(0),
    )  # fmt: skip
    waiting = story.claims.open_bill
    if kind == "billed" and first <= str(waiting.first) <= last:
        total += waiting.billed
    return str(total)


def _lab(story: Story, rest: tuple[str, ...]) -> str:
    analyte, day, value = rest
    found = [str(x.value) for x in story.labs
             if x.test.analyte == analyte and str(x.at.date()) == day]  # fmt: skip
    return value if value in found else f"none of {found}"


def _cortisol(story: Story, rest: tuple[str, ...]) -> str:
    day, clock, value = rest
    found = [str(x.value) for x in story.labs
             if x.test.analyte == "cortisol" and f"{x.at:%Y-%m-%d %H:%M}" == f"{day} {clock}"]  # fmt: skip
    return value if value in found else f"none of {found}"


def _score(story: Story, rest: tuple[str, ...]) -> str:
    return str(next(s.total for s in story.scores if str(s.on) == rest[0]))


def _regimen(story: Story, rest: tuple[str, ...]) -> str:
    return next(r.mg_per_day for r in story.regimens
                if str(r.first) == rest[0] and r.drug == "hydrocortisone")  # fmt: skip


def _injection(story: Story, rest: tuple[str, ...]) -> str:
    at = f"{rest[0]} {rest[1]}"
    return next(s.given_by for s in story.injections if f"{s.at:%Y-%m-%d %H:%M}" == at)


ANEW: dict[str, Callable[[Story, tuple[str, ...]], str]] = {
    "billed": _billed("billed"),
    "allowed": _billed("allowed"),
    "paid": _billed("paid"),
    "patient": _billed("patient"),
    "hospital-billed": _hospital,
    "nights": lambda story, rest: str(_visit(story, rest[0], rest[1]).nights),
    "until": lambda story, rest: str(_visit(story, rest[0], rest[1]).end.date()),
    "visit": lambda story, rest: _visit(story, rest[0], rest[1]).place.name.removesuffix(" (made up)"),
    "count": _count,
    "sum": _sum,
    "lab": _lab,
    "cortisol": _cortisol,
    "score": _score,
    "regimen": _regimen,
    "injection": _injection,
    "work": lambda story, rest: str(next(w.days for w in story.work if str(w.first) == rest[0])),
    "call": lambda story, rest: next(c.party for c in story.calls if str(c.on) == rest[0]),
    "denial": lambda story, rest: str(story.denial.noticed),
    "received": lambda story, rest: str(story.denial.received),
    "born": lambda story, rest: str(story.person.born),
    "since": lambda story, rest: f"{story.visits[0].start:%Y-%m}",
    "pump-billed": lambda story, rest: str(
        next(s.whole.billed for s in story.claims.standing if s.bill.name == "equipment/pump")
    ),
}  # fmt: skip


def _claims(made: list[Written]) -> Iterator[tuple[int, tuple[str, ...]]]:
    for one in made:
        for statement in one.statements:
            for claim in statement.claims:
                yield one.labelled.person, claim


def _same(one: str, other: str) -> bool:
    try:
        return Decimal(one) == Decimal(other)
    except ArithmeticError:
        return one == other


def test_what_is_stated_is_what_the_story_says(faulty: list[Written], clean: list[Written]) -> None:
    """Amounts, counts, sums, values and dates, each counted anew."""
    stories = {seed: tell(seed) for seed in SEEDS}
    checked: Counter[str] = Counter()
    for seed, (what, *rest) in _claims([*faulty, *clean]):
        if what in ANEW:
            found = ANEW[what](stories[seed], tuple(rest))
            assert _same(found, rest[-1]), f"person {seed}: {what} {rest}, the story says {found}"
            checked[what] += 1
    assert set(checked) == set(ANEW)


def test_an_amount_that_was_made_up_is_none_of_the_stories(faulty: list[Written]) -> None:
    """Nor is it an amount of a statement that does not stand."""
    stories = {seed: tell(seed) for seed in SEEDS}
    for made in faulty:
        known = {amount for s in stories[made.labelled.person].claims.statements
                 for amount in (s.whole.billed, s.whole.allowed, s.whole.paid, s.whole.patient)}  # fmt: skip
        for fault in made.labelled.faults:
            if fault.rules[0] == "unsupported-number" and fault.text.startswith("$"):
                assert Decimal(fault.text.strip("$").replace(",", "")) not in known


def test_a_fault_differs_from_what_is_true(faulty: list[Written]) -> None:
    """The false words are other words."""
    for made in faulty:
        for statement in made.statements:
            if statement.fault is not None:
                assert statement.fault.why != f"true is {statement.fault.text!r}"
