"""The tables that a person can fill in: their columns, documented, and how a row becomes a fact.

`cortipump template KIND` prints the header; the importer recognises a table by it.
"""

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final, get_args
from zoneinfo import ZoneInfo

from msgspec import Struct

from cortipump.errors import QuantityError
from cortipump.knowledge.codes import ingredient_in
from cortipump.quantities.moment import Moment, parse_moment
from cortipump.quantities.money import check_currency, parse_amount, settle
from cortipump.quantities.parse import parse_limit, parse_number, parse_truth
from cortipump.record.facts import (
    AnyBody,
    Call,
    Charge,
    Code,
    Lab,
    Regimen,
    RescueInjection,
    Score,
    Visit,
    VisitKind,
    WorkLoss,
)


class Column(Struct, frozen=True):
    """A column: its name, whether every row needs it, and what goes in."""

    name: str
    needed: bool
    says: str


class Row:
    """One row of a table, cell by column; reading a cell that is empty gives None or ""."""

    def __init__(
        self, cells: dict[str, str], zone: ZoneInfo, today: date, *, decimal_comma: bool = False
    ) -> None:
        self.cells, self.zone, self.today = cells, zone, today
        self.decimal_comma = decimal_comma

    def text(self, name: str) -> str:
        """The cell's words."""
        return self.cells.get(name, "").strip()

    def needed(self, name: str) -> str:
        """The cell's words, which must not be empty."""
        text = self.text(name)
        if not text:
            raise QuantityError(f"the column {name!r} is empty")
        return text

    def moment(self, name: str) -> Moment | None:
        """A date or a date with a time, not in the future."""
        text = self.text(name)
        if not text:
            return None
        if "/" in text or "." in text[:5]:
            raise QuantityError(
                f"{name} {text!r}: day and month could be mistaken", do="write it as YYYY-MM-DD"
            )
        moment = parse_moment(text.replace(" ", "T", 1), self.zone)
        if moment.first_day > self.today:
            raise QuantityError(f"{name} {text} lies after the day of the import")
        return Moment(text, moment.day, moment.clock, moment.mark)

    def needed_moment(self, name: str) -> Moment:
        """A moment that must be there."""
        moment = self.moment(name)
        if moment is None:
            raise QuantityError(f"the column {name!r} is empty")
        return moment

    def later(self, name: str) -> Moment | None:
        """A date that may lie ahead, such as the end of a regimen."""
        text = self.text(name)
        return parse_moment(text, self.zone) if text else None

    def number(self, name: str) -> Decimal | None:
        """A number."""
        text = self.text(name)
        return parse_number(text, decimal_comma=self.decimal_comma) if text else None

    def amount(self, name: str, currency: str) -> Decimal | None:
        """An amount of money."""
        text = self.text(name)
        if not text:
            return None
        if self.decimal_comma and "," in text:
            text = text.replace(".", "").replace(",", ".")
        return settle(parse_amount(text), currency)


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


def _code_list(text: str) -> tuple[Code, ...]:
    """ICD-10-CM codes, separated by spaces, commas or semicolons."""
    found = text.replace(",", " ").replace(";", " ").split()
    return tuple(Code("icd-10-cm", code.upper()) for code in found)


def _visit(row: Row) -> Visit:
    kind = row.needed("kind").lower()
    if kind not in get_args(VisitKind):
        raise QuantityError(f"{kind!r} is not a kind of visit: use {', '.join(get_args(VisitKind))}")
    visit = Visit(
        start=row.needed_moment("date_from"),
        end=row.moment("date_until"),
        visit_kind=kind,  # type: ignore[arg-type] # checked above
        facility=row.text("facility"),
        class_printed=row.text("reason"),
        reasons=_code_list(row.text("diagnosis_codes")),
        marked=parse_truth(row.text("adrenal")),
        note=row.text("note"),
    )
    if visit.start and visit.end and visit.end.last_day < visit.start.first_day:
        raise QuantityError(f"it ends ({visit.end.printed}) before it starts")
    return visit


def _charge(row: Row) -> Charge:
    currency = check_currency(row.needed("currency"))
    return Charge(
        at=row.needed_moment("date"),
        payer=row.text("payer"),
        provider=row.text("provider"),
        currency=currency,
        billed=row.amount("billed", currency),
        allowed=row.amount("allowed", currency),
        paid=row.amount("paid", currency),
        patient=row.amount("patient", currency),
        claim_ids=(f"|{number}",) if (number := row.text("claim_number")) else (),
        category=row.text("category"),
        note=" ".join(text for name in ("description", "note") if (text := row.text(name))),
    )


