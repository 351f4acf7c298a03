"""One row of a table -> one fact: the cells' meaning, strictly read."""

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final, get_args
from zoneinfo import ZoneInfo

from cortipump.errors import QuantityError
from cortipump.knowledge.codes import ingredient_in
from cortipump.quantities.moment import Moment, parse_moment
from cortipump.quantities.money import check_currency, parse_amount, settle
from cortipump.quantities.parse import comma_to_point, parse_limit, parse_number, parse_truth
from cortipump.record.facts import (
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
        moment = self._parsed(name, text)
        if moment.first_day > self.today:
            raise QuantityError(f"{name} {text} lies after the day of the import")
        return moment

    def _parsed(self, name: str, text: str) -> Moment:
        if "/" in text or "." in text[:5]:
            raise QuantityError(
                f"{name} {text!r}: day and month could be mistaken", do="write it as YYYY-MM-DD"
            )
        moment = parse_moment(text.replace(" ", "T", 1), self.zone)
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
        return self._parsed(name, text) if text else None

    def number(self, name: str) -> Decimal | None:
        """A number."""
        text = self.text(name)
        return parse_number(text, decimal_comma=self.decimal_comma) if text else None

    def amount(self, name: str, currency: str) -> Decimal | None:
        """An amount of money."""
        text = self.text(name)
        if not text:
            return None
        return settle(parse_amount(comma_to_point(text) if self.decimal_comma else text), currency)


def _code_list(text: str) -> tuple[Code, ...]:
    """ICD-10-CM codes, separated by spaces, commas or semicolons."""
    found = text.replace(",", " ").replace(";", " ").split()
    return tuple(Code("icd-10-cm", code.upper()) for code in found)


def visit(row: Row) -> Visit:
    """A row of the table about it."""
    kind = row.needed("kind").lower()
    if kind not in get_args(VisitKind):
        raise QuantityError(
            f"{kind!r} is not a kind of visit: use {', '.join(get_args(VisitKind))}"
        )
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


def charge(row: Row) -> Charge:
    """A row of the table about it."""
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


def lab(row: Row) -> Lab:
    """A row of the table about it."""
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


def score(row: Row) -> Score:
    """A row of the table about it."""
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


_CLOCK: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?")
_ROUTES: Final = ("oral", "injection", "pump")
_ROLES: Final = {"fludrocortisone": "mineralocorticoid"}


def regimen(row: Row) -> Regimen:
    """A row of the table about it."""
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
    start, end = row.needed_moment("start"), row.later("end")
    if end and end.last_day < start.first_day:
        raise QuantityError(f"it ends ({end.printed}) before it starts")
    return Regimen(
        start=start,
        end=end,
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


def rescue(row: Row) -> RescueInjection:
    """A row of the table about it."""
    at = row.needed_moment("date")
    clock = row.text("time")
    if clock:
        if not _CLOCK.fullmatch(clock):
            raise QuantityError(f"time {clock!r} is not a clock time: write HH:MM, such as 04:30")
        at = Moment(f"{at.printed[:10]}T{clock}", at.day, clock[:5], at.mark)
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


def work_loss(row: Row) -> WorkLoss:
    """A row of the table about it."""
    start, end = row.needed_moment("date_from"), row.moment("date_until")
    days = row.number("days")
    if days is not None and days < 0:
        raise QuantityError(f"{days} days cannot be lost")
    if end and end.last_day < start.first_day:
        raise QuantityError(f"it ends ({end.printed}) before it starts")
    return WorkLoss(start=start, end=end, days=days, reason=row.text("reason"))


def call(row: Row) -> Call:
    """A row of the table about it."""
    return Call(
        at=row.needed_moment("date"),
        with_whom=row.needed("with"),
        person_name=row.text("person"),
        reference=row.text("reference"),
        asked=row.text("asked"),
        answer=row.text("answer"),
    )


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
