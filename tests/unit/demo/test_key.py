"""The answer key against the files, read here by a second, independent reader."""

import csv
import io
import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest

from cortipump.demo import Demo

HOME = ZoneInfo("America/Chicago")
PUMP = {"E0784", "A4230", "A4232"}
PARTS = ("deductible", "copay", "coinsurance")
KINDS = ("billed", "allowed", "paid", "patient")


class Seen(NamedTuple):
    kind: str
    start: datetime
    end: datetime
    principal: str


def bundle(demo: Demo, name: str) -> list[dict[str, Any]]:
    """The resources of a bundle, amounts exact."""
    found = json.loads(demo.files[name], parse_float=Decimal)
    return [entry["resource"] for entry in found["entry"]]


def table(demo: Demo, name: str) -> list[dict[str, str]]:
    """The rows of a table."""
    return list(csv.DictReader(io.StringIO(demo.files[name].decode("utf-8-sig"), newline="")))


def local(text: str) -> datetime:
    """Local time without a zone: UTC moves to the home zone, other offsets stay."""
    moment = datetime.fromisoformat(text)
    if moment.utcoffset() == timedelta(0):
        moment = moment.astimezone(HOME)
    return moment.replace(tzinfo=None)


def encounters(demo: Demo, name: str) -> list[Seen]:
    """Finished encounters with local times and principal diagnosis."""
    found = bundle(demo, name)
    codes = {
        f"Condition/{one['id']}": one["code"]["coding"][0]["code"]
        for one in found
        if one["resourceType"] == "Condition"
    }
    kinds = {"EMER": "emergency", "IMP": "inpatient", "OBSENC": "observation"}
    return [
        Seen(
            kinds.get(one["class"]["code"], "other"),
            local(one["period"]["start"]),
            local(one["period"]["end"]),
            codes[one["diagnosis"][0]["condition"]["reference"]],
        )
        for one in found
        if one["resourceType"] == "Encounter" and one["status"] == "finished"
    ]


def events(demo: Demo) -> list[Seen]:
    """Emergency visits joined to the stays that followed, the doubled stay once."""
    found = encounters(demo, "hospital-portal.json")
    stays = [one for one in found if one.kind == "inpatient"]
    for other in encounters(demo, "state-exchange.json"):
        if not any(other.start.date() == stay.start.date() for stay in stays):
            found.append(other)
    joined = []
    for one in found:
        day = timedelta(days=1)
        if one.kind == "emergency":
            next_stay = [s for s in stays if timedelta(0) <= s.start - one.end <= day]
            if next_stay:
                continue
        before = [e for e in found if e.kind == "emergency" and e.end == one.start]
        joined.append(one._replace(start=before[0].start) if before else one)
    return joined


def charges(demo: Demo) -> list[dict[str, Any]]:
    """What stands at the end: the last positive form of each claim that is not cancelled."""
    forms: dict[str, dict[str, Any]] = {}
    resources = bundle(demo, "payer-claims-redownloaded.json")
    for one in resources:
        if one["resourceType"] in {"ExplanationOfBenefit", "Claim"} and one["status"] == "active":
            amounts = read(one)
            key = one["identifier"][0]["value"]
            rank = (one["resourceType"] != "Claim", one["created"])
            if amounts["billed"] > 0 and (key not in forms or rank > forms[key]["rank"]):
                forms[key] = {**amounts, "rank": rank, "on": one["billablePeriod"]["start"]}
    return list(forms.values())


def read(one: dict[str, Any]) -> dict[str, Any]:
    """Amounts of an explanation or a claim, a missing one None or absent."""
    items = one["item"]
    codes = {item["productOrService"]["coding"][0]["code"] for item in items}
    found: dict[str, Any] = {"pump": bool(codes & PUMP)}
    if one["resourceType"] == "Claim":
        return {**found, "billed": one["total"]["value"]}
    said: dict[str, Decimal] = {}
    for entry in one["total"]:
        if "value" in entry["amount"]:
            said[entry["category"]["coding"][0]["code"]] = entry["amount"]["value"]
    for name in ("eligible", "benefit", *PARTS):
        lines = [
            entry["amount"]["value"]
            for item in items
            for entry in item["adjudication"]
            if entry["category"]["coding"][0]["code"] == name
        ]
        if name not in said and lines:
            said[name] = sum(lines, Decimal(0))
    found["billed"] = said["submitted"]
    found["allowed"] = said.get("eligible")
    found["paid"] = one["payment"]["amount"]["value"]
    parts = [said[name] for name in PARTS if name in said]
    found["patient"] = said.get("memberliability", sum(parts, Decimal(0)))
    return found


@pytest.fixture(params=["before", "after", "run_in", "all"])
def window(request: pytest.FixtureRequest) -> str:
    """One window after another."""
    return str(request.param)


def span(demo: Demo, window: str) -> tuple[dict[str, Any], date, date]:
    """A window's answers and its first and last day."""
    windows: Any = demo.key["windows"]
    answer = windows[window]
    return answer, date.fromisoformat(answer["from"]), date.fromisoformat(answer["to"])


