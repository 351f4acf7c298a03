"""The kind of an amount, by the words beside it: billed, allowed, paid, the member's share."""

import re
from collections.abc import Sequence
from typing import Final

from cortipump.checker.frames import Frame
from cortipump.checker.lexicon import Cue
from cortipump.checker.mentions import (
    MoneyMention,
)

_NEAR: Final = 30
_LABEL: Final = re.compile(r"\s?[:=]?\s*[$€£]?")


_NOTHING: Final = re.compile(r"\s*:?\s*(?:with\s+|at\s+|out\s+)?(?:zero|nothing|nil|none)\b", re.I)


_NOT: Final = re.compile(r"\b(?:not|never|nothing|un)\s*(?:been\s+|be\s+|yet\s+)?$", re.I)


_COUNTED: Final = re.compile(r"(?:^|[\s(])\d{1,3}\s$")

_OF_MONEY: Final = re.compile(r"\s*(?:out )?of (?:the )?(?:USD|US\$|\$|€|£)?\s?\d", re.I)


_BASE: Final = re.compile(
    r"(?:\d|percent|%|half|third|quarter)\s+(?:out )?of (?:the |that |its |her |his |my )?$", re.I
)
# A row's own label where the columns are times.
_OWN_SHARE: Final = re.compile(
    r"[\s|*-]*(?:patient|member|me|us|you|own|my own|her own)(?: (?:share|part|pays?|paid))?"
    r"\s*(?:\s\s|\||\t|:)",
    re.I,
)
# The heading of a column: "me", "we owe", "our part".
_OWN_COLUMN: Final = re.compile(
    r"(?:me|mine|us|ours|i|we)(?: (?:share|part|pays?|paid|owed?))?|(?:my|our) (?:part|side)", re.I
)
_NOTHING_BEHIND: Final = re.compile(r"\s*[,:=]\s*(?:nothing|zero|nil|none)\b", re.I)


_VERB: Final = re.compile(
    r"\s*\(?(?:(?:was|were|is|are|has been|had been|in|as|to be|being|which was|that was)\s+)?"
    r"(?:the\s+|her\s+|his\s+|my\s+)?",
    re.I,
)


def kinds_of(frame: Frame, mention: MoneyMention) -> frozenset[str]:
    """Kinds of amount that the words give it. Empty: they give none."""
    header = frame.header(mention)
    if header.kinds:
        return frozenset(cue.says for cue in header.kinds)
    if _OWN_COLUMN.fullmatch(header.text.strip(" *_|")) or _OWN_SHARE.match(frame.text):
        return frozenset({"patient"})
    if _NOTHING_BEHIND.match(frame.after(mention.end, 16)):
        return frozenset()  # "on the fifth, $545.60, nothing": what was to be paid
    if _BASE.search(frame.before(mention.start, 28)):
        return _of_base(frame, mention)
    if _OF_MONEY.match(frame.after(mention.end, 16)):
        return frozenset(cue.says for cue in frame.kinds)  # "$A of $B": two kinds, in either order
    cues = [cue for cue in frame.kinds if not _is_denied(frame, cue)]
    others = [m for m in frame.mentions if isinstance(m, MoneyMention)]
    before = max((m.end for m in others if m.end <= mention.start), default=frame.start)
    after = min((m.start for m in others if m.start >= mention.end), default=frame.end)
    preceding = [c for c in cues if before <= c.start and c.end <= mention.start]
    following = [
        c
        for c in cues
        if mention.end <= c.start and c.end <= after and not _labels_next(frame, mention, c, others)
    ]
    if preceding and _is_labelled(frame, preceding[-1], mention, others):
        return frozenset({preceding[-1].says})
    close = [c for c in following if _follows(frame, mention, c)]
    joined = preceding and _joins(frame, preceding[-1], mention)
    if close and (not joined or _touches(frame, mention, close[0])):
        return frozenset({close[0].says})
    if preceding:
        return frozenset({preceding[-1].says})
    if following and _leads_to(frame, mention, following[0]):
        return frozenset({following[0].says})
    labels = frozenset(c.says for c in cues if c.end <= min(m.start for m in others))
    if frame.is_row and len(labels) == 1:
        return labels  # the label of the row
    if frame.is_row or not frame.kinds:
        return frozenset(cue.says for cue in frame.lead.kinds)
    # A series after one word: "billed $10, $20 and $30".
    earlier = [c for c in cues if c.end <= mention.start]
    return frozenset({earlier[-1].says}) if earlier else frozenset()


