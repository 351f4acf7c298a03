"""The tables that a person can fill in: their columns, documented, and what builds their rows.

`cortipump template KIND` prints the header; the importer recognises a table by it.
"""

from collections.abc import Callable
from typing import Final

from msgspec import Struct

from cortipump.importers import rows
from cortipump.importers.rows import Row
from cortipump.record.facts import AnyBody


class Column(Struct, frozen=True):
    """A column: its name, whether every row needs it, and what goes in."""

    name: str
    needed: bool
    says: str


class Template(Struct, frozen=True):
    """A kind of table.

    Attributes
    ----------
    natural
        Columns that together name a row, so that an edited row replaces its earlier form.
    """

    kind: str
    says: str
    columns: tuple[Column, ...]
    natural: tuple[str, ...]
    build: Callable[[Row], AnyBody]

    @property
    def header(self) -> list[str]:
        """Column names in order."""
        return [column.name for column in self.columns]


def _note() -> Column:
    return Column("note", needed=False, says="anything else, in your own words")


def _columns(*rows: str) -> tuple[Column, ...]:
    """Columns from lines ``name! says``: the exclamation mark stands for needed."""
    found = []
    for line in rows:
        name, _, says = line.partition(" ")
        found.append(Column(name.rstrip("!"), name.endswith("!"), says))
    return tuple(found)


TEMPLATES: Final = (
    Template(
        "visits",
        "visits to hospitals, clinics and doctors",
        (
            *_columns(
                "date_from! first day, YYYY-MM-DD",
                "date_until last day, YYYY-MM-DD",
                "kind! emergency, inpatient, observation, urgent-care, office, virtual or other",
                "facility name of the hospital or practice",
                "reason in the record's words",
                "diagnosis_codes ICD-10 codes as printed, such as E27.2",
                "adrenal yes or no: your own word",
            ),
            _note(),
        ),
        ("date_from", "kind", "facility"),
        rows.visit,
    ),
    Template(
        "charges",
        "bills and statements, amounts as printed",
        (
            *_columns(
                "date! day of the service, YYYY-MM-DD",
                "payer name of the plan",
                "provider who billed",
                "description what for",
                "currency! such as USD",
                "billed amount, such as 1580.00; empty: not stated",
                "allowed amount",
                "paid amount that the plan paid",
                "patient amount that is yours",
                "claim_number as printed",
                "category empty for care, else pump, infusion-set, reservoir, supply, drug",
            ),
            _note(),
        ),
        ("date", "provider", "description", "claim_number"),
        rows.charge,
    ),
    Template(
        "labs",
        "laboratory values, value and unit as printed",
        (
            *_columns(
                "datetime! when the blood was drawn, YYYY-MM-DDTHH:MM",
                "analyte such as cortisol, sodium; empty: cortisol",
                "value! such as 14.2 or <1.0",
                "unit! as printed, such as ug/dL or nmol/L",
                "assay laboratory method if printed",
                "specimen serum, saliva, urine",
                "reference_range as printed",
                "loinc LOINC code if printed",
            ),
            _note(),
        ),
        ("datetime", "analyte", "specimen"),
        rows.lab,
    ),
    Template(
        "scores",
        "totals of questionnaires (never single items)",
        (
            *_columns(
                "date! day it was filled in",
                "instrument! such as AddiQoL",
                "version as printed on the form",
                "language of the form",
                "total! the total, or the part's total",
                "part empty for the whole, else the part's name",
            ),
            _note(),
        ),
        ("date", "instrument", "version", "part"),
        rows.score,
    ),
    Template(
        "regimens",
        "replacement as it was taken",
        (
            *_columns(
                "start! first day",
                "end last day; empty: still taken",
                "drug! such as hydrocortisone",
                "route! oral, injection or pump",
                "mg_per_day daily dose as prescribed",
                "schedule as prescribed, in words",
                "device for a pump: which",
                "ownership for a pump: loaner or own",
            ),
            _note(),
        ),
        ("start", "drug", "route"),
        rows.regimen,
    ),
    Template(
        "rescue-injections",
        "hydrocortisone injected in an emergency",
        _columns(
            "date! day",
            "time HH:MM",
            "drug empty: hydrocortisone",
            "mg dose given",
            "route as given",
            "given_by who gave it",
            "reason why",
        ),
        ("date", "time", "route"),
        rows.rescue,
    ),
    Template(
        "work-loss",
        "days lost from work or school",
        _columns(
            "date_from! first day", "date_until last day", "days days lost, 0.5 for half a day",
            "reason why",
        ),
        ("date_from",),
        rows.work_loss,
    ),
    Template(
        "calls",
        "telephone calls about the case",
        _columns(
            "date! day",
            "with! plan, manufacturer, clinic or supplier",
            "person name of the person spoken to",
            "reference reference number of the call",
            "asked what you asked",
            "answer what was answered",
        ),
        ("date", "with", "reference"),
        rows.call,
    ),
)  # fmt: skip
