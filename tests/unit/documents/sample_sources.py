"""Made-up sources for the documents' tests: record exports, tables, a denial, typed facts."""

import hashlib
import io
import json
import zipfile
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import typst

from cortipump.documents.exhibits import SourceInfo
from cortipump.quantities.moment import Moment
from cortipump.record.facts import Charge, Fact, Lab, Origin, RescueInjection, Score, Visit


class Ledger:
    """Facts and sources under construction."""

    def __init__(self) -> None:
        self.facts: list[Fact] = []
        self.sources: dict[str, bytes] = {}
        self.infos: dict[str, SourceInfo] = {}

    def source(self, name: str, media: str, data: bytes) -> str:
        """Keep the bytes; their hash."""
        sha = hashlib.sha256(data).hexdigest()
        self.sources[sha] = data
        self.infos[sha] = SourceInfo(sha, name, media, len(data), "2026-01-12T17:03:00Z")
        return sha

    def fact(self, body: Any, sha: str = "", place: str = "", by: str = "import") -> Fact:
        """Add a fact."""
        number = len(self.facts)
        name = self.infos[sha].name if sha else ""
        origin = Origin(sha, name, place, by=by, at="2026-01-12T17:03:00Z")
        fact = Fact(f"{type(body).__name__.lower()}-{number:016x}", body, origin)
        self.facts.append(fact)
        return fact


def moment(day: date) -> Moment:
    """A day as a moment."""
    return Moment(str(day), day)


def _encounter(number: int, day: date, nights: int) -> dict[str, Any]:
    return {
        "resourceType": "Encounter",
        "id": f"enc-{number}-6f26c50e-a450-4904-be41-0321ada2dcb8",
        "meta": {"versionId": "3", "lastUpdated": f"{day}T22:11:04.000+00:00"},
        "text": {
            "status": "generated",
            "div": "<div><p>Emergency <b>visit</b> &amp; stay</p></div>",
        },
        "status": "finished",
        "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "EMER"},
        "type": [
            {
                "coding": [
                    {
                        "system": "http://snomed.info/sct",
                        "code": "50849002",
                        "display": "Emergency room admission (procedure)",
                    }
                ],
                "text": "Emergency room admission (procedure)",
            }
        ],
        "subject": {"reference": "Patient/4f2c", "display": "Ms. Jane Q. Sample"},
        "participant": [
            {
                "individual": {"reference": "Practitioner/99", "display": "Dr. R. Okafor"},
                "period": {"start": f"{day}T08:10:00-05:00", "end": f"{day}T19:40:00-05:00"},
            }
        ],
        "period": {
            "start": f"{day}T08:10:00-05:00",
            "end": f"{day + timedelta(nights)}T11:30:00-05:00",
        },
        "reasonCode": [
            {
                "coding": [
                    {
                        "system": "http://hl7.org/fhir/sid/icd-10-cm",
                        "code": "E27.2",
                        "display": "Addisonian crisis",
                    }
                ]
            }
        ],
        "serviceProvider": {
            "reference": "Organization/12",
            "display": "St. Brendan Medical Center",
        },
    }


def _eob(number: int, day: date) -> dict[str, Any]:
    def item(line: int) -> dict[str, Any]:
        return {
            "sequence": line,
            "productOrService": {
                "coding": [
                    {
                        "system": "http://www.ama-assn.org/go/cpt",
                        "code": "99285",
                        "display": "ED visit",
                    }
                ]
            },
            "servicedPeriod": {"start": f"{day}", "end": f"{day}"},
            "adjudication": [
                {
                    "category": {
                        "coding": [
                            {
                                "system": "http://terminology.hl7.org/CodeSystem/adjudication",
                                "code": code,
                            }
                        ]
                    },
                    "amount": {"value": f"{line * 412}.{number % 100:02d}", "currency": "USD"},
                }
                for code in ("submitted", "eligible", "benefit", "copay")
            ],
        }

    return {
        "resourceType": "ExplanationOfBenefit",
        "id": f"eob-{number}",
        "identifier": [
            {
                "system": "https://bluebutton.cms.gov/resources/variables/clm_id",
                "value": f"-1000{number}",
            }
        ],
        "status": "active",
        "type": {
            "coding": [{"system": "http://hl7.org/fhir/ex-claimtype", "code": "institutional"}]
        },
        "use": "claim",
        "patient": {"reference": "Patient/4f2c"},
        "billablePeriod": {"start": f"{day}", "end": f"{day + timedelta(2)}"},
        "created": f"{day + timedelta(20)}",
        "insurer": {"display": "Meridian Mutual Health Plan"},
        "outcome": "complete",
        "item": [item(line) for line in range(1, 6)],
        "total": [
            {
                "category": {"coding": [{"code": "submitted"}]},
                "amount": {"value": "12345.60", "currency": "USD"},
            }
        ],
    }


