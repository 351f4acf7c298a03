"""The ledger file's form: its tables, how it is opened, and what SQLite's complaints mean."""

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from cortipump.errors import LedgerInconsistent, LedgerMissing, LedgerUnavailable, NotALedger

APPLICATION_ID: Final = 0x434F5254  # "CORT"
FORMAT_VERSION: Final = 1

SCHEMA: Final = """
CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE source(
  id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, name TEXT NOT NULL, media TEXT NOT NULL,
  size INTEGER NOT NULL, imported_at TEXT NOT NULL, bytes BLOB NOT NULL);
CREATE TABLE fact(
  seq INTEGER PRIMARY KEY, id TEXT NOT NULL, kind TEXT NOT NULL, day TEXT, source INTEGER
  REFERENCES source(id), place TEXT NOT NULL, key TEXT NOT NULL, key_hash INTEGER NOT NULL,
  version TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL, body BLOB NOT NULL);
CREATE INDEX fact_key ON fact(key_hash);
CREATE TABLE supersession(
  old TEXT PRIMARY KEY, new TEXT NOT NULL, why TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL)
  WITHOUT ROWID;
"""


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what SQLite says into what a person can act on."""
    try:
        yield
    except sqlite3.OperationalError as cause:
        raise _unavailable(path, str(cause)) from cause
    except sqlite3.IntegrityError as cause:
        raise LedgerInconsistent(
            f"a change would contradict what the ledger holds ({cause}); nothing was written",
            where=str(path),
            do="this is a fault of cortipump: the ledger is unchanged, please report it",
        ) from cause
    except sqlite3.DatabaseError as cause:
        raise NotALedger(
            f"this file is not a cortipump ledger, or it is damaged: {cause}",
            where=str(path),
            do="name another file with --ledger, or restore a copy",
        ) from cause


_CAUSES: Final[Mapping[str, tuple[str, str]]] = {
    "locked": ("another program is using the ledger", "close it and try again"),
    "busy": ("another program is using the ledger", "close it and try again"),
    "readonly": ("the ledger cannot be written to", "check the permissions of file and folder"),
    "full": ("the disk is full", "free some space and try again: nothing was changed"),
    "unable to open": ("the ledger cannot be opened", "check the path and the permissions"),
    "disk i/o": ("the disk failed while reading or writing", "check the disk; nothing was changed"),
}


def _unavailable(path: Path, said: str) -> LedgerUnavailable:
    for word, (what, do) in _CAUSES.items():
        if word in said.lower():
            return LedgerUnavailable(f"{what} ({said})", where=str(path), do=do)
    return LedgerUnavailable(said, where=str(path), do="try again; the ledger is unchanged")


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """A connection with the ledger's settings; ``mode`` is SQLite's: ro, rw or rwc."""
    with explained(path):
        if mode == "rwc" and not path.exists():
            # A ledger is its owner's alone; SQLite would give it the folder's usual permissions.
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=2.0,
            isolation_level=None,
            # An import writes on a thread of its own, never from two at once.
            check_same_thread=False,
        )
        connection.execute("PRAGMA synchronous=EXTRA")
        connection.execute("PRAGMA cache_size=-65536")
        connection.execute("PRAGMA temp_store=MEMORY")
        return connection


def is_ledger(path: Path, connection: sqlite3.Connection) -> bool:
    """Whether the file holds a ledger; False for an empty file.

    Raises
    ------
    NotALedger
        R003 if it is something else, or written by a newer version.
    """
    with explained(path):
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if application == APPLICATION_ID and version == FORMAT_VERSION:
        return True
    if application == 0 and version == 0 and tables == 0:
        return False
    what = "this file is not a cortipump ledger"
    if application == APPLICATION_ID:
        what = f"this ledger has format {version}; this version of cortipump knows {FORMAT_VERSION}"
    raise NotALedger(what, where=str(path), do="name another file with --ledger")


def lay_tables(connection: sqlite3.Connection) -> None:
    """Make the tables of an empty ledger. Call inside a transaction."""
    for statement in SCHEMA.split(";"):
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version={FORMAT_VERSION}")


def missing(path: Path) -> LedgerMissing:
    """The error for a ledger that is not there."""
    return LedgerMissing(
        "there is no ledger here yet",
        where=str(path),
        do="start one with: cortipump import FILE..., or name another with --ledger",
    )
