"""Which reader reads a file, and what is said where none can."""

import os
from pathlib import Path

import pytest

from cortipump.checker.reading import files
from cortipump.checker.reading.files import read_letter, read_letter_bytes
from cortipump.errors import LetterUnreadable


def test_the_bytes_decide_and_not_the_name(tmp_path: Path) -> None:
    """A web page named .txt, a text named .docx."""
    page = tmp_path / "a.txt"
    page.write_text("<!doctype html><p>Seven visits.</p>")

    assert read_letter(page).text.strip() == "Seven visits."
    assert read_letter_bytes(b"Seven visits.", "a.docx").text == "Seven visits."


@pytest.mark.parametrize(
    ("data", "what", "do"),
    [
        (b"\xd0\xcf\x11\xe0" + bytes(600), "old Word", "save it as .docx"),
        (b"{\\rtf1 hello}", "RTF", "save it as .docx"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "picture", "type the letter"),
        (b"PK\x03\x04" + bytes(40), "damaged", "check that it opens"),
        (bytes(range(32)) * 20, "no text", "plain text"),
        (b" \n\n", "empty", "saved"),
        (b"%PDF-1.7 broken", "damaged", "save it again"),
    ],
)
def test_what_cannot_be_read_is_named_with_a_next_step(data: bytes, what: str, do: str) -> None:
    """I003, the file, and what to do."""
    with pytest.raises(LetterUnreadable, match=what) as caught:
        read_letter_bytes(data, "folder/letter.x")

    assert caught.value.code == "I003"
    assert caught.value.exit_status == 2
    assert caught.value.where == "folder/letter.x"
    assert do in caught.value.do


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    """No traceback."""
    for path in (tmp_path / "no.txt", tmp_path):
        with pytest.raises(LetterUnreadable, match="cannot be opened"):
            read_letter(path)


def test_a_file_that_is_too_large_is_refused_by_its_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before it is read."""
    monkeypatch.setattr(files, "LIMIT_BYTES", 10)
    large = tmp_path / "a.txt"
    large.write_text("eleven bytes")

    with pytest.raises(LetterUnreadable, match="at most 0 MB"):
        read_letter(large)
    with pytest.raises(LetterUnreadable, match="at most 0 MB"):
        read_letter_bytes(b"eleven bytes", "a.txt")


def test_reading_changes_nothing(tmp_path: Path) -> None:
    """The person's file is as it was."""
    path = tmp_path / "a.md"
    path.write_bytes(b"**Seven** visits.\r\n")
    before = (path.read_bytes(), path.stat().st_mtime_ns)

    read_letter(path)

    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_device_and_a_pipe_are_refused_unread(tmp_path: Path) -> None:
    """They never end."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    for path in (pipe, Path("/dev/zero")):
        with pytest.raises(LetterUnreadable, match="a device or a pipe") as caught:
            read_letter(path)
        assert "save as a file" in caught.value.do


@pytest.mark.parametrize("limit", ["LIMIT_CHARACTERS", "LIMIT_OWN"])
def test_a_text_that_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    """By its characters, with what to leave out."""
    monkeypatch.setattr(files, limit, 10)

    with pytest.raises(LetterUnreadable, match="at most 10 are read") as caught:
        read_letter_bytes(b"eleven byte", "a.txt")
    assert "without its enclosures" in caught.value.do
