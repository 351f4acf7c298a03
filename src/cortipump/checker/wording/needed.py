"""Strings of which one must stand in a text before a pattern can match: a quick look beforehand.

Derived from the pattern itself, so that no list of trigger words can go out of step with it. What
it cannot read (classes, look-arounds, references) it takes for "anything", never for "nothing".
"""

import re
from collections.abc import Iterable
from itertools import product
from typing import Final

from msgspec import Struct

# A set of strings, one of which the match holds. None: nothing is known.
Needed = frozenset[str] | None
_MOST: Final = 16
_EMPTY: Final = frozenset({""})
_ZERO_WIDTH: Final = frozenset("^$")
_ZERO_WIDTH_ESCAPES: Final = frozenset("bBAZ")
_CLASS_ESCAPES: Final = frozenset("wWsSdD0123456789")
# Plain characters that nothing repeats.
_PLAIN: Final = re.compile(r"[a-z ’,:-]+(?![?*+{])")
_LOOKS: Final = ("?=", "?!", "?<=", "?<!")


class _Part(Struct, frozen=True):
    """All strings that a piece of a pattern can match (None: too many), else what they hold."""

    exact: frozenset[str] | None
    needed: Needed


_ANYTHING: Final = _Part(None, None)
_NOTHING: Final = _Part(_EMPTY, None)


def needed_by(pattern: str) -> Needed:
    """Lower-case strings of which every match of ``pattern`` holds one; None: none are known."""
    reader = _Reader(pattern)
    part = reader.alternatives()
    found = _better(part.needed, part.exact)
    return None if found is None else frozenset(one.lower() for one in found)


def shortest(strings: Iterable[str]) -> int:
    """Length of the shortest."""
    return min(map(len, strings), default=0)


def _better(one: Needed, other: Needed) -> Needed:
    """The set that tells more: the longer shortest string, then the fewer strings."""
    known = [each for each in (one, other) if each is not None and shortest(each) > 0]
    return max(known, key=lambda each: (min(shortest(each), 6), -len(each)), default=None)


def _either(parts: list[_Part]) -> _Part:
    if len(parts) == 1:
        return parts[0]
    exact: frozenset[str] | None = frozenset()
    needed: Needed = frozenset()
    for part in parts:
        exact = None if exact is None or part.exact is None else exact | part.exact
        held = _better(part.needed, part.exact)
        needed = None if needed is None or held is None else needed | held
    if exact is not None and len(exact) > _MOST:
        exact = None
    return _Part(exact, needed)


def _joined(parts: list[_Part]) -> _Part:
    """One after the other: strings that touch are joined for as long as they stay few."""
    exact: frozenset[str] | None = _EMPTY
    run, needed = _EMPTY, None
    for part in parts:
        if part.exact is not None and len(run) * len(part.exact) <= _MOST:
            run = frozenset(left + right for left, right in product(run, part.exact))
            continue
        exact = None
        needed = _better(_better(needed, run), part.needed)
        run = part.exact if part.exact is not None else _EMPTY
    if exact is not None:
        return _Part(run, None)
    return _Part(None, _better(needed, run))


class _Reader:
    """Reads one pattern from left to right."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.place = 0

    def alternatives(self) -> _Part:
        """Up to the closing bracket or the end."""
        parts = [self._sequence()]
        while self._next() == "|":
            self.place += 1
            parts.append(self._sequence())
        return _either(parts)

    def _next(self) -> str:
        return self.pattern[self.place : self.place + 1]

    def _sequence(self) -> _Part:
        parts = []
        while self._next() not in {"", "|", ")"}:
            plain = _PLAIN.match(self.pattern, self.place)
            if plain:
                self.place = plain.end()
                parts.append(_Part(frozenset({plain[0]}), None))
            else:
                parts.append(self._repeated(self._atom()))
        return _joined(parts)

    def _atom(self) -> _Part:
        sign = self._next()
        self.place += 1
        if sign == "(":
            return self._group()
        if sign == "[":
            return self._class()
        if sign == "\\":
            return self._escape()
        if sign == ".":
            return _ANYTHING
        return _NOTHING if sign in _ZERO_WIDTH else _Part(frozenset({sign}), None)

    def _group(self) -> _Part:
        start = self.place
        is_look = self.pattern.startswith(_LOOKS, start)
        if self.pattern.startswith("?P<", start) or self.pattern.startswith("?:", start):
            close = ">" if self.pattern[start + 1] == "P" else ":"
            self.place = self.pattern.index(close, start) + 1
        elif is_look:
            self.place += 3 if self.pattern[start + 1] == "<" else 2
        elif self._next() == "?":  # flags, conditions, references: nothing is known
            self.place = self.pattern.index(")", start)
        inner = self.alternatives()
        self.place += 1
        if is_look:
            return _NOTHING
        is_odd = self.pattern[start] == "?" and self.pattern[start + 1] not in {":", "P"}
        return _ANYTHING if is_odd else inner

    def _class(self) -> _Part:
        start = self.place
        if self._next() == "^":
            self.place += 1
        while self._next() != "]" or self.place == start:
            self.place += 2 if self._next() == "\\" else 1
        inner = self.pattern[start : self.place]
        self.place += 1
        is_plain = not {"^", "\\", "-"} & set(inner)
        return _Part(frozenset(inner), None) if is_plain else _ANYTHING

    def _escape(self) -> _Part:
        sign = self._next()
        self.place += 1
        if sign in _ZERO_WIDTH_ESCAPES:
            return _NOTHING
        return _ANYTHING if sign in _CLASS_ESCAPES else _Part(frozenset({sign}), None)

    def _repeated(self, part: _Part) -> _Part:
        sign = self._next()
        if sign not in {"?", "*", "+", "{"} or not sign:
            return part
        least = self._least(sign)
        if self._next() in {"?", "+"}:  # lazy or possessive
            self.place += 1
        if sign == "?":
            return _Part(None if part.exact is None else part.exact | _EMPTY, None)
        if least == 0:
            return _ANYTHING
        return _Part(None, _better(part.needed, part.exact))

    def _least(self, sign: str) -> int:
        """How often at least, reading over the sign."""
        self.place += 1
        if sign != "{":
            return int(sign == "+")
        end = self.pattern.index("}", self.place)
        least = self.pattern[self.place : end].split(",")[0]
        self.place = end + 1
        return int(least or 0)
