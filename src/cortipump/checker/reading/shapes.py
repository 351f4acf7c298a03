"""What a single line of a letter looks like: an item, a label, a heading, a part of an address."""

import re
from typing import Final

from cortipump.checker.reading.sheet import Sheet

_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
DATE: Final = re.compile(
    rf"\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}\b|\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?"
    rf"{_MONTH},?\s+\d{{4}}\b|\b\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:\d{{4}}|\d{{2}})\b|"
    rf"\b\d{{4}}-\d{{2}}-\d{{2}}\b|\b{_MONTH},?\s+\d{{4}}\b",
    re.IGNORECASE,
)

ITEM: Final = re.compile(
    r"\s*(?P<mark>[-*+·–—→]|[•‣◦▪■●○✓](?=\S{3}|\s)|\(?(?P<number>\d{1,2})[.)]|\(?(?P<letter>[a-zA-Z])\)|"
    r"\(?[ivx]{2,4}\)|[IVX]{1,4}\.)(?P<gap>(?<=[•‣◦▪■●○✓])\s*|\s+)(?=\S)"
)
LABEL: Final = re.compile(r"\s*(?P<label>[A-Z#][^:\n.!?;$]{0,40}?)\s?:(?=\s|$)")
_SUBJECT: Final = re.compile(r"\s*(?:re|subject|regarding|in re|ref)\s*[:.]\s*", re.IGNORECASE)
_KNOWN_LABEL: Final = re.compile(
    r"member|patient|name|d\.?o\.?b|date|birth|policy|group|claim|case|id\b|i\.d|plan|subscriber|"
    r"insured|number|no\.?$|#|diagnos|icd|npi|phone|tel|fax|mail|address|to$|from$|cc$|attn|attention|"
    r"provider|physician|prescriber|request|service|code|cpt|hcpcs|via|sent|subject|re$|reference|"
    r"employee|employer|status|signature|type|denial|file",
    re.IGNORECASE,
)
SALUTATION: Final = re.compile(
    r"\s*(?:dear\b.{0,80}|to whom(?:soever)? it may concern\b.{0,20}|"
    r"good (?:morning|afternoon|day)\b.{0,40}|hello\b.{0,40}|hi\b.{0,30}|sir or madam|"
    r"(?:ladies|gentlemen|sirs?|madam)\b.{0,30})[,:.;!–—-]?\s*$",
    re.IGNORECASE,
)
CLOSING: Final = re.compile(
    r"\s*(?:(?:yours\s+)?(?:very\s+)?(?:sincerely|respectfully|truly|faithfully)"
    r"(?:\s+(?:yours?|submitted))?|(?:with\s+)?(?:(?:kind(?:est)?|best|warm(?:est)?)\s+)?regards|"
    r"best(?:\s+wishes)?|thank(?:s| you)(?: very much| so much| again)?|many thanks|"
    r"with (?:thanks|respect|appreciation|gratitude)|cordially|gratefully|in gratitude|"
    r"respectfully submitted by|signed|sincerely and .{0,20})[,.!]?\s*$",
    re.IGNORECASE,
)
_STREET: Final = re.compile(
    r"^\s*\d{1,6}[A-Za-z]?\s+(?:[NSEW]\.?\s+)?(?:[A-Z0-9][\w.'’-]*\s+){1,4}"
    r"(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|court|ct|way|place|pl|circle|cir|"
    r"parkway|pkwy|highway|hwy|square|sq|terrace|ter|trail|trl|plaza|close|crescent)\b\.?",
    re.IGNORECASE,
)
_ADDRESS_HINT: Final = re.compile(
    r"\b[A-Z]{2}\.?,?\s+\d{5}(?:-\d{4})?\s*$|\bP\.?\s?O\.?\s?Box\b|\bpost office box\b|"
    r"\b(?:suite|ste|apt|apartment|unit|floor|fl|room|rm|mail\s?stop|bldg|building)\.?\s*#?\s*\w{1,6}\b|"
    r"\b(?:fax|tel|telephone|phone|ph|cell|mobile|e-?mail)\b\s*(?:no\.?|number)?[.:#]?\s*[+(\d\w]*[\d@]|"
    r"\(\d{3}\)\s?\d{3}-\d{4}|\b\d{3}[-.]\d{3}[-.]\d{4}\b|[\w.+-]+@[\w-]+\.\w+|"
    r"\b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b|\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b|"
    r"\b(?:department|dept\.?|attn|attention|c/o|grievances?|appeals unit|appeals department)\b|"
    r"^\s*www\.|https?://",
    re.IGNORECASE,
)
_ZIP: Final = re.compile(
    r"\b[A-Z]{2}\.?,?\s+\d{5}(?:-\d{4})?\b|,\s*[A-Z][a-z]+\s+\d{5}(?:-\d{4})?\s*$|"
    r"\b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b|\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\s*$|^\s*\d{5}\s+[A-Z][a-z]+\s*$"
)
ADDRESS_LABEL: Final = re.compile(
    r"\s*(?:fax|tel|telephone|phone|ph|cell|mobile|e-?mail|address|attn|attention|website|web)\b"
    r"[^:\n]{0,12}[:.]",
    re.IGNORECASE,
)
CAPTION: Final = re.compile(
    r"\W*(?:table|figure|chart|schedule)\s+(?:\d{1,2}|[A-Z]|[IVX]+)\b", re.IGNORECASE
)
EXHIBIT: Final = re.compile(
    r"\s*(?:exhibit|enclosure|attachment|appendix|annex)\s+(?:no\.?\s*)?(?:\d{1,2}|[A-Z])\b",
    re.IGNORECASE,
)
_TERMINAL: Final = re.compile(r"[.!?:…][\"'”’)\]]*\s*(?:\[Ex\.[^\]]*\])?$")
_RULE: Final = frozenset("-=_*~#+.·•—–─━═")
_WORDS: Final = re.compile(r"[A-Za-zÀ-ÿ]{2,}")
_ABBREVIATED: Final = re.compile(
    r"\b(?:dept|ave|blvd|rd|ste|inc|corp|ltd|bldg|esq|hosp|univ|assn|hwy|pkwy|sgt|attn|misc|encl?|encs|st|jr|"
    r"sr|dr|no|md|phd|co|llc|pa|rn|np|ln|ct|pl|apt|fl|etc|dob|tel|ph)\.$",
    re.IGNORECASE,
)
_SUBJECT_WORD: Final = re.compile(
    r"(?:I|we|you|he|she|they|it|this|these|please|thank|there|here|and|but|so|see)\b(?!\.)|my\b.*:$",
    re.IGNORECASE,
)
_SHORT: Final = 62
_CAPITALS_MOST: Final = 90
_HEADING_MOST: Final = 70
_HEADING_WORDS: Final = 9
_LABEL_WORDS: Final = 6
_USUAL_WIDTH: Final = 72
_WIDEST: Final = 130


