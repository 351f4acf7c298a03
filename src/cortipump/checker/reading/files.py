"""A letter from a file, by what the file holds and not by its name alone."""

import stat
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Final, Literal

from cortipump.checker.letter import LetterText
from cortipump.checker.reading.html import read_page
from cortipump.checker.reading.markdown import read_markdown
from cortipump.checker.reading.plain import read_plain
from cortipump.errors import CortipumpError, LetterUnreadable

LIMIT_BYTES: Final = 20 * 1024 * 1024
# Of all that is read, and of the letter without what it encloses: more than a hundred pages.
LIMIT_CHARACTERS: Final = 2_000_000
LIMIT_OWN: Final = 300_000
Kind = Literal["plain", "markdown", "page", "word", "pdf"]
_MARKDOWN: Final = frozenset({".md", ".markdown", ".mdown", ".mkd"})
_PAGES: Final = frozenset({".html", ".htm", ".xhtml"})
_WITHOUT_ENCLOSURES: Final = "save the letter alone, without its enclosures and pictures"
_SAVE_AS: Final = "save the letter as .docx, .pdf or plain text and check that"
_OTHERS: Final = (
    (
        (b"\xd0\xcf\x11\xe0",),
        "this is a file of an old Word, or one with a password",
        "open it in Word and save it as .docx without a password",
    ),
    ((b"{\\rtf",), "this is a rich text file (RTF)", "open it and save it as .docx"),
    (
        (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"RIFF", b"BM"),
        "this is a picture and holds no words",
        "type the letter, or save it as .docx or .pdf where it was written",
    ),
)


def read_letter(path: Path) -> LetterText:
    """Read a letter; the file is not changed.

    Raises
    ------
    LetterUnreadable
        I003 if there is no such file, or its words cannot be read.
    """
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):
            raise _no_file(state.st_mode, str(path))
        if state.st_size > LIMIT_BYTES:
            raise _too_large(state.st_size, str(path))
        with path.open("rb") as file:
            data = file.read(LIMIT_BYTES + 1)
    except OSError as cause:
        raise LetterUnreadable(
            f"the letter cannot be opened: {cause.strerror}",
            where=str(path),
            do="check the name, and that it is a file and not a folder",
        ) from cause
    return read_letter_bytes(data, str(path))


def read_letter_bytes(data: bytes, name: str) -> LetterText:
    """Read a letter from its bytes; ``name`` is for messages, and for what the bytes leave open.

    Raises
    ------
    LetterUnreadable
        I003 if its words cannot be read.
    """
    if len(data) > LIMIT_BYTES:
        raise _too_large(len(data), name)
    try:
        letter = _read(data, Path(name).suffix.lower())
        _check_length(letter)
    except LetterUnreadable as error:
        raise LetterUnreadable(error.what, where=error.where or name, do=error.do) from error
    if not letter.text.strip():
        raise LetterUnreadable(
            "the letter is empty", where=name, do="check that the file was saved"
        )
    return letter


def _read(data: bytes, suffix: str) -> LetterText:
    """By what the bytes are, then by what the name says."""
    kind = kind_of(data, suffix)
    if kind == "word":
        from cortipump.checker.reading.word import read_word  # python-docx is slow to load

        return read_word(data)
    if kind == "pdf":
        from cortipump.checker.reading.pdf import read_pdf  # loads a library of its own

        return read_pdf(data)
    if kind == "page":
        return read_page(data)
    return read_markdown(data) if kind == "markdown" else read_plain(data)


def kind_of(data: bytes, suffix: str) -> Kind:
    """What a letter's bytes are.

    Raises
    ------
    LetterUnreadable
        I003 if they are something that holds no words for us.
    """
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"%PDF-") or (suffix == ".pdf" and b"%PDF-" in data[:1024]):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _archive(data)
    for signs, what, do in _OTHERS:
        if start.startswith(signs):
            raise LetterUnreadable(what, do=do)
    if suffix in _MARKDOWN:
        return "markdown"
    low = start[:256].lower()
    if suffix in _PAGES or low.startswith((b"<!doctype html", b"<html")):
        return "page"
    return "plain"


def _archive(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile as cause:
        raise LetterUnreadable("the file is damaged", do=f"{_SAVE_AS} it opens") from cause
    if any(name.startswith("word/") for name in names):
        return "word"
    what = "an archive or a document of another program"
    if "mimetype" in names and "content.xml" in names:
        what = "an OpenDocument file"
    raise LetterUnreadable(f"this is {what}, not a Word document", do=f"{_SAVE_AS} it opens")


def _check_length(letter: LetterText) -> None:
    own = len(letter.text) if letter.enclosed is None else letter.enclosed
    for length, most, what in (
        (len(letter.text), LIMIT_CHARACTERS, ""),
        (own, LIMIT_OWN, " before its enclosures"),
    ):
        if length > most:
            raise LetterUnreadable(
                f"the letter has {length:,} characters{what}; at most {most:,} are read",
                do=_WITHOUT_ENCLOSURES,
            )


def _no_file(mode: int, name: str) -> CortipumpError:
    what = "it is a folder" if stat.S_ISDIR(mode) else "it is a device or a pipe, and no file"
    return LetterUnreadable(
        f"the letter cannot be opened: {what}",
        where=name,
        do="name the file of the letter; what comes from a pipe, save as a file first",
    )


def _too_large(size: int, name: str) -> CortipumpError:
    most = LIMIT_BYTES // 1024 // 1024
    return LetterUnreadable(
        f"the letter has {size / 1024 / 1024:.1f} MB; at most {most} MB are read",
        where=name,
        do=_WITHOUT_ENCLOSURES,
    )
