"""A faithful print of one FHIR resource (R4 or STU3): every leaf, in the source's order, compactly.

Well-known datatypes take one line (``E27.2 "Adrenal crisis" (icd-10-cm)``). Each form takes out of
a copy of the object only what it prints, and the rest is printed after it by name: nothing can get
lost by being forgotten. What the resource means is not this module's business.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any, Final

from cortipump.documents.blocks import PrintedLine

Json = Any
Form = Callable[[dict[str, Json]], str]

_LONGEST_GENERIC: Final = 150
_LONGEST_BASE64: Final = 120
_MOST_ITEMS: Final = 4

_SYSTEMS: Final = {
    "http://snomed.info/sct": "snomed-ct",
    "http://loinc.org": "loinc",
    "http://www.nlm.nih.gov/research/umls/rxnorm": "rxnorm",
    "http://hl7.org/fhir/sid/icd-10-cm": "icd-10-cm",
    "http://hl7.org/fhir/sid/icd-10": "icd-10",
    "http://hl7.org/fhir/sid/icd-9-cm": "icd-9-cm",
    "http://hl7.org/fhir/sid/ndc": "ndc",
    "http://hl7.org/fhir/sid/cvx": "cvx",
    "http://hl7.org/fhir/sid/us-npi": "npi",
    "http://hl7.org/fhir/sid/us-ssn": "us-ssn",
    "http://unitsofmeasure.org": "ucum",
    "http://www.ama-assn.org/go/cpt": "cpt",
    "urn:iso:std:iso:4217": "iso-4217",
    "urn:iso:std:iso:3166": "iso-3166",
    "urn:ietf:bcp:47": "bcp-47",
    "urn:ietf:rfc:3986": "uri",
}
_HL7_PREFIXES: Final = (
    "http://terminology.hl7.org/CodeSystem/",
    "http://hl7.org/fhir/StructureDefinition/",
    "http://hl7.org/fhir/",
)
_CONTACTS: Final = frozenset({"phone", "fax", "email", "pager", "url", "sms", "other"})
_TAG = re.compile(r"<(?:!--.*?--|/?[A-Za-z!?][^<>]*)>", re.DOTALL)
_BASE64 = re.compile(r"[A-Za-z0-9+/=\r\n]+")
_BINARY_KEYS: Final = frozenset({"data", "blob", "content", "valueBase64Binary"})


def print_resource(resource: dict[str, Json]) -> tuple[PrintedLine, ...]:
    """Print one resource, as decoded from JSON.

    Parameters
    ----------
    resource
        Numbers may be text (``json.loads(..., parse_float=str)``), so that they stay as printed.

    Returns
    -------
    tuple of PrintedLine
        Every leaf value is in a label or a text, but for two that are said to be reduced: the
        markup of a narrative (its words stay) and long base64 data (its size and hash stay).
    """
    return tuple(line for key, value in resource.items() for line in _lines(key, value, 0))


def system_name(url: str) -> str:
    """The short name of a well-known code system, else the address itself."""
    if known := _SYSTEMS.get(url):
        return known
    for prefix in _HL7_PREFIXES:
        if url.startswith(prefix) and len(url) > len(prefix):
            return f"hl7 {url[len(prefix) :]}"
    return url


def narrative_words(markup: str) -> str:
    """The plain words of a narrative: tags away, entities resolved, white space joined."""
    return " ".join(unescape(_TAG.sub(" ", markup)).split())


def base64_note(key: str, text: str) -> str | None:
    """What stands for long base64 data: its size and hash. None when it is short or no base64."""
    if key not in _BINARY_KEYS or len(text) <= _LONGEST_BASE64 or not _BASE64.fullmatch(text):
        return None
    try:
        data = base64.b64decode(re.sub(r"\s", "", text), validate=True)
    except (binascii.Error, ValueError):
        return None
    return f"[{len(data)} bytes, sha256 {hashlib.sha256(data).hexdigest()}; data not printed]"


# -- lines ---------------------------------------------------------------------------------------


def _lines(label: str, value: Json, depth: int) -> Iterator[PrintedLine]:
    if isinstance(value, list):
        yield from _list_lines(label, value, depth)
    elif isinstance(value, dict):
        yield from _object_lines(label, value, depth)
    else:
        first, *more = (_scalar(label, value).splitlines()) or [""]
        yield PrintedLine(label, first, depth)
        yield from (PrintedLine("", line, depth) for line in more)


def _list_lines(label: str, items: list[Json], depth: int) -> Iterator[PrintedLine]:
    if all(not isinstance(item, dict | list) for item in items):
        texts = [_scalar(label, item) for item in items]
        if all(map(_is_one_line, texts)):
            yield PrintedLine(label, ", ".join(texts) or "(empty list)", depth)
            return
    for number, item in enumerate(items, 1):
        yield from _lines(f"{label} {number}" if len(items) > 1 else label, item, depth)


def _object_lines(label: str, value: dict[str, Json], depth: int) -> Iterator[PrintedLine]:
    inline = _inline(value)
    if inline is not None:
        yield PrintedLine(label, inline, depth)
        return
    yield PrintedLine(label, "", depth)
    for key, child in value.items():
        yield from _lines(key, child, depth + 1)


def _scalar(key: str, value: Json) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    if not text.isascii():
        # A lone surrogate, which JSON allows and UTF-8 does not, becomes a question mark.
        text = text.encode("utf-8", "replace").decode("utf-8")
    if key == "div":
        return narrative_words(text)
    return base64_note(key, text) or text


def _is_one_line(text: str) -> bool:
    return len(text.splitlines()) <= 1


# -- one line for one object ---------------------------------------------------------------------


def _inline(value: dict[str, Json]) -> str | None:
    """The object on one line, or None where it needs lines of its own."""
    if not value:
        return "(empty)"
    form = _form_of(value)
    rest = dict(value)
    head = form(rest).strip() if form else ""
    tail = _tail(rest)
    if tail is None or (form is None and len(tail) > _LONGEST_GENERIC):
        return None
    if not head:
        return tail
    return f"{head}; {tail}" if tail else head


def _tail(rest: dict[str, Json]) -> str | None:
    """What a form left over, by name."""
    parts = []
    for key, value in rest.items():
        text = _inline_any(key, value)
        if text is None:
            return None
        parts.append(f"{key} {text}")
    return "; ".join(parts)


def _inline_any(key: str, value: Json) -> str | None:
    if isinstance(value, dict):
        return _inline(value)
    if not isinstance(value, list):
        text = _scalar(key, value)
        return text if _is_one_line(text) else None
    if len(value) > _MOST_ITEMS or any(isinstance(item, list) for item in value):
        return None
    texts = [_inline_any(key, item) for item in value]
    if any(text is None for text in texts):
        return None
    return ", ".join(text for text in texts if text) or "(empty list)"


def _form_of(value: dict[str, Json]) -> Form | None:
    """Which datatype's form fits, told by the fields that are there."""
    keys = value.keys() - {"id", "extension"}
    if "url" in keys and all(key == "url" or key.startswith("value") for key in keys):
        return _extension
    for needed, allowed, form in _FORMS:
        if keys & needed and keys <= allowed:
            return form
    return None


