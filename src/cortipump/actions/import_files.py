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
from cortipump.importers.importer import People, Reading, Request
from cortipump.importers.registry import read
from cortipump.importers.unpack import Found, find
from cortipump.quantities.moment import home_zone
from cortipump.record.admission import Admission, admit
from cortipump.record.draft import keyed
from cortipump.record.facts import Person
from cortipump.record.rows import Source
from cortipump.record.store import Ledger, create_or_open, open_ledger, pack

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
    with _Target(ledger_path, options, zone, progress) as target:
        for path in paths:
            for found in find(path):
                report.files.append(target.take(found))
        target.settle()
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
    """The ledger that files go into, opened for writing at the first file that is understood.

    The last step of a file's write, which waits for the disk, runs on a thread of its own while the
    next file is read. The ledger is never used before it is done.
    """

    def __init__(
        self, path: Path, options: Options, zone: str, progress: Callable[[FileReport], None]
    ) -> None:
        self.path, self.options, self.zone, self.progress = path, options, zone, progress
        self.today: date = clock.today()
        self.ledger: Ledger | None = None
        self.people: list[Person] | None = None
        self.own_keys: set[str] = set()
        self.strangers: set[str] = set()
        self.sources: set[tuple[int, str]] = set()
        self.packer, self.writer = ThreadPoolExecutor(1), ThreadPoolExecutor(1)
        self.pending: tuple[FileReport, Future[None]] | None = None

    def __enter__(self) -> "_Target":
        return self

    def __exit__(self, *_: object) -> None:
        self.packer.shutdown()
        self.writer.shutdown()
        if self.ledger is not None:
            self.ledger.close()

    def take(self, found: Found) -> FileReport:
        """Read one file and begin to write it; what goes wrong with it alone is in the report.

        What it brought is in the report after `settle`, or after the next `take`.
        """
        file = FileReport(found.name, named=found.named)
        try:
            if found.trouble is not None:
                raise found.trouble
            self._take(found, file)
        except CortipumpError as trouble:
            if trouble.exit_status == 3:
                raise
            file.error = trouble
        if self.pending is None or self.pending[0] is not file:
            self.progress(file)
        return file

    def settle(self) -> None:
        """Wait until the file that is being written is in the ledger.

        Raises
        ------
        LedgerUnavailable
            R004 if it could not be written; then nothing of it is there.
        """
        if self.pending is None:
            return
        file, committed = self.pending
        self.pending = None
        committed.result()
        self.progress(file)

    def _take(self, found: Found, file: FileReport) -> None:
        # Hashing and packing need no Python: they run beside the reading.
        hashed = self.packer.submit(lambda: sha256(found.content).hexdigest())
        if is_export(found.content):
            file.sha256 = hashed.result()
            self._take_export(found, file)
            return
        # What was set aside comes in when a person confirms, from the same bytes.
        if not self.options.same_person and self._is_known(found, file, hashed):
            return
        packed = self.packer.submit(pack, found.content)
        try:
            zone = home_zone(self.zone)
            reading = read(
                Request(found.name, found.content, zone, self.today, self._known_people())
            )
        finally:
            file.sha256 = hashed.result()
        file.format = reading.format
        self._check_person(reading, found.name)
        self._people_aside(reading)
        self.own_keys |= reading.own_keys
        self.strangers |= reading.strangers
        file.skipped = reading.skipped
        self.settle()
        admission = self._write(reading, found, file, packed)
        file.facts_added = admission.added
        file.facts_known = admission.known
        file.skipped += [Problem(place, why) for place, why in admission.void]
        file.skipped += [
            Problem(place, f"a newer form of what you corrected: your correction {fact} stands")
            for place, fact in admission.overruled
        ]

    def _is_known(self, found: Found, file: FileReport, hashed: "Future[str]") -> bool:
        """Whether these very bytes were imported before; the report then says so."""
        ledger, size = self._existing(), len(found.content)
        if ledger is None or all(size != known for known, _ in self.sources):
            return False
        file.sha256 = hashed.result()
        if (size, file.sha256) not in self.sources:
            return False
        self.settle()
        file.format = "known"
        file.facts_known = ledger.facts_of_source(file.sha256)
        file.notes.append("these very bytes were imported before")
        return True

    def _take_export(self, found: Found, file: FileReport) -> None:
        file.format = "cortipump-export"
        if self.options.dry_run:
            file.notes.append("an export of cortipump: a dry run does not open it")
            return
        self.settle()
        ledger = self._writable()
        counts = take_in(ledger, found.content, found.name)
        file.facts_added, file.facts_known = counts
        self.people, self.sources = None, _sizes(ledger)

    def _existing(self) -> Ledger | None:
        """The ledger if there is one already; it is not made for a file that may be refused."""
        if self.ledger is None and self.path.is_file() and self.path.stat().st_size:
            opener = open_ledger if self.options.dry_run else create_or_open
            self.ledger = opener(self.path)
            self.sources = _sizes(self.ledger)
        return self.ledger

    def _writable(self) -> Ledger:
        ledger = self._existing()
        if ledger is None:
            ledger = self.ledger = create_or_open(self.path)
        return ledger

    def _write(
        self, reading: Reading, found: Found, file: FileReport, packed: "Future[bytes]"
    ) -> Admission:
        """Everything of a file in one transaction, whose last step is left to the writer."""
        if self.options.dry_run:
            ledger = self._existing()
            drafts = keyed(reading.drafts, file.sha256)
            return admit(drafts, ledger.known(drafts) if ledger else {})
        ledger, size = self._writable(), len(found.content)
        with ledger.change(lambda commit: self._leave(file, commit)):
            if not ledger.setting(ZONE):
                ledger.set(ZONE, self.zone)
            name = found.name.replace("\\", "/").rsplit("/", 1)[-1]
            source = Source(file.sha256, name, reading.media, size, clock.now())
            if not ledger.has_source(file.sha256):
                ledger.keep_source(source, packed.result())
            admission = ledger.admit(reading.drafts, source=file.sha256)
        self.sources.add((size, file.sha256))
        return admission

    def _leave(self, file: FileReport, commit: Callable[[], None]) -> None:
        self.pending = (file, self.writer.submit(commit))

    def _known_people(self) -> People:
        """Whom the ledger and the files so far are about."""
        if self.people is None:
            self.settle()
            ledger = self._existing()
            self.people = ledger.people() if ledger else []
            self.own_keys |= ledger.keys_of_people() if ledger else set()
        return People(tuple(self.people), frozenset(self.own_keys), frozenset(self.strangers))

    def _check_person(self, reading: Reading, name: str) -> None:
        """Refuse a file about somebody else.

        Raises
        ------
        AnotherPerson
            R005 unless a person has confirmed that it is the same person.
        """
        known = self.people or []
        stranger = reading.people[0] if reading.people else None
        confirmed = stranger is None or self.options.same_person or not known
        if stranger is None or confirmed or any(alike(stranger, p) for p in known):
            self.people = known + reading.people
            return
        raise AnotherPerson(
            f"this file is about {described(stranger)}; the ledger is about {described(known[0])}",
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


def _sizes(ledger: Ledger) -> set[tuple[int, str]]:
    """Size and hash of every source: most files are known to be new by their size alone."""
    return {(source.size, source.sha256) for source in ledger.sources()}


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
