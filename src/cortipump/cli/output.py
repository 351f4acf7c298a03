"""Printing: results on stdout, everything else on stderr, at most three lines for an error."""

import sys
from collections.abc import Sequence
from typing import Any, TextIO

import msgspec

from cortipump.errors import CortipumpError

_MANY_ROWS = 300
# Control characters, C1 included, and those that turn the direction of writing: records come from
# anywhere, and none of them may restyle a terminal or reverse a name.
_STEERING = {
    **{code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\n\t"},
    0x7F: "\u2421",
    **dict.fromkeys([*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)], "\ufffd"),
}
_PLAIN = str.maketrans({"●": "o", "▒": ":", "▓": "#", "·": ".", "µ": "u", "–": "-", "≤": "<="})
_encoder = msgspec.json.Encoder(decimal_format="string")


def print_json(value: Any) -> None:
    """One JSON document on stdout."""
    text = msgspec.json.format(_encoder.encode(value), indent=2).decode()
    sys.stdout.write(text + "\n")


def print_line(text: str = "") -> None:
    """A line of the result; what would steer the terminal is shown as a sign instead."""
    sys.stdout.write(_drawable(text.translate(_STEERING), sys.stdout) + "\n")


def _drawable(text: str, stream: TextIO) -> str:
    """Signs that the stream's encoding lacks as others of the same meaning, else as ``?``."""
    encoding = stream.encoding or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(_PLAIN).encode(encoding, "replace").decode(encoding)
    return text


def tell(text: str) -> None:
    """A line that is not part of the result: progress, a warning, what to do next."""
    sys.stderr.write(_drawable(text.translate(_STEERING), sys.stderr) + "\n")


def tell_error(error: CortipumpError) -> None:
    """What, where, what to do."""
    tell(f"{error.code} {one_line(error.what)}")
    if error.where:
        tell(f"  where: {one_line(error.where)}")
    if error.do:
        tell(f"  do: {one_line(error.do)}")


def one_line(text: str, width: int = 300) -> str:
    """Text on one line, cut where it runs on."""
    flat = " ".join(text.split())
    return flat if len(flat) <= width else flat[: width - 3] + "..."


def print_table(
    header: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()
) -> None:
    """A table for reading: columns aligned, those in ``right`` to the right."""
    if len(rows) > _MANY_ROWS or not sys.stdout.isatty():
        _print_plain(header, rows, right)
        return
    from rich.console import Console  # heavy: only for a table on a terminal
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for number, name in enumerate(header):
        table.add_column(name, justify="right" if number in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*row)
    Console(highlight=False, markup=False).print(table)


def _print_plain(
    header: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int]
) -> None:
    widths = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
    for row in (header, *rows):
        cells = (
            cell.rjust(width) if number in right else cell.ljust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        print_line("  ".join(cells).rstrip())
