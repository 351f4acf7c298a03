"""What an importer or a person hands to the ledger, and how a draft becomes a fact.

Pure: `admit` compares drafts with what the ledger knows and returns what is to be written. Writing
is `record.store`'s.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import blake2b

from msgspec import Struct

from cortipump.record.codec import encode
from cortipump.record.facts import AnyBody, kind_of

FILE = "file:"
"""Prefix of the version of a table's row: the name of the file that it stands in."""


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


class Known(Struct, frozen=True, gc=False):
    """A fact that the ledger already holds under some key."""

    id: str
    version: str
    body: bytes
    superseded: bool = False


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


class Admission(Struct, frozen=True):
    """What a set of drafts adds.

    Attributes
    ----------
    supersessions
        Pairs ``(old id, new id)``: two versions of one record at its origin.
    known
        How many drafts the ledger held already.
    void
        Places and reasons of records that their origin took back before we ever knew them: no
        facts.
    """

    facts: tuple[NewFact, ...]
    supersessions: tuple[tuple[str, str], ...]
    known: int
    void: tuple[tuple[str, str], ...] = ()


def hash_of(identity: str) -> int:
    """64 bits of what identifies a fact at its origin, signed as SQLite's integers are."""
    return int.from_bytes(blake2b(identity.encode(), digest_size=8).digest(), signed=True)


def fact_id(kind: str, hashed: int) -> str:
    """A readable, stable id: the kind and the hash of what identifies the fact."""
    return f"{kind}-{hashed & 0xFFFFFFFFFFFFFFFF:016x}"


def is_newer(version: str, than: str) -> bool | None:
    """Whether one version of a record is newer than another. None: they do not say.

    Versions are numbers (FHIR ``versionId``) or instants (``lastUpdated``).
    """
    if not version or not than or version == than:
        return None
    if version.isdigit() and than.isdigit():
        return int(version) > int(than)
    try:
        one, other = datetime.fromisoformat(version), datetime.fromisoformat(than)
        return one > other
    except (ValueError, TypeError):
        return None


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


def admit(
    drafts: Iterable[Keyed], known: Mapping[str, Sequence[Known]], *, keep_void: bool = False
) -> Admission:
    """Decide which drafts are new facts, which are known, and which replace an older version.

    Parameters
    ----------
    drafts
        From `keyed`, in the order of the source.
    known
        Facts of the ledger by key, in the order in which they were added.
    keep_void
        Keep a record that was taken back although no earlier version of it is among the drafts'
        siblings: a correction that withdraws a fact.
    """
    seen: dict[str, list[Known]] = {}
    last: dict[str, NewFact] = {}
    facts: list[NewFact] = []
    supersessions: list[tuple[str, str]] = []
    void: list[tuple[str, str]] = []
    repeated = 0
    for draft, key, key_hash in drafts:
        body = encode(draft.body)
        siblings = seen.get(key) or known.get(key)
        if siblings is None and key in last:
            siblings = [Known(last[key].id, last[key].version, last[key].body)]
        if siblings and any(other.body == body for other in siblings):
            repeated += 1
            continue
        if draft.body.void and not siblings and not keep_void:
            void.append((draft.place, draft.body.void))
            continue
        new = _new(draft, key, key_hash, body, is_first=not siblings)
        facts.append(new)
        if not siblings:
            last[key] = new
            continue
        ordered = _order_versions(new, siblings)
        supersessions.extend(ordered)
        olds = {old for old, _ in ordered}
        both = [*siblings, Known(new.id, new.version, body)]
        seen[key] = [_superseded(known) if known.id in olds else known for known in both]
    return Admission(tuple(facts), tuple(supersessions), repeated, tuple(void))


def _new(draft: Draft, key: str, key_hash: int, body: bytes, *, is_first: bool) -> NewFact:
    kind = kind_of(draft.body)
    own = key_hash if is_first else hash_of(f"{key}\x1f{draft.version}\x1f{body.decode()}")
    return NewFact(
        fact_id(kind, own),
        kind,
        day_of(draft.body),
        draft.place,
        key,
        key_hash,
        draft.version,
        body,
    )


def _superseded(known: Known) -> Known:
    return Known(known.id, known.version, known.body, superseded=True)


def _order_versions(new: NewFact, siblings: Sequence[Known]) -> list[tuple[str, str]]:
    """Put a further version of a record into the chain of those that are known.

    The newest version stands; without dates or numbers to compare, the one that came last does.
    """
    if not siblings:
        return []
    if new.version.startswith(FILE):
        # Tables: the same row in two files is two statements; in a later form of one file, one.
        siblings = [known for known in siblings if known.version == new.version]
        if not siblings:
            return []
    standing = next((k for k in reversed(siblings) if not k.superseded), siblings[-1])
    if is_newer(standing.version, new.version):
        return [(new.id, standing.id)]
    return [(standing.id, new.id)]
