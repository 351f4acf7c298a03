"""A person's ledger, its facts prepared for reading: linked, claims sorted, twins marked."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct
from platformdirs import user_data_path

from cortipump.record.claims import Claims, sort_claims
from cortipump.record.draft import CORRECTION
from cortipump.record.duplicates import Duplicate, Matches, match_visits
from cortipump.record.facts import Fact, Visit
from cortipump.record.links import link
from cortipump.record.rows import Source
from cortipump.record.store import Ledger, open_ledger
from cortipump.record.timeline import Timeline

ENVIRONMENT: Final = "CORTIPUMP_LEDGER"


def ledger_path(named: Path | None) -> Path:
    """The ledger to use: the one named, else the environment's, else the platform's folder."""
    if named is not None:
        return named
    from_environment = os.environ.get(ENVIRONMENT)
    if from_environment:
        return Path(from_environment)
    return user_data_path("cortipump", appauthor=False) / "ledger.cortipump"


class Record(Struct, frozen=True):
    """Everything that calculations and documents need to know about one person.

    Attributes
    ----------
    timeline
        Linked facts; a visit that only a bill shows is void where the bill does not stand.
    claims
        Which charges count.
    matches
        Visits that are or may be other records of the same visit.
    sources
        By sha256.
    """

    timeline: Timeline
    claims: Claims
    matches: Matches
    sources: Mapping[str, Source]

    def possible_duplicate(self, fact_id: str) -> Duplicate | None:
        """The visit that this may be another record of, undecided. None: none."""
        found = self.matches.duplicates.get(fact_id)
        return None if found is None or found.certain else found


def read_record(path: Path) -> Record:
    """The record of a ledger.

    Raises
    ------
    LedgerMissing
        R002 if there is no ledger.
    """
    with open_ledger(path) as ledger:
        return record_of(ledger)


def record_of(ledger: Ledger) -> Record:
    """The record of an open ledger."""
    timeline = link(ledger.timeline())
    claims = sort_claims(timeline)
    timeline = _without_void_bills(timeline, claims)
    sources = {source.sha256: source for source in ledger.sources()}
    return Record(timeline, claims, match_visits(timeline), sources)


def _key_at_origin(timeline: Timeline, fact: Fact) -> str:
    """The key of a record at its origin, corrections of it looked through."""
    while fact.origin.key.startswith(CORRECTION) and fact.supersedes:
        fact = timeline[fact.supersedes]
    return fact.origin.key


def _without_void_bills(timeline: Timeline, claims: Claims) -> Timeline:
    """A visit known from a bill falls with the bill."""
    bills = [visit for visit in timeline.of(Visit) if visit.body.basis == "bill"]
    if not bills:
        return timeline
    keys = {_key_at_origin(timeline, timeline[charge.fact_id]) for charge in claims.standing}
    fallen = {
        visit.id
        for visit in bills
        if _key_at_origin(timeline, visit.fact).removesuffix("#visit") not in keys
    }
    if not fallen:
        return timeline
    return Timeline(
        (
            msgspec.structs.replace(
                fact, body=msgspec.structs.replace(fact.body, void="its bill does not stand")
            )
            if fact.id in fallen
            else fact
            for fact in timeline
        ),
        zone=timeline.zone,
    )
