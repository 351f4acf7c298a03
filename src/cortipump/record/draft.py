"""What an importer or a person hands to the ledger: drafts, their keys and their ids."""

from collections.abc import Iterable
from hashlib import blake2b

from msgspec import Struct

from cortipump.record.facts import AnyBody

FILE = "file:"
"""Prefix of the version of a table's row: the name of the file that it stands in."""


CORRECTION = "correction|"
"""Prefix of the key of a person's correction: the id of the fact that it corrects follows."""


class Draft(Struct, frozen=True, gc=False):
    """A body and its place at its origin, not yet in any ledger.

    Attributes
    ----------
    key
        What identifies the record at its origin. Empty: the source and the place identify it.
    version
        The origin's version of it: a number or an instant. Empty: the origin keeps none.
    """

    body: AnyBody
    place: str
    key: str = ""
    version: str = ""


Keyed = tuple[Draft, str, int]
"""A draft, its key, and the key's hash."""


class NewFact(Struct, frozen=True, gc=False):
    """A row to be written."""

    id: str
    kind: str
    day: str | None
    place: str
    key: str
    key_hash: int
    version: str
    body: bytes


def hash_of(identity: str) -> int:
    """64 bits of what identifies a fact at its origin, signed as SQLite's integers are."""
    return int.from_bytes(blake2b(identity.encode(), digest_size=8).digest(), signed=True)


def fact_id(kind: str, hashed: int) -> str:
    """A readable, stable id: the kind and the hash of what identifies the fact."""
    return f"{kind}-{hashed & 0xFFFFFFFFFFFFFFFF:016x}"


def day_of(body: AnyBody) -> str | None:
    """The day by which a fact is ordered, ISO 8601. None: undated."""
    when = body.when
    return None if when is None else when.first_day.isoformat()


def keyed(drafts: Iterable[Draft], source: str) -> list[Keyed]:
    """Drafts with their keys: their own, or source and place where they have none."""
    found = []
    for draft in drafts:
        key = draft.key or f"{source}|{draft.place}"
        found.append((draft, key, hash_of(key)))
    return found
