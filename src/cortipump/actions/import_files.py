"""Files, folders and zips into the ledger: one file whole or not at all, the person checked."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Final

from msgspec import Struct

from cortipump.actions import clock
from cortipump.actions.exchange import is_export, take_in
from cortipump.errors import AnotherPerson, CortipumpError, Problem
from cortipump.importers.fhir.people import alike
from cortipump.importers.importer import Reading, Request
from cortipump.importers.registry import read
from cortipump.importers.unpack import Found, find
from cortipump.quantities.moment import home_zone
from cortipump.record.draft import Admission, admit
from cortipump.record.facts import Person
from cortipump.record.store import Ledger, Source, create_or_open, open_ledger, pack

ZONE: Final = "zone"


class FileReport(Struct):
    """What one file brought.

    Attributes
    ----------
    error
        Why nothing of it was taken. None: it was.
    named
        True when the person named this file; then an error is the command's failure.
    """

    path: str
    format: str = ""
    sha256: str = ""
    facts_added: int = 0
    facts_known: int = 0
    skipped: list[Problem] = []
    notes: list[str] = []
    error: CortipumpError | None = None
    named: bool = True


class ImportReport(Struct):
    """What an import brought, file by file."""

    files: list[FileReport]
    zone: str
    zone_is_new: bool

    @property
    def facts_added(self) -> int:
        """Facts added by all files."""
        return sum(file.facts_added for file in self.files)

    @property
    def failure(self) -> CortipumpError | None:
        """The error to end with: a named file's, a refusal, or any if no file was understood."""
        errors = [file for file in self.files if file.error]
        grave = [f for f in errors if f.named or isinstance(f.error, AnotherPerson)]
        grave += [f for f in errors if f.error and f.error.exit_status == 3]
        if not grave and len(errors) == len(self.files):
            grave = errors
        return grave[0].error if grave else None


class Options(Struct, frozen=True):
    """How to import.

    Attributes
    ----------
    zone
        The home zone, when the ledger has none yet. Empty: the machine's.
    same_person
        The person has confirmed that other names and birth dates mean the same person.
    """

    dry_run: bool = False
    zone: str = ""
    same_person: bool = False


def import_files(
    ledger_path: Path,
    paths: Iterable[Path],
    options: Options,
    progress: Callable[[FileReport], None] = lambda _: None,
) -> ImportReport:
    """Import every file at the paths, each in a transaction of its own.

    Raises
    ------
    LedgerUnavailable
        R004 when the ledger cannot be opened or written.
    """
    zone, is_new = _zone(ledger_path, options)
    report = ImportReport([], zone, is_new)
    with _Target(ledger_path, options, zone) as target:
        for path in paths:
            for found in find(path):
                file = target.take(found)
                report.files.append(file)
                progress(file)
    return report


def _zone(ledger_path: Path, options: Options) -> tuple[str, bool]:
    """The ledger's zone, and whether this import sets it."""
    if ledger_path.is_file() and ledger_path.stat().st_size:
        with open_ledger(ledger_path) as ledger:
            kept = ledger.setting(ZONE)
        if kept:
            return kept, False
    zone = home_zone(options.zone).key if options.zone else clock.machine_zone()
    return zone, True


