"""Reads the package's own data files, each once. The only file reader among the lower rooms.

Code tables are CSV: one row per code, with its source and the edition it speaks for; every row was
read in the source that it names (unverified rows of the research are not shipped, SAFETY S14).
"""

import csv
import io
from functools import cache
from importlib.resources import files

from cortipump.errors import KnowledgeError

Row = dict[str, str]


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
