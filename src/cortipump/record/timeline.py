"""All facts of one ledger in order, immutable: what every calculation reads.

Storage is `record.store`; decisions about which statement of a claim stands are `record.claims`.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Generic, TypeVar

from msgspec import Struct

from cortipump.errors import RecordError
from cortipump.record.facts import Body, Fact

B = TypeVar("B", bound=Body)


class Of(Struct, Generic[B], frozen=True, gc=False):
    """A fact whose body is known to be of kind ``B``: the typed view that `Timeline.of` gives."""

    fact: Fact
    body: B

    @property
    def id(self) -> str:
        """The fact's id."""
        return self.fact.id


def first_day(fact: Fact) -> date | None:
    """The first day the fact can mean. None: undated."""
    when = fact.body.when
    return None if when is None else when.first_day


def _order(fact: Fact) -> tuple[str, str, str]:
    when = fact.body.when
    if when is None:
        return ("", "", fact.id)
    return (when.first_day.isoformat(), when.clock or "", fact.id)


class Timeline:
    """Facts in the order of their days; undated ones first.

    Parameters
    ----------
    facts
        In any order. The timeline sorts them itself, so that the order of imports never matters.
    zone
        Name of the person's home zone, kept with the facts that were dated in it.
    """

    __slots__ = ("_by_id", "_facts", "zone")

    def __init__(self, facts: Iterable[Fact], *, zone: str = "UTC") -> None:
        self._facts = tuple(sorted(facts, key=_order))
        self._by_id = {fact.id: fact for fact in self._facts}
        self.zone = zone

    def __len__(self) -> int:
        return len(self._facts)

    def __iter__(self) -> Iterator[Fact]:
        return iter(self._facts)

    def __getitem__(self, fact_id: str) -> Fact:
        try:
            return self._by_id[fact_id]
        except KeyError:
            raise RecordError(
                f"there is no fact {fact_id!r} in this ledger", do="list them: cortipump facts"
            ) from None

    def __contains__(self, fact_id: str) -> bool:
        return fact_id in self._by_id

    def of(self, kind: type[B]) -> list[Of[B]]:
        """The standing facts of one kind, in order."""
        return [
            Of(fact, body)
            for fact in self._facts
            if isinstance(body := fact.body, kind) and not fact.superseded_by and not body.void
        ]
