"""Where sentences end: after a full stop that is none of an abbreviation's or a number's."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from cortipump.checker.letter import Block, LetterText


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# A mark of an end, what closes with it, and a reference that our own letters print after it.
_END: Final = re.compile(
    r"(?P<mark>[.!?]+|…)(?P<close>[\"'”’»)\]*_]*)"
    r"(?P<reference>\s*(?:\[Ex\.[^\]]{0,60}\]|\(\s*Ex\.[^)]{0,900}\)|Ex\. \d+(?:, p\. \d+)?))?"
    r"(?=\s|$)"
    # Typed without a blank: ``hospital.I was``.
    r"|(?<=[a-z]{3})(?P<run_on>[.!?])(?=[A-Z][a-z]*\s)"
)
_WORD: Final = re.compile(r"[^\s(\[“\"‘/—–]+$")
_NEXT: Final = re.compile(r"\s*[\"'“‘«(\[*_¿¡]*(?P<word>\S+)")

# How the next sentence starts, in a letter that has sentences.
_START: Final = re.compile(r"(?<=[a-z0-9)][.!?])\s+([A-Za-z])[a-z]+\b(?!\.)")
_LOW_LEAST: Final = 4

# Never the last word of a sentence: something belongs to them.
_BOUND: Final = _words("""
    dr mr mrs ms mx prof drs messrs rev hon gen col capt lt sgt atty esp approx cf vs v viz
    e.g i.e eg ie incl resp fig figs ex exh art sect par para vol eds eq ref refs p pp pg pgs
    ch tel ph fax ext attn st mt ft dept univ hosp diag dx re encl
    """)
# A number, a day or a name follows them; before any other word they may end a sentence.
_BEFORE_DIGIT: Final = _words("""
    no nos nr jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs
    fri sat sun rm ste apt
    """)
# They end a sentence only where the next word starts one.
_MAYBE: Final = _words("""
    a.m p.m am pm i.v i.m s.c i.v iv im sc p.o b.i.d t.i.d q.d u.s u.k e.u n.y d.c inc ltd llc
    corp co jr sr m.d md d.o ph.d phd r.n rn n.p np p.a pa esq et al etc bros assn ave blvd rd
    mg kg ml mcg hr hrs min mins wk wks yr yrs mo mos lb lbs oz ca ed sec tab max avg est
    """)
_STARTERS: Final = _words("""
    the a an i it its we my our he his she her they their you your this that these those there
    here in on at after before since during while when where what who how why if as for from
    with without by to please thank no not all both each every one two three four five six
    seven eight nine ten some many most other another then now today yesterday later once
    despite although because however therefore thus also and but or so yet dr mr mrs ms over
    under between until upon within according per due given following first second third
    finally next again even only according based enclosed attached patient
    """)
# A time of day ends a sentence before any capital word but the name of a day or a zone.
_CLOCK: Final = frozenset({"a.m", "p.m"})
_CLOCK_BEFORE: Final = re.compile(r"\d\s*[ap]\.m$", re.I)
_NAME: Final = re.compile(
    r"(?!(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Eastern"
    r"|Central|Pacific|Mountain)[a-z]*\b)[A-Z][a-z]+[,:]?"
)
_POINTS_DATE: Final = re.compile(r"\b(?:19|20)\d\d\. (?:0?[1-9]|1[0-2])\. [0-3]?\d\b\.?")
_DATE_LENGTH: Final = 13
_LOOK_BACK: Final = 60
# No sentence and no row of a letter is longer; one without an end would be compared with itself.
LONGEST: Final = 1000
_LIST_DIGITS: Final = 2
_SINGLE: Final = re.compile(r"[A-Za-z]")
_DOTTED: Final = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]")


def sentences(letter: LetterText, block: Block) -> list[tuple[int, int]]:
    """Offsets of the sentences of a block, half-open and in order.

    A row and a heading are one each; an address is one per line. What is longer than `LONGEST`
    is cut between two words.
    """
    if block.kind in {"row", "heading"}:
        return list(_pieces(letter.text, block.start, block.end))
    words = letter.text[block.start : block.end]
    if block.kind == "address":
        cuts = [match.start() for match in re.finditer("\n", words)]
    else:
        is_low = _is_typed_low(letter.text)
        cuts = [m.end() for m in _END.finditer(words) if _ends(words, m, is_low=is_low)]
    found: list[tuple[int, int]] = []
    start = 0
    for cut in [*cuts, len(words)]:
        own = words[start:cut]
        left = start + len(own) - len(own.lstrip())
        right = start + len(own.rstrip())
        if right > left:
            found += _pieces(letter.text, block.start + left, block.start + right)
        start = cut
    return found


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Pieces of at most `LONGEST` characters, cut at blanks where there are any."""
    while end - start > LONGEST:
        latest = start + LONGEST
        blank = max(text.rfind(sign, start, latest) for sign in " \n\t")
        cut = blank if blank > start else latest
        yield start, cut
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end


