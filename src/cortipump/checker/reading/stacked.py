"""Tables in plain text as records: a leading line, then a label and a value on each line."""

import re
from typing import Final

from msgspec.structs import replace

from cortipump.checker.letter import Block, Cell
from cortipump.checker.reading.shapes import ITEM
from cortipump.checker.reading.sheet import Sheet
from cortipump.checker.reading.tables import Rows

_RECORD_MOST: Final = 200
_LEAD: Final = re.compile(r"(?P<label>No\.|\S[^:\n]{0,40}?(?=: )):? +(?=\S)")
_FIELD: Final = re.compile(r" {2}(?P<label>\S[^:\n]{0,50}?): (?=\S)")


def stacked(sheet: Sheet, line: int, table: int) -> tuple[list[Block], int] | None:
    """Records with a blank line between: a leading line, then ``  Label: value`` lines."""
    rows = Rows(sheet, table)
    end = line
    while True:
        until = sheet.run_end(end)
        cells = _record(sheet, end, until)
        if cells is None:
            break
        rows.add(cells, end, until)
        line = until
        end = until
        while end < len(sheet.lines) and sheet.is_blank(end):
            end += 1
        if end >= len(sheet.lines) or end - until > 1:
            break
    return (rows.blocks, line) if rows.blocks else None


def _record(sheet: Sheet, first: int, until: int) -> list[Cell] | None:
    """The cells of one record, or none if the lines have another shape."""
    lines = sheet.lines[first : min(until, first + _RECORD_MOST)]
    lead = lines[0] if lines else ""
    if len(lines) < 3 or len(lines) < until - first or not lines[1].startswith("  "):
        return None
    fields = [_FIELD.match(words) for words in lines[1:]]
    folded = [words.startswith("    ") for words in lines[1:]]
    if lead[:1].isspace() or ITEM.match(lead):
        return None
    # A leading value may fold as well, under itself.
    n_lead = 1
    while n_lead < len(lines) and not fields[n_lead - 1] and folded[n_lead - 1]:
        n_lead += 1
    rest = list(zip(fields, folded, strict=True))[n_lead - 1 :]
    if sum(1 for field, _ in rest if field) < 2 or not all(field or fold for field, fold in rest):
        return None
    cells = [_lead_cell(sheet, first, first + n_lead)]
    for k, (field, _) in enumerate(rest):
        line = first + n_lead + k
        if field:
            cells.append(sheet.cell(line, field.end(), len(sheet.lines[line]), field["label"]))
        else:
            cells[-1] = replace(cells[-1], end=sheet.bounds(line, line + 1)[1])
    return cells


def _lead_cell(sheet: Sheet, first: int, until: int) -> Cell:
    found = _LEAD.match(sheet.lines[first])
    start, end = sheet.bounds(first, until)
    if not found:
        return Cell(start, end)
    return Cell(sheet.starts[first] + found.end(), end, found["label"])
