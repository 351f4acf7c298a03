"""The ledger file: one SQLite file per person, the only place that speaks SQL.

A rollback journal, `synchronous=EXTRA` and one transaction per change: a ledger is always either
as it was or as it was to become. Facts are never overwritten (SAFETY S11).
"""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec
import zstandard

from cortipump.errors import RecordError
from cortipump.record.admission import Admission, Known, admit
from cortipump.record.codec import decode_many
from cortipump.record.draft import Draft, Keyed, day_of, hash_of, keyed
from cortipump.record.facts import Fact, Origin, Person, kind_of
from cortipump.record.rows import Row, Source, Supersession
from cortipump.record.schema import connect, explained, is_ledger, lay_tables, missing
from cortipump.record.timeline import Timeline

_FACTS: Final = """
SELECT f.id, f.source, f.place, f.key, f.version, f.by, f.at, f.body, s.new, s.why
FROM fact f LEFT JOIN supersession s ON s.old = f.id ORDER BY f.seq
"""


_INSERT_FACT: Final = (
    "INSERT INTO fact(id, kind, day, source, place, key, key_hash, version, by, at, body)"
    " VALUES (?,?,?,?,?,?,?,?,?,?,?)"
)


_KNOWN: Final = """
SELECT f.key, f.id, f.version, f.body FROM fact f
WHERE f.key_hash IN (SELECT value FROM json_each(?)) ORDER BY f.seq
"""


