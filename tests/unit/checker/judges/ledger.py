"""A small made-up ledger, and what the checker says about one sentence that is held against it.

Everything that it records is written below: whoever reads a case can work out its verdict by hand.
"""

from datetime import date
from decimal import Decimal
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest

from cortipump.checker.check import check
from cortipump.checker.finding import Finding, Rule
from cortipump.checker.known.known import Known, known_of
from cortipump.checker.reading.markdown import read_markdown
from cortipump.quantities.moment import Moment, parse_moment
from cortipump.record.duplicates import match_visits
from cortipump.record.facts import (
    AnyBody,
    Condition,
    Criterion,
    Decision,
    Fact,
    Lab,
    Measurement,
    Note,
    Origin,
    Person,
    Regimen,
    RescueInjection,
    Score,
    Visit,
)
from cortipump.record.timeline import Timeline

TODAY = date(2026, 3, 31)
HOME = ZoneInfo("America/Chicago")
FIGURES: frozenset[Rule] = frozenset(
    {
        "unsupported-number",
        "amount-differs",
        "date-differs",
        "count-differs",
        "total-does-not-add-up",
    }
)


class Wrong(NamedTuple):
    """The words that a finding stands at, its rule and detail, and a part of what it suggests."""

    text: str
    rule: Rule
    detail: str
    suggestion: str = ""


class Case(NamedTuple):
    """A sentence and its verdict; None: nothing is wrong with its figures."""

    sentence: str
    verdict: Wrong | None = None


def _at(text: str) -> Moment | None:
    return parse_moment(text, HOME)


def _lab(day: str, analyte: str, value: str, unit: str, normal: str = "") -> Lab:
    return Lab(
        at=_at(day), analyte=analyte, value=Decimal(value), unit=unit, reference_range=normal
    )


def _score(day: str, value: str) -> Score:
    return Score(at=_at(day), instrument="AddiQoL", version="30", value=Decimal(value))


def _measured(day: str, name: str, value: str, unit: str) -> Measurement:
    return Measurement(at=_at(day), name=name, value=Decimal(value), unit=unit)


def _bodies() -> list[AnyBody]:
    denied = _at("2026-02-10")
    return [
        Person(names=("Ada Example",), born=date(1984, 5, 17)),
        Condition(text="Addison's disease", start=_at("2019-10-07")),
        # One blood draw in a crisis, one when well, one day curve of cortisol: mean 11.2.
        _lab("2025-03-04 08:10", "cortisol", "2.1", "ug/dL", "6.2 - 19.4"),
        _lab("2025-03-04 08:10", "sodium", "128", "mmol/L", "135 - 145"),
        _lab("2025-03-04 08:10", "potassium", "5.4", "mmol/L", "3.5 - 5.1"),
        _lab("2025-03-04 08:10", "glucose", "62", "mg/dL"),
        _lab("2025-06-16 08:05", "cortisol", "14.2", "ug/dL", "6.2 - 19.4"),
        _lab("2025-06-16 08:05", "sodium", "139", "mmol/L", "135 - 145"),
        _lab("2025-06-16 08:05", "acth", "412", "pg/mL"),
        _lab("2025-09-09", "hba1c", "5.4", "%"),
        _lab("2026-01-14 07:00", "cortisol", "11.0", "ug/dL"),
        _lab("2026-01-14 10:00", "cortisol", "13.0", "ug/dL"),
        _lab("2026-01-14 14:00", "cortisol", "9.6", "ug/dL"),
        Lab(at=_at("2026-01-14 14:00"), analyte="acth", unit="pg/mL", comparator="<", text="<5"),
        _measured("2025-06-16", "weight", "61.2", "kg"),
        _measured("2025-06-16", "body height", "168", "cm"),
        _measured("2025-03-04", "systolic blood pressure", "88", "mm[Hg]"),
        _measured("2025-03-04", "diastolic blood pressure", "52", "mm[Hg]"),
        _measured("2025-03-04", "body temperature", "38.5", "Cel"),
        _score("2025-02-20", "68"),
        _score("2025-08-21", "84"),
        _score("2026-02-19", "91"),
        Regimen(drug="hydrocortisone", role="glucocorticoid", route="oral",
                start=_at("2022-01-10"), end=_at("2025-05-01"), mg_per_day=Decimal(30),
                schedule="15 mg at 07:00, 10 mg at 12:30, 5 mg at 17:00"),
        Regimen(drug="hydrocortisone", role="glucocorticoid", route="pump", device="loaner pump",
                ownership="loaner", start=_at("2025-05-01"), mg_per_day=Decimal(24)),
        Regimen(drug="fludrocortisone", role="mineralocorticoid", route="oral",
                start=_at("2019-10-07"), mg_per_day=Decimal("0.1")),
        Visit(visit_kind="inpatient", facility="Lakeside (made up)",
              start=_at("2024-11-02 19:30"), end=_at("2024-11-05 11:20")),
        Visit(visit_kind="emergency", facility="Lakeside (made up)",
              start=_at("2025-03-04 06:15"), end=_at("2025-03-04 14:50")),
        RescueInjection(at=_at("2025-03-04 05:40"), mg=Decimal(50), route="im"),
        Note(at=_at("2025-08-21"), title="Endocrinology", text="Sleeps 7 hours; fatigue down 40 %."),
        Decision(line="pump", outcome="denied", at=denied, received=date(2026, 2, 14),
                 quote="not medically necessary",
                 stated_deadline="180 days from receipt of this notice"),
        Criterion(at=denied, number="1", text="Primary adrenal insufficiency", finding="Met"),
        Criterion(at=denied, number="2", text="Treated by an endocrinologist", finding="Met"),
        Criterion(at=denied, number="3", text="Optimised tablets failed", finding="Not met"),
        Criterion(at=denied, number="4", text="Repeated crises", finding="Not met"),
        Criterion(at=denied, number="5", text="Training completed", finding="Not met"),
    ]  # fmt: skip


def known_from(*bodies: AnyBody) -> Known:
    """A ledger of these facts, as the checker knows it."""
    facts = [
        Fact(f"fact-{number:02d}", body, Origin(source="a", name="records.json"))
        for number, body in enumerate(bodies, 1)
    ]
    timeline = Timeline(facts)
    return known_of(timeline, match_visits(timeline), ())


@cache
def known() -> Known:
    """The ledger of this file."""
    return known_from(*_bodies())


def found(markdown: str, ledger: Known) -> list[Finding]:
    """What is wrong with the figures of a letter of that day."""
    text = f"March 31, 2026\n\nTo whom it may concern,\n\n{markdown}\n"
    checked = check(read_markdown(text.encode()), ledger, TODAY)
    return [f for f in checked.findings if f.rule in FIGURES]


def hold(case: Case, ledger: Known | None = None) -> None:
    """Hold a case: nothing is found, or just the one thing that is wrong."""
    findings = found(case.sentence, ledger or known())
    said = [(f.text, f.rule, f.detail, f.suggestion) for f in findings]
    if case.verdict is None:
        assert said == []
        return
    assert [each[:3] for each in said] == [case.verdict[:3]], said
    assert case.verdict.suggestion in said[0][3]


def right(*sentences: str) -> list[object]:
    """Sentences with nothing wrong in their figures, each a case."""
    return [pytest.param(Case(sentence), id=sentence[:70]) for sentence in sentences]


def wrong(*table: tuple[str, Wrong]) -> list[object]:
    """Sentences with one wrong figure, each a case."""
    return [pytest.param(Case(sentence, verdict), id=sentence[:70]) for sentence, verdict in table]
