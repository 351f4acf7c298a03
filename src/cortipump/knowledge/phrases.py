"""The phrases that a letter does better without, read once: patterns, exceptions, what to say.

What is done with them is in `checker.wording`; only words are here.
"""

import re
from functools import cache
from typing import Final, Literal

import msgspec
from msgspec import Struct

from cortipump.errors import KnowledgeError
from cortipump.knowledge.letters import LetterKind
from cortipump.knowledge.tables import toml_of

FILE: Final = "wording.toml"
Rule = Literal["emotional", "absolute", "prediction", "argument-by-threat", "implies-diabetes"]
ContextName = Literal["plan", "clinician", "denied", "doubted", "family"]
_NAME: Final = re.compile(r"<([a-z][a-z-]*)>")
_BREAK: Final = re.compile(r"\n\s*")


class Context(Struct, frozen=True, forbid_unknown_fields=True):
    """What takes the edge off words, by what stands around them in the sentence.

    Attributes
    ----------
    before, after
        Patterns looked for on that side of the words. ``near``: directly beside them only.
    until
        What ends its reach: a ``but`` after somebody else's view.
    """

    reason: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    until: str = ""
    near: bool = False


class Phrase(Struct, frozen=True, forbid_unknown_fields=True):
    """Words that weaken a letter.

    Attributes
    ----------
    patterns
        Regular expressions over the normalised sentence, whole words. A group ``at`` marks the
        words to point at; without one it is all that was found.
    unless, unless_before, unless_after
        Patterns that make the words fine: anywhere in the sentence, ending right before them,
        starting right after them.
    inside
        Pattern that the sentence must also hold. Empty: none.
    contexts
        Names of contexts that make the words fine.
    kinds
        Kinds of letter in which the words weaken it. Empty: all.
    cased
        Whether capitals count.
    quoted
        Whether the words count inside quotation marks too.
    once
        Whether to say it only where the sentence has no other finding of the rule.
    rewording, rewording_with_figures
        What to write instead; the second where all the figures that it names are known.
    """

    id: str
    rule: Rule
    detail: str
    patterns: tuple[str, ...]
    reason: str
    rewording: str = ""
    rewording_with_figures: str = ""
    unless: tuple[str, ...] = ()
    unless_before: tuple[str, ...] = ()
    unless_after: tuple[str, ...] = ()
    inside: str = ""
    contexts: tuple[ContextName, ...] = ()
    kinds: tuple[LetterKind, ...] = ()
    cased: bool = False
    quoted: bool = False
    once: bool = False


class Phrases(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file. ``plan_columns``: headings of table columns that hold the plan's words."""

    checked: str
    plan_columns: str
    lists_of_sources: str
    words: dict[str, str]
    context: dict[ContextName, Context]
    phrase: tuple[Phrase, ...]


@cache
def phrases() -> Phrases:
    """Every phrase and context, their ``<names>`` of word lists written out.

    Raises
    ------
    KnowledgeError
        K001 if the file is not of that shape, names an unknown list of words or repeats an id.
    """
    read = toml_of(FILE, Phrases)
    words: dict[str, str] = {}
    for name, listed in read.words.items():
        words[name] = f"(?:{_written_out(listed, words)})"
    _check(read)
    return msgspec.structs.replace(
        read,
        lists_of_sources=_written_out(read.lists_of_sources, words),
        words=words,
        context={name: _context(context, words) for name, context in read.context.items()},
        phrase=tuple(_phrase(phrase, words) for phrase in read.phrase),
    )


def _check(read: Phrases) -> None:
    ids = [phrase.id for phrase in read.phrase]
    repeated = {id_ for id_ in ids if ids.count(id_) > 1}
    unknown = {name for phrase in read.phrase for name in phrase.contexts} - set(read.context)
    if repeated or unknown:
        raise KnowledgeError(
            f"the data file {FILE} is damaged: ids given twice {sorted(repeated)}, "
            f"contexts not described {sorted(unknown)}"
        )


def _written_out(pattern: str, words: dict[str, str]) -> str:
    """The pattern on one line, with every ``<name>`` replaced by its words."""
    pattern = _BREAK.sub("", pattern)

    def listed(match: re.Match[str]) -> str:
        if pattern[: match.start()].endswith(("?P", "(?")):  # a named group or a look-behind
            return match[0]
        if match[1] not in words:
            raise KnowledgeError(f"the data file {FILE} is damaged: no list of words {match[0]}")
        return words[match[1]]

    return _NAME.sub(listed, pattern)


def _all(patterns: tuple[str, ...], words: dict[str, str]) -> tuple[str, ...]:
    return tuple(_written_out(pattern, words) for pattern in patterns)


def _context(context: Context, words: dict[str, str]) -> Context:
    return msgspec.structs.replace(
        context,
        before=_all(context.before, words),
        after=_all(context.after, words),
        until=_written_out(context.until, words),
    )


def _phrase(phrase: Phrase, words: dict[str, str]) -> Phrase:
    return msgspec.structs.replace(
        phrase,
        patterns=_all(phrase.patterns, words),
        unless=_all(phrase.unless, words),
        unless_before=_all(phrase.unless_before, words),
        unless_after=_all(phrase.unless_after, words),
        inside=_written_out(phrase.inside, words),
    )
