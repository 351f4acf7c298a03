"""A `Document` as a PDF, set by Typst from a hand-made template and plain data.

Data reach the template as a JSON file and pictures, never as markup. The same document gives the
same bytes on every machine: only fonts of this package and of the typst wheel are used, and the
file's date is the document's own.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import typst

from cortipump.documents.blocks import Document, Exhibit
from cortipump.documents.charts import FONTS, svg
from cortipump.documents.places import PDF
from cortipump.documents.render.nodes import Node, NodeWriter, grouped
from cortipump.documents.render.reprint import page_picture, page_sizes
from cortipump.documents.render.walk import running_reference, walk
from cortipump.errors import DocumentError

_ACCESSIBLE: Final = "ua-1"
_PARTS: Final = ("document.typ", "exhibits.typ")
# The last sign of Latin Extended-B: every font here holds those up to it.
_LATIN: Final = 0x24F
_PROBE: Final = b'#set document(title: "signs")\n#set text(lang: "en")\n#sys.inputs.signs'


def pdf(document: Document, sources: Mapping[str, bytes]) -> bytes:
    """Set the document.

    Parameters
    ----------
    sources
        Original bytes by sha256; only those of PDF exhibits are read.

    Returns
    -------
    bytes
        A tagged PDF with bookmarks; PDF/UA-1 unless original PDF pages are reprinted in it, which
        that standard (as typst writes it) does not allow.

    Raises
    ------
    DocumentError
        D001 if a source is missing or a link leads nowhere.
    """
    writer = NodeWriter(document)
    pieces = walk(document, writer)
    # The folder is readable by its owner only and gone when the bytes are made.
    with TemporaryDirectory(prefix="cortipump-") as name:
        root = Path(name)
        for number, figure in enumerate(writer.figures, 1):
            (root / f"figure-{number}.svg").write_bytes(svg(figure.spec))
        reprints = [exhibit for exhibit in document.exhibits if _is_reprint(exhibit)]
        for exhibit in reprints:
            _place_original(root, exhibit, pieces, sources)
        _write_data(root, document, pieces)
        return _compile(root, document, has_pdf=bool(reprints), pieces=pieces)


def _is_reprint(exhibit: Exhibit) -> bool:
    return exhibit.media == PDF and bool(exhibit.pages)


def _place_original(
    root: Path, exhibit: Exhibit, pieces: list[Node], sources: Mapping[str, bytes]
) -> None:
    """Lay the original beside the template and tell each page's size."""
    data = sources.get(exhibit.source)
    if data is None:
        raise DocumentError(
            f"exhibit {exhibit.number} cannot be reprinted: its original is not at hand",
            where=exhibit.file,
            do="import the file again",
        )
    file = f"exhibit-{exhibit.number}.pdf"
    (root / file).write_bytes(data)
    sizes = page_sizes(data, exhibit.pages, exhibit.file)
    for page in _exhibit_piece(pieces, exhibit)["pages"]:
        width, height = sizes[page["page"]]
        page.update(file=file, width=width, height=height)


def _exhibit_piece(pieces: list[Node], exhibit: Exhibit) -> Node:
    return next(
        piece for piece in pieces if piece["k"] == "exhibit" and piece["n"] == exhibit.number
    )


def _write_data(root: Path, document: Document, pieces: list[Node]) -> None:
    data: dict[str, Any] = {
        "title": document.title,
        "author": document.sender[0].text if document.sender else "",
        "language": document.language,
        "paper": document.paper,
        "day": [document.day.year, document.day.month, document.day.day] if document.day else None,
        "running": running_reference(document),
        "banner": document.banner,
        "pieces": grouped(pieces),
    }
    (root / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def _compile(root: Path, document: Document, *, has_pdf: bool, pieces: list[Node]) -> bytes:
    """Compile by the strictest standard that holds."""
    stamp = 0
    if document.day:
        stamp = int(datetime.combine(document.day, time(12), UTC).timestamp())
    compiler = typst.Compiler(root=str(root), font_paths=_fonts_for(root))
    failure = None
    for standards in _attempts(root, document, pieces, has_pdf=has_pdf):
        try:
            made = compiler.compile(
                input=_template(), format="pdf", pdf_standards=standards, timestamp=stamp
            )
        except typst.TypstError as cause:
            failure = cause
            continue
        assert isinstance(made, bytes)
        return made
    raise DocumentError(
        f"the page could not be set: {failure.message if failure else 'no reason given'}",
        do="this is a fault of cortipump: please report it with the command you gave",
    ) from failure


def _attempts(
    root: Path, document: Document, pieces: list[Node], *, has_pdf: bool
) -> Iterator[list[Any]]:
    """Standards to try in turn."""
    if not has_pdf:
        yield [_ACCESSIBLE]
    yield []
    if has_pdf:
        # An original that Typst cannot read is reprinted as a picture of its page.
        _rasterise(root, document, pieces)
        yield []


def _rasterise(root: Path, document: Document, pieces: list[Node]) -> None:
    for piece in pieces:
        for page in piece.get("pages", ()):
            data = (root / page["file"]).read_bytes()
            file = f"{Path(page['file']).stem}-{page['page']}.png"
            (root / file).write_bytes(page_picture(data, page["page"]))
            page.update(file=file, page=1)
    _write_data(root, document, pieces)


@cache
def _template() -> bytes:
    folder = files("cortipump.documents").joinpath("typst")
    return b"\n".join(folder.joinpath(name).read_bytes() for name in _PARTS)


def _fonts_for(root: Path) -> typst.Fonts:
    """The package's own fonts or, where they lack a sign (a name in Chinese), the system's too.

    Raises
    ------
    DocumentError
        D001 for a sign that no font on this machine has: an empty box is no name.
    """
    data = (root / "data.json").read_text(encoding="utf-8")
    rare = "".join(sorted({sign for sign in data if ord(sign) > _LATIN}))
    for system in (False, True):
        if not rare or _can_set(rare, system=system):
            return _fonts(system=system)
    lacking = [sign for sign in rare if not _can_set(sign, system=True)]
    shown = " ".join(f"{sign} (U+{ord(sign):04X})" for sign in lacking[:5])
    raise DocumentError(
        f"no font on this machine has these signs of the record: {shown}",
        do="install a font that has them (Noto has most), or write it as html, md or txt",
    )


@lru_cache(maxsize=64)
def _can_set(signs: str, *, system: bool) -> bool:
    """Whether the fonts hold these signs: the accessible standard refuses if not."""
    compiler = typst.Compiler(font_paths=_fonts(system=system), sys_inputs={"signs": signs})
    try:
        compiler.compile(input=_PROBE, format="pdf", pdf_standards=[_ACCESSIBLE], timestamp=0)
    except typst.TypstError:
        return False
    return True


@cache
def _fonts(*, system: bool) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=system, font_paths=[str(FONTS)])