class Ledger:
    """An open ledger. Use `open_ledger` and `create_or_open`."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._db = connection
        self._hashes: set[int] | None = None

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    # -- reading ---------------------------------------------------------------------------

    def setting(self, name: str, default: str = "") -> str:
        """A setting of this ledger, such as ``zone``."""
        with explained(self.path):
            row = self._db.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
        return default if row is None else str(row[0])

    def sources(self) -> list[Source]:
        """Every source, in the order of import."""
        with explained(self.path):
            rows = self._db.execute(
                "SELECT sha256, name, media, size, imported_at FROM source ORDER BY id"
            ).fetchall()
        return [Source(*row) for row in rows]

    def has_source(self, sha256: str) -> bool:
        """Whether these very bytes were imported before."""
        with explained(self.path):
            found = self._db.execute("SELECT 1 FROM source WHERE sha256 = ?", (sha256,)).fetchone()
        return found is not None

    def facts_of_source(self, sha256: str) -> int:
        """How many facts were read from a source."""
        with explained(self.path):
            row = self._db.execute(
                "SELECT count(*) FROM fact WHERE source = (SELECT id FROM source WHERE sha256 = ?)",
                (sha256,),
            ).fetchone()
        return int(row[0])

    def source_bytes(self, sha256: str) -> bytes:
        """The original bytes of a source.

        Raises
        ------
        RecordError
            R001 if the ledger holds no such source.
        """
        with explained(self.path):
            row = self._db.execute(
                "SELECT bytes FROM source WHERE sha256 = ?", (sha256,)
            ).fetchone()
        if row is None:
            raise RecordError(f"there is no source {sha256[:12]} in this ledger")
        return zstandard.ZstdDecompressor().decompress(row[0])

    def timeline(self) -> Timeline:
        """Every fact with its origin, superseded ones included."""
        with explained(self.path):
            names = {
                row[0]: (row[1], row[2], row[3])
                for row in self._db.execute("SELECT id, sha256, name, imported_at FROM source")
            }
            rows = self._db.execute(_FACTS).fetchall()
        bodies = decode_many([row[7] for row in rows])
        # Of several versions that one correction stands for, the first is the one it corrects.
        replaces = {row[8]: row[0] for row in reversed(rows) if row[8]}
        nothing = ("", "", "")
        facts = []
        for row, body in zip(rows, bodies, strict=True):
            sha256, name, imported_at = names.get(row[1], nothing)
            origin = Origin(sha256, name, row[2], row[3], row[4], row[5], row[6] or imported_at)
            facts.append(
                Fact(row[0], body, origin, replaces.get(row[0], ""), row[8] or "", row[9] or "")
            )
        return Timeline(facts, zone=self.setting("zone", "UTC"))

    def people(self) -> list[Person]:
        """What the standing facts say of the person that the ledger is about."""
        with explained(self.path):
            rows = self._db.execute(
                "SELECT f.body FROM fact f LEFT JOIN supersession s ON s.old = f.id "
                "WHERE f.kind = 'person' AND s.new IS NULL ORDER BY f.seq"
            ).fetchall()
        return [body for body in decode_many([row[0] for row in rows]) if isinstance(body, Person)]

    def keys_of_people(self) -> set[str]:
        """The keys of every person's record at its origin: the person's own."""
        with explained(self.path):
            rows = self._db.execute("SELECT key FROM fact WHERE kind = 'person'").fetchall()
        return {row[0] for row in rows}

    def settings(self) -> dict[str, str]:
        """Every setting."""
        with explained(self.path):
            rows = self._db.execute("SELECT name, value FROM setting ORDER BY name").fetchall()
        return dict(rows)

    def rows(self) -> list[Row]:
        """Every fact as it is stored, in the order in which they came."""
        with explained(self.path):
            rows = self._db.execute(
                "SELECT f.id, coalesce(s.sha256, ''), f.place, f.key, f.version, f.by, f.at, "
                "f.body FROM fact f LEFT JOIN source s ON s.id = f.source ORDER BY f.seq"
            ).fetchall()
        return [Row(*row) for row in rows]

    def supersessions(self) -> list[Supersession]:
        """Every replacement of a fact by another."""
        with explained(self.path):
            rows = self._db.execute(
                "SELECT old, new, why, by, at FROM supersession ORDER BY old"
            ).fetchall()
        return [Supersession(*row) for row in rows]

    def known(self, drafts: Iterable[Keyed]) -> dict[str, list[Known]]:
        """The facts that the ledger holds under the drafts' keys, in the order of their arrival."""
        with explained(self.path):
            hashes = self._all_hashes()
            wanted = [hashed for _, _, hashed in drafts if hashed in hashes]
            found: dict[str, list[Known]] = {}
            if not wanted:
                return found
            rows = self._db.execute(_KNOWN, (msgspec.json.encode(wanted).decode(),)).fetchall()
            replaced = {s.old: s for s in self.supersessions()}
        for key, fact, version, body in rows:
            head, corrected = _head(fact, replaced)
            found.setdefault(key, []).append(Known(fact, version, body, head, corrected))
        return found

    def _all_hashes(self) -> set[int]:
        """The hash of every key, read once: cheaper than asking for thousands one by one."""
        if self._hashes is None:
            self._hashes = {row[0] for row in self._db.execute("SELECT key_hash FROM fact")}
        return self._hashes

    # -- writing ---------------------------------------------------------------------------

    @contextmanager
    def change(
        self, commit: Callable[[Callable[[], None]], object] | None = None
    ) -> Iterator[None]:
        """One transaction: everything inside is written, or nothing is.

        Parameters
        ----------
        commit
            Takes the last step, which mostly waits for the disk, and runs it elsewhere, such as an
            executor's ``submit``. The ledger must not be used before it is done. None: at once.

        Raises
        ------
        LedgerUnavailable
            R004 if another program is writing, the file cannot be written, or the disk is full.
        """
        with explained(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                if commit is not None:
                    commit(self._commit)
                    return
            except BaseException:
                # Ctrl-C included: whatever happened, the ledger is as it was.
                self._roll_back()
                raise
        self._commit()

    def _commit(self) -> None:
        with explained(self.path):
            try:
                self._db.execute("COMMIT")
            except BaseException:
                self._roll_back()
                raise

    def _roll_back(self) -> None:
        self._hashes = None
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")

    def set(self, name: str, value: str) -> None:
        """Keep a setting. Call inside `change`."""
        self._db.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (name, value))

    def keep_source(self, source: Source, packed: bytes) -> None:
        """Keep the bytes of a source, packed by `pack`. Call inside `change`."""
        self._db.execute(
            "INSERT INTO source(sha256, name, media, size, imported_at, bytes)"
            " VALUES (?,?,?,?,?,?)",
            (source.sha256, source.name, source.media, source.size, source.imported_at, packed),
        )

    def admit(
        self,
        drafts: list[Draft],
        *,
        source: str,
        by: str = "",
        at: str = "",
        why: str = "a newer version of the same record at its origin",
    ) -> Admission:
        """Write the drafts that are new. Call inside `change`.

        Parameters
        ----------
        source
            sha256 of a kept source; empty for what was typed without one.
        by, at
            Who typed it and when; empty for an import, which is dated by its source.
        """
        with_keys = keyed(drafts, source)
        admission = admit(with_keys, self.known(with_keys))
        self.write(admission, source=source, by=by, at=at, why=why)
        return admission

    def correct(self, old: str, draft: Draft, *, source: str, why: str, by: str, at: str) -> str:
        """Write a correction of a fact; its id. Call inside `change`."""
        admission = admit(keyed([draft], source), {})
        self.write(admission, source=source, by=by, at=at)
        new = admission.facts[0].id
        self._db.execute("INSERT INTO supersession VALUES (?,?,?,?,?)", (old, new, why, by, at))
        return new

    def write(
        self, admission: Admission, *, source: str, by: str = "", at: str = "", why: str = ""
    ) -> None:
        """Write what was admitted. Call inside `change`."""
        row = self._db.execute("SELECT id FROM source WHERE sha256 = ?", (source,)).fetchone()
        number = None if row is None else row[0]
        self._db.executemany(
            _INSERT_FACT,
            (
                (f.id, f.kind, f.day, number, f.place, f.key, f.key_hash, f.version, by, at, f.body)
                for f in admission.facts
            ),
        )
        self._db.executemany(
            "INSERT INTO supersession VALUES (?,?,?,?,?)",
            ((old, new, why, by, at) for old, new in admission.supersessions),
        )
        self._db.executemany(
            "UPDATE fact SET version = ? WHERE id = ?",
            ((version, fact) for fact, version in admission.confirmed),
        )
        if self._hashes is not None:
            self._hashes.update(f.key_hash for f in admission.facts)

    def restore(self, rows: list[Row], supersessions: list[Supersession]) -> None:
        """Write facts and replacements copied from another ledger. Call inside `change`."""
        ids = dict(self._db.execute("SELECT sha256, id FROM source"))
        self._hashes = None
        bodies = decode_many([row.body for row in rows])
        self._db.executemany(
            _INSERT_FACT,
            (
                (r.id, kind_of(b), day_of(b), ids.get(r.source), r.place, r.key, hash_of(r.key),
                 r.version, r.by, r.at, r.body)
                for r, b in zip(rows, bodies, strict=True)
            ),
        )  # fmt: skip
        self._db.executemany(
            "INSERT OR IGNORE INTO supersession VALUES (?,?,?,?,?)",
            ((s.old, s.new, s.why, s.by, s.at) for s in supersessions),
        )


