"""Visit facts to visits: records that certainly belong together become one.

A person's decisions (`Visit.same_as`) and bills attached to their visit are joined here. Joining
different visits into one event is `evidence.events`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from cortipump.knowledge.adrenal import is_adrenal
from cortipump.quantities.span import DateSpan
from cortipump.record.duplicates import Matches
from cortipump.record.facts import Visit, VisitKind
from cortipump.record.spells import Spell, spell_of
from cortipump.record.timeline import Of

# When records of one visit differ, the one that says most about where the person was prevails;
# among the others (office, unknown, ...) the leading record does.
_RANK: Final[dict[str, int]] = {
    "urgent-care": 1,
    "emergency": 2,
    "observation": 3,
    "inpatient": 4,
}
# Office, virtual and other visits are never counted.
_SEEN_KINDS: Final = frozenset({"emergency", "inpatient", "observation", "urgent-care", "unknown"})

# Records this far outside the windows are compared too, so that no possible duplicate is missed.
_MATCHING_MARGIN_DAYS: Final = 31

# A visit this many days outside the windows can still be one event with a visit inside: an
# admission or re-admission within 24 hours, and a day more for dates that differ by one.
_MARGIN_DAYS: Final = 3


class Contact(Struct, frozen=True, gc=False):
    """One visit, from one or more records.

    Attributes
    ----------
    ids
        Its facts, in order of the timeline.
    spell
        When it ran. None: no start is recorded.
    acute
        False for rehabilitation and nursing stays.
    coded, marked
        Whether a reason is an adrenal code, and whether the person called it adrenal.
    source
        The source of the leading record.
    """

    ids: tuple[str, ...]
    kind: VisitKind
    spell: Spell | None
    acute: bool
    coded: bool
    marked: bool
    source: str


def rank_of(kind: str) -> int:
    """How far a kind of visit prevails over others when records are joined."""
    return _RANK.get(kind, 0)


def _joined(matches: Matches) -> dict[str, str]:
    """Fact id to the fact that it certainly belongs to."""
    decided = {fact_id: found.of for fact_id, found in matches.duplicates.items() if found.certain}
    return decided | matches.attached


def _root(fact_id: str, parents: Mapping[str, str]) -> str:
    seen = [fact_id]
    while (parent := parents.get(seen[-1])) is not None:
        if parent in seen:  # two visits that name each other: the smaller id leads
            return min(seen[seen.index(parent) :])
        seen.append(parent)
    return seen[-1]


def _complete(lead: Spell, other: Spell) -> Spell:
    """The leading record's days, with an end or a clock from another where it has none."""
    if not (lead.exact and other.exact):
        return lead
    if not lead.ended and other.ended and other.last >= lead.first:
        lead = replace(lead, last=other.last, ends=other.ends, ended=True)
    elif lead.ended and lead.ends is None and other.last == lead.last:
        lead = replace(lead, ends=other.ends)
    if lead.begins is None and other.first == lead.first:
        lead = replace(lead, begins=other.begins)
    return lead


def _spell(records: Sequence[Of[Visit]]) -> Spell | None:
    spells = [spell for record in records if (spell := spell_of(record.body)) is not None]
    if not spells:
        return None
    exact = [spell for spell in spells if spell.exact]
    lead, *others = exact or spells
    for other in others:
        lead = _complete(lead, other)
    return lead


def _dating(alike: Sequence[Of[Visit]], records: Sequence[Of[Visit]]) -> list[Of[Visit]]:
    """The records of the kind; where only bills say the kind, the visit's own record still dates
    it.
    """
    if all(record.body.basis == "bill" for record in alike):
        return [record for record in records if record.body.basis != "bill"]
    return list(alike)


def _contact(records: Sequence[Of[Visit]], own: frozenset[str]) -> Contact:
    """One visit from its records, the leading one first."""
    kind = max((record.body.visit_kind for record in records), key=rank_of)
    alike = [record for record in records if record.body.visit_kind == kind]
    reasons = (code for record in records for code in record.body.reasons)
    return Contact(
        ids=tuple(record.id for record in records),
        kind=kind,
        spell=_spell(_dating(alike, records)) or _spell(alike) or _spell(records),
        acute=alike[0].body.acute,
        coded=any(is_adrenal(code, own) for code in reasons),
        marked=any(record.body.marked is True for record in records),
        source=alike[0].fact.origin.source,
    )


def _single(visit: Of[Visit], spell: Spell | None, own: frozenset[str]) -> Contact:
    """As `_contact`, for the usual case of one record."""
    body = visit.body
    coded = any(is_adrenal(code, own) for code in body.reasons)
    source, marked = visit.fact.origin.source, body.marked is True
    return Contact((visit.id,), body.visit_kind, spell, body.acute, coded, marked, source)


def _reaches(visit: Visit, first: date, until: date) -> bool:
    start, end = visit.start, visit.end
    return start is not None and start.first_day < until and (end or start).last_day >= first


def may_matter(visits: Iterable[Of[Visit]], span: DateSpan) -> list[Of[Visit]]:
    """The visits whose possible duplicates can matter for the days of a span: those near it, and
    every one that a person joined with another.
    """
    first = span.from_ - timedelta(days=_MATCHING_MARGIN_DAYS)
    until = span.until + timedelta(days=_MATCHING_MARGIN_DAYS)
    return [visit for visit in visits if visit.body.same_as or _reaches(visit.body, first, until)]


def contacts(
    visits: Sequence[Of[Visit]], matches: Matches, own: frozenset[str], span: DateSpan
) -> list[Contact]:
    """The visits that can matter for the days of a span.

    Parameters
    ----------
    visits
        Standing visits in order of the timeline.
    matches
        From `record.duplicates.match_visits`.
    own
        The person's own diseases (`knowledge.adrenal.own_causes`).
    span
        All days of the windows.

    Returns
    -------
    list of Contact
        Those of a counted or an unknown kind, inside the span or within days of it, or undated.
    """
    parents = _joined(matches)
    groups: dict[str, list[Of[Visit]]] = defaultdict(list)
    touched = parents.keys() | set(parents.values())
    first = span.from_.toordinal() - _MARGIN_DAYS
    until = span.until.toordinal() + _MARGIN_DAYS
    found = []
    for visit in visits:
        if visit.id in touched:
            groups[_root(visit.id, parents)].append(visit)
        elif visit.body.visit_kind in _SEEN_KINDS:
            spell = spell_of(visit.body)
            if spell is None or (spell.last >= first and spell.first < until):
                found.append(_single(visit, spell, own))
    for root, records in groups.items():
        contact = _contact(sorted(records, key=lambda r: (r.id != root, r.fact.origin.source)), own)
        spell = contact.spell
        inside = spell is None or (spell.last >= first and spell.first < until)
        if inside and contact.kind in _SEEN_KINDS:
            found.append(contact)
    return found
