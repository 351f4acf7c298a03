"""Every error that cortipump raises on purpose, and `Problem`, a remark about one row of data.

An error says what happened, where, and what to do. Nothing else belongs here: no handling, no
printing (that is `cli.output`).
"""

from msgspec import Struct


class Problem(Struct, frozen=True, gc=False):
    """Something about one place in the person's data that a reader should know.

    Problems are values: they are collected and shown together, they never stop an import.

    Attributes
    ----------
    where
        Place in the source, such as ``$.entry[12].resource`` or ``row 5``.
    why
        One sentence in plain words.
    """

    where: str
    why: str


class CortipumpError(Exception):
    """Base of all expected failures; the exit status is the contract's.

    Parameters
    ----------
    what
        What is wrong, in one sentence, with the offending value.
    where
        File, line, JSON path or option.
    do
        What to do next. Never a medical number.
    """

    code = "C000"
    exit_status = 2

    def __init__(self, what: str, *, where: str = "", do: str = "") -> None:
        super().__init__(what)
        self.what, self.where, self.do = what, where, do


class QuantityError(CortipumpError):
    """Q: a date, an amount or a unit that cannot be understood."""

    code = "Q001"


class KnowledgeError(CortipumpError):
    """K: the package's own data lacks or contradicts something."""

    code = "K001"
    exit_status = 3


class ModelError(CortipumpError):
    """M001: a regimen, a weight or a question that the model cannot take."""

    code = "M001"


class SolverFailed(ModelError):
    """M002: a simulation did not reach the accuracy that was asked for."""

    code = "M002"
    exit_status = 3


class UsageError(CortipumpError):
    """W: the command was called in a way that cannot work."""

    code = "W001"


class RecordError(CortipumpError):
    """R001: something asked of the ledger that it does not hold or allow."""

    code = "R001"


class LedgerMissing(RecordError):
    """R002: there is no ledger at the given place."""

    code = "R002"


class NotALedger(RecordError):
    """R003: the file exists and is something else, or was written by a newer version."""

    code = "R003"


class LedgerUnavailable(RecordError):
    """R004: locked, read-only, disk full: the machine failed, the ledger is unchanged."""

    code = "R004"
    exit_status = 3


class LedgerInconsistent(RecordError):
    """R006: a change that contradicts what the ledger holds; nothing of it was written."""

    code = "R006"
    exit_status = 3


class AnotherPerson(RecordError):
    """R005: the file speaks of a person whose name or birth date differs from the ledger's."""

    code = "R005"


class ImportFailed(CortipumpError):
    """I001: a file that no importer understands; nothing of it was added."""

    code = "I001"


class FileTooLarge(ImportFailed):
    """I002: more bytes than one import takes."""

    code = "I002"


class LetterUnreadable(ImportFailed):
    """I003: a letter whose words cannot be read: a picture, locked, damaged, another format."""

    code = "I003"


class EvidenceError(CortipumpError):
    """E: windows that cannot be compared."""

    code = "E001"


class DocumentError(CortipumpError):
    """D001: a document that must not be written as it stands."""

    code = "D001"


class UntracedNumber(DocumentError):
    """D002: a number without a derivation reached the renderer (SAFETY S5)."""

    code = "D002"