def _head(fact: str, replaced: Mapping[str, Supersession]) -> tuple[str, bool]:
    """The fact that stands for this one now, and whether a person's correction leads there."""
    corrected = False
    while (step := replaced.get(fact)) is not None:
        # Imports leave the name of who replaced it empty.
        corrected = corrected or bool(step.by)
        fact = step.new
    return fact, corrected


def pack(content: bytes) -> bytes:
    """The bytes of a source as the ledger keeps them (zstd)."""
    return zstandard.ZstdCompressor(level=3).compress(content)


def open_ledger(path: Path, *, write: bool = False) -> Ledger:
    """Open an existing ledger.

    A reader opens the file for writing where that is allowed, so that a transaction cut off by a
    crash is rolled back first; it then refuses to change anything itself.

    Raises
    ------
    LedgerMissing
        R002 if there is no file.
    """
    if not path.is_file():
        raise missing(path)
    mode = "rw" if write or os.access(path, os.W_OK) else "ro"
    connection = connect(path, mode)
    try:
        if not is_ledger(path, connection):
            raise missing(path)
        if not write:
            with explained(path):
                connection.execute("PRAGMA query_only=ON")
    except BaseException:
        connection.close()
        raise
    return Ledger(path, connection)


def create_or_open(path: Path) -> Ledger:
    """Open a ledger for writing; make an empty one where there is none.

    The tables of a new ledger are made in the first change, so that a crash leaves either an
    empty file or a ledger.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = connect(path, "rwc")
    try:
        ledger = Ledger(path, connection)
        if not is_ledger(path, connection):
            with ledger.change():
                lay_tables(connection)
    except BaseException:
        connection.close()
        raise
    return ledger
