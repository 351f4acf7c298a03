"""CSV and XLSX tables with the documented headers -> a `Reading`, row by row."""

import codecs
import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import Final

from cortipump.errors import ImportFailed, Problem, QuantityError
from cortipump.importers.importer import Reading, Request
from cortipump.importers.rows import Row, printed_cell
from cortipump.importers.templates import TEMPLATES, Template
from cortipump.record.draft import FILE, Draft

CSV: Final = "text/csv"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LARGEST_SHEET: Final = 512 * 1024 * 1024
_ALIASES: Final = {"drawn_at": "datetime", "score": "total"}
Lines = Iterator[tuple[str, list[str]]]


def recognises_csv(content: bytes) -> bool:
    """Whether the first line that is not empty is the header of one of our tables."""
    try:
        text, _ = _decode(content[:4096])
    except ImportFailed:
        return False
    first = next((line for line in text.splitlines() if line.strip()), "")
    return _template(_split(first)) is not None


def recognises_xlsx(content: bytes) -> bool:
    """Whether it is a spreadsheet."""
    if content[:4] != b"PK\x03\x04":
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except zipfile.BadZipFile:
        return False


def read_csv(request: Request) -> Reading:
    """Read one table of comma-, semicolon- or tab-separated values."""
    text, marks = _decode(request.content)
    reading = Reading("csv", CSV, [], [], [], [])
    if marks:
        reading.skipped.append(Problem("row 1", marks))
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = _delimiter(first)
    rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        lines = [(f"row {rows.line_num}", cells) for cells in rows]
    except csv.Error as cause:
        raise ImportFailed(
            f"this table is damaged: {cause}", where=f"{request.name}, row {rows.line_num}",
            do="save it again as CSV",
        ) from cause  # fmt: skip
    _read_lines(iter(lines), request, reading, decimal_comma=delimiter == ";")
    return reading


def read_xlsx(request: Request) -> Reading:
    """Read every sheet that has one of our headers; the others are listed."""
    from openpyxl import load_workbook  # heavy: only for spreadsheets

    with zipfile.ZipFile(io.BytesIO(request.content)) as archive:
        if sum(member.file_size for member in archive.infolist()) > _LARGEST_SHEET:
            raise ImportFailed("this spreadsheet unpacks to more than 512 MB", where=request.name)
    try:
        book = load_workbook(io.BytesIO(request.content), read_only=True, data_only=True)
    except Exception as cause:  # openpyxl raises whatever its parsers raise on damaged files
        raise ImportFailed(
            f"this spreadsheet is damaged: {cause}", where=request.name, do="save it again"
        ) from cause
    reading = Reading("xlsx", XLSX, [], [], [], [])
    for sheet in book.worksheets:
        lines = (
            (f"sheet {sheet.title} row {number}", [printed_cell(cell) for cell in cells])
            for number, cells in enumerate(sheet.iter_rows(values_only=True), 1)
        )
        _read_lines(lines, request, reading, decimal_comma=False, sheet=sheet.title)
    book.close()
    return reading


def _decode(content: bytes) -> tuple[str, str]:
    """The text, and a remark when the encoding had to be taken for granted."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):  # fmt: skip
        if content.startswith(mark):
            return content.decode(encoding, "replace"), ""
    try:
        return content.decode("utf-8"), ""
    except UnicodeDecodeError:
        pass
    if b"\x00" in content:
        raise ImportFailed("this is not text")
    return (
        content.decode("cp1252", "replace"),
        "the table is not UTF-8: read as Windows-1252; check accented letters",
    )


def _delimiter(line: str) -> str:
    return max(",;\t", key=line.count)


def _split(line: str) -> list[str]:
    return next(csv.reader([line], delimiter=_delimiter(line)), [])


def _names(cells: Iterable[str]) -> list[str]:
    names = (cell.strip().lower().replace(" ", "_") for cell in cells)
    return [_ALIASES.get(name, name) for name in names]


def _template(cells: list[str]) -> Template | None:
    """The table whose needed columns are all there and which shares most columns."""
    names = set(_names(cells))
    fitting = [
        t for t in TEMPLATES if all(c.name in names for c in t.columns if c.needed)
    ]  # fmt: skip
    return max(fitting, key=lambda t: len(names & set(t.header)), default=None)


def _read_lines(
    lines: Lines, request: Request, reading: Reading, *, decimal_comma: bool, sheet: str = ""
) -> None:
    header = next(((place, cells) for place, cells in lines if any(cells)), None)
    template = _template(header[1]) if header else None
    if header is None or template is None:
        reading.skipped.append(
            Problem(f"sheet {sheet}", "its first row is not the header of one of our tables")
        )
        return
    names = _names(header[1])
    strange = [name for name in names if name and name not in template.header]
    if strange:
        why = f"columns that this table does not have, left unread: {', '.join(strange)}"
        reading.skipped.append(Problem(header[0], why))
    for place, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(names):
            reading.skipped.append(
                Problem(place, f"{len(cells)} cells under {len(names)} columns: check the commas")
            )
            continue
        row = Row(
            dict(zip(names, cells, strict=False)),
            request.zone,
            request.today,
            decimal_comma=decimal_comma,
        )
        _read_row(template, row, place, request, reading)


def _read_row(template: Template, row: Row, place: str, request: Request, reading: Reading) -> None:
    try:
        body = template.build(row)
    except QuantityError as cause:
        advice = f" ({cause.do})" if cause.do else ""
        reading.skipped.append(Problem(place, cause.what + advice))
        return
    natural = "|".join(row.text(name).lower() for name in template.natural)
    # A row is known by what it names, wherever it stands: a longer version of the same table
    # adds only its new rows, and an edited row replaces its earlier form.
    key = f"table|{template.kind}|{natural}"
    file = request.name.replace("\\", "/").rsplit("/", 1)[-1]
    reading.drafts.append(Draft(body, place, key, FILE + file))