class _Target:
    """The ledger that files go into, opened for writing at the first file that is understood."""

    def __init__(self, path: Path, options: Options, zone: str) -> None:
        self.path, self.options, self.zone = path, options, zone
        self.today: date = clock.today()
        self.ledger: Ledger | None = None
        self.people: list[Person] | None = None
        self.worker = ThreadPoolExecutor(1)

    def __enter__(self) -> "_Target":
        return self

    def __exit__(self, *_: object) -> None:
        self.worker.shutdown()
        if self.ledger is not None:
            self.ledger.close()

    def take(self, found: Found) -> FileReport:
        """Import one file; what goes wrong with the file alone is in the report."""
        file = FileReport(found.name, named=found.named)
        if found.trouble is not None:
            file.error = found.trouble
            return file
        try:
            self._take(found, file)
        except CortipumpError as trouble:
            if trouble.exit_status == 3:
                raise
            file.error = trouble
        return file

    def _take(self, found: Found, file: FileReport) -> None:
        file.sha256 = sha256(found.content).hexdigest()
        if is_export(found.content):
            self._take_export(found, file)
            return
        ledger = self._existing()
        if ledger is not None and ledger.has_source(file.sha256):
            file.format = "known"
            file.facts_known = ledger.facts_of_source(file.sha256)
            file.notes.append("these very bytes were imported before")
            return
        # Packing needs no Python: it runs beside the reading.
        packed = self.worker.submit(pack, found.content)
        reading = read(Request(found.name, found.content, home_zone(self.zone), self.today))
        file.format = reading.format
        self._check_person(reading, found.name)
        self._people_aside(reading)
        file.skipped = reading.skipped
        admission = self._write(reading, found, file.sha256, packed)
        file.facts_added = len(admission.facts)
        file.facts_known = admission.known
        file.skipped += [Problem(place, why) for place, why in admission.void]
        if self.people is not None:
            self.people += reading.people

    def _take_export(self, found: Found, file: FileReport) -> None:
        file.format = "cortipump-export"
        if self.options.dry_run:
            file.notes.append("an export of cortipump: a dry run does not open it")
            return
        counts = take_in(self._writable(), found.content, found.name)
        file.facts_added, file.facts_known = counts

    def _existing(self) -> Ledger | None:
        """The ledger if there is one already; it is not made for a file that may be refused."""
        if self.ledger is None and self.path.is_file() and self.path.stat().st_size:
            self.ledger = (
                open_ledger(self.path) if self.options.dry_run else create_or_open(self.path)
            )
        return self.ledger

    def _writable(self) -> Ledger:
        ledger = self._existing()
        if ledger is None:
            ledger = self.ledger = create_or_open(self.path)
        return ledger

    def _write(
        self, reading: Reading, found: Found, digest: str, packed: "Future[bytes]"
    ) -> Admission:
        if self.options.dry_run:
            ledger = self._existing()
            keys = (draft.key for draft in reading.drafts)
            known = ledger.known(keys) if ledger else {}
            return admit(reading.drafts, known, digest)
        ledger = self._writable()
        with ledger.change():
            if not ledger.setting(ZONE):
                ledger.set(ZONE, self.zone)
            name = found.name.replace("\\", "/").rsplit("/", 1)[-1]
            source = Source(digest, name, reading.media, len(found.content), clock.now())
            ledger.keep_source(source, packed.result())
            return ledger.admit(reading.drafts, source=digest)

    def _check_person(self, reading: Reading, name: str) -> None:
        """Refuse a file about somebody else.

        Raises
        ------
        AnotherPerson
            R005 unless a person has confirmed that it is the same person.
        """
        if self.people is None:
            ledger = self._existing()
            self.people = [person.body for person in ledger.timeline().of(Person)] if ledger else []
        if not self.people or not reading.people or self.options.same_person:
            return
        stranger = reading.people[0]
        if not any(alike(stranger, known) for known in self.people):
            raise AnotherPerson(
                f"this file is about {described(stranger)}; the ledger is about "
                f"{described(self.people[0])}",
                where=name,
                do="one ledger is one person: name another with --ledger, or confirm that it is "
                "the same person with --same-person",
            )

    def _people_aside(self, reading: Reading) -> None:
        if self.options.same_person:
            reading.drafts += reading.set_aside
            return
        reading.skipped += [
            Problem(draft.place, "about another person than the file's own (--same-person)")
            for draft in reading.set_aside
        ]


def described(person: Person) -> str:
    """A person in a few words."""
    name = person.names[0] if person.names else "a person without a name"
    return f"{name}, born {person.born}" if person.born else name


def skipped_reasons(files: Iterable[FileReport]) -> Iterator[tuple[str, int]]:
    """How often each reason occurs, most frequent first."""
    counts: dict[str, int] = {}
    for file in files:
        for problem in file.skipped:
            counts[problem.why] = counts.get(problem.why, 0) + 1
    yield from sorted(counts.items(), key=lambda item: -item[1])
