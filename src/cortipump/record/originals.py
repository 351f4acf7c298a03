"""Forms in which originals come: one place that turns JSON in any Unicode encoding into UTF-8."""

import json

from cortipump.errors import ImportFailed


def json_as_utf8(content: bytes, name: str = "") -> bytes:
    """JSON in UTF-16 or UTF-32, or with a byte order mark, as UTF-8 without leading space.

    Anything that is not JSON comes back unchanged.

    Raises
    ------
    ImportFailed
        I001 if it starts like JSON in an encoding that it then breaks.
    """
    head = content[:64].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if head[:1] not in {b"{", b"["}:
        return content
    encoding = json.detect_encoding(content[:4])
    if encoding in {"utf-8", "utf-8-sig"}:
        return content.removeprefix(b"\xef\xbb\xbf").lstrip()
    try:
        return content.decode(encoding).lstrip("\ufeff \t\r\n").encode()
    except UnicodeDecodeError as cause:
        raise ImportFailed(
            f"its encoding is damaged ({encoding}): {cause.reason}",
            where=name,
            do="download the file again",
        ) from cause
