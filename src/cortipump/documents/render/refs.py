"""Which exhibits a sentence rests on, told from the facts behind its values.

The same short reference (``Ex. 1-4, 7``) stands on every face. How it looks there is the writers'
business.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct

from cortipump.documents.blocks import Document, Table
from cortipump.documents.statements import Statement, Value
from cortipump.errors import DocumentError

DASH: Final = "–"
PREFIX: Final = "Ex. "


class Ref(Struct, frozen=True):
    """One exhibit, and the record of it that is cited first."""

    number: int
    anchor: str


class References:
    """The exhibit records of one document, by fact.

    Parameters
    ----------
    document
        Every anchor of its ``exhibit_of`` must be the anchor of one of its exhibit records.

    Raises
    ------
    DocumentError
        D001 if an anchor is missing or stands twice.
    """

    def __init__(self, document: Document) -> None:
        self._anchor_of = document.exhibit_of
        self._number_of: dict[str, int] = {}
        for exhibit in document.exhibits:
            for record in exhibit.records:
                if record.anchor in self._number_of:
                    raise DocumentError(f"two exhibit records are named {record.anchor!r}")
                self._number_of[record.anchor] = exhibit.number
        missing = {
            anchor: fact
            for fact, anchor in document.exhibit_of.items()
            if anchor not in self._number_of
        }
        for anchor, fact in missing.items():
            raise DocumentError(
                f"fact {fact} is said to stand in {anchor!r}, which no exhibit holds",
                do="this is a fault of cortipump: please report it with the command you gave",
            )

    def anchor(self, value: Value) -> str:
        """Where a link from this value leads: the record of its first fact that has one."""
        return next((self._anchor_of[fact] for fact in value.facts if fact in self._anchor_of), "")

    def of(self, statements: Iterable[Statement]) -> tuple[Ref, ...]:
        """The exhibits that the statements rest on, each once, by number."""
        first: dict[int, str] = {}
        for statement in statements:
            for fact in statement.fact_ids:
                anchor = self._anchor_of.get(fact)
                if anchor is not None:
                    first.setdefault(self._number_of[anchor], anchor)
        return tuple(Ref(number, first[number]) for number in sorted(first))

    def of_rows(self, table: Table) -> list[tuple[Ref, ...]]:
        """The exhibits of each row. Empty when no row has any.

        Totals have none: they rest on the rows above them, whose exhibits stand there already.
        """
        rows = [self.of(row) for row in table.rows]
        return rows if any(rows) else []


def collapse(refs: Sequence[Ref]) -> list[tuple[str, str]]:
    """Shorten runs of three or more: pairs of text and anchor, such as ``1-4`` and ``7``."""
    runs: list[list[Ref]] = []
    for ref in refs:
        if runs and ref.number == runs[-1][-1].number + 1:
            runs[-1].append(ref)
        else:
            runs.append([ref])
    short: list[tuple[str, str]] = []
    for run in runs:
        if len(run) > 2:
            short.append((f"{run[0].number}{DASH}{run[-1].number}", run[0].anchor))
        else:
            short.extend((str(ref.number), ref.anchor) for ref in run)
    return short


def short(refs: Sequence[Ref]) -> str:
    """The reference as plain text: ``Ex. 1-4, 7``. Empty for none."""
    return f"{PREFIX}{numbers(refs)}" if refs else ""


def numbers(refs: Sequence[Ref]) -> str:
    """The exhibits' numbers alone: ``1-4, 7``."""
    return ", ".join(text for text, _ in collapse(refs))
