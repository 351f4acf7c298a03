"""Letters with labelled faults: who wrote them, what is wrong in them, and what the checker finds.

Who wrote the letters of `tests/letters`, and which were learnt from, says the README there.
"""

import tempfile
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

from cortipump.actions.check import Request, check_text, known_for
from cortipump.actions.demo import Typed, record_files
from cortipump.actions.evidence import Asked
from cortipump.actions.ledger import read_record
from cortipump.checker.finding import RULES, Finding
from cortipump.checker.known.known import Known
from cortipump.checker.letter import LetterText
from cortipump.checker.reading.files import read_letter
from cortipump.demo.build import build

ROOT = Path(__file__).parent.parent / "tests" / "letters"
# Learnt from while rules were written; those of BLIND were not, and alone say what to expect.
LEARNT_FROM = ("tuned", "dev", "dev2", "first-sight", "dev3", "dev4", "dev5", "dev6")
BLIND = ("final", "final2")
# What the blind writers called a fault, in their plain words, and the rules that may find it; the
# first is the one that its recall is counted under.
WHAT = {
    "wrong amount": ("amount-differs", "unsupported-number"),
    "wrong date": ("date-differs", "unsupported-number"),
    "wrong count": ("count-differs", "unsupported-number"),
    "wrong total": ("total-does-not-add-up", "amount-differs", "count-differs"),
    "wrong percentage": ("total-does-not-add-up", "unsupported-number"),
    "figure not in the record": ("unsupported-number", "amount-differs"),
    "vague date": ("date-differs",),
    "emotional": ("emotional",),
    "absolute": ("absolute",),
    "prediction": ("prediction",),
    "threat": ("argument-by-threat",),
    "implies diabetes": ("implies-diabetes",),
    "off-label not disclosed": ("off-label-not-disclosed",),
    "something missing": ("missing-element",),
}


_BESIDE = 120


class Fault(Struct, frozen=True):
    """What is wrong, where (0 to 0: the letter lacks something), and the rules that may say so."""

    start: int
    end: int
    rules: tuple[str, ...]
    text: str
    why: str


class Labelled(Struct, frozen=True):
    """A letter with its faults."""

    name: str
    person: int
    letter: LetterText
    faults: tuple[Fault, ...]


class Score(Struct):
    """Hits and misses of one rule; of the misses, those that are found under another rule."""

    hits: int = 0
    false: int = 0
    misses: int = 0
    elsewhere: int = 0

    @property
    def precision(self) -> float | None:
        """Share of findings that are right. None: there are none."""
        return self.hits / (self.hits + self.false) if self.hits + self.false else None

    @property
    def recall(self) -> float | None:
        """Share of faults that are found. None: there are none."""
        return self.hits / (self.hits + self.misses) if self.hits + self.misses else None


def labelled(folder: str) -> list[Labelled]:
    """Every letter of a folder."""
    return [_labelled(path) for path in sorted((ROOT / folder).glob("*.txt"))]


def _labelled(path: Path) -> Labelled:
    label = tomllib.loads(path.with_suffix(".toml").read_text(encoding="utf-8"))
    letter = read_letter(path)
    faults = tuple(_fault(letter, fault, path) for fault in label.get("fault", ()))
    return Labelled(path.stem, label["person"], letter, faults)


def _fault(letter: LetterText, fault: dict[str, object], path: Path) -> Fault:
    text, occurrence = str(fault["text"]), int(str(fault.get("occurrence", 1)))
    rules = (str(fault["rule"]),) if "rule" in fault else WHAT[str(fault["what"])]
    start = -1
    for _ in range(occurrence if text else 0):
        start = letter.text.find(text, start + 1)
        if start < 0:
            raise ValueError(f"{path.name} does not hold {text!r} {occurrence} times")
    start = max(start, 0)
    return Fault(start, start + len(text), rules, text, str(fault.get("why", "")))