def _take(rest: dict[str, Json], key: str) -> str:
    """Take a scalar out of what is left to print. Empty: not there, or no scalar of one line."""
    value = rest.get(key)
    if value is None or isinstance(value, dict | list):
        return ""
    text = _scalar(key, value)
    if not text or not _is_one_line(text):
        return ""
    del rest[key]
    return text


def _take_all(rest: dict[str, Json], key: str) -> list[str]:
    """Take a list of scalars out of what is left to print."""
    value = rest.get(key)
    plain = isinstance(value, list) and all(
        isinstance(item, str) and item and _is_one_line(item) for item in value
    )
    if not value or not plain:
        return []
    del rest[key]
    return [_scalar(key, item) for item in value]


def _remark(*texts: str) -> str:
    said = ", ".join(text for text in texts if text)
    return f" ({said})" if said else ""


def _join(*texts: str) -> str:
    return " ".join(text for text in texts if text).strip()


def _coding(rest: dict[str, Json]) -> str:
    code, display = _take(rest, "code"), _take(rest, "display")
    system, version = _take(rest, "system"), _take(rest, "version")
    return _join(code, display and f'"{display}"') + _remark(system_name(system), version)


def _concept(rest: dict[str, Json]) -> str:
    codings = rest.get("coding")
    texts: list[str | None] = [None]
    if isinstance(codings, list) and codings and all(isinstance(item, dict) for item in codings):
        texts = [_inline(item) for item in codings]
    if any(text is None for text in texts):
        return ""
    del rest["coding"]
    said = ", ".join(text for text in texts if text)
    words = rest.get("text")
    if isinstance(words, str) and f'"{words}"' in said:
        del rest["text"]
        return said
    words = _take(rest, "text")
    return f'"{words}": {said}' if words else said


