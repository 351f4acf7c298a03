"""The kinds of facts that a ledger holds: frozen, dated, each in the words of its source.

Every kind is one struct; its JSON form is the ledger's own format (`record.codec`). `None` always
means "not recorded". Where a fact came from, who entered it and what it replaces stands beside it
in `Fact`, never inside.
"""

from msgspec import Struct

from cortipump.record.body import Body, Code
from cortipump.record.health import (
    Condition,
    Lab,
    Measurement,
    Note,
    Person,
    Procedure,
    Regimen,
    RescueInjection,
    Score,
    Visit,
    VisitKind,
    WorkLoss,
)
from cortipump.record.paper import (
    Call,
    Charge,
    Criterion,
    Decision,
    Letter,
    Level,
    Line,
    Outcome,
    Plan,
    Request,
)

__all__ = [
    "KINDS",
    "AnyBody",
    "Body",
    "Call",
    "Charge",
    "Code",
    "Condition",
    "Criterion",
    "Decision",
    "Fact",
    "Lab",
    "Letter",
    "Level",
    "Line",
    "Measurement",
    "Note",
    "Origin",
    "Outcome",
    "Person",
    "Plan",
    "Procedure",
    "Regimen",
    "Request",
    "RescueInjection",
    "Score",
    "Visit",
    "VisitKind",
    "WorkLoss",
    "kind_of",
]

AnyBody = (
    Person
    | Visit
    | Charge
    | Lab
    | Measurement
    | Score
    | Regimen
    | RescueInjection
    | WorkLoss
    | Call
    | Letter
    | Decision
    | Criterion
    | Condition
    | Plan
    | Procedure
    | Request
    | Note
)

KINDS: dict[str, type[Body]] = {
    body.__struct_config__.tag: body  # tags of all kinds are strings
    for body in AnyBody.__args__
}


def kind_of(body: Body) -> str:
    """The kind's name, as the command line and the JSON spell it."""
    return body.__struct_config__.tag  # type: ignore[return-value] # as above


class Origin(Struct, frozen=True, omit_defaults=True, gc=False):
    """Where a fact came from.

    Attributes
    ----------
    source
        sha256 of the source's bytes, hexadecimal; empty for what was typed without a source.
    name
        File name of the source.
    place
        Place in it: a JSON path, ``row 5``, ``page 2``.
    key
        What identifies the record at its origin, such as ``server|Encounter/12``.
    version
        The record's version there. Empty: the origin keeps none.
    by
        Who entered it: ``import`` or a person's name.
    at
        When it was entered, ISO 8601 in UTC.
    """

    source: str = ""
    name: str = ""
    place: str = ""
    key: str = ""
    version: str = ""
    by: str = ""
    at: str = ""


class Fact(Struct, frozen=True, gc=False):
    """A body with its id, its origin, and what it replaces.

    Attributes
    ----------
    id
        Readable prefix and hash, such as ``visit-3f9a2c81d07b44e1``.
    supersedes
        Id of the fact that this one corrects. Empty: none.
    superseded_by
        Id of the correction. Empty: the fact stands.
    why
        The reason given for a correction.
    """

    id: str
    body: AnyBody
    origin: Origin
    supersedes: str = ""
    superseded_by: str = ""
    why: str = ""

    @property
    def kind(self) -> str:
        """The kind's name."""
        return kind_of(self.body)

    @property
    def stands(self) -> bool:
        """Whether no correction replaced it."""
        return not self.superseded_by
