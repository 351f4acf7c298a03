"""Everything dated in a ledger, with what it is about."""

from datetime import date
from decimal import Decimal

import pytest

from cortipump.checker.known.happenings import Happening, by_day, words_of
from cortipump.record.facts import Call, Lab, Regimen, Visit, WorkLoss
from tests.unit.checker.judges.bills import costly, moment
from tests.unit.checker.judges.ledger import known, known_from


def _one(topic: str, day: date) -> Happening:
    (found,) = (h for h in costly().days[day] if topic in h.topics)
    return found


def test_a_stay_begins_and_ends_on_its_days() -> None:
    """And holds the days between, with the times of day that it states."""
    stay = _one("inpatient", date(2024, 8, 3))

    assert stay.topics == {"inpatient", "visit", "crisis"}
    assert (stay.first, stay.last) == (date(2024, 8, 3), date(2024, 8, 7))
    assert stay.clocks == {20 * 60 + 10, 11 * 60}
    assert stay.what == "inpatient stay, Lakeside"
    assert [stay.spans(date(2024, 8, n)) for n in (2, 5, 7, 8)] == [False, True, True, False]
    assert _one("inpatient", date(2024, 8, 7)) == stay


@pytest.mark.parametrize(
    ("start", "days", "last"),
    [("2024-08-08", "3", "2024-08-10"), ("2025-09-15", "0.5", "2025-09-15")],
)
def test_days_of_work_end_with_the_last_that_is_lost(start: str, days: str, last: str) -> None:
    """Three from the 8th end on the 10th; half a day ends as it begins."""
    (lost,) = known_from(WorkLoss(start=moment(start), days=Decimal(days))).happenings

    assert lost.topics == {"work"}
    assert (lost.first, lost.last) == (date.fromisoformat(start), date.fromisoformat(last))


def test_a_month_is_no_day() -> None:
    """What a record dates by its month begins on no day, and is found by none."""
    ledger = known_from(Regimen(drug="prednisone", route="oral", start=moment("2023-05")))
    (regimen,) = ledger.happenings

    assert (regimen.first, regimen.last) == (None, None)
    assert regimen.months == {date(2023, 5, 1)}
    assert not regimen.spans(date(2023, 5, 10))
    assert ledger.days == {}


def test_a_decision_is_dated_and_received() -> None:
    """The day of the notice opens it, that of its receipt closes it."""
    (notice,) = (h for h in known().happenings if h.what == "decision on the pump")

    assert notice.topics == {"denial", "letter"}
    assert (notice.starts, notice.ends) == ({date(2026, 2, 10)}, {date(2026, 2, 14)})


@pytest.mark.parametrize(
    ("body", "topics", "what"),
    [
        (Call(at=moment("2025-10-02"), with_whom="plan"), {"call"}, "call with the plan"),
        (Lab(at=moment("2025-10-02"), analyte="sodium"), {"lab"}, "sodium value"),
        (
            Regimen(drug="hydrocortisone", route="pump", start=moment("2025-10-02")),
            {"regimen", "pump"},
            "hydrocortisone pump",
        ),
        (
            Visit(visit_kind="virtual", facility="Clinic", start=moment("2025-10-02")),
            {"virtual", "visit", "office"},
            "virtual visit, Clinic",
        ),
    ],
)
def test_each_kind_of_fact_has_its_topics(
    body: Call | Lab | Regimen | Visit, topics: set[str], what: str
) -> None:
    """In the words that letters use."""
    (found,) = known_from(body).happenings

    assert (found.topics, found.what, found.first) == (topics, what, date(2025, 10, 2))


def test_days_list_what_begins_and_ends_on_them() -> None:
    """A visit of one day once."""
    stay = _one("inpatient", date(2024, 8, 3))

    assert by_day([stay]) == {date(2024, 8, 3): (stay,), date(2024, 8, 7): (stay,)}
    assert sum("emergency" in h.topics for h in costly().days[date(2024, 5, 12)]) == 1


def test_telling_words_of_a_name() -> None:
    """Three letters and more, in lower case."""
    assert words_of("St. Mary's of Lakeside") == {"mary", "lakeside"}
