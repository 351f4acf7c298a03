"""Rows of a ledger file as values: a source, a fact as it is stored, a replacement."""

from msgspec import Struct


class Source(Struct, frozen=True):
    """A file whose bytes the ledger keeps.

    Attributes
    ----------
    media
        Media type as recognised from its content.
    imported_at
        ISO 8601 in UTC.
    """

    sha256: str
    name: str
    media: str
    size: int
    imported_at: str


class Row(Struct, frozen=True):
    """A fact as it is stored, for copying a ledger without loss."""

    id: str
    source: str
    place: str
    key: str
    version: str
    by: str
    at: str
    body: bytes


class Supersession(Struct, frozen=True):
    """One fact replaced by another, with the reason."""

    old: str
    new: str
    why: str
    by: str
    at: str