def is_rule(words: str) -> bool:
    """A line that only divides."""
    signs = "".join(words.split())
    return len(signs) >= 3 and len(set(signs)) <= 2 and set(signs) <= _RULE


def is_terminal(words: str) -> bool:
    """Whether a sentence, or what introduces a list, ends with the line."""
    return bool(_TERMINAL.search(words.rstrip()))


def is_subject(words: str) -> bool:
    """``Re:``, ``Subject:``."""
    return bool(_SUBJECT.match(words))


def is_label(words: str) -> bool:
    """``Member number: ...``."""
    found = LABEL.match(words)
    return bool(found) and len(found["label"].split()) <= _LABEL_WORDS if found else False


def is_known_label(words: str) -> bool:
    """A label that letters to health plans have at their head."""
    found = LABEL.match(words)
    return bool(found and _KNOWN_LABEL.search(found["label"].strip()))


def ends_sentence(words: str) -> bool:
    """Whether a full stop ends the words that is none of an abbreviation's."""
    plain = words.rstrip()
    return bool(re.search(r"[A-Za-z]{2}[.!?]$", plain)) and not _ABBREVIATED.search(plain)


def names_member(words: str) -> bool:
    """Whether words are a label that such letters have, with its colon or without."""
    plain = words.strip().rstrip(":")
    known = len(plain.split()) <= _LABEL_WORDS and _KNOWN_LABEL.search(plain)
    return bool(known) and not re.search(r"\d", plain)


def is_short(words: str) -> bool:
    """As lines of an address are."""
    return 0 < len(words.strip()) <= _SHORT and not ends_sentence(words)


def is_addressed(words: str) -> bool:
    """Something that only an address, a letterhead or a line of contacts has."""
    return bool(_ADDRESS_HINT.search(words) or _STREET.match(words) or _ZIP.search(words))


def has_zip(words: str) -> bool:
    """A line with a postal code."""
    return bool(_ZIP.search(words))


def is_capitals(words: str) -> bool:
    """A heading in capitals."""
    plain = words.strip()
    letters = [char for char in plain if char.isalpha()]
    return (
        len(letters) > 3
        and len(plain) <= _CAPITALS_MOST
        and plain == plain.upper()
        and not plain.endswith((".", ",", ";"))
        and len(letters) > len(plain) / 2
        and not is_addressed(plain)
    )


def is_title(words: str) -> bool:
    """A short line without an end, as headings are: ``Medical history``."""
    plain = words.strip().rstrip(":")
    return (
        len(plain) <= _HEADING_MOST
        and len(plain.split()) <= _HEADING_WORDS
        and plain[:1].isupper()
        and not re.search(r"[.,;!?:\"”]$", plain)
        and not re.search(r"\d{3}|[@$]|[.!?;]\s", plain)
        and not _SUBJECT_WORD.match(plain)
        and not CLOSING.match(plain)
        and not SALUTATION.match(plain)
        and bool(_WORDS.search(plain))
    )


def width_of(sheet: Sheet) -> int:
    """The width that the letter's lines are wrapped to; 0: they are not wrapped."""
    lengths = [
        len(line.rstrip()) for line in sheet.lines if line.count("|") < 2 and "\t" not in line
    ]
    long = [n for n in lengths if n > _WIDEST]
    if long and len(long) * 8 >= len([n for n in lengths if n > 40]):
        return 0
    usual = sorted(n for n in lengths if 40 < n <= _WIDEST)
    return usual[len(usual) * 9 // 10] if usual else _USUAL_WIDTH


def runs_on(before: str, after: str, width: int) -> bool:
    """Whether a line continues the one before it, or starts a paragraph of its own."""
    if not width:
        return False
    first = after.split(maxsplit=1)[0] if after.strip() else ""
    full = len(before.rstrip()) + 1 + len(first) > width * 0.85
    if is_terminal(before):
        return full and len(before) <= _WIDEST
    return True
