"""What a test looks at: blocks as words, rows as cells under their headings."""

from cortipump.checker.letter import Block, LetterText
from cortipump.checker.reading.files import read_letter_bytes


def read(words: str, name: str = "letter.txt") -> LetterText:
    """Read a letter typed in a test."""
    return read_letter_bytes(words.encode(), name)


def shown(letter: LetterText, block: Block) -> str:
    """A block's words, white space joined."""
    return " ".join(letter.text[block.start : block.end].split())


def of_kind(letter: LetterText, kind: str) -> list[str]:
    """The words of every block of a kind."""
    return [shown(letter, block) for block in letter.blocks if block.kind == kind]


def rows(letter: LetterText) -> list[dict[str, str]]:
    """Every row of a table as heading to words; cells without a heading under their place."""
    found = []
    for block in letter.blocks:
        if block.kind != "row":
            continue
        row: dict[str, str] = {}
        for n, cell in enumerate(block.cells):
            words = " ".join(letter.text[cell.start : cell.end].split())
            key = cell.header or str(n)
            row[key] = f"{row.get(key, '')} {words}".strip()
        found.append(row)
    return found


def assert_sound(letter: LetterText) -> None:
    """Blocks are in order, cells within them, and nothing is left outside."""
    until = 0
    for block in letter.blocks:
        assert until <= block.start < block.end
        assert not letter.text[until : block.start].strip()
        assert all(block.start <= cell.start < cell.end <= block.end for cell in block.cells)
        assert (block.kind == "row") == (block.table > 0)
        until = block.end
    assert not letter.text[until:].strip()
    assert letter.text.split("\n") == [
        letter.line_text(n) for n in range(1, len(letter.starts) + 1)
    ]