def possible_kinds(frame: Frame, mention: MoneyMention) -> frozenset[str]:
    """Kinds that stand on either side of an amount, up to the next one; none in a headed column."""
    if frame.header(mention).kinds:
        return frozenset()
    others = [m for m in frame.mentions if isinstance(m, MoneyMention)]
    before = max((m.end for m in others if m.end <= mention.start), default=frame.start)
    after = min((m.start for m in others if m.start >= mention.end), default=frame.end)
    beside = [c for c in frame.kinds if before <= c.start and c.end <= after]
    return frozenset(c.says for c in beside if not _labels_next(frame, mention, c, others))


def _labels_next(
    frame: Frame, mention: MoneyMention, cue: Cue, others: Sequence[MoneyMention]
) -> bool:
    """Whether a word behind an amount is the label of the next one."""
    following = [m.start for m in others if m.start >= cue.end]
    if cue.start < mention.end or not following:
        return False
    return bool(_LABEL.fullmatch(frame.text[cue.end - frame.start : following[0] - frame.start]))


def _is_labelled(
    frame: Frame, cue: Cue, mention: MoneyMention, others: Sequence[MoneyMention]
) -> bool:
    """``billed 10.00   allowed 8.00``: labels before their amounts, from the first one on."""
    between = frame.text[cue.end - frame.start : mention.start - frame.start]
    first = min(m.start for m in others)
    opened = any(c.end <= first for c in frame.kinds)
    parted = re.match(r"\s{2,}|\t|\s*[|;]", frame.text[mention.end - frame.start :])
    return opened and bool(_LABEL.fullmatch(between)) and bool(parted)


def _of_base(frame: Frame, mention: MoneyMention) -> frozenset[str]:
    """Of the whole that a part is taken of: "80 percent of the $10 that it allowed"."""
    behind = [c for c in frame.kinds if c.start >= mention.end and _follows(frame, mention, c)]
    return frozenset(cue.says for cue in behind[:1])


def _is_denied(frame: Frame, cue: Cue) -> bool:
    """``was not paid``, ``paid with zero``, ``2 charges``: not of the amount beside it."""
    after = frame.after(cue.end, 24)
    before = frame.before(cue.start, 16)
    return bool(_NOTHING.match(after) or _NOT.search(before) or _COUNTED.search(before))


def _leads_to(frame: Frame, mention: MoneyMention, cue: Cue) -> bool:
    """Whether a word some way behind an amount may still speak of it."""
    between = frame.text[mention.end - frame.start : cue.start - frame.start]
    return len(between) < _NEAR and not re.search(r"[;:.,\d]|\b(?:and|but|while)\b|\s{2}", between)


def _touches(frame: Frame, mention: MoneyMention, cue: Cue) -> bool:
    """``$10 was billed``, ``$10 in bills``, ``$10 (paid)``, ``$10 as the member's share``."""
    between = frame.text[mention.end - frame.start : cue.start - frame.start]
    labels_next = frame.text[cue.end - frame.start : cue.end - frame.start + 1] == ":"
    return (
        bool(_VERB.fullmatch(between))
        and not labels_next
        and not (frame.is_row and "  " in between)
    )


def _joins(frame: Frame, cue: Cue, mention: MoneyMention) -> bool:
    """Whether a word before the amount speaks of it, with no other part of the sentence between."""
    between = frame.text[cue.end - frame.start : mention.start - frame.start]
    return len(between) < _NEAR and not re.search(r"[;,(]|\bof which\b", between)


def _follows(frame: Frame, mention: MoneyMention, cue: Cue) -> bool:
    """Whether the word stands right behind the amount: "$10 was billed", "$10 (paid)"."""
    between = frame.text[mention.end - frame.start : cue.start - frame.start]
    return len(between) < _NEAR and not re.search(r"[;:.,]", between)
