"""A small made-up record to write tests with: facts are added in words, then compared."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from cortipump.evidence.compare import compare
from cortipump.evidence.costs import ChargeView
from cortipump.evidence.result import EvidenceResult
from cortipump.evidence.windows import choose_windows
from cortipump.quantities.moment import Moment, parse_moment
from cortipump.quantities.money import MoneyKind
from cortipump.record.facts import (
    AnyBody,
    Code,
    Condition,
    Fact,
    Lab,
    Origin,
    Regimen,
    RescueInjection,
    Score,
    Visit,
    WorkLoss,
)
from cortipump.record.timeline import Timeline

HOME = ZoneInfo("America/New_York")


def moment(text: str) -> Moment | None:
    """The moment as an importer reads it; None for no text."""
    return parse_moment(text, HOME) if text else None


class Book:
    """Facts of one made-up person; each method adds one and answers its id."""

    def __init__(self) -> None:
        self.facts: list[Fact] = []
        self.charges: list[ChargeView] = []

    def add(self, body: AnyBody, *, source: str = "a", name: str = "") -> str:
        """Any fact."""
        fact_id = name or f"fact-{len(self.facts) + 1:03d}"
        self.facts.append(Fact(fact_id, body, Origin(source=source, name=f"{source}.json")))
        return fact_id

    def visit(
        self,
        kind: str,
        start: str = "",
        end: str = "",
        *,
        source: str = "a",
        name: str = "",
        codes: tuple[str, ...] = (),
        **more: object,
    ) -> str:
        """A visit; ``codes`` are ICD-10-CM reasons."""
        reasons = tuple(Code("icd-10-cm", code) for code in codes)
        body = Visit(start=moment(start), end=moment(end), visit_kind=kind, reasons=reasons, **more)
        return self.add(body, source=source, name=name)

    def injection(self, at: str, *, source: str = "a", route: str = "im") -> str:
        """A rescue injection."""
        return self.add(RescueInjection(at=moment(at), route=route), source=source)

    def work(self, start: str, end: str = "", days: str = "", *, source: str = "a") -> str:
        """Days lost from work."""
        body = WorkLoss(start=moment(start), end=moment(end), days=Decimal(days) if days else None)
        return self.add(body, source=source)

    def score(self, at: str, value: str, **more: str) -> str:
        """A questionnaire's total; AddiQoL unless said otherwise."""
        more = {"instrument": "AddiQoL", "version": "30", **more}
        number = Decimal(value) if value else None
        return self.add(Score(at=moment(at), value=number, **more))

    def lab(self, at: str, value: str = "300") -> str:
        """A cortisol level."""
        body = Lab(at=moment(at), analyte="cortisol", value=Decimal(value), unit="nmol/L")
        return self.add(body)

    def regimen(self, start: str, end: str = "", route: str = "oral", **more: object) -> str:
        """Hydrocortisone taken over a time."""
        body = Regimen(
            start=moment(start), end=moment(end), route=route, drug="hydrocortisone",
            role="glucocorticoid", **more,
        )  # fmt: skip
        return self.add(body)

    def condition(self, code: str) -> str:
        """A diagnosis of the person."""
        return self.add(Condition(codes=(Code("icd-10-cm", code),)))

    def charge(
        self,
        day: str,
        currency: str = "USD",
        category: str = "",
        *,
        twin: str = "",
        elsewhere: tuple[MoneyKind, ...] = (),
        marks: tuple[str, ...] = (),
        **amounts: str,
    ) -> str:
        """A charge that stands; ``twin`` is the one that may be the same cost."""
        fact_id = f"charge-{len(self.charges) + 1:03d}"
        stated = {kind: Decimal(amount) for kind, amount in amounts.items()}
        on = date.fromisoformat(day) if day else None
        self.charges.append(ChargeView(
            fact_id, on, currency, stated, category, twin, frozenset(elsewhere), marks
        ))  # fmt: skip
        return fact_id

    @property
    def timeline(self) -> Timeline:
        """The facts so far."""
        return Timeline(self.facts)

    def compare(self, index: str = "2025-03-01", **choices: object) -> EvidenceResult:
        """The comparison around an index date, on a day when all of after has passed."""
        chosen = {
            "index_why": "chosen for the test",
            "record_ends": date(2026, 12, 31),
            "today": date(2026, 12, 31),
            **choices,
        }
        windows = choose_windows(date.fromisoformat(index), **chosen)
        return compare(self.timeline, windows, self.charges)


@pytest.fixture
def book() -> Book:
    """An empty record."""
    return Book()


@pytest.fixture
def caveat_ids() -> Callable[[EvidenceResult], dict[str, tuple[str, ...]]]:
    """Caveat id to the facts it names."""

    def ids(result: EvidenceResult) -> dict[str, tuple[str, ...]]:
        return {caveat.id: caveat.fact_ids for caveat in result.caveats}

    return ids
