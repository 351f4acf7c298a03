"""A letter's text in a form that patterns can read: same length, names of months and number words
replaced by single letters of a script that no letter uses.

``three stays in November`` becomes ``SSSSS stays in MMMMMMMM``, so that a pattern for a date is a
few character classes and every offset still fits the letter.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from cortipump.checker.letter import Block, LetterText
from cortipump.checker.mentions import AnyMention
from cortipump.checker.scan.dates.months import WEEKDAYS, WEEKDAYS_SHORT, Strength, month_of
from cortipump.checker.scan.places import RUN_LETTERS, run_starts, starts_of, word_places
from cortipump.checker.scan.words import ORDINALS, STARTS, Spelled, read_spelled

# Letters of the Vai script stand for what was recognised; the text's own ones are put aside.
_SURE, _NAMED, _WEAK = 0xA500, 0xA510, 0xA560
SPELLED: Final = "\ua520"
ORDINAL: Final = "\ua530"
WEEKDAY: Final = "\ua540"
# The plain letter under an accent: ``ao\u00fbt`` is looked up as ``aout``.
_LETTER: Final = re.compile(r"00(?:4[1-9A-F]|5[0-9A]|6[1-9A-F]|7[0-9A])(?= 03)")
# Between blocks and paragraphs: no expression reaches across.
BARRIER: Final = "\x1e"
TAKEN: Final = "\x1f"

MONTH_LETTER: Final = (
    f"[{chr(_SURE + 1)}-{chr(_SURE + 12)}{chr(_NAMED + 1)}-{chr(_NAMED + 12)}"
    f"{chr(_WEAK + 1)}-{chr(_WEAK + 12)}]"
)
_OFFSETS: Final[dict[Strength, int]] = {"sure": _SURE, "named": _NAMED, "weak": _WEAK}
_WORD: Final = re.compile(r"[A-Za-z]+")
_JOINT: Final = re.compile(r"-|[ \u00a0]*\n?[ \u00a0]*")
_SAME: Final = {
    "\u202f": "\u00a0",
    "\u2007": "\u00a0",
    "\u2009": "\u00a0",
    "\u2008": " ",
    "\u2002": " ",
    "\u2003": " ",
    "\u2011": "-",
    "\u2010": "-",
    "\u2212": "-",
    "\u2018": "'",
    "\u2019": "'",
    "\u00b5": "u",
    "\u03bc": "u",
    "\u00ba": "\u00b0",
    "\x1e": " ",
    "\x1f": " ",
    "\r": " ",
    "\uff04": "$",
    "\u00d7": "x",
}


class Locale(Struct, frozen=True):
    """How a letter writes what can be written in several ways.

    Attributes
    ----------
    day_first
        ``11/03/2024`` is 11 March.
    currency
        What a bare ``$`` or ``pounds`` means.
    decimal_comma
        ``1.580,00`` and ``1,5``.
    dated
        Date of the letter, by which ``last November`` and missing years are understood.
    """

    dated: date
    day_first: bool = False
    currency: str = "USD"
    decimal_comma: bool = False


class Sheet(Struct, frozen=True):
    """A letter as the families of patterns read it.

    Attributes
    ----------
    text
        The letter's own words.
    plain
        The same with one kind of blank, hyphen, quotation mark and digit.
    code
        The same with recognised words as letters, and what is already taken blanked out.
    low
        That in small letters, for patterns that are written so (case costs them half the time).
    spelled
        Numbers in words, by offset.
    words, runs
        Where words stand (taken or not) and where numbers can begin that are not taken.
    """

    text: str
    plain: str
    code: str
    low: str
    spelled: dict[int, Spelled]
    blocks: tuple[Block, ...]
    locale: Locale
    words: dict[str, list[int]]
    runs: tuple[int, ...]

    def without(self, mentions: Iterable[AnyMention]) -> "Sheet":
        """The sheet with those mentions taken."""
        taken = sorted(mentions, key=lambda each: each.start)
        if not taken:
            return self
        parts, at = [], 0
        for mention in taken:
            parts += [self.code[at : mention.start], TAKEN * (mention.end - mention.start)]
            at = mention.end
        parts.append(self.code[at:])
        code = "".join(parts)
        return replace(self, code=code, low=_lowered(code), runs=self._runs_without(code, taken))

    def _runs_without(self, code: str, taken: list[AnyMention]) -> tuple[int, ...]:
        """The same places; what is left of a run begins where the taken part ends."""
        kept = {start for start in self.runs if code[start] != TAKEN}
        for mention in taken:
            rest = _REST.match(code, mention.end)
            if rest is not None:
                kept.update(starts_of(rest))
        return tuple(sorted(kept))

    def before(self, offset: int, n_characters: int = 40) -> str:
        """The words in front of an offset, no farther back than its paragraph."""
        words = self.plain[max(0, offset - n_characters) : offset]
        return words.rpartition(BARRIER)[2]

    def after(self, offset: int, n_characters: int = 40) -> str:
        """The words behind an offset, no farther than its paragraph."""
        return self.plain[offset : offset + n_characters].partition(BARRIER)[0]

    def header(self, offset: int) -> str:
        """The heading of the column in which an offset stands; empty: in none."""
        for block in self.blocks:
            if block.start <= offset < block.end:
                return next(
                    (cell.header for cell in block.cells if cell.start <= offset < cell.end), ""
                )
        return ""

    def sentence(self, start: int, end: int) -> str:
        """The sentence around two offsets, at most 300 characters to either side."""
        before, after = self.before(start, 300), self.after(end, 300)
        last = [stop.end() for stop in _STOP.finditer(before)]
        first = _STOP.search(after)
        head = before[last[-1] :] if last else before
        return head + self.plain[start:end] + (after[: first.start() + 1] if first else after)


_ODD: Final = re.compile(r"[^\x00-\x7e]|[\r\x1e\x1f]")
_REST: Final = re.compile(rf"[{RUN_LETTERS}{SPELLED}]+")
# ``20 > 25 > 30 mg``: from one to the next, of the same length.
_STEPS: Final = re.compile(r"(?<=\d) > (?=\d)")
# ``2025-01-10T05:38``: a day and a time.
_BEFORE_TIME: Final = re.compile(r"(?<=\d{4}-\d\d-\d\d)T(?=\d\d:\d\d)")
_STOP: Final = re.compile(r"[.!?;][\"')\]]?\s+(?=[\"'(\[]?[A-Z0-9])|\n\n")


def sheet_of(letter: LetterText, locale: Locale) -> Sheet:
    """The letter's own part, ready to be searched."""
    text = letter.text if letter.enclosed is None else letter.text[: letter.enclosed]
    blocks = tuple(block for block in letter.blocks if block.start < len(text))
    plain = _with_barriers(_ODD.sub(lambda match: _plain(match.group()), text), blocks)
    plain = _BEFORE_TIME.sub(" ", plain)
    plain = _STEPS.sub(" \u2192 ", plain.replace("->", "\u2192 "))
    spelled: dict[int, Spelled] = {}
    code = "".join(_coded(plain, spelled))
    return Sheet(
        text,
        plain,
        code,
        _lowered(code),
        spelled,
        blocks,
        locale,
        word_places(plain),
        run_starts(code, SPELLED),
    )


