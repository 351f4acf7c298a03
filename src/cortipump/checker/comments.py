"""A Word copy of a letter with a comment at each finding; the person's own file stays as it is."""

import zipfile
from collections.abc import Sequence
from copy import deepcopy
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any, Final

from cortipump.checker.finding import Finding
from cortipump.checker.letter import LetterText
from cortipump.checker.reading.files import kind_of
from cortipump.checker.reading.plain import lines_of
from cortipump.checker.reading.word import Run, WordLine, opened, word_lines

AUTHOR: Final = "cortipump"
_INITIALS: Final = "cp"
_OLDEST: Final = (1980, 1, 1, 0, 0, 0)
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"


def commented_docx(
    data: bytes, name: str, letter: LetterText, findings: Sequence[Finding], on: date
) -> bytes:
    """Make a Word document with a comment at the words of every finding.

    Parameters
    ----------
    data
        The letter's file. A Word document is copied with everything in it; of any other format the
        lines are written as paragraphs of a new document.
    name
        The file's name, for its format where the bytes leave it open.
    letter
        What `reading.files.read_letter_bytes` made of the same bytes.
    findings
        Those without a place stand at the first paragraph.
    on
        Date of the comments.

    Returns
    -------
    bytes
        The same bytes for the same letter, findings and date.

    Raises
    ------
    LetterUnreadable
        I003 if the bytes are no letter.
    """
    suffix = f".{name.rsplit('.', 1)[-1].lower()}" if "." in name else ""
    kind = kind_of(data, suffix)
    document = opened(data) if kind == "word" else _typed(_shown(data, kind, letter))
    _Copy(document, letter).add(findings, on)
    return _saved(document)


def _shown(data: bytes, kind: str, letter: LetterText) -> list[str]:
    """The letter's lines, of a text file with the marks that the reader blanked."""
    read = [letter.line_text(n) for n in range(1, len(letter.starts) + 1)]
    if kind in {"plain", "markdown"}:
        printed, _ = lines_of(data)
        if [len(line) for line in printed] == [len(line) for line in read]:
            return printed
    return read


def _typed(lines: Sequence[str]) -> Any:
    """A new document with a paragraph per line."""
    from docx import Document  # slow to load

    document = Document()
    document.core_properties.author = AUTHOR
    document.core_properties.comments = ""
    document.core_properties.created = document.core_properties.modified = datetime(
        1980, 1, 1, tzinfo=UTC
    )
    for line in lines:
        document.add_paragraph().paragraph_format.space_after = 0
        run = document.paragraphs[-1].add_run()
        run.text = line.replace("\t", " ")
    return document


class _Copy:
    """A document and where each character of the letter stands in it."""

    def __init__(self, document: Any, letter: LetterText) -> None:
        self.document, self.letter = document, letter

    def add(self, findings: Sequence[Finding], on: date) -> None:
        """Comment on every finding, in the order of their places."""
        placed = sorted(findings, key=lambda finding: (finding.start, finding.end))
        cuts = {offset for one in placed if one.end > one.start for offset in (one.start, one.end)}
        self._cut(cuts)
        lines = word_lines(self.document)
        when = datetime(on.year, on.month, on.day, tzinfo=UTC)
        for finding in placed:
            first, last = self._runs(lines, finding)
            comment = self.document.add_comment(
                [first, last], _words(finding), author=AUTHOR, initials=_INITIALS
            )
            comment._comment_elm.date = when

    def _cut(self, offsets: set[int]) -> None:
        """Divide the runs that hold an offset within them."""
        for n, line in enumerate(word_lines(self.document)):
            start = self.letter.starts[n]
            inside = {offset - start for offset in offsets if 0 <= offset - start <= len(line.text)}
            for run in line.runs:
                _divide(run, sorted(inside))

    def _runs(self, lines: Sequence[WordLine], finding: Finding) -> tuple[Any, Any]:
        """The first and the last run of a finding's words; else of the first words there are."""
        found = [
            piece.element.getparent()
            for n, line in enumerate(lines)
            for piece in line.runs
            if piece.element is not None
            and piece.text
            and self.letter.starts[n] + piece.start < finding.end
            and self.letter.starts[n] + piece.start + len(piece.text) > finding.start
        ]
        if not found:
            found = self._first(lines)
        return self._run(found[0]), self._run(found[-1])

    def _first(self, lines: Sequence[WordLine]) -> list[Any]:
        """The runs of the first line with words in it; a new one if there is none."""
        for line in lines:
            runs = [one.element.getparent() for one in line.runs if one.element is not None]
            if line.text.strip() and runs:
                return runs
        paragraphs = self.document.paragraphs or [self.document.add_paragraph()]
        return [paragraphs[0].add_run()._r]

    def _run(self, element: Any) -> Any:
        from docx.text.run import Run as DocxRun  # slow to load

        return DocxRun(element, self.document)


def _words(finding: Finding) -> str:
    lines = [f"{finding.rule} ({finding.detail})" if finding.detail else finding.rule]
    lines += [part for part in (finding.message, finding.suggestion) if part]
    return "\n".join(lines)


def _divide(piece: Run, columns: Sequence[int]) -> None:
    """Split a run's element before each of some columns of its line; formatting goes along."""
    end = piece.start + len(piece.text)
    if piece.element is None or not any(piece.start <= column <= end for column in columns):
        return
    _isolate(piece)
    run = piece.element.getparent()
    words = piece.element.text or ""
    for column in reversed(columns):
        if not piece.start < column < end:
            continue
        cut = piece.places[column - piece.start]
        later = deepcopy(run)
        for child in later:
            if child.tag == piece.element.tag:
                child.text = words[cut:]
                child.set(_SPACE, "preserve")
        run.addnext(later)
        words = words[:cut]
        piece.element.text = words
        piece.element.set(_SPACE, "preserve")


def _isolate(piece: Run) -> None:
    """Give an element of a run that holds several a run of its own."""
    run = piece.element.getparent()
    others = [child for child in run if child is not piece.element and not _is_format(child)]
    if not others:
        return
    own = list(run)
    at = own.index(piece.element)
    before = [child for child in own[:at] if not _is_format(child)]
    after = own[at + 1 :]
    for children, place in ((before, run.addprevious), (after, run.addnext)):
        if children:
            other = deepcopy(run)
            for child in list(other):
                if not _is_format(child):
                    other.remove(child)
            for child in children:
                other.append(child)
            place(other)


def _is_format(element: Any) -> bool:
    return bool(element.tag.endswith("}rPr"))


def _saved(document: Any) -> bytes:
    """The file's bytes, without the moment at which they were written."""
    made = BytesIO()
    document.save(made)
    out = BytesIO()
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():
            fixed = zipfile.ZipInfo(member.filename, _OLDEST)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(fixed, source.read(member))
    return out.getvalue()
