"""Find one place in the bytes of a source and print the record that stands there.

Places are what importers write: ``$.entry[12].resource``, ``line 3 $.component[1]``, ``row 5``,
``sheet Labs row 5``, ``page 2, line 14``. A source is parsed once, however many places are asked
for; of JSON only the records asked for are decoded. What is cited is not this module's business.
"""

import csv
import io
import json
import re
from collections.abc import Sequence
from typing import Any, Final, NoReturn, Protocol
from zipfile import BadZipFile

import msgspec
from msgspec import Raw, Struct

from cortipump.documents.blocks import PrintedLine
from cortipump.documents.fhir_print import print_resource
from cortipump.errors import DocumentError

FHIR_JSON: Final = "application/fhir+json"
FHIR_NDJSON: Final = "application/fhir+ndjson"
CSV: Final = "text/csv"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF: Final = "application/pdf"
TEXT: Final = "text/plain"

# Resources that only hold others: what is cited in them is printed, not the whole container.
_CONTAINERS: Final = frozenset({"Bundle", "Parameters"})

_STEP = re.compile(r"\.([A-Za-z_][\w-]*)|\[(\d+)\]")
_PATH = re.compile(r"\$(?:\.[A-Za-z_][\w-]*|\[\d+\])*")
_LINE_PATH = re.compile(r"line (\d+)(?: (\$\S*))?")
_ROW = re.compile(r"row (\d+)")
_SHEET_ROW = re.compile(r"sheet (.+) row (\d+)")
_PAGE_LINE = re.compile(r"(?:page (\d+))?(?:, )?(?:line (\d+))?")

Step = str | int


class Found(Struct, frozen=True):
    """The record at a place. Places with the same ``key`` are in one record.

    Attributes
    ----------
    page
        For a PDF: the page that it stands on, from 1; else 0.
    """

    key: str
    heading: str
    lines: tuple[PrintedLine, ...]
    page: int = 0


class Source(Protocol):
    """The parsed bytes of one source."""

    @property
    def total(self) -> int:
        """How many records it holds; 0: not counted."""

    def find(self, place: str) -> Found:
        """The record at that place.

        Raises
        ------
        DocumentError
            D001 if there is no such place.
        """


def open_source(media: str, name: str, data: bytes, place: str) -> Source:
    """Parse a source as what its media type says or, where that is empty, as what it looks like.

    Parameters
    ----------
    place
        One place that will be asked for: it tells which kind of source an unlabelled file is.
    """
    kind = media or _guess(data, place)
    if kind == FHIR_NDJSON or kind.endswith("ndjson"):
        return _Lines(name, data)
    if kind.endswith("json"):
        return _JsonFile(name, data)
    if kind == XLSX:
        return _Workbook(name, data)
    if kind == PDF:
        return _PdfFile(name, data)
    return _Rows(name, data) if kind == CSV else _TextFile(name, data)


def _guess(data: bytes, place: str) -> str:
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"%PDF"):
        return PDF
    if start.startswith(b"PK\x03\x04"):
        return XLSX
    if start.startswith((b"{", b"[")):
        return FHIR_NDJSON if place.startswith("line") else FHIR_JSON
    return CSV if place.startswith("row") else TEXT


def _lost(name: str, place: str, why: str = "there is no such place in it") -> NoReturn:
    raise DocumentError(
        f"a cited record cannot be reprinted: {why}",
        where=f"{name}, {place}",
        do="import the file again, or correct the fact: cortipump correct ID --why TEXT",
    )


# -- JSON ----------------------------------------------------------------------------------------


def _steps(path: str) -> list[Step]:
    return [field or int(index) for field, index in _STEP.findall(path)]


def _exact(raw: bytes | Raw) -> Any:  # any JSON value
    """Decode with numbers as text, so that 129.10 stays 129.10."""
    return json.loads(bytes(raw), parse_float=str, parse_int=str)


def _down(node: dict[str, Raw] | list[Raw] | None, step: Step) -> Raw | None:
    if isinstance(node, dict) and isinstance(step, str):
        return node.get(step)
    if isinstance(node, list) and isinstance(step, int) and step < len(node):
        return node[step]
    return None