def test_visits_are_counted(demo: Demo, window: str) -> None:
    """Counts and bed-days agree with the encounters of hospital and exchange."""
    answer, first, last = span(demo, window)
    inside = [one for one in events(demo) if first <= one.start.date() <= last]
    stays = [one for one in inside if one.kind == "inpatient"]
    adrenal = [one for one in inside if one.principal in {"E27.1", "E27.2"}]

    assert answer["emergency_visits"] == sum(one.kind == "emergency" for one in inside)
    assert answer["inpatient_stays"] == len(stays)
    assert answer["observation_stays"] == sum(one.kind == "observation" for one in inside)
    assert answer["bed_days"] == sum((one.end.date() - one.start.date()).days for one in stays)
    for kind, name in (("emergency", "emergency_visits"), ("inpatient", "inpatient_stays")):
        assert answer["adrenal_coded"][name] == sum(one.kind == kind for one in adrenal)


def test_costs_are_added(demo: Demo, window: str) -> None:
    """Each kind of amount agrees with the statements that stand."""
    answer, first, last = span(demo, window)
    inside = [one for one in charges(demo) if first <= date.fromisoformat(one["on"]) <= last]

    for name, pump in (("care", False), ("pump", True)):
        for kind in KINDS:
            amounts = [one.get(kind) for one in inside if one["pump"] is pump]
            total = sum((a for a in amounts if a is not None), Decimal("0.00"))
            assert Decimal(answer["costs"][name][kind]) == total, (name, kind)


def test_kinds_of_bills_add_up_to_care(demo: Demo, window: str) -> None:
    """The breakdown is a partition."""
    costs = span(demo, window)[0]["costs"]

    for kind in KINDS:
        parts = [Decimal(part[kind]) for part in costs["by_kind"].values()]
        assert sum(parts, Decimal(0)) == Decimal(costs["care"][kind])


def test_standing_charges(demo: Demo) -> None:
    """As many claims stand as the second reader finds."""
    answer: Any = demo.key["charges"]

    assert answer["standing"] == len(charges(demo))
    assert answer["standing_pump"] == sum(one["pump"] for one in charges(demo))
    assert answer["statements"] == answer["standing"] - 1 + len(answer["not_standing"])


def test_tables_are_counted(demo: Demo, window: str) -> None:
    """Injections and lost days agree with the rows that can be read."""
    answer, first, last = span(demo, window)
    injected = [row["date"] for row in table(demo, "rescue-injections.csv")]
    lost = Decimal(0)
    for row in table(demo, "work-days.csv"):
        if not row["date_from"].endswith("-06-31") and (
            first <= date.fromisoformat(row["date_from"]) <= last
        ):
            lost += Decimal(row["days"])

    assert answer["rescue_injections"] == sum(
        first <= date.fromisoformat(day) <= last for day in injected
    )
    assert Decimal(answer["work_days_lost"]) == lost


def test_injections_in_hospital_are_counted(demo: Demo, window: str) -> None:
    """They agree with the administrations of the hospital file."""
    answer, first, last = span(demo, window)
    given = [
        local(one["effectiveDateTime"]).date()
        for one in bundle(demo, "hospital-portal.json")
        if one["resourceType"] == "MedicationAdministration"
    ]

    assert answer["injections_in_hospital"] == sum(first <= day <= last for day in given)


def test_scores_are_listed(demo: Demo) -> None:
    """Table and clinic form together."""
    typed = [
        (row["date"], int(row["total"]))
        for row in table(demo, "addiqol.csv")
        if row["total"].isdigit()
    ]
    lines = map(json.loads, demo.files["endocrine-clinic.ndjson"].splitlines())
    forms = [one for one in lines if one["resourceType"] == "QuestionnaireResponse"]
    answers = forms[0]["item"][0]["answer"]
    scores: Any = demo.key["scores"]

    listed = [(score["date"], score["value"]) for score in scores]
    assert listed == [*typed, (forms[0]["authored"], answers[0]["valueInteger"])]


def test_cortisol_is_listed(demo: Demo) -> None:
    """All values of three sources with local times."""
    found = [*bundle(demo, "hospital-portal.json"), *bundle(demo, "state-exchange.json")]
    found += [
        json.loads(line, parse_float=Decimal)
        for line in demo.files["endocrine-clinic.ndjson"].splitlines()
    ]
    drawn = []
    for one in found:
        codings = one.get("code", {}).get("coding", [{}])
        if one["resourceType"] == "Observation" and codings[0].get("code") in {"2143-6", "14675-3"}:
            printed = one.get("valueString", "<1.0 ug/dL").removeprefix("<").split()
            value = one.get("valueQuantity", {}).get("value", printed[0])
            drawn.append((f"{local(one['effectiveDateTime']):%Y-%m-%d %H:%M}", str(value)))
    cortisol: Any = demo.key["cortisol"]

    assert [(f"{lab['date']} {lab['time']}", lab["value"]) for lab in cortisol] == sorted(drawn)


def test_every_rule_is_in_words(first: Demo) -> None:
    """Whoever differs can read how it was counted."""
    rules: Any = first.key["rules"]
    windows: Any = first.key["windows"]

    named = {"windows", "visits", "emergency_visits", "bed_days", "costs", "scores", "cortisol"}
    assert named <= rules.keys()
    assert (windows["before"]["days"], windows["after"]["days"]) == (365, 282)


def test_key_of_seed_1_does_not_move(first: Demo) -> None:
    """Counted by hand from the story's list of visits; other tests and pages quote these."""
    windows: Any = first.key["windows"]
    names = ("emergency_visits", "inpatient_stays", "bed_days", "observation_stays")

    assert first.key["index_date"] == "2026-02-02"
    assert first.key["last_day"] == "2026-11-10"
    assert [windows["before"][name] for name in names] == [5, 4, 10, 1]
    assert [windows["after"][name] for name in names] == [2, 1, 1, 0]
    assert windows["run_in"]["emergency_visits"] == 1
