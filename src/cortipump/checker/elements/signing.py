"""Whether somebody puts a name under a letter."""

import re
from typing import Final

from cortipump.checker.elements.words import Words

_CLOSING: Final = re.compile(
    r"(?:very |most |yours |with (?:all |my |our |kind(?:est)? |warm(?:est)? |best |many |"
    r"friendly |great |sincere |much )*|kind(?:est)? |warm(?:est)? |best |many |in |sincere |"
    r"all the )*"
    r"(?:sincerely|regards|respectfully|yours|truly|faithfully|best|warmly|wishes|thanks|thank you|"
    r"thankfully|cordially|gratefully|gratitude|greetings|appreciation|hope|respect|good faith|"
    r"signed|submitted|thx|cheers|love|sincerly|sincerley|"
    # Of people who close a letter in their own language.
    r"con respeto|(?:muy )?atentamente|saludos|cordialmente|mit .{0,20}gr(?:ü|ue)(?:ß|ss)en|"
    r"hochachtungsvoll|cordialement|respectueusement|cordiali saluti|z poważaniem)\b",
    re.IGNORECASE,
)
_SIGNED: Final = re.compile(
    r"(?:.{0,40}\b(?:electronically |digitally )?signed\]?(?: by)?|signature(?: of \w+)?|/s/|"
    r"(?:printed |print |my |full )?name(?: \(print(?:ed)?\))?|by)\s*[:/]?\s+(?P<name>.*)",
    re.IGNORECASE,
)
_NAME: Final = re.compile(r"[^\W\d_][\w.'-]*(?:[\s,]+(?:&|and|[(]?[^\W\d_][\w.'/-]*[),]?)){0,5}\W*")
_CAPITAL: Final = re.compile(
    r"[-~ ]*(?:(?:Dr|Mr|Mrs|Ms|Prof|Miss)\.?\s+)?[A-Z][\w.'-]*(?:\s+(?:[A-Z]\.?|de|del|van|von|der|"
    r"da|la|al|and|&))*\s+[A-Z][\w'-]+(?:\s+[A-Z][\w'-]+)?(?:\s*[,(-].{0,60})?"
)
_NO_NAME: Final = re.compile(
    r"(?:encl|anexos?|adjunt|anlagen?|annexes?|attach|cc\b|c\.c|tel\b|phone|fax|e-?mail|member\b.*\d|date\b|dob|born|page\b|p\.?s\b|"
    r"exhibit|for (?:your|the|reading|taking|considering|looking)|in advance|you\b|to you|sent\b|"
    r"id\b|please|address|copy|copies|and\b|prairie|.*\b(?:health plan|insurance)\b)",
    re.IGNORECASE,
)
_LABELLED: Final = re.compile(
    r"(?:member|patient|name|insured|subscriber|claimant|beneficiary)(?: name)?\s*:\s*"
    r"(?P<name>[A-Z][\w.'-]*(?: [A-Z][\w.'-]*){1,3})\b|"
    r"(?:my name is|i,) (?P<said>[a-z.'-]+ [a-z'-]+)",
    re.IGNORECASE,
)
# "IV. RELIEF REQUESTED": a heading with its number, in capitals as names are.
_NUMBERED: Final = re.compile(r"(?:[IVX]{2,}|\d+)[.)]\s")
_BRACKETED: Final = re.compile(r"^\((?P<title>(?:Dr|Mr|Mrs|Ms|Prof|Miss)\.?)\)")
_REST: Final = re.compile(r"\s*|\s*[,(].{0,60}|\s{3,}.*")
_BLANK: Final = re.compile(r"[_.\-\s]{6,}")
_AFTER, _CLOSING_MOST, _LAST, _NAME_MOST, _FEW_WORDS, _LETTERHEAD = 5, 70, 6, 90, 4, 2


def is_signed(words: Words) -> bool:
    """Whether a name stands at the end: after a closing, on a line for it, or alone as the last."""
    lines = _after_body_starts(words)
    for place, line in enumerate(lines):
        rest = _rest_of_closing(line)
        if rest is None:
            continue
        following = lines[place + 1 : place + 1 + _AFTER]
        if _is_name(rest) or any(_is_name(after) for after in following):
            return True
    if any(_is_signature_line(lines, place) for place in range(len(lines))) or _ends_so(lines):
        return True
    return _names_the_known(words, lines[len(lines) // 3 :])


def _names_the_known(words: Words, lines: list[str]) -> bool:
    """Whether a name that the letter gives for the person stands on a line of its own."""
    known = {(found["name"] or found["said"]) for found in _LABELLED.finditer(words.text)}
    known |= {line for line in words.lines[:_LETTERHEAD] if _CAPITAL.fullmatch(line)}
    return any(
        line.lower().startswith(name.lower()) and _REST.fullmatch(line[len(name) :]) is not None
        for name in known
        for line in lines
        if len(line) <= _NAME_MOST
    )


def _after_body_starts(words: Words) -> list[str]:
    body = words.body()
    start = body[0].end if body else 0
    lines = [line.strip() for line in words.text[start:].split("\n") if line.strip()]
    return [_BRACKETED.sub(r"\g<title>", line) for line in lines]


def _rest_of_closing(line: str) -> str | None:
    """What a closing line holds after the closing; None if it is none."""
    found = _CLOSING.match(line)
    if found is None or len(line) > _CLOSING_MOST:
        return None
    return line[found.end() :].strip(" ,.!-")


def _is_name(line: str) -> bool:
    bare = line.strip(" _-~,.()")
    if not bare or len(bare) > _NAME_MOST or _NO_NAME.match(bare) or _rest_of_closing(bare) == "":
        return False
    return _NAME.fullmatch(bare) is not None or _CAPITAL.match(bare) is not None


def _is_signature_line(lines: list[str], place: int) -> bool:
    line = lines[place]
    found = _SIGNED.match(line)
    if found and len(line) <= _NAME_MOST and _CAPITAL.match(found["name"].strip(" _")):
        return True
    is_line = bool(_BLANK.match(line))
    return is_line and any(_CAPITAL.match(after) for after in lines[place : place + 3])


def _ends_so(lines: list[str]) -> bool:
    """A name alone on one of the last lines, without any closing."""
    last = [
        line for line in lines[-_LAST:] if not _NO_NAME.match(line) and not _NUMBERED.match(line)
    ]
    if any(_CAPITAL.fullmatch(line) and line[-1] not in "?!:;" for line in last):
        return True
    bare = last[-1].strip(" -~") if last else ""
    if re.fullmatch(r"[A-Z][a-z]+", bare) and _rest_of_closing(bare) is None:
        return True
    few = 1 < len(bare.split()) <= _FEW_WORDS
    return few and re.fullmatch(r"[^\W\d_][^\W\d_.'-]*(?: [^\W\d_][\w.'-]*)+", bare) is not None
