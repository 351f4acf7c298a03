"""The main job on people whom nobody here made up: import, index date, evidence, packet."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run

# One index date for each, chosen inside the person's record before any result was looked at: the
# first of January of the last year that has a whole year before and after it in the record.
PEOPLE = [
    ("synthea-smart/Cary_*.json", "2019-01-01"),
    ("synthea-smart/Donnell_*.json", "2019-01-01"),
    ("synthea-smart/Gustavo_*.json", "2018-01-01"),
    ("synthea-smart/Tressa_*.json", "2018-01-01"),
    ("synthea-fasten/synthea_Donnette*.json", "2017-01-01"),
    ("synthea-fasten/synthea_Jules*.json", "2015-01-01"),
]


@pytest.mark.parametrize(("pattern", "index"), PEOPLE)
def test_from_records_to_packet(
    shared: Path, run: Run, tmp_path: Path, pattern: str, index: str
) -> None:
    """Evidence equals an independent count of the same file; the packet traces every value."""
    path = next(shared.glob(pattern))
    assert run("import", path, "--zone", "America/New_York").status == 0

    evidence = run("evidence", "--index", index, "--after-days", 365, "--json").json
    ran = run("write", "packet", "--index", index, "--after-days", 365,
              "--out", tmp_path / "packet.pdf")  # fmt: skip

    assert ran.status == 0, ran.err
    assert (tmp_path / "packet.pdf").read_bytes().startswith(b"%PDF-")
    assert evidence["before"]["days"] == evidence["after"]["days"] == 365
    for window in ("before", "after"):
        low, high = evidence[window]["from"], evidence[window]["to"]
        assert evidence[window]["emergency_visits"] == counted(path, "EMER", low, high)
        assert evidence[window]["costs"]["billed"].get("USD", "0.00") == billed(path, low, high)
    claims = json.loads((tmp_path / "packet.claims.json").read_bytes())
    traced = {fact for s in claims["statements"] for v in s["values"] for fact in v["facts"]}
    assert traced <= set(claims["facts"])
    assert all(claims["facts"][fact]["anchor"] for fact in traced)


def entries(path: Path, kind: str) -> list[dict[str, Any]]:
    """The resources of one type, read by the standard library."""
    return [
        entry["resource"]
        for entry in json.loads(path.read_bytes())["entry"]
        if entry["resource"]["resourceType"] == kind
    ]


def local_day(instant: str) -> str:
    """The day in New York of an instant in UTC."""
    from datetime import datetime
    from zoneinfo import ZoneInfo

    moment = datetime.fromisoformat(instant)
    if moment.utcoffset() is not None and not moment.utcoffset():
        moment = moment.astimezone(ZoneInfo("America/New_York"))
    return moment.date().isoformat()


def counted(path: Path, code: str, low: str, high: str) -> int:
    """Encounters of a class whose first day lies in the window."""
    days = [
        local_day(e["period"]["start"]) for e in entries(path, "Encounter")
        if e["class"]["code"] == code
    ]  # fmt: skip
    return sum(low <= day <= high for day in days)


def billed(path: Path, low: str, high: str) -> str:
    """Billed totals by the day of the encounter: of decisions, and of bills without one."""
    from decimal import ROUND_HALF_UP, Decimal

    starts = {e["id"]: local_day(e["period"]["start"]) for e in entries(path, "Encounter")}
    answered = {e["claim"]["reference"][-36:] for e in entries(path, "ExplanationOfBenefit")}
    sums = Decimal(0)
    for claim in [
        *entries(path, "ExplanationOfBenefit"),
        *(c for c in entries(path, "Claim") if c["id"] not in answered),
    ]:
        visit = claim["item"][0]["encounter"][0]["reference"][-36:]
        if low <= starts[visit] <= high:
            total = claim["total"]
            value = total[0]["amount"]["value"] if isinstance(total, list) else total["value"]
            sums += Decimal(str(value)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return str(sums if sums else "0.00")