def _quantity(rest: dict[str, Json]) -> str:
    number = _take(rest, "comparator") + _take(rest, "value")
    unit, code = _take(rest, "unit"), _take(rest, "code")
    currency, system = _take(rest, "currency"), _take(rest, "system")
    shown = unit or code or currency
    others = [text for text in (code, currency) if text and text != shown]
    return _join(number, shown) + _remark(*others, system_name(system))


def _identifier(rest: dict[str, Json]) -> str:
    system = rest.get("system")
    if isinstance(system, str) and system in _CONTACTS:
        return _join(_take(rest, "system"), _take(rest, "value")) + _remark(_take(rest, "use"))
    number, system = _take(rest, "value"), _take(rest, "system")
    return number + _remark(system_name(system), _take(rest, "use"))


def _period(rest: dict[str, Json]) -> str:
    return _join(_take(rest, "start"), "..", _take(rest, "end"))


def _between(first: str, mark: str, second: str) -> Form:
    def form(rest: dict[str, Json]) -> str:
        ends = []
        for key in (first, second):
            text = _inline_any(key, rest[key]) if key in rest else ""
            if text is None:
                return ""
            ends.append(text)
        rest.pop(first, None)
        rest.pop(second, None)
        return _join(ends[0], mark, ends[1])

    return form


def _reference(rest: dict[str, Json]) -> str:
    target, display = _take(rest, "reference"), _take(rest, "display")
    return _join(target, display and f'"{display}"')


def _name(rest: dict[str, Json]) -> str:
    whole = _join(
        *_take_all(rest, "prefix"),
        *_take_all(rest, "given"),
        _take(rest, "family"),
        *_take_all(rest, "suffix"),
    )
    if rest.get("text") == whole:
        del rest["text"]
    return whole + _remark(_take(rest, "use"))


def _address(rest: dict[str, Json]) -> str:
    parts = [
        *_take_all(rest, "line"),
        _take(rest, "city"),
        _take(rest, "district"),
        _join(_take(rest, "state"), _take(rest, "postalCode")),
        _take(rest, "country"),
    ]
    return ", ".join(part for part in parts if part) + _remark(
        _take(rest, "use"), _take(rest, "type")
    )


def _extension(rest: dict[str, Json]) -> str:
    return system_name(_take(rest, "url"))


def _keys(text: str) -> frozenset[str]:
    return frozenset(text.split())


# A form applies when one of the first fields is there and none beyond the second. Order matters:
# an identifier and a quantity share `value` and `system`.
_FORMS: Final[tuple[tuple[frozenset[str], frozenset[str], Form], ...]] = (
    (_keys("coding"), _keys("coding text"), _concept),
    (_keys("reference"), _keys("reference type display identifier"), _reference),
    (
        _keys("unit comparator currency"),
        _keys("value unit code system comparator currency"),
        _quantity,
    ),
    # Money of STU3; a bare code with its system looks the same either way.
    (_keys("code"), _keys("value code system"), _quantity),
    (_keys("value"), _keys("value system use type period assigner rank"), _identifier),
    (_keys("start end"), _keys("start end"), _period),
    (_keys("low high"), _keys("low high"), _between("low", "..", "high")),
    (
        _keys("numerator denominator"),
        _keys("numerator denominator"),
        _between("numerator", "per", "denominator"),
    ),
    (_keys("code display"), _keys("code system display version userSelected"), _coding),
    (_keys("family given"), _keys("family given prefix suffix text use period"), _name),
    (
        _keys("line city state postalCode"),
        _keys("line city district state postalCode country use type text period"),
        _address,
    ),
)
