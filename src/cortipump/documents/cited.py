"""Every statement of a document in reading order, and the facts that it cites."""

from collections.abc import Iterator
from typing import Final

from cortipump.documents.blocks import (
    Block,
    Bullets,
    Callout,
    Document,
    Figure,
    Heading,
    Paragraph,
    Quote,
    Table,
)
from cortipump.documents.statements import Statement

HEAD: Final = "head"


def statements(document: Document) -> Iterator[tuple[str, Statement]]:
    """Section (the anchor of its heading) and statement, in reading order."""
    for line in (document.dated, *document.sender, *document.addressee):
        yield HEAD, line
    for _, statement in document.reference:
        yield HEAD, statement
    section = HEAD
    for block in document.blocks:
        if isinstance(block, Heading):
            section = block.anchor or block.text
        for statement in of_block(block):
            yield section, statement


def of_block(block: Block) -> Iterator[Statement]:
    """The statements of one block."""
    match block:
        case Paragraph():
            yield from block.statements
        case Quote():
            yield block.statement
            yield block.source
        case Bullets():
            yield from block.items
        case Table():
            for row in (*block.rows, *block.totals):
                yield from row
            yield from block.notes
        case Figure():
            yield block.caption
        case Callout():
            yield from block.statements
        case _:
            return


def cited_facts(document: Document) -> list[str]:
    """Ids of every fact that the document rests on, in order of first citation, each once."""
    found: dict[str, None] = {}
    for _, statement in statements(document):
        found.update(dict.fromkeys(statement.fact_ids))
    return list(found)
