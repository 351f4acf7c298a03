"""What the builders of facts share while one file is read: zone, references, names.

A builder answers with bodies, with a `Void` (a record that its origin took back), or with a string:
the reason why the resource yields no fact.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Raw, Struct

from cortipump.errors import Problem, QuantityError
from cortipump.importers.fhir import models
from cortipump.knowledge.codes import system_name
from cortipump.quantities.moment import Moment, parse_moment
from cortipump.record.facts import AnyBody, Code


class Part(Struct, frozen=True):
    """A body that stands for a part of its resource, such as one component."""

    body: AnyBody
    suffix: str


class Void(Struct, frozen=True):
    """A record that its origin marks as wrong or as not happened, with every part of it."""

    built: AnyBody | Sequence[Part]
    why: str


Built = AnyBody | Void | Sequence[Part] | str

_RESOURCE: Final = re.compile(r"(.*)/(?!FHIR|R4|STU3|DSTU2)[A-Z][A-Za-z]+(?:/[^/]+)?/?")
_NAMED: Final = msgspec.json.Decoder(models.Named, strict=False)


def base_of(url: str | None) -> str:
    """The server's base address in a resource's or a search's address."""
    if not url or not url.startswith("http"):
        return ""
    found = _RESOURCE.fullmatch(url.partition("?")[0].partition("/_history")[0])
    return found[1] if found else ""


class Context:
    """State of the reading of one file.

    Attributes
    ----------
    base
        Server of the resource at hand; set by the reader before each.
    place
        Place of the resource at hand.
    aliases
        Keys of patients under the uuid of their bundle, to their own keys.
    uuid
        The uuid under which its bundle files the resource at hand. Empty: none.
    remarks
        What was kept but could not be understood, for the report.
    """

    def __init__(self, zone: ZoneInfo, today: date) -> None:
        self.zone, self.today = zone, today
        self.base, self.place, self.uuid = "", "", ""
        self.contained: list[Raw] = []
        self.remarks: list[Problem] = []
        self._moments: dict[str, Moment] = {}
        self._past: dict[str, Moment] = {}
        self._named_by_ref: dict[str, models.Named] = {}
        self._names: dict[str, str] = {}
        self.aliases: dict[str, str] = {}
        self._visits: dict[str, models.Encounter] = {}

    def remark(self, where: str, why: str) -> None:
        """Note something at a place inside the resource at hand."""
        self.remarks.append(Problem(self.place + where, why))

    # -- time ------------------------------------------------------------------------------

    def moment(self, text: str | None) -> Moment | None:
        """A moment in the home zone. None when the source gives none.

        Raises
        ------
        QuantityError
            Q001 if the text is no date or an impossible one.
        """
        if not text:
            return None
        found = self._moments.get(text)
        if found is None:
            found = self._moments[text] = parse_moment(text, self.zone)
        return found

    def past(self, text: str | None) -> Moment | None:
        """A moment that has happened.

        Raises
        ------
        QuantityError
            Q001 if it lies after the day of the import.
        """
        if not text:
            return None
        known = self._past.get(text)
        if known is not None:
            return known
        moment = self.moment(text)
        if moment is not None:
            if moment.first_day > self.today:
                raise QuantityError(f"the date {text} lies after the day of the import")
            self._past[text] = moment
        return moment

    # -- references ------------------------------------------------------------------------

    def index(self, reference: str, resource: models.Named) -> None:
        """Keep a resource that others may only name."""
        self._named_by_ref[reference] = resource

    def index_visit(self, visit: models.Encounter) -> None:
        """Remember a visit of this file, the resource at hand, by every key of it."""
        for name in self.names("Encounter", visit.id):
            self._visits[name] = visit

    def visit(self, reference: models.Reference | None) -> models.Encounter | None:
        """The referenced visit, where it is in this file."""
        return self._visits.get(self.ref(reference, "Encounter"))

    def key(self, kind: str, resource_id: str | None) -> str:
        """What identifies the resource at hand at its origin. Empty when nothing does."""
        if resource_id:
            return f"{self.base}|{kind}/{resource_id}"
        return f"|{kind}/{self.uuid}" if self.uuid else ""

    def names(self, kind: str, resource_id: str | None) -> tuple[str, ...]:
        """Every key by which others may refer to the resource at hand."""
        own = self.key(kind, resource_id)
        filed = f"|{kind}/{self.uuid}" if self.uuid else ""
        return tuple(dict.fromkeys(name for name in (own, filed) if name))

    def ref(self, reference: models.Reference | None, kind: str) -> str:
        """The same key, from a reference to a resource of that kind."""
        text = reference.reference if reference else None
        if not text:
            return ""
        if text.startswith("urn:uuid:"):
            return f"|{kind}/{text[9:]}"
        if text.startswith("#"):
            return ""
        if text.startswith("http"):
            return f"{base_of(text)}|{'/'.join(text.split('/_history')[0].split('/')[-2:])}"
        return f"{self.base}|{text.split('/_history')[0]}"

    def name(self, reference: models.Reference | None) -> str:
        """What the referenced organization, person, place or drug is called. Empty: unknown."""
        if reference is None:
            return ""
        text = reference.reference
        if not text:
            return reference.display or ""
        if text.startswith("#"):
            return self._contained_name(text[1:]) or reference.display or ""
        if text not in self._names:
            self._names[text] = self._look_up(text)
        return self._names[text] or reference.display or ""

    def coded(self, reference: models.Reference | None) -> models.Concept | None:
        """The code of a referenced Medication, in this file or contained."""
        text = reference.reference if reference else None
        if not text:
            return None
        if text.startswith("#"):
            named = self._contained(text[1:])
            return named.code if named else None
        named = self._named_by_ref.get(_tail(text))
        return named.code if named is not None else None

    def _look_up(self, text: str) -> str:
        named = self._named_by_ref.get(_tail(text))
        return _called(named) if named is not None else ""

    def _contained(self, local: str) -> models.Named | None:
        return next((n for raw in self.contained if (n := as_named(raw)).id == local), None)

    def _contained_name(self, local: str) -> str:
        named = self._contained(local)
        return _called(named) if named else ""


def _tail(reference: str) -> str:
    if reference.startswith("urn:uuid:"):
        return reference
    return "/".join(reference.split("/_history")[0].split("/")[-2:])


def as_named(raw: Raw) -> models.Named:
    """What a raw resource is called; nameless if it is damaged."""
    try:
        return _NAMED.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return models.Named()


def _called(named: models.Named) -> str:
    if isinstance(named.name, str):
        return named.name
    if named.name:
        return human_name(named.name[0])
    return words(named.code)


def human_name(name: models.HumanName) -> str:
    """``Given Family``, or the text as printed."""
    parts = [*(given for given in name.given if given), name.family or ""]
    return " ".join(part for part in parts if part) or name.text or ""


def codes(concept: models.Concept | None) -> tuple[Code, ...]:
    """The codings of a concept."""
    if concept is None:
        return ()
    return tuple(
        [Code(system_name(c.system), c.code, c.display or "") for c in concept.coding if c.code]
    )


def words(concept: models.Concept | None) -> str:
    """A concept in words: its text, else a coding's display, else a bare code."""
    if concept is None:
        return ""
    if concept.text:
        return concept.text
    shown = next((c.display for c in concept.coding if c.display), None)
    return shown or next((c.code for c in concept.coding if c.code), None) or ""
