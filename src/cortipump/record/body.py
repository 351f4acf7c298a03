"""What every kind of fact shares: codes, marks, and a moment by which it is ordered."""

from msgspec import Struct

from cortipump.quantities.moment import Moment


class Code(Struct, frozen=True, omit_defaults=True, gc=False):
    """A code as the source gives it: the system's short name (``icd-10-cm``), code and words."""

    system: str
    code: str
    text: str = ""


class Body(Struct, frozen=True, omit_defaults=True, kw_only=True, tag_field="kind", gc=False):
    """What every kind of fact shares: coded marks for whatever needed interpretation.

    Attributes
    ----------
    marks
        Coded remarks such as ``amount/rounded`` (listed in docs/marks.md).
    note
        Free words of the person or the source.
    void
        Why the origin took the record back; such a fact exists only to replace the earlier
        version that it takes back, and counts nowhere. Empty: it stands.
    """

    marks: tuple[str, ...] = ()
    note: str = ""
    void: str = ""

    @property
    def when(self) -> Moment | None:
        """The moment by which the fact is ordered. None: undated."""
        return None


class Dated(Body, frozen=True, omit_defaults=True, kw_only=True):
    """A fact of one moment."""

    at: Moment | None = None

    @property
    def when(self) -> Moment | None:
        """The moment by which it is ordered."""
        return self.at


class Lasting(Body, frozen=True, omit_defaults=True, kw_only=True):
    """A fact that lasts from a moment to another; None: not recorded, or still going on."""

    start: Moment | None = None
    end: Moment | None = None

    @property
    def when(self) -> Moment | None:
        """The moment by which it is ordered."""
        return self.start