def _open(raw: bytes | Raw) -> dict[str, Raw] | list[Raw] | None:
    """One level of an object or array, its members unread."""
    first = bytes(raw).lstrip()[:1]
    if first == b"{":
        return msgspec.json.decode(raw, type=dict[str, Raw])
    return msgspec.json.decode(raw, type=list[Raw]) if first == b"[" else None


class _Tree:
    """One JSON text, opened level by level; each level above a cited record is read once."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._levels: dict[tuple[Step, ...], dict[str, Raw] | list[Raw] | None] = {}

    def level(self, steps: tuple[Step, ...]) -> dict[str, Raw] | list[Raw] | None:
        """The members of the node at that path."""
        if steps not in self._levels:
            raw = self.raw(steps)
            self._levels[steps] = None if raw is None else _open(raw)
        return self._levels[steps]

    def raw(self, steps: tuple[Step, ...]) -> bytes | Raw | None:
        """The text of the node at that path. None: there is none."""
        return _down(self.level(steps[:-1]), steps[-1]) if steps else self._data

    def record(self, steps: tuple[Step, ...]) -> tuple[Step, ...] | None:
        """Path of the outermost resource on the way, else the path itself. None: no such place."""
        if self.raw(steps) is None:
            return None
        for length in range(len(steps) + 1):
            node = self.level(steps[:length])
            kind = node.get("resourceType") if isinstance(node, dict) else None
            if kind is not None and _exact(kind) not in _CONTAINERS:
                return steps[:length]
        return steps

    def find(self, path: str) -> tuple[str, str, tuple[PrintedLine, ...]] | None:
        """Path, name and print of the record that holds the place."""
        record = self.record(tuple(_steps(path))) if _PATH.fullmatch(path) else None
        raw = None if record is None else self.raw(record)
        if record is None or raw is None:
            return None
        value = _exact(raw)
        if not isinstance(value, dict):
            value = {"value": value}
        shown = "".join(f".{step}" if isinstance(step, str) else f"[{step}]" for step in record)
        names = [value.get("resourceType"), value.get("id")]
        return f"${shown}", "/".join(str(part) for part in names if part), print_resource(value)


class _JsonFile:
    def __init__(self, name: str, data: bytes) -> None:
        self._name = name
        try:
            self._tree = _Tree(data.removeprefix(b"\xef\xbb\xbf"))
            top = self._tree.level(())
            inner = self._tree.level(("entry",)) if isinstance(top, dict) else top
        except msgspec.DecodeError as cause:
            raise DocumentError("the source is no longer valid JSON", where=name) from cause
        self.total = len(inner) if inner is not None else 1

    def find(self, place: str) -> Found:
        found = self._tree.find(place) or _lost(self._name, place)
        key, title, lines = found
        return Found(key, f"{title}, at {key}" if title else key, lines)


class _Lines:
    """JSON text on each line."""

    def __init__(self, name: str, data: bytes) -> None:
        self._name, self._lines = name, data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
        self.total = sum(1 for line in self._lines if line.strip())

    def find(self, place: str) -> Found:
        match = _LINE_PATH.fullmatch(place) or _lost(self._name, place)
        line = _pick(self._lines, match[1])
        if line is None or not line.strip():
            _lost(self._name, place)
        try:
            found = _Tree(line).find(match[2] or "$") or _lost(self._name, place)
        except msgspec.DecodeError:
            _lost(self._name, place, "the line is no valid JSON")
        key, title, lines = found
        key = f"line {match[1]}" + (f" {key}" if key != "$" else "")
        return Found(key, f"{title}, at {key}" if title else key, lines)


# -- tables and text -----------------------------------------------------------------------------


def _pick(items: Sequence[Any], number: str) -> Any:  # whatever the sequence holds
    """The item of that number, from 1. None: there is none."""
    index = int(number) - 1
    return items[index] if 0 <= index < len(items) else None


def _decode(data: bytes) -> str:
    for encoding in ("utf-16",) if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig",):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("cp1252", "replace")


def _delimiter(text: str) -> str:
    head = text[:4000]
    return max(",;\t|", key=head.count)


def _is_blank(row: Sequence[str]) -> bool:
    return not any(cell.strip() for cell in row)


def _header(rows: Sequence[Sequence[str]], index: int) -> Sequence[str]:
    """The header above a row: the first row with two cells or more since the last blank row."""
    start = index
    while start > 0 and not _is_blank(rows[start - 1]):
        start -= 1
    for row in rows[start:index]:
        if sum(1 for cell in row if cell.strip()) > 1:
            return row
    return ()


def _row_lines(rows: Sequence[Sequence[str]], index: int) -> tuple[PrintedLine, ...]:
    header, row = _header(rows, index), rows[index]
    return tuple(
        PrintedLine(
            header[n].strip() if n < len(header) and header[n].strip() else f"column {n + 1}", cell
        )
        for n, cell in enumerate(row)
        if cell.strip() or n < len(header)
    )


class _Rows:
    def __init__(self, name: str, data: bytes) -> None:
        text = _decode(data)
        self._name = name
        self._rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
        self.total = max(sum(1 for row in self._rows if not _is_blank(row)) - 1, 0)

    def find(self, place: str) -> Found:
        match = _ROW.fullmatch(place) or _lost(self._name, place)
        row = _pick(self._rows, match[1])
        if row is None or _is_blank(row):
            _lost(self._name, place)
        return Found(place, f"Row {match[1]}", _row_lines(self._rows, int(match[1]) - 1))


class _Workbook:
    def __init__(self, name: str, data: bytes) -> None:
        import openpyxl  # loaded only for a workbook: it takes longer than all else here

        self._name, self.total = name, 0
        try:
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        except (OSError, ValueError, KeyError, BadZipFile) as cause:
            raise DocumentError("the workbook can no longer be read", where=name) from cause
        self._sheets = {
            sheet.title: [
                ["" if cell is None else str(cell) for cell in row]
                for row in sheet.iter_rows(values_only=True)
            ]
            for sheet in book.worksheets
        }
        self.total = sum(max(len(rows) - 1, 0) for rows in self._sheets.values())

    def find(self, place: str) -> Found:
        match = _SHEET_ROW.fullmatch(place) or _lost(self._name, place)
        rows = self._sheets.get(match[1]) or _lost(self._name, place, "there is no such sheet")
        row = _pick(rows, match[2])
        if row is None or _is_blank(row):
            _lost(self._name, place)
        heading = f"Sheet {match[1]}, row {match[2]}"
        return Found(place, heading, _row_lines(rows, int(match[2]) - 1))


class _TextFile:
    """Plain text; a form feed starts a page."""

    def __init__(self, name: str, data: bytes) -> None:
        self._name, text = name, _decode(data)
        self._pages = [page.splitlines() for page in text.split("\f")]
        self._lines = [line for page in self._pages for line in page]
        self.total = len(self._lines)

    def find(self, place: str) -> Found:
        page, line = _page_and_line(self._name, place)
        if page and page > len(self._pages):
            _lost(self._name, place)
        lines = self._pages[page - 1] if page else self._lines
        shown = _numbered(lines, line) or _lost(self._name, place)
        return Found(place, place.capitalize(), shown)


class _PdfFile:
    def __init__(self, name: str, data: bytes) -> None:
        import pypdfium2  # loaded only for a PDF

        self._name = name
        try:
            self._file = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as cause:
            raise DocumentError(
                "the PDF cannot be opened: it is damaged or locked by a password",
                where=name,
                do="save it again without a password and import that file",
            ) from cause
        self.total = len(self._file)

    def find(self, place: str) -> Found:
        page, line = _page_and_line(self._name, place)
        if not 1 <= page <= self.total:
            _lost(self._name, place, f"the file has {self.total} pages")
        text = self._file[page - 1].get_textpage().get_text_bounded()
        shown = _numbered(text.splitlines(), line)
        if not shown:
            # A scanned page holds no words: its picture is reprinted all the same.
            if text.strip():
                _lost(self._name, place, "the page has no such line")
            shown = (PrintedLine("", "(the page holds a picture and no text)"),)
        return Found(place, f"{place.capitalize()} of the original", shown, page)


def _page_and_line(name: str, place: str) -> tuple[int, int]:
    match = _PAGE_LINE.fullmatch(place)
    if not place or match is None or not any(match.groups()):
        _lost(name, place)
    page, line = (int(number or 0) for number in match.groups())
    return page, line


def _numbered(lines: Sequence[str], number: int) -> tuple[PrintedLine, ...]:
    """The line of that number, or every line that holds words for number 0."""
    wanted = ((n, line) for n, line in enumerate(lines, 1) if not number or n == number)
    return tuple(PrintedLine(f"line {n}", line.strip()) for n, line in wanted if line.strip())