@cache
def person(seed: int) -> Known:
    """The made-up person of that seed, as the checker knows them."""
    made = build(seed)
    with tempfile.TemporaryDirectory() as folder:
        files = Path(folder) / "files"
        files.mkdir()
        for name, content in made.files.items():
            (files / name).write_bytes(content)
        ledger = Path(folder) / "ledger.cortipump"
        typed = msgspec.convert(made.typed, list[Typed])
        record_files(ledger, files, typed, lambda _: None)
        return known_for(read_record(ledger), Asked(phase="loaner"))


def findings(one: Labelled) -> tuple[Finding, ...]:
    return check_text(one.letter, person(one.person), Request(Asked(phase="loaner"))).findings


def overlaps(finding: Finding, fault: Fault) -> bool:
    if fault.start == fault.end:
        return True
    return finding.start < fault.end and fault.start < finding.end


def is_other_half(finding: Finding, fault: Fault) -> bool:
    """Whether a right amount under a wrong date is marked at the one where the label has the other.

    Neither the writer nor the checker can know which of the two was meant; the label's reason has
    to name the figure that is marked.
    """
    near = abs(finding.start - fault.start) <= _BESIDE and fault.start != fault.end
    half = {finding.rule, fault.rules[0]} == {"amount-differs", "date-differs"}
    return near and half and finding.text.strip("$ ") in fault.why


def score(letters: Iterable[Labelled]) -> dict[str, Score]:
    """Rule to hits, false alarms and misses."""
    scores = {rule: Score() for rule in RULES}
    for one in letters:
        found = findings(one)
        for finding, fault in _matched(found, one.faults):
            if finding is not None and fault is not None:
                scores[fault.rules[0]].hits += 1
            elif finding is not None:
                scores[finding.rule].false += 1
            elif fault is not None:
                scores[fault.rules[0]].misses += 1
                told = fault.start != fault.end and any(overlaps(f, fault) for f in found)
                scores[fault.rules[0]].elsewhere += told
    return scores


def _matched(
    found: Sequence[Finding], faults: Sequence[Fault]
) -> list[tuple[Finding | None, Fault | None]]:
    """Every fault with the finding that says it, every other finding, every other fault."""
    left, pairs = list(found), []
    for fault in faults:
        fitting = [f for f in left if f.rule in fault.rules and overlaps(f, fault)]
        fitting = fitting or [f for f in left if is_other_half(f, fault)]
        pairs.append((fitting[0] if fitting else None, fault))
        # Several findings inside one labelled passage say the same thing; what the letter lacks
        # has no place, and each label is of one element.
        taken = fitting if fault.start != fault.end else fitting[:1]
        left = [f for f in left if f not in taken]
    # What touches a fault under another rule is no false alarm, and no hit either.
    rest = [f for f in left if not any(a.start != a.end and overlaps(f, a) for a in faults)]
    return [*pairs, *((finding, None) for finding in rest)]


def table(scores: dict[str, Score]) -> dict[str, dict[str, float | int | None]]:
    """As JSON."""
    return {**{rule: _row(s) for rule, s in scores.items()}, "all": _row(together(scores.values()))}


def together(scores: Iterable[Score]) -> Score:
    """Several scores as one."""
    whole = Score()
    for one in scores:
        whole.hits += one.hits
        whole.false += one.false
        whole.misses += one.misses
        whole.elsewhere += one.elsewhere
    return whole


def _row(one: Score) -> dict[str, float | int | None]:
    return {
        "hits": one.hits, "false": one.false, "misses": one.misses,
        "misses_found_under_another_rule": one.elsewhere,
        "precision": _round(one.precision), "recall": _round(one.recall),
    }  # fmt: skip


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def details(letters: Iterable[Labelled]) -> list[str]:
    """Every false alarm and miss in words, for tuning."""
    lines = []
    for one in letters:
        for finding, fault in _matched(findings(one), one.faults):
            if finding is not None and fault is None:
                place = one.letter.place(finding.start)
                lines.append(f"{one.name}:{place.line} FALSE {finding.rule}/{finding.detail} "
                             f"{finding.text!r}: {finding.message} -> {finding.suggestion[:90]}")  # fmt: skip
            elif finding is None and fault is not None:
                place = one.letter.place(fault.start)
                lines.append(
                    f"{one.name}:{place.line} MISS {fault.rules[0]} {fault.text!r}: {fault.why}"
                )
    return lines
