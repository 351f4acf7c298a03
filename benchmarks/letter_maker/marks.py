"""Marks of no width around a faulty passage; they survive wrapping and are taken out at the end."""

import re
from typing import Final

_OPEN, _CLOSE, _MOST = 0xE100, 0xE200, 64
_ANY: Final = re.compile(f"[{chr(_OPEN)}-{chr(_CLOSE + _MOST)}]")


def marked(text: str, number: int) -> str:
    """The text as passage of that number."""
    return f"{chr(_OPEN + number)}{text}{chr(_CLOSE + number)}"


def bare(text: str) -> str:
    """The text without marks."""
    return _ANY.sub("", text)


def width(text: str) -> int:
    """How wide it prints."""
    return len(bare(text))


def spans(text: str) -> tuple[str, dict[int, tuple[int, int]]]:
    """The text without marks, and where each passage stands in it."""
    out: list[str] = []
    opened: dict[int, int] = {}
    found: dict[int, tuple[int, int]] = {}
    at = 0
    for sign in text:
        code = ord(sign)
        if _OPEN <= code < _OPEN + _MOST:
            opened[code - _OPEN] = at
        elif _CLOSE <= code < _CLOSE + _MOST:
            number = code - _CLOSE
            found[number] = (opened[number], at)
        else:
            out.append(sign)
            at += 1
    return "".join(out), found


def wrapped(text: str, columns: int, indent: str = "") -> str:
    """Hard-wrapped; 0 columns: one line. Lines after the first are indented."""
    if not columns:
        return text
    lines, line = [], ""
    for word in text.split(" "):
        if line and width(line) + 1 + width(word) > columns:
            lines.append(line)
            line = indent + word
        else:
            line = f"{line} {word}" if line else word
    return "\n".join([*lines, line])


def capital(text: str) -> str:
    """The first letter as a capital, marks and quotation marks before it let be."""
    for n, sign in enumerate(text):
        if sign.isalpha():
            return text[:n] + sign.upper() + text[n + 1 :]
        if sign.isdigit() or sign == "$":
            return text
    return text
