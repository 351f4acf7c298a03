"""Numba, in one place: compile on the first call, keep the result on disk where possible."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

_F = TypeVar("_F", bound=Callable[..., Any])


def compiled(function: _F) -> _F:
    """The function compiled without the interpreter's lock.

    Products and sums may be contracted to one rounding; nothing is reordered and no value is
    assumed finite. Where neither the package's folder nor the user's cache can be written, it is
    compiled anew in every process.
    """
    options: dict[str, Any] = {"nogil": True, "fastmath": {"contract"}, "error_model": "numpy"}
    try:
        return cast("_F", njit(cache=True, **options)(function))
    except RuntimeError:  # no place for a cache
        return cast("_F", njit(**options)(function))


def cache_folder(function: Callable[..., Any]) -> str:
    """Where its compiled form is kept between processes; it need not exist yet."""
    return str(cast("Any", function).stats.cache_path)


def has_compiled(function: Callable[..., Any]) -> bool:
    """Whether this process has it ready; a first call may also find it on disk."""
    return bool(cast("Any", function).signatures)
