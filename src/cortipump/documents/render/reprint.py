"""Original PDF pages: their size, and a picture of a page where nothing better can be had."""

import struct
import zlib
from collections.abc import Iterable
from typing import Final

from cortipump.errors import DocumentError

_PICTURE_DPI: Final = 200


def page_sizes(data: bytes, pages: Iterable[int], name: str) -> dict[int, tuple[float, float]]:
    """Width and height of each page in points, as it is seen.

    Raises
    ------
    DocumentError
        D001 if the file cannot be opened or has no such page.
    """
    import pypdfium2  # loaded only where a PDF is reprinted

    try:
        original = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as cause:
        raise DocumentError(
            "the PDF cannot be opened: it is damaged or locked by a password",
            where=name,
            do="save it again without a password and import that file",
        ) from cause
    with original:
        sizes = {}
        for page in pages:
            if not 1 <= page <= len(original):
                raise DocumentError(
                    f"there is no page {page}", where=name, do="correct the fact's place"
                )
            sizes[page] = original[page - 1].get_size()
        return sizes


def page_picture(data: bytes, page: int) -> bytes:
    """A page as PNG."""
    import pypdfium2  # as above

    with pypdfium2.PdfDocument(data) as original:
        bitmap = original[page - 1].render(scale=_PICTURE_DPI / 72, rev_byteorder=True)
        rows = bytes(bitmap.buffer)
        starts = range(0, bitmap.stride * bitmap.height, bitmap.stride)
        pixels = [rows[start : start + bitmap.width * bitmap.n_channels] for start in starts]
        return _png(pixels, bitmap.width, bitmap.n_channels)


def _png(rows: list[bytes], width: int, channels: int) -> bytes:
    """Eight bits a channel, RGB or RGBA. Written here because Pillow is no dependency."""
    kind = {1: 0, 3: 2, 4: 6}[channels]
    header = struct.pack(">IIBBBBB", width, len(rows), 8, kind, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + row for row in rows), 6)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(name, data) for name, data in ((b"IHDR", header), (b"IDAT", body), (b"IEND", b""))
    )


def _chunk(name: bytes, data: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(name + data))
    return struct.pack(">I", len(data)) + name + data + check
