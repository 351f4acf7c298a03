"""The PDF where something is amiss: originals, scripts, links, the engine itself."""

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import typst
from msgspec.structs import replace
from sample_letter import plain, words_of

from cortipump.documents.blocks import Exhibit, ExhibitRecord
from cortipump.documents.render import pdf as module
from cortipump.documents.render.pdf import pdf
from cortipump.documents.render.reprint import page_picture
from cortipump.errors import DocumentError


@pytest.fixture(scope="module")
def made(sample: Any) -> bytes:
    """The sample as PDF."""
    return pdf(sample.document, sample.sources)


@pytest.fixture(scope="module")
def pages(made: bytes) -> list[str]:
    """The words of every page, white space joined."""
    return words_of(made)


def test_original_pages_are_reprinted(sample: Any, made: bytes, pages: list[str]) -> None:
    """The words of the denial stand on the exhibit's page, our page number outside of them."""
    page = next(text for text in pages if "page 1 of" in text)

    assert "We deny the request for an external ambulatory infusion pump" in page
    assert "denial-2025-11-03.pdf" in page


def test_an_original_that_is_not_at_hand_or_damaged_is_an_error(sample: Any) -> None:
    """No packet without its exhibits."""
    with pytest.raises(DocumentError, match="not at hand"):
        pdf(sample.document, {})
    with pytest.raises(DocumentError, match="cannot be opened"):
        pdf(sample.document, dict.fromkeys(sample.sources, b"%PDF-1.4 nothing"))


def test_a_page_that_the_original_lacks_is_an_error(sample: Any) -> None:
    """A wrong place is said before anything is set."""
    first, *others = sample.document.exhibits
    document = replace(sample.document, exhibits=(replace(first, pages=(1, 9)), *others))

    with pytest.raises(DocumentError, match="no page 9"):
        pdf(document, sample.sources)


def test_an_original_that_typst_cannot_read_is_reprinted_as_a_picture(
    sample: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second way round gives a whole packet, too."""
    real = typst.Compiler

    class Fussy:
        def __init__(self, **options: Any) -> None:
            self._compiler = real(**options)
            self._root = Path(options["root"])

        def compile(self, **options: Any) -> Any:
            if '"exhibit-1.pdf"' in (self._root / "data.json").read_text(encoding="utf-8"):
                raise typst.TypstError("cannot read this PDF", "")
            return self._compiler.compile(**options)

    monkeypatch.setattr(module.typst, "Compiler", Fussy)

    pages = words_of(pdf(sample.document, sample.sources))

    assert not any("We deny the request" in page for page in pages)
    assert any("page 1 of" in page for page in pages)


def test_a_page_picture_is_a_png(sample: Any) -> None:
    """Written without an image library."""
    data = next(data for data in sample.sources.values() if data.startswith(b"%PDF"))

    assert page_picture(data, 1).startswith(b"\x89PNG\r\n\x1a\n")


def test_names_in_other_scripts_are_printed() -> None:
    """Greek and Cyrillic are in the package's fonts; for others the system is asked."""
    assert "Ελένη Иван" in words_of(pdf(plain(title="Ελένη Иван"), {}))[0]
    assert b"pdfuaid" in pdf(plain(title="Ελένη Иван"), {})


def test_a_sign_that_no_font_has_is_an_error_and_no_empty_box() -> None:
    """A sign for private use is in no font: the error names it and what to do."""
    with pytest.raises(DocumentError, match=r"U\+10FF01") as caught:
        pdf(plain(title="Clinic \U0010ff01"), {})

    assert "html" in caught.value.do


def test_chinese_is_printed_where_the_system_has_a_font_for_it() -> None:
    """Otherwise it is the same error: never boxes for a name."""
    made = b""
    with suppress(DocumentError):
        made = pdf(plain(title="李雷"), {})

    assert not made or "李雷" in words_of(made)[0]


def test_a_compile_that_fails_is_an_error_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Never a bare traceback of the engine."""
    monkeypatch.setattr(module, "_template", lambda: b'#panic("no")')

    with pytest.raises(DocumentError, match="could not be set"):
        pdf(plain(), {})


def test_links_to_nowhere_are_refused() -> None:
    """An anchor without a record, and two records of one name."""
    record = ExhibitRecord("a", "h", (), ("f",))
    exhibit = Exhibit(1, "s", "t", "f", "text/plain", (record,))

    with pytest.raises(DocumentError, match="no exhibit holds"):
        pdf(plain(exhibit_of={"f": "a"}), {})
    with pytest.raises(DocumentError, match="two exhibit records"):
        pdf(plain(exhibits=(exhibit, replace(exhibit, number=2))), {})
