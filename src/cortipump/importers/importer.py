"""What an importer yields, whatever the format: drafts of facts, and what it left out and why."""

from datetime import date
from zoneinfo import ZoneInfo

from msgspec import Struct

from cortipump.errors import Problem
from cortipump.record.draft import Draft
from cortipump.record.facts import Person


class People(Struct, frozen=True):
    """What is known of people before a file is read.

    Attributes
    ----------
    own
        What the ledger knows of its own person.
    own_keys, strangers
        Keys of patient records: the person's own, and other people's.
    """

    own: tuple[Person, ...] = ()
    own_keys: frozenset[str] = frozenset()
    strangers: frozenset[str] = frozenset()


class Request(Struct, frozen=True):
    """One file to be read.

    Attributes
    ----------
    name
        Its name, a member of an archive as ``export.zip!claims.json``.
    zone
        The person's home zone.
    today
        The day of the import: what is dated later is no fact yet.
    known
        Whom the ledger and the files read before this one are about.
    """

    name: str
    content: bytes
    zone: ZoneInfo
    today: date
    known: People = People()


class Reading(Struct):
    """Everything that one file yields.

    Attributes
    ----------
    format
        As named on the command line, such as ``fhir-r4-bundle``.
    media
        Media type of the content.
    drafts
        Facts in the order of the file.
    skipped
        What yields no fact, row by row, with the reason.
    people
        The persons that the file names as its own; usually one.
    set_aside
        Drafts about somebody else than the file's person, taken only when a person confirms.
    own_keys, strangers
        Keys of the patient records in this file: the person's own, and other people's.
    """

    format: str
    media: str
    drafts: list[Draft]
    skipped: list[Problem]
    people: list[Person]
    set_aside: list[Draft]
    own_keys: set[str] = set()
    strangers: set[str] = set()