def _lowered(code: str) -> str:
    """Small letters at the same offsets; a letter whose small form is longer stays as it is."""
    lower = code.lower()
    if len(lower) == len(code):
        return lower
    return "".join(each.lower() if len(each.lower()) == 1 else each for each in code)


def _plain(character: str) -> str:
    if character < "\x7f":
        return " " if character in "\r\x1e\x1f" else character
    if character in _SAME:
        return _SAME[character]
    if "\ua500" <= character <= "\ua63f":
        return "?"
    base = _LETTER.match(unicodedata.decomposition(character))
    if base is not None:
        return chr(int(base.group(), 16))
    value = unicodedata.decimal(character, -1)
    return character if value < 0 else str(value)


def _with_barriers(plain: str, blocks: tuple[Block, ...]) -> str:
    """Every line end at the edge of a block or beside an empty line becomes a barrier."""
    edges = {block.start - 1 for block in blocks} | {block.end for block in blocks}
    characters = list(plain)
    for found in re.finditer(r"\n[ \t]*(?=\n)|(?<=\n)[ \t]*\n", plain):
        edges.update((found.start(), found.end() - 1))
    for at in edges:
        if 0 <= at < len(characters) and characters[at] == "\n":
            characters[at] = BARRIER
    return "".join(characters)


