"""Reads the package's own data files, each once. The only file reader among the lower rooms.

Code tables are CSV: one row per code, with its source and the edition it speaks for; every row was
read in the source that it names (unverified rows of the research are not shipped, SAFETY S14).
"""

import csv
import io
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

import msgspec

from cortipump.errors import KnowledgeError

Row = dict[str, str]
T = TypeVar("T")


def text_of(name: str) -> str:
    """A data file of the package as text, such as ``codes/loinc.csv``.

    Raises
    ------
    KnowledgeError
        K001 if the package holds no such file.
    """
    try:
        return files("cortipump.knowledge").joinpath("data", name).read_text("utf-8")
    except FileNotFoundError as cause:
        raise KnowledgeError(
            f"the package lacks its data file {name}", do="install cortipump again"
        ) from cause


@cache
def table(name: str) -> tuple[Row, ...]:
    """The rows of a code table, such as ``loinc``."""
    return tuple(csv.DictReader(io.StringIO(text_of(f"codes/{name}.csv"))))


def toml_of(name: str, kind: type[T]) -> T:
    """A TOML file of the package as the type that describes it.

    Raises
    ------
    KnowledgeError
        K001 if the file is not of that shape.
    """
    try:
        return msgspec.convert(tomllib.loads(text_of(name)), kind)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as cause:
        raise KnowledgeError(f"the data file {name} is damaged: {cause}") from cause


def shaped(data: dict[str, Any], kind: type[T], where: str) -> T:
    """Content of such a file, already read, as the type that describes it.

    Raises
    ------
    KnowledgeError
        K001 for a value that is missing, unknown or of another type.
    """
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as cause:
        raise KnowledgeError(f"a value is not as expected: {cause}", where=where) from cause