def _lab(row: Row) -> Lab:
    comparator, value, text = parse_limit(row.needed("value"), decimal_comma=row.decimal_comma)
    return Lab(
        at=row.needed_moment("datetime"),
        analyte=(row.text("analyte") or "cortisol").lower(),
        comparator=comparator,
        value=None if comparator else value,
        text=text,
        unit=row.text("unit") if text and not comparator else row.needed("unit"),
        assay=row.text("assay"),
        specimen=row.text("specimen"),
        reference_range=row.text("reference_range"),
        loinc=row.text("loinc"),
        note=row.text("note"),
    )


def _score(row: Row) -> Score:
    value = row.number("total")
    if value is None:
        raise QuantityError("the column 'total' is empty")
    return Score(
        at=row.needed_moment("date"),
        instrument=row.needed("instrument"),
        version=row.text("version"),
        language=row.text("language"),
        value=value,
        part=row.text("part"),
        note=row.text("note"),
    )


_ROUTES: Final = ("oral", "injection", "pump")
_ROLES: Final = {"fludrocortisone": "mineralocorticoid"}


def _regimen(row: Row) -> Regimen:
    route = row.needed("route").lower()
    if route not in _ROUTES:
        raise QuantityError(f"{route!r} is not a route: use {', '.join(_ROUTES)}")
    drug = row.needed("drug")
    ingredient = ingredient_in(drug)
    role = _ROLES.get(ingredient or "", "glucocorticoid" if ingredient else "other")
    ownership = row.text("ownership").lower()
    if ownership not in {"", "loaner", "own"}:
        raise QuantityError(f"{ownership!r} is not an ownership: use loaner or own")
    mg_per_day = row.number("mg_per_day")
    if mg_per_day is not None and mg_per_day < 0:
        raise QuantityError(f"a daily dose of {mg_per_day} mg cannot be")
    return Regimen(
        start=row.needed_moment("start"),
        end=row.later("end"),
        drug=ingredient or drug,
        printed=drug,
        role=role,  # type: ignore[arg-type] # one of the three
        route=route,
        mg_per_day=mg_per_day,
        schedule=row.text("schedule"),
        device=row.text("device"),
        ownership=ownership,
        note=row.text("note"),
    )


def _rescue(row: Row) -> RescueInjection:
    at = row.needed_moment("date")
    clock = row.text("time")
    if clock:
        try:
            time.fromisoformat(clock)
        except ValueError as cause:
            raise QuantityError(f"time {clock!r} is not a clock time: write HH:MM") from cause
        at = Moment(f"{at.printed}T{clock}", at.day, clock[:5], at.mark)
    mg = row.number("mg")
    if mg is not None and mg <= 0:
        raise QuantityError(f"a dose of {mg} mg cannot be")
    return RescueInjection(
        at=at,
        drug=row.text("drug") or "hydrocortisone",
        mg=mg,
        route=row.text("route"),
        given_by=row.text("given_by"),
        reason=row.text("reason"),
    )


def _work_loss(row: Row) -> WorkLoss:
    start, end = row.needed_moment("date_from"), row.moment("date_until")
    days = row.number("days")
    if days is not None and days < 0:
        raise QuantityError(f"{days} days cannot be lost")
    if end and end.last_day < start.first_day:
        raise QuantityError(f"it ends ({end.printed}) before it starts")
    return WorkLoss(start=start, end=end, days=days, reason=row.text("reason"))


def _call(row: Row) -> Call:
    return Call(
        at=row.needed_moment("date"),
        with_whom=row.needed("with"),
        person_name=row.text("person"),
        reference=row.text("reference"),
        asked=row.text("asked"),
        answer=row.text("answer"),
    )


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
        _visit,
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
                "category empty for care, else pump, infusion-set, reservoir, supply, drug, training",
            ),
            _note(),
        ),
        ("date", "provider", "description", "claim_number"),
        _charge,
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
        _lab,
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
        _score,
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
        _regimen,
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
        _rescue,
    ),
    Template(
        "work-loss",
        "days lost from work or school",
        _columns(
            "date_from! first day", "date_until last day", "days days lost, 0.5 for half a day",
            "reason why",
        ),
        ("date_from",),
        _work_loss,
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
        _call,
    ),
)  # fmt: skip


def printed_cell(value: object) -> str:
    """A spreadsheet's cell as the text that a table would hold."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        midnight = value.hour == value.minute == value.second == 0
        return value.date().isoformat() if midnight else value.isoformat(timespec="minutes")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, float):
        return format(Decimal(repr(value)).normalize(), "f")
    return str(value)
