"""What the letters of one case are made of: the person, the plan, the denial, the evidence.

`actions` fills it; the sections of the documents only read it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from msgspec import Struct

from cortipump.documents.blocks import Omission
from cortipump.evidence.result import EvidenceResult
from cortipump.record.claims import Standing
from cortipump.record.facts import (
    Condition,
    Criterion,
    Decision,
    Fact,
    Lab,
    Letter,
    Person,
    Regimen,
    RescueInjection,
    Score,
    Visit,
)
from cortipump.record.timeline import Of

Paper = Literal["us-letter", "a4"]


class Ask(Struct, frozen=True):
    """What is to be written, for whom and by whom.

    Attributes
    ----------
    level
        Which appeal: ``1``, ``2`` or ``external``.
    representative
        Name of the person who writes for the member. Empty: the member writes.
    phone
        To be reached at; never guessed.
    """

    dated: date
    level: Literal["1", "2", "external"] = "1"
    expedited: bool = False
    representative: str = ""
    phone: str = ""
    paper: Paper = "us-letter"


class Quoted(Struct, frozen=True):
    """A text and the fact that states it."""

    fact_id: str
    text: str


class PlanView(Struct, frozen=True):
    """The plan as the facts about it state it together. None: no fact states it.

    ``differing`` names the fields on which two facts disagree; the latest one is shown.
    """

    name: Quoted | None = None
    payer: Quoted | None = None
    member_number: Quoted | None = None
    group_number: Quoted | None = None
    plan_kind: Quoted | None = None
    differing: tuple[str, ...] = ()


class Event(Struct, frozen=True):
    """One event as it is counted, with every record and claim of it.

    Attributes
    ----------
    kind
        emergency, inpatient, observation or urgent-care.
    visits
        Its visit records, the leading one first.
    charges
        Standing charges of these visits.
    perhaps
        Number (from 1) of the event in the list that this may be another record of. 0: none.
    nights
        Midnights in hospital, as evidence counts them. None: not known, or no stay.
    """

    kind: str
    visits: tuple[Of[Visit], ...]
    charges: tuple[Standing, ...]
    perhaps: int = 0
    nights: int | None = None


class Case(Struct, frozen=True):
    """Everything that the documents of one case draw on.

    Attributes
    ----------
    denials
        Standing decisions with outcome denied, partial or upheld, in order.
    diagnoses
        Conditions coded as adrenal insufficiency.
    criteria
        The plan's criteria with the records that a person holds to them.
    facts
        Every fact by id.
    events
        What is counted inside the windows, all of it (S16).
    labs
        Adrenal and salt values inside the windows.
    """

    ask: Ask
    person: Of[Person] | None
    plan: PlanView
    denials: tuple[Of[Decision], ...]
    denial_letter: Of[Letter] | None
    diagnoses: tuple[Of[Condition], ...]
    regimens: tuple[Of[Regimen], ...]
    criteria: tuple[Of[Criterion], ...]
    facts: Mapping[str, Fact]
    events: tuple[Event, ...]
    labs: tuple[Of[Lab], ...]
    scores: tuple[Of[Score], ...]
    rescues: tuple[Of[RescueInjection], ...]
    evidence: EvidenceResult

    @property
    def plan_kind(self) -> str:
        """The kind of plan. Empty: no fact states it."""
        return self.plan.plan_kind.text if self.plan.plan_kind else ""

    @property
    def by_member(self) -> bool:
        """Whether the member writes."""
        return not self.ask.representative


class Missing:
    """Collects what a document could not say, and who could supply it."""

    def __init__(self) -> None:
        self._found: list[Omission] = []

    def note(
        self,
        paragraph: str,
        fact: str,
        who: Literal["person", "doctor", "hospital", "plan", "manufacturer", "lab"],
        how: str,
        state: Literal["missing", "conflicting"] = "missing",
    ) -> None:
        """Note a sentence that was not written."""
        self._found.append(Omission(paragraph, fact, state, who, how))

    @property
    def found(self) -> tuple[Omission, ...]:
        """Everything noted, each once."""
        return tuple(dict.fromkeys(self._found))
