"""Whom a file is about: its own person, and resources that speak of somebody else."""

from collections import Counter

from cortipump.importers.importer import Reading
from cortipump.record.facts import Person


def sort_out_people(reading: Reading, subjects: list[tuple[str, int]]) -> None:
    """Name the file's person and set aside the drafts about another one.

    Parameters
    ----------
    reading
        Its ``people`` and ``set_aside`` are filled; drafts about somebody else leave ``drafts``.
    subjects
        For every draft, the key of the person that it is about.
    """
    identities: dict[str, Person] = {}
    for subject, number in subjects:
        body = reading.drafts[number].body
        if isinstance(body, Person):
            identities[subject] = body
    about = Counter(subject for subject, _ in subjects if subject in identities)
    if not about:
        return
    own_key = max(about, key=lambda key: about[key])
    own = identities[own_key]
    reading.people.append(own)
    strangers = {
        key for key, person in identities.items() if key != own_key and not alike(person, own)
    }
    if not strangers:
        return
    aside = {number for subject, number in subjects if subject in strangers}
    reading.set_aside = [d for n, d in enumerate(reading.drafts) if n in aside]
    reading.drafts = [d for n, d in enumerate(reading.drafts) if n not in aside]


def alike(one: Person, other: Person) -> bool:
    """Whether nothing that both state differs: neither the name nor the birth date."""
    if one.born and other.born and one.born != other.born:
        return False
    return not (one.names and other.names) or bool(_plain_names(one) & _plain_names(other))


def _plain_names(person: Person) -> set[tuple[str, str]]:
    """First given name and family name of every name, without case, accents and digits."""
    found = set()
    for name in person.names:
        words = plain_name(name).split()
        if words:
            found.add((words[0], words[-1]))
    return found


def plain_name(name: str) -> str:
    """A name reduced to what spelling variants share."""
    from unicodedata import combining, normalize

    bare = "".join(c for c in normalize("NFKD", name) if not combining(c))
    return "".join(c if c.isalpha() else " " for c in bare.lower())
