"""Frames of a small text, for tests of what looks at them."""

from datetime import date
from typing import TypeVar

from cortipump.checker.frames import Frame, frames
from cortipump.checker.mentions import AnyMention, MoneyMention
from cortipump.checker.reading.markdown import read_markdown
from cortipump.checker.scan.scan import Locale, scan

DATED = date(2026, 3, 31)
M = TypeVar("M")


def framed(markdown: str) -> list[Frame]:
    """Every frame of a text that was written on that day."""
    letter = read_markdown(f"{markdown}\n".encode())
    return frames(letter, scan(letter, Locale(dated=DATED)))


def frame_of(markdown: str) -> Frame:
    """The last frame of a text."""
    return framed(markdown)[-1]


def stated(frame: Frame, kind: type[M]) -> list[M]:
    """What a frame states, of one kind, in order."""
    return [m for m in frame.mentions if isinstance(m, kind)]


def only(frame: Frame, text: str) -> AnyMention:
    """The one mention of a frame that reads so."""
    (mention,) = (m for m in frame.mentions if m.text == text)
    return mention


def money(frame: Frame, text: str) -> MoneyMention:
    """The one amount of a frame that reads so."""
    mention = only(frame, text)
    assert isinstance(mention, MoneyMention)
    return mention
