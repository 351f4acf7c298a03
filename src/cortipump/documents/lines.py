"""One fact in one line of a document, every value traced to it."""

from cortipump.documents.statements import Part
from cortipump.documents.values import date_value, quote
from cortipump.quantities.show import plain
from cortipump.record.facts import (
    Condition,
    Fact,
    Lab,
    Note,
    Procedure,
    Regimen,
    Score,
    Visit,
)


def in_a_line(fact: Fact) -> list[Part]:
    """What the fact says and when, in its own words."""
    parts: list[Part] = [quote(fact.id, _words(fact), fact.kind)]
    when = fact.body.when
    if when is not None:
        parts += [", ", date_value(fact.id, when)]
    return parts


def _words(fact: Fact) -> str:
    match fact.body:
        case Condition(text=text, codes=codes):
            shown = ", ".join(code.code for code in codes)
            return f"{text} ({shown})" if shown else text
        case Visit(visit_kind=kind, facility=facility):
            return f"{kind} visit, {facility}" if facility else f"{kind} visit"
        case Lab(analyte=analyte, value=value, unit=unit, text=text):
            return f"{analyte} {text or (plain(value) if value is not None else '')} {unit}".strip()
        case Score(instrument=instrument, version=version, value=value):
            return f"{instrument} {version} {plain(value) if value is not None else ''}".strip()
        case Regimen(drug=drug, mg_per_day=dose, route=route):
            return (
                f"{drug} {f'{plain(dose)} mg per day ' if dose is not None else ''}{route}".strip()
            )
        case Procedure(text=text):
            return text
        case Note(title=title):
            return title
        case _:
            return fact.kind.replace("-", " ")
