"""What a tagged PDF says about its text: running heads, and the labels of charts, are no letter."""

import ctypes
from collections.abc import Iterator
from typing import Any, Final

import pypdfium2.raw as pdfium

_DEEPEST: Final = 40
# What only artifacts of pagination carry.
_PAGINATION: Final = frozenset({"Attached", "Subtype"})
_NEEDED: Final = ("FPDFText_GetTextObject", "FPDFPageObj_GetMarkedContentID")


class Tags:
    """The marks of one page.

    Parameters
    ----------
    page
        Of pypdfium2.
    """

    def __init__(self, page: Any) -> None:
        self._known: dict[int, bool] = {}
        self._figures = frozenset(_figures(page))
        # Older builds of the library cannot tell; then nothing is left out here.
        self._able = all(hasattr(pdfium, name) for name in _NEEDED)

    def is_apart(self, text: Any, n: int) -> bool:
        """Whether a character is a running head's, a page number's or a chart's."""
        if not self._able:
            return False
        thing = pdfium.FPDFText_GetTextObject(text, n)
        if not thing:
            return False
        address = ctypes.cast(thing, ctypes.c_void_p).value or 0
        if address not in self._known:
            marked = pdfium.FPDFPageObj_GetMarkedContentID(thing)
            self._known[address] = marked in self._figures or _is_running(thing)
        return self._known[address]


def _is_running(thing: Any) -> bool:
    """Whether text is a running head or foot; a table's repeated headings are artifacts too."""
    for n in range(max(pdfium.FPDFPageObj_CountMarks(thing), 0)):
        mark = pdfium.FPDFPageObj_GetMark(thing, n)
        if _string(pdfium.FPDFPageObjMark_GetName, mark) == "Artifact":
            keys = {
                _string(pdfium.FPDFPageObjMark_GetParamKey, mark, k)
                for k in range(pdfium.FPDFPageObjMark_CountParams(mark))
            }
            return bool(keys & _PAGINATION)
    return False


def _string(function: Any, *arguments: Any) -> str:
    words, length = (ctypes.c_ushort * 64)(), ctypes.c_ulong()
    done = function(*arguments, words, ctypes.sizeof(words), length)
    return bytes(words)[: max(length.value - 2, 0)].decode("utf-16-le", "replace") if done else ""


def _figures(page: Any) -> Iterator[int]:
    """Ids of the marked content of every figure of a page."""
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    if not tree:
        return
    for n in range(pdfium.FPDF_StructTree_CountChildren(tree)):
        child = pdfium.FPDF_StructTree_GetChildAtIndex(tree, n)
        yield from _within(child, inside=False, depth=0)
    pdfium.FPDF_StructTree_Close(tree)


def _within(element: Any, *, inside: bool, depth: int) -> Iterator[int]:
    if not element or depth > _DEEPEST:
        return
    inside = inside or _kind(element) == "Figure"
    if inside:
        for n in range(pdfium.FPDF_StructElement_GetMarkedContentIdCount(element)):
            marked = pdfium.FPDF_StructElement_GetMarkedContentIdAtIndex(element, n)
            if marked >= 0:
                yield marked
    for n in range(pdfium.FPDF_StructElement_CountChildren(element)):
        child = pdfium.FPDF_StructElement_GetChildAtIndex(element, n)
        yield from _within(child, inside=inside, depth=depth + 1)


def _kind(element: Any) -> str:
    words = (ctypes.c_ushort * 32)()
    length = pdfium.FPDF_StructElement_GetType(element, words, ctypes.sizeof(words))
    return bytes(words)[: max(length - 2, 0)].decode("utf-16-le", "replace")