def bundle(ledger: Ledger, number: int, count: int) -> list[Fact]:
    """A health record export with visits and their bills."""
    days = [date(2024, 3, 4) + timedelta(days=29 * n + number) for n in range(count)]
    resources = []
    for n, day in enumerate(days):
        resources += [_encounter(100 * number + n, day, 2), _eob(100 * number + n, day)]
    padding = [{"resource": {"resourceType": "Organization", "id": f"o{n}"}} for n in range(60)]
    entries = [*padding, *({"fullUrl": "urn:x", "resource": resource} for resource in resources)]
    data = json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries})
    name = f"st-brendan-medical-center-export-2026-01-{number + 1:02d}.json"
    sha = ledger.source(name, "application/fhir+json", data.encode())
    facts = []
    for n, day in enumerate(days):
        place = f"$.entry[{60 + 2 * n}].resource"
        visit = Visit(
            start=moment(day), visit_kind="emergency", facility="St. Brendan Medical Center"
        )
        facts.append(ledger.fact(visit, sha, place))
        charge = Charge(at=moment(day), currency="USD", billed=Decimal("12345.60"), form="eob")
        facts.append(ledger.fact(charge, sha, f"$.entry[{61 + 2 * n}].resource"))
    return facts


def labs(ledger: Ledger, number: int, count: int) -> list[Fact]:
    """A table of laboratory values."""
    rows = ["Date,Test,Result,Unit,Reference range,Laboratory"]
    rows += [
        f"2024-0{1 + n % 9}-1{n % 10},Sodium,{128 + n},mmol/L,135-145,Lab {number}"
        for n in range(40)
    ]
    sha = ledger.source(f"labs-{number}.csv", "text/csv", "\n".join(rows).encode())
    return [
        ledger.fact(
            Lab(at=moment(date(2024, 1 + n % 9, 10)), analyte="sodium", value=Decimal(128 + n)),
            sha,
            f"row {n + 2}",
        )
        for n in range(count)
    ]


_DENIAL = """#set page("us-letter", margin: 1in)
#set text(font: "Libertinus Serif", size: 11pt)
*Meridian Mutual Health Plan* \\ PO Box 1000, Hartford CT \\ #v(1em)
Notice date: November 3, 2025 \\ Member: MMH-4471-02 \\ Claim: 25-118-0047
#v(1em) Dear Ms. Sample,
#v(.5em) #lorem(90)
#v(.5em) We deny the request for an external ambulatory infusion pump (E0784): it is considered
experimental and investigational for this diagnosis.
#for n in range(6) [#v(.5em) #lorem(70)]
#pagebreak() *Your appeal rights* #v(1em) You have 180 days from receipt of this notice.
#for n in range(5) [#v(.5em) #lorem(60)]
"""


def denial_pdf() -> bytes:
    """A made-up denial of two pages."""
    made = typst.compile(_DENIAL.encode(), format="pdf", ignore_system_fonts=True, timestamp=0)
    assert isinstance(made, bytes)
    return made


def workbook() -> bytes:
    """A workbook of laboratory values."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Labs"
    sheet.append(["Date", "Test", "Value", "Unit"])
    for n in range(10):
        sheet.append([date(2024, 5, 1 + n), "Cortisol", 12.5 + n, "ug/dL"])
    out = io.BytesIO()
    book.save(out)
    return _undated(out.getvalue())


def _undated(archive: bytes) -> bytes:
    """The same archive whenever it is made: openpyxl writes the moment into it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if name != "docProps/core.xml":
                new.writestr(zipfile.ZipInfo(name), old.read(name))
    return out.getvalue()


def typed(ledger: Ledger) -> dict[str, list[Fact]]:
    """What a person typed without a source."""
    injections = [
        ledger.fact(
            RescueInjection(at=moment(date(2024, 5 + n, 3)), mg=Decimal(100), reason="vomiting"),
            by="Jane Q. Sample",
        )
        for n in range(4)
    ]
    scores = [
        ledger.fact(
            Score(
                at=moment(day),
                instrument="AddiQoL",
                version="AddiQoL-30",
                language="en",
                value=Decimal(value),
            ),
            by="Jane Q. Sample",
        )
        for day, value in (
            (date(2024, 6, 2), 71),
            (date(2024, 12, 9), 68),
            (date(2025, 6, 3), 84),
            (date(2025, 12, 1), 88),
        )
    ]
    return {"injections": injections, "scores": scores}
