"""Files, folders and zips -> single files, in a fixed order, each with its name and bytes."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from msgspec import Struct

from cortipump.errors import CortipumpError, FileTooLarge, ImportFailed

LARGEST_FILE: Final = 512 * 1024 * 1024
_LARGEST_ARCHIVE: Final = 4 * LARGEST_FILE
_DEEPEST: Final = 3


class Found(Struct, frozen=True):
    """A file to read, or the reason why it cannot be.

    Attributes
    ----------
    named
        True when the person named this very file; a file that was only met in a folder or an
        archive may be something else without that being an error.
    """

    name: str
    content: bytes = b""
    trouble: CortipumpError | None = None
    named: bool = True


def find(path: Path) -> Iterator[Found]:
    """Every file at a path: itself, a folder's in order of name, an archive's members."""
    if path.is_dir():
        members = sorted((p for p in path.rglob("*") if p.is_file()), key=lambda p: _rank(str(p)))
        if not members:
            trouble = ImportFailed("the folder is empty", where=str(path))
            yield Found(str(path), trouble=trouble)
        for member in members:
            yield from _file(member, named=False)
    else:
        yield from _file(path, named=True)


def _rank(name: str) -> tuple[bool, str]:
    """In order of name, but who the others are about comes first (`Patient.ndjson`)."""
    return "patient" not in name.rsplit("/", 1)[-1].lower(), name


def _file(path: Path, *, named: bool) -> Iterator[Found]:
    name = str(path)
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            yield Found(name, trouble=_too_large(name, size), named=named)
            return
        content = path.read_bytes()
    except FileNotFoundError:
        trouble = ImportFailed("there is no such file", where=name, do="check the path")
        yield Found(name, trouble=trouble, named=named)
        return
    except OSError as cause:
        trouble = ImportFailed(f"it cannot be read: {cause.strerror}", where=name)
        yield Found(name, trouble=trouble, named=named)
        return
    yield from _open(name, content, named=named, depth=0)


def _too_large(name: str, size: int) -> FileTooLarge:
    return FileTooLarge(
        f"the file has {size / 1e6:,.0f} MB; one import takes at most {LARGEST_FILE / 1e6:,.0f}",
        where=name,
        do="ask for the export in parts, or split NDJSON by lines",
    )


def _open(name: str, content: bytes, *, named: bool, depth: int) -> Iterator[Found]:
    if not _is_archive(content):
        yield Found(name, content, named=named)
        return
    if depth >= _DEEPEST:
        yield Found(name, trouble=ImportFailed("archives inside archives inside archives",
                                               where=name), named=named)  # fmt: skip
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield from _members(name, archive, depth=depth)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as cause:
        trouble = ImportFailed(f"this archive is damaged or locked: {cause}", where=name)
        yield Found(name, trouble=trouble, named=named)


def _is_archive(content: bytes) -> bool:
    """A zip that is no office document."""
    if content[:4] != b"PK\x03\x04":
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "[Content_Types].xml" not in archive.namelist()
    except zipfile.BadZipFile:
        return True


def _members(name: str, archive: zipfile.ZipFile, *, depth: int) -> Iterator[Found]:
    files = (m for m in archive.infolist() if not m.is_dir())
    members = sorted(files, key=lambda m: _rank(m.filename))
    if sum(member.file_size for member in members) > _LARGEST_ARCHIVE:
        yield Found(name, trouble=_too_large(name, sum(m.file_size for m in members)))
        return
    for member in members:
        inner = f"{name}!{member.filename}"
        if member.file_size > LARGEST_FILE:
            yield Found(inner, trouble=_too_large(inner, member.file_size), named=False)
            continue
        yield from _open(inner, archive.read(member), named=False, depth=depth + 1)
