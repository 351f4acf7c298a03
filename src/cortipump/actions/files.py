"""Writing files for a person: whole or not at all, and never over another file unasked."""

import os
import tempfile
from pathlib import Path

from cortipump.errors import UsageError


def write_whole(path: Path, content: bytes, *, replace: bool = False) -> None:
    """Write a file so that it is never half there.

    Raises
    ------
    UsageError
        W001 if a file of that name exists and must not be replaced, or the folder is missing.
    """
    if path.exists() and not replace:
        raise UsageError("this file exists", where=str(path), do="choose another name or --replace")
    if not path.parent.is_dir():
        raise UsageError("there is no such folder", where=str(path.parent), do="make it first")
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(0o600)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
