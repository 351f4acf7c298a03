"""All causes, coded as adrenal, marked by the person: shown apart."""

from collections import namedtuple

import pytest

from cortipump.errors import KnowledgeError
from cortipump.knowledge import adrenal
from cortipump.knowledge.adrenal import adrenal_codes, find_adrenal_code, is_adrenal, own_causes
from cortipump.record.facts import Code

Row = namedtuple("Row", "system code")


def _after(book, reading, measure="emergency_visits"):
    return book.compare().readings[reading]["after"][measure].value


@pytest.mark.parametrize(
    "code", ["E27.1", "E271", "e27.1", " E27.2 ", "E27.3", "E27.4", "E27.40", "E2749", "E89.6"]
)
def test_codes_of_adrenal_insufficiency_count_alone(code):
    """With and without the dot, headings included (codes.toml: adrenal_when = always)."""
    assert is_adrenal(Code("icd-10-cm", code), frozenset())


@pytest.mark.parametrize("code", ["E27.0", "E27.5", "E27.8", "E27.9", "E27", "E24.0", "R11.2"])
def test_other_codes_never_count(code):
    """Excess, other disorders of the gland and symptoms are no adrenal visit."""
    assert not is_adrenal(Code("icd-10-cm", code), own_causes([Code("icd-10-cm", code)]))


@pytest.mark.parametrize(
    ("own", "reason", "counts"),
    [
        ("E25.0", "E25.9", True),
        ("E71.528", "E71.521", True),
        ("E23.0", "E23.0", True),
        ("E230", "E23.0", True),
        ("E23.1", "E23.0", False),
        ("E89.0", "E89.3", False),
        ("E71.310", "E71.528", False),
        ("E27.1", "E23.0", False),
    ],
)
def test_codes_of_a_cause_count_only_for_the_persons_own_disease(own, reason, counts):
    """The same disease family, not merely the same chapter."""
    diseases = own_causes([Code("icd-10-cm", own)])

    assert is_adrenal(Code("icd-10-cm", reason), diseases) is counts


def test_a_snomed_condition_documents_the_same_disease():
    """Lack of ACTH in SNOMED CT makes pituitary hormone lack the person's own cause."""
    own = own_causes([Code("snomed", "237692001")])

    assert is_adrenal(Code("icd-10-cm", "E23.0"), own)


def test_the_system_is_never_guessed_from_the_shape():
    """E27.1 under a local system is not the code of ICD-10-CM."""
    assert not is_adrenal(Row("local", "E27.1"), frozenset())
    assert find_adrenal_code(Row("", "E27.1")) is None


@pytest.mark.safety("S14")
def test_every_row_of_the_table_names_source_and_edition():
    """Rows were read in a source; none is from memory."""
    rows = adrenal_codes()

    assert len({(row.system, row.code) for row in rows}) == len(rows)
    assert all(row.source and row.as_of and row.meaning for row in rows)
    assert not any("memory" in row.source for row in rows)
    assert {row.adrenal_when for row in rows} == {"always", "if-own-cause", "never"}


def test_a_word_that_the_table_does_not_know_is_refused(monkeypatch):
    """A slip in the table stops the count instead of changing it."""
    row = {"code": "E27.1", "adrenal_when": "sometimes"}
    monkeypatch.setattr(adrenal, "table", lambda _: (row,))
    adrenal_codes.cache_clear()

    with pytest.raises(KnowledgeError, match="sometimes"):
        adrenal_codes()

    adrenal_codes.cache_clear()


def test_the_readings_are_counted_apart(book):
    """Three visits: one coded, one marked, one neither."""
    book.visit("emergency", "2025-04-02", codes=("E27.2",))
    book.visit("emergency", "2025-05-02", marked=True)
    book.visit("emergency", "2025-06-02", codes=("R11.2",), marked=False)

    assert _after(book, "all_causes") == 3
    assert _after(book, "adrenal_coded") == 1
    assert _after(book, "marked") == 1


def test_a_cause_counts_when_the_person_has_it(book):
    """E25.0 as a reason counts once the person's conditions hold congenital hyperplasia."""
    book.visit("emergency", "2025-04-02", codes=("E25.0",))
    assert _after(book, "adrenal_coded") == 0

    book.condition("E25.0")
    assert _after(book, "adrenal_coded") == 1


def test_the_reason_of_any_part_makes_the_event_adrenal(book):
    """The emergency visit was coded a crisis, the stay it became was not: an adrenal stay."""
    book.visit("emergency", "2025-04-02T08:00", "2025-04-02T11:00", codes=("E27.2",))
    book.visit("inpatient", "2025-04-02T11:00", "2025-04-05T11:00", codes=("A41.9",))

    assert _after(book, "adrenal_coded", "inpatient_stays") == 1
    assert _after(book, "adrenal_coded", "bed_days") == 3


def test_other_diagnoses_do_not_count(book):
    """Addison's disease among the other diagnoses of a broken leg is no adrenal visit."""
    book.visit("emergency", "2025-04-02", diagnoses=(Code("icd-10-cm", "E27.1"),))

    assert _after(book, "adrenal_coded") == 0


def test_a_readings_numbers_are_never_more_than_all_causes(book):
    """Each reading is a part of all causes, in every window and measure."""
    book.visit("emergency", "2025-04-02", codes=("E27.2",), marked=True)
    book.visit("inpatient", "2024-04-02", "2024-04-09", codes=("E27.2",), marked=True)
    readings = book.compare().readings

    for reading in ("adrenal_coded", "marked"):
        for window, counts in readings[reading].items():
            for measure, count in counts.items():
                assert count.value <= readings["all_causes"][window][measure].value