def _coded(plain: str, spelled: dict[int, Spelled]) -> Iterator[str]:
    words = list(_WORD.finditer(plain))
    at = index = 0
    while index < len(words):
        start, end = words[index].span()
        letter, n_words = _letter_for(plain, words, index)
        if letter:
            end = words[index + n_words - 1].end()
            yield plain[at:start]
            yield letter * (end - start)
            at = end
            if letter in (SPELLED, ORDINAL):
                found = _read(plain, words, index)
                assert found is not None
                spelled[start] = found
        index += n_words
    yield plain[at:]


def _letter_for(plain: str, words: list[re.Match[str]], index: int) -> tuple[str, int]:
    """The letter that a word is coded by (empty: stays), and how many words it covers."""
    word = words[index].group()
    start, end = words[index].span()
    if _is_part_of_token(plain, start, end):
        return "", 1
    lower = word.lower()
    if lower in WEEKDAYS or word in WEEKDAYS_SHORT:
        return WEEKDAY, 1
    month = month_of(word) if 3 <= len(word) <= 11 else None
    if month is not None:
        return chr(_OFFSETS[month[1]] + month[0]), 1
    number = _read(plain, words, index)
    if number is None or _is_pronoun(plain, start, end, lower, number):
        return "", 1
    return (ORDINAL if number.ordinal else SPELLED), number.n_words


def _is_part_of_token(plain: str, start: int, end: int) -> bool:
    """Letters that touch digits or signs are part of a code or an address, not a word."""
    before = plain[start - 1] if start else " "
    after = plain[end] if end < len(plain) else " "
    return before in "_@$#" or after in "_@"


_AT: Final = re.compile(r"\b[Aa]t[ \n]+\Z")


def _read(plain: str, words: list[re.Match[str]], index: int) -> Spelled | None:
    first = words[index].group().lower()
    if first not in STARTS and first not in ORDINALS and first not in ("a", "an"):
        return None
    run = [first]
    for before, word in zip(words[index : index + 11], words[index + 1 : index + 12], strict=False):
        if not _JOINT.fullmatch(plain, before.end(), word.start()):
            break
        run.append(word.group().lower())
    start = words[index].start()
    if run[:2] == ["one", "point"] and _AT.search(plain[max(0, start - 8) : start]):
        run = run[:1]  # "at one point two of us"
    return read_spelled(run)


# ``one`` that counts nothing: a pronoun, or half of a fixed phrase.
_ONE_BEFORE: Final = re.compile(
    r"\b(?:no|any|every|each|some|this|that|which|the|another|only|an?|new|old|last|next|other|"
    r"first|second|good|bad|same|latter|former|right|wrong|by|at|number|for|day|square|loved|"
    r"my|your|his|her|its|our|their)[ \n]+\Z",
    re.IGNORECASE,
)
_ONE_AFTER: Final = re.compile(
    r"[ \n]+(?:of|another|cannot|can|could|would|should|must|may|might|will|is|was|has|had|does|"
    r"needs|who|that|which|or more|or other|such|side|thing|way|by|day[ ,]+(?:I|we|he|she|it|the|"
    r"my|in)|final|last|after another)\b|'s|-(?:time|way|on|off|sided|size)|[ \n]*[.,;:)](?!\d)",
    re.IGNORECASE,
)
_ONE_COUNTS: Final = re.compile(
    r"(?:the|only|for|at|by|last|next|my|first|this|her|his|your|an?)[ \n]+one[ \n-]+(?:"
    r"hospital\w*|admission|visit|emergency|ER|ED|stay|night|day|week|month|year|hour|time|crisis|"
    r"event|episode|episodes?|dose|thousand|hundred|million|dollar)\b",
    re.IGNORECASE,
)


def _is_pronoun(plain: str, start: int, end: int, lower: str, number: Spelled) -> bool:
    if lower != "one" or number.n_words > 1:
        return False
    before, after = plain[max(0, start - 12) : start], plain[end : end + 24]
    if _ONE_AFTER.match(after):
        return True
    if not _ONE_BEFORE.search(before):
        return False
    return not _ONE_COUNTS.search(before + "one" + after)
