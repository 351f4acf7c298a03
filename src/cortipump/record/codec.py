"""A fact's body to JSON and back: the ledger's own format, exact for decimals and dates.

Unknown fields of a newer version are refused rather than lost.
"""

from collections.abc import Sequence
from typing import Final

import msgspec

from cortipump.errors import NotALedger
from cortipump.record.facts import AnyBody, Body

_encoder: Final = msgspec.json.Encoder(decimal_format="string")
# mypy does not see a union as a type to decode: what comes out is what the annotation says.
_one: Final[msgspec.json.Decoder[AnyBody]] = msgspec.json.Decoder(AnyBody)
_many: Final[msgspec.json.Decoder[list[AnyBody]]] = msgspec.json.Decoder(list[AnyBody])


def encode(body: Body) -> bytes:
    """The body as JSON."""
    return _encoder.encode(body)


def decode(body: bytes) -> AnyBody:
    """A body from its JSON.

    Raises
    ------
    NotALedger
        R003 if it is no fact that this version knows.
    """
    try:
        return _one.decode(body)
    except msgspec.ValidationError as cause:
        raise _unreadable(cause) from cause


def decode_many(bodies: Sequence[bytes]) -> list[AnyBody]:
    """Many bodies in one pass, in order."""
    try:
        return _many.decode(b"[" + b",".join(bodies) + b"]")
    except msgspec.ValidationError as cause:
        raise _unreadable(cause) from cause


def _unreadable(cause: Exception) -> NotALedger:
    return NotALedger(
        f"a fact in this ledger cannot be read: {cause}",
        do="it was written by another version of cortipump; use that version to export it",
    )