@lru_cache(maxsize=16)
def _is_typed_low(text: str) -> bool:
    """Whether a letter is typed without capitals: small letters follow most of its full stops."""
    starts: list[str] = _START.findall(text)
    n_low = sum(1 for start in starts if str.islower(start))
    return n_low >= _LOW_LEAST and n_low * 2 > len(starts)


def _ends(words: str, match: re.Match[str], *, is_low: bool) -> bool:
    """Whether a sentence ends here. ``is_low``: capitals tell nothing in this letter."""
    if match["run_on"]:
        return True
    if match["mark"] == "." and _is_in_date(words, match.start()):
        return False
    after = _NEXT.match(words, match.end())
    if after is None:
        return True
    following = after["word"]
    if match["reference"]:
        return True
    if match["mark"] == "." and not match["close"]:
        before = words[max(match.start() - _LOOK_BACK, 0) : match.start()]
        return _stops(before, following, is_low=is_low)
    if match["mark"] in {"…", "..", "...", "...."}:
        return following[0].isupper()
    return is_low or not following[0].islower()


def _is_in_date(words: str, at: int) -> bool:
    """Whether a full stop is one of ``2026. 2. 27.``."""
    near = _POINTS_DATE.finditer(words, max(at - _DATE_LENGTH, 0), at + _DATE_LENGTH)
    return any(match.start() < at < match.end() for match in near)


def _stops(before: str, following: str, *, is_low: bool) -> bool:
    """Whether a single full stop ends a sentence, by the word before and the word after."""
    found = _WORD.search(before)
    word = found[0].lower().lstrip("*_'’") if found else ""
    plain = following.rstrip(".,;:!?)”\"'").lower()
    starts = plain in _STARTERS or plain.split("'")[0].split("’")[0] in _STARTERS
    if following[0].islower():
        return is_low and _is_whole(before, word)
    if word in _BOUND:
        return False
    if word in _BEFORE_DIGIT:
        return not (following[0].isdigit() or following[0] == "#") and starts_or_no(word, starts)
    if word in _CLOCK and _CLOCK_BEFORE.search(before) and _NAME.fullmatch(following):
        return True  # "at 5 p.m. Renin was 2.7"
    if word in _MAYBE or _DOTTED.fullmatch(word):
        return starts or following[0] in "•-"
    if _SINGLE.fullmatch(word):
        # An initial (`J. Smith`), unless the next word starts a sentence (`vitamin C. The`).
        return starts
    return not (word.isdigit() and _is_list_mark(before, word))


def _is_whole(before: str, word: str) -> bool:
    """Whether it is a word, and no abbreviation, initial or mark of a list."""
    short = _BOUND | _BEFORE_DIGIT | _MAYBE
    if word in short or _DOTTED.fullmatch(word) or _SINGLE.fullmatch(word):
        return False
    return word != "" and not (word.isdigit() and _is_list_mark(before, word))


def starts_or_no(word: str, starts: bool) -> bool:
    """`No.` before a word is an answer; a month or a day needs a start of a sentence after it."""
    return word == "no" or starts


def _is_list_mark(before: str, word: str) -> bool:
    """``1.`` at the start of a line; a year there ends a sentence."""
    line = before.rsplit("\n", 1)[-1]
    return len(word) <= _LIST_DIGITS and line.strip(" (*_") == word
