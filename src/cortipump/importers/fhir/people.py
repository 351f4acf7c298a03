"""Whom a file is about: its own person, and resources that speak of somebody else."""

from collections import Counter
from collections.abc import Sequence
from typing import Final
from unicodedata import combining, normalize

from cortipump.errors import AnotherPerson
from cortipump.importers.fhir import models
from cortipump.importers.importer import People, Reading, Request
from cortipump.record.draft import Draft
from cortipump.record.facts import Person

_SUBJECT: Final = {
    "Claim": "patient",
    "ExplanationOfBenefit": "patient",
    "Coverage": "beneficiary",
}


def subject_of(resource: models.Resource, kind: str) -> models.Reference | None:
    """Whom the resource is about. None: it does not say, or it is the person."""
    found = getattr(resource, _SUBJECT.get(kind, "subject"), None)
    return found if isinstance(found, models.Reference) else None


def without_server(resource: models.Resource, kind: str, subject: models.Reference | None) -> str:
    """What stands for the server's address where none is given: the server's name of the person.

    Ids that are no uuids, such as 12, are given by many servers; with the person's they differ
    as much as the people do.
    """
    if kind == "Patient":
        named = f"Patient/{resource.id}" if resource.id else ""
    else:
        named = ((subject.reference or "") if subject is not None else "").split("/_history")[0]
    if not named.startswith("Patient/") or _is_uuid(named[8:]):
        return ""
    return f"~{named}"


def _is_uuid(text: str) -> bool:
    return len(text) == 36 and text[8] == text[13] == text[18] == text[23] == "-"


def sort_out_people(reading: Reading, subjects: Sequence[str], request: Request) -> None:
    """Name the file's person and set aside the drafts about another one.

    Parameters
    ----------
    reading
        Its people, their keys and ``set_aside`` are filled; drafts about somebody else leave
        ``drafts``.
    subjects
        For every draft, the key of the person that it is about. Empty: it does not say.

    Raises
    ------
    AnotherPerson
        R005 if several people are in the file and nothing says which one it is about.
    """
    identities: dict[str, Person] = {}
    for subject, draft in zip(subjects, reading.drafts, strict=True):
        if isinstance(draft.body, Person):
            identities[subject] = draft.body
    about = Counter(subject for subject in subjects if subject)
    reading.own_keys, reading.strangers = _own_and_strangers(identities, about, request)
    reading.people += (identities[key] for key in identities if key in reading.own_keys)
    strangers = {key for key in about if _is_stranger(key, reading, request.known)}
    if not strangers:
        return
    own: list[Draft] = []
    aside: list[Draft] = []
    for subject, draft in zip(subjects, reading.drafts, strict=True):
        (aside if subject in strangers else own).append(draft)
    reading.drafts, reading.set_aside = own, aside


def _own_and_strangers(
    identities: dict[str, Person], about: Counter[str], request: Request
) -> tuple[set[str], set[str]]:
    """The keys of the patient records in this file: the person's own, and other people's."""
    if not identities:
        return set(), set()
    known = request.known.own
    own_keys = {key for key, person in identities.items() if any(alike(person, k) for k in known)}
    if not own_keys:
        own_keys = _most_about(identities, about, request.name)
    own = [identities[key] for key in own_keys]
    own_keys |= {key for key, person in identities.items() if any(alike(person, o) for o in own)}
    return own_keys, identities.keys() - own_keys


def _most_about(identities: dict[str, Person], about: Counter[str], name: str) -> set[str]:
    """The person of whom the file says most."""
    most = max(about[key] for key in identities)
    leading = {key for key in identities if about[key] == most}
    first = identities[min(leading)]
    if all(alike(first, identities[key]) for key in leading):
        return leading
    raise AnotherPerson(
        f"{len(leading)} people are in this file, and as much is said of each of them",
        where=name,
        do="import a file that is about one of them first",
    )


def _is_stranger(key: str, reading: Reading, known: People) -> bool:
    """Whether a key is another person's: known to be, or a second person of the same server."""
    own = known.own_keys | reading.own_keys
    if key in own:
        return False
    if key in known.strangers or key in reading.strangers:
        return True
    server = key.partition("|")[0]
    return server.startswith("http") and any(k.startswith(f"{server}|") for k in own)


def alike(one: Person, other: Person) -> bool:
    """Whether nothing that both state differs: neither the name nor the birth date."""
    if one.born and other.born and one.born != other.born:
        return False
    return not (one.names and other.names) or bool(_plain_names(one) & _plain_names(other))


def _plain_names(person: Person) -> set[tuple[str, str]]:
    """First given name and family name of every name, without case, accents and digits."""
    found = set()
    for name in person.names:
        family, comma, given = name.partition(",")
        words = plain_name(f"{given} {family}" if comma else name).split()
        if words:
            found.add((words[0], words[-1]))
    return found


def plain_name(name: str) -> str:
    """A name reduced to what spelling variants share."""
    bare = "".join(c for c in normalize("NFKD", name) if not combining(c))
    return "".join(c if c.isalpha() else " " for c in bare.lower())
