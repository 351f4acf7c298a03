"""Which drafts are new facts, which are known, and which replace an older form of a record.

Pure: compares drafts with what the ledger knows; writing is `record.store`'s. The rules are those
of docs/decisions/0002.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from cortipump.record.codec import encode
from cortipump.record.draft import (
    FILE,
    Draft,
    Keyed,
    NewFact,
    day_of,
    fact_id,
    hash_of,
)
from cortipump.record.facts import kind_of


class Known(Struct, frozen=True, gc=False):
    """A fact that the ledger already holds under some key.

    Attributes
    ----------
    head
        Id of the fact that stands for it now: itself, a newer version, or a correction.
    corrected
        Whether a person's correction leads to the head.
    """

    id: str
    version: str
    body: bytes
    head: str
    corrected: bool = False

    @property
    def stands(self) -> bool:
        """Whether nothing replaced it."""
        return self.head == self.id


class Admission(Struct, frozen=True):
    """What a set of drafts adds.

    Attributes
    ----------
    facts
        To be written, in the order of the drafts. Void ones are written too: they count nowhere,
        and keep an older version that comes later from standing.
    supersessions
        Pairs ``(old id, new id)``: two versions of one record at its origin.
    known
        How many drafts the ledger held already.
    void
        Places and reasons of the void ones.
    overruled
        Places of newer versions that a person's correction overrules, with the correction's id.
    confirmed
        Ids of standing facts that a newer version of their record says again, with that version.
    """

    facts: tuple[NewFact, ...]
    supersessions: tuple[tuple[str, str], ...]
    known: int
    void: tuple[tuple[str, str], ...]
    overruled: tuple[tuple[str, str], ...]
    confirmed: tuple[tuple[str, str], ...] = ()

    @property
    def added(self) -> int:
        """How many facts are new and count."""
        return len(self.facts) - len(self.void)


def is_newer(version: str, than: str) -> bool | None:
    """Whether one version of a record is newer than another. None: they do not say.

    A version is an instant (``lastUpdated``), a number (FHIR ``versionId``), or both with a space
    between; instants decide where both have one.
    """
    (one_at, one_number), (other_at, other_number) = _parts(version), _parts(than)
    if one_at is not None and other_at is not None and one_at != other_at:
        return _is_later(one_at, other_at)
    if one_number is not None and other_number is not None and one_number != other_number:
        return one_number > other_number
    return None


def _parts(version: str) -> tuple[datetime | None, int | None]:
    instant = number = None
    for word in version.split(" "):
        if word.isdigit() and len(word) < 12:
            number = int(word)
            continue
        try:
            instant = datetime.fromisoformat(word)
        except ValueError:
            continue
    return instant, number


def _is_later(one: datetime, other: datetime) -> bool | None:
    if (one.tzinfo is None) != (other.tzinfo is None):
        return None
    return one > other


class _Admitter:
    """Drafts one by one, against the ledger and against each other."""

    def __init__(self, known: Mapping[str, Sequence[Known]]) -> None:
        self.known = known
        self.families: dict[str, list[Known]] = {}
        self.facts: list[NewFact] = []
        self.supersessions: list[tuple[str, str]] = []
        self.void: list[tuple[str, str]] = []
        self.overruled: list[tuple[str, str]] = []
        self.confirmed: dict[str, str] = {}
        self.repeated = 0

    def family(self, key: str) -> list[Known] | None:
        """Every fact under the key so far. None: there is none."""
        found = self.families.get(key)
        if found is None and key in self.known:
            found = self.families[key] = list(self.known[key])
        return found

    def record(self, draft: Draft, key: str, key_hash: int, body: bytes) -> None:
        """A record of some server: its versions replace each other."""
        family = self.family(key)
        if not family:
            self.families[key] = [self._write(draft, key, key_hash, body, ())]
            return
        if _is_same(family, body, draft.version):
            self.repeated += 1
            self._confirm(family, body, draft.version)
            return
        new = self._write(draft, key, key_hash, body, family)
        self._replace(new, family, draft.place)

    def _confirm(self, family: list[Known], body: bytes, version: str) -> None:
        """Remember that a newer version says the same, so that one in between does not stand."""
        standing = _standing(family)
        if standing.stands and standing.body == body and is_newer(version, standing.version):
            family[family.index(standing)] = Known(standing.id, version, body, standing.id)
            self.confirmed[standing.id] = version

    def _replace(self, new: Known, family: list[Known], place: str) -> None:
        """Put a further version into the chain: the newest stands, a correction above all."""
        corrected = next((known for known in family if known.corrected), None)
        standing = _standing(family)
        if corrected is not None:
            self.overruled.append((place, corrected.head))
            self._chain(new, corrected, family)
        elif is_newer(standing.version, new.version):
            self._chain(new, standing, family)
        else:
            self.supersessions.append((standing.id, new.id))
            family[family.index(standing)] = _replaced(standing, new.id)
            family.append(new)

    def _chain(self, new: Known, to: Known, family: list[Known]) -> None:
        """Keep a version that does not stand: what stands for the other stands for it."""
        self.supersessions.append((new.id, to.head))
        family.append(Known(new.id, new.version, new.body, to.head, to.corrected))

    def rows(self, key: str, drafts: Sequence[tuple[Draft, int, bytes]]) -> None:
        """Rows of one table that share a natural key: equal ones are known, others replace.

        Content is compared first, so that a row added, moved or taken out beside its like changes
        nothing else. A row in another file is another statement, unless it is equal.
        """
        family = self.family(key) or []
        free = [known for known in family if known.stands or known.corrected]
        left = []
        for draft, key_hash, body in drafts:
            same = next((known for known in free if known.body == body), None)
            if same is None:
                left.append((draft, key_hash, body))
                continue
            free.remove(same)
            self.repeated += 1
        for draft, key_hash, body in left:
            old = next((known for known in free if known.version == draft.version), None)
            new = self._write(draft, key, key_hash, body, family)
            family.append(new)
            if old is None:
                continue
            free.remove(old)
            if old.corrected:
                self.overruled.append((draft.place, old.head))
                self.supersessions.append((new.id, old.head))
            else:
                self.supersessions.append((old.id, new.id))

    def _write(
        self, draft: Draft, key: str, key_hash: int, body: bytes, family: Sequence[Known]
    ) -> Known:
        kind = kind_of(draft.body)
        own = hash_of(f"{key}\x1f{draft.version}") if draft.version else key_hash
        if family and any(known.id == fact_id(kind, own) for known in family):
            before = f"{len(family)}\x1f{body.decode()}"
            own = hash_of(f"{key}\x1f{draft.version}\x1f{before}")
        fact = NewFact(
            fact_id(kind, own),
            kind,
            day_of(draft.body),
            draft.place,
            key,
            key_hash,
            draft.version,
            body,
        )
        self.facts.append(fact)
        if draft.body.void:
            self.void.append((draft.place, draft.body.void))
        return Known(fact.id, fact.version, body, fact.id)


def _is_same(family: Sequence[Known], body: bytes, version: str) -> bool:
    """Whether a draft says what the ledger knows already.

    A form that another replaced is a change back, and so news, only when its version says that it
    is newer than what stands. Under a correction every form that was seen is known.
    """
    alike = [known for known in family if known.body == body]
    if not alike or any(known.stands or known.corrected for known in alike):
        return bool(alike)
    return not is_newer(version, _standing(family).version)


def _standing(family: Sequence[Known]) -> Known:
    return next((known for known in reversed(family) if known.stands), family[-1])


def _replaced(known: Known, head: str) -> Known:
    return Known(known.id, known.version, known.body, head)


def admit(drafts: Iterable[Keyed], known: Mapping[str, Sequence[Known]]) -> Admission:
    """Decide about every draft.

    Parameters
    ----------
    drafts
        From `record.draft.keyed`, in the order of the source.
    known
        Facts of the ledger by key, in the order in which they were added.
    """
    admitter = _Admitter(known)
    tables: dict[str, list[tuple[Draft, int, bytes]]] = defaultdict(list)
    for draft, key, key_hash in drafts:
        body = encode(draft.body)
        if draft.version.startswith(FILE):
            tables[key].append((draft, key_hash, body))
        else:
            admitter.record(draft, key, key_hash, body)
    for key, rows in tables.items():
        admitter.rows(key, rows)
    return Admission(
        tuple(admitter.facts),
        tuple(admitter.supersessions),
        admitter.repeated,
        tuple(admitter.void),
        tuple(admitter.overruled),
        tuple(admitter.confirmed.items()),
    )
