"""The PDF: same bytes, tagged, linked, numbered, faithful; data are never markup."""

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as raw
import pytest
from sample_letter import plain, words_of

from cortipump.documents.blocks import (
    Bullets,
    Callout,
    Column,
    Exhibit,
    ExhibitRecord,
    Heading,
    Paragraph,
    PrintedLine,
    Signature,
    Table,
)
from cortipump.documents.render.nodes import breakable
from cortipump.documents.render.pdf import pdf
from cortipump.documents.statements import Value, say


@pytest.fixture(scope="module")
def made(sample: Any) -> bytes:
    """The sample as PDF."""
    return pdf(sample.document, sample.sources)


@pytest.fixture(scope="module")
def pages(made: bytes) -> list[str]:
    """The words of every page, white space joined."""
    return words_of(made)


def test_the_same_document_gives_the_same_bytes_in_another_process(
    sample: Any, made: bytes
) -> None:
    """Nothing of the machine, the moment or the process gets in."""
    root = Path(__file__).parents[3]
    code = (
        "import hashlib, importlib.util as u, sys;"
        f"spec = u.spec_from_file_location('c', {str(Path(__file__).with_name('conftest.py'))!r});"
        "c = u.module_from_spec(spec); sys.modules['c'] = c; spec.loader.exec_module(c);"
        "from cortipump.documents.render.pdf import pdf;"
        "s = c.build(bundles=13, per_bundle=2, labs=6);"
        "print(hashlib.sha256(pdf(s.document, s.sources)).hexdigest())"
    )
    seen = set()
    for zone, seed in (("UTC", "1"), ("Pacific/Auckland", "2")):
        environment = {
            **os.environ,
            "PYTHONPATH": str(root / "src"),
            "TZ": zone,
            "PYTHONHASHSEED": seed,
        }
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=environment,
            capture_output=True,
            check=True,
            text=True,
        )
        seen.add(done.stdout.strip())

    assert seen == {hashlib.sha256(made).hexdigest()}


def test_every_page_says_which_it_is(pages: list[str]) -> None:
    """Page 3 of 41, with title and member number from the second page on."""
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page
        if number > 1:
            assert "Appeal of the denial" in page
            assert "Member number MMH-4471-02" in page


@pytest.mark.safety("S5")
def test_every_value_of_the_document_is_on_its_pages(sample: Any, pages: list[str]) -> None:
    """What is stated is printed, letter for letter."""
    printed = "".join("".join(pages).split())

    for block in sample.document.blocks:
        for value in _values(block):
            assert "".join(value.text.split()) in printed


def _values(block: Any) -> list[Value]:
    if isinstance(block, Value):
        return [block]
    if isinstance(block, tuple):
        return [value for part in block for value in _values(part)]
    if hasattr(block, "__struct_fields__"):
        return [
            value for name in block.__struct_fields__ for value in _values(getattr(block, name))
        ]
    return []


def test_every_line_of_every_record_is_printed(sample: Any, pages: list[str]) -> None:
    """Exhibits are faithful: no leaf of a cited record is lost in the layout."""
    printed = re.sub(r"\s", "", "".join(pages))

    for exhibit in sample.document.exhibits:
        for record in exhibit.records if not exhibit.pages else ():
            for line in record.lines:
                assert re.sub(r"\s", "", line.text) in printed


def test_long_words_wrap_and_can_be_copied_unchanged() -> None:
    """A number of eighty signs neither runs off the page nor gains signs."""
    word = "MMH" + "4471abc" * 11
    cell = say("cell", Value(word, "rule", note="a test"))
    columns = (Column("A"), Column("B"), Column("C"))
    blocks = (Table("t", columns, ((cell, cell, cell),)), Paragraph((cell,)))

    data = pdf(plain(blocks=blocks), {})

    with pypdfium2.PdfDocument(data) as file:
        page = file[0].get_textpage()
        assert "​" not in page.get_text_bounded()
        for n in range(page.count_rects()):
            left, _, right, _ = page.get_rect(n)
            assert 0.9 * 72 < left <= right < (8.5 - 0.9) * 72
    assert "".join(words_of(data)).replace(" ", "").count(word) >= 1


def test_breaks_are_marked_in_long_words_only() -> None:
    """Short words, amounts and sentences stay as they are."""
    assert breakable("$1,580.00 on 2024-06-02") == "$1,580.00 on 2024-06-02"
    assert breakable("x" * 30).replace("​", "") == "x" * 30
    assert "​" in breakable("x" * 30)


def test_links_lead_from_values_to_exhibit_records(made: bytes, pages: list[str]) -> None:
    """The first page of the letter cites much, and all its links lead behind the index."""
    index = next(n for n, page in enumerate(pages) if "Each exhibit holds" in page)
    with pypdfium2.PdfDocument(made) as file:
        first = _destinations(file, file[0])

    assert len(first) > 20
    assert min(first) > index


def _destinations(file: Any, page: Any) -> list[int]:
    """Page indices that the links of a page lead to."""
    found = []
    for n in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, n)
        link = raw.FPDFAnnot_GetLink(annotation)
        target = raw.FPDFLink_GetDest(file.raw, link)
        found.append(raw.FPDFDest_GetDestPageIndex(file.raw, target))
        raw.FPDFPage_CloseAnnot(annotation)
    return found


def test_references_name_the_page_where_the_exhibit_stands(sample: Any, pages: list[str]) -> None:
    """`Ex. 1, p. 7` is right, and so is the index."""
    named = re.search(r"Ex\. 1, p\. (\d+)", pages[0])

    assert named
    assert "Exhibit 1. Decisions of the plan" in pages[int(named[1]) - 1]


def test_bookmarks_hold_headings_and_exhibits(made: bytes) -> None:
    """A reviewer finds every part in the side bar."""
    with pypdfium2.PdfDocument(made) as file:
        titles = [mark.get_title() for mark in file.get_toc()]

    assert titles[:2] == ["The decision", "Facts of the record"]
    assert "Exhibits" in titles
    assert sum(title.startswith("Exhibit ") for title in titles) == 21


def test_metadata_are_the_documents_own(made: bytes) -> None:
    """Title, author and date come from the document."""
    with pypdfium2.PdfDocument(made) as file:
        data = file.get_metadata_dict()

    assert data["Title"] == "Appeal of the denial of an external ambulatory infusion pump"
    assert data["Author"] == "Jane Q. Sample"
    assert data["CreationDate"].startswith("D:20260115")


def test_the_file_is_tagged_and_accessible_where_the_standard_allows(made: bytes) -> None:
    """PDF/UA-1 without reprinted PDF pages; tagged with them."""
    assert b"pdfuaid" in pdf(plain(), {})
    assert b"pdfuaid" not in made
    with pypdfium2.PdfDocument(made) as file:
        assert file.is_tagged()


HOSTILE = '#panic("x") _a_ *b* $x$ [y] <lab> @ref // c /* d */ ~ \\n `e` "q" <b>&amp; = h | '


@pytest.mark.safety("S5")
def test_data_are_never_read_as_markup() -> None:
    """Whatever a record holds is printed as it is."""
    hostile = say("words", HOSTILE)
    record = ExhibitRecord("a", HOSTILE, (PrintedLine(HOSTILE, HOSTILE, 2),), ("f",))
    document = plain(
        title=HOSTILE,
        blocks=(
            Heading(HOSTILE),
            Paragraph((hostile,)),
            Bullets((hostile,)),
            Table(HOSTILE, (Column(HOSTILE, share=1),), ((hostile,),), ((hostile,),), (hostile,)),
            Callout("caution", HOSTILE, (hostile,)),
            Signature(HOSTILE, HOSTILE),
        ),
        exhibits=(Exhibit(1, "s", HOSTILE, HOSTILE, "text/plain", (record,)),),
    )

    printed = re.sub(r"\s", "", "".join(words_of(pdf(document, {}))))

    assert printed.count(re.sub(r"\s", "", HOSTILE.replace('"q"', ""))[:40]) >= 12


@pytest.mark.parametrize(
    "blocks",
    [
        (),
        (Paragraph(()),),
        (Bullets(()),),
        (Table("t", (), ()),),
        (Table("t", (Column("a"),), ()),),
        (Callout("emergency", "t", ()),),
        (Signature("", ""),),
        (Heading("a", 3), Heading("b", 1), Heading("c", 3)),
        (Heading("x", anchor="here"),),
    ],
)
def test_odd_blocks_are_accessible_pages_too(blocks: tuple[Any, ...]) -> None:
    """Empty parts and skipped levels of headings do not cost the standard."""
    assert b"pdfuaid" in pdf(plain(blocks=blocks), {})


def test_a4_and_the_banner() -> None:
    """Paper as asked; the banner stands on every page (SAFETY S1)."""
    document = plain(paper="a4", banner="DRAFT, not signed", blocks=(Heading("x"),) * 60)

    data = pdf(document, {})

    with pypdfium2.PdfDocument(data) as file:
        assert [round(side) for side in file[0].get_size()] == [595, 842]
    pages = words_of(data)
    assert len(pages) > 1
    assert all("DRAFT, not signed" in page for page in pages)


def test_without_a_day_the_file_has_no_date() -> None:
    """A date that nobody gave is not invented."""
    with pypdfium2.PdfDocument(pdf(plain(day=None), {})) as file:
        assert not file.get_metadata_dict()["CreationDate"]


def test_a_long_table_repeats_its_head_and_splits_no_row() -> None:
    """Each page can be read by itself."""
    cell = say("cell", "words " * 30)
    rows = tuple((say("c", Value(f"N{n:03d}E", "rule", note="t")), cell) for n in range(60))
    table = Table("t", (Column("Number"), Column("What stands there", share=1)), rows)

    pages = words_of(pdf(plain(blocks=(table,)), {}))

    assert len(pages) > 2
    assert all("What stands there" in page for page in pages)


def test_a_row_taller_than_a_page_is_printed_whole() -> None:
    """Only such a row may break."""
    numbers = " ".join(f"w{n}" for n in range(1500))
    row = (say("c", Value(numbers, "rule", note="t")), say("c", "end"))

    printed = " ".join(
        words_of(pdf(plain(blocks=(Table("t", (Column("A"), Column("B")), (row,)),)), {}))
    )

    assert all(f"w{n} " in printed for n in range(0, 1500, 50))


def test_a_signature_never_stands_alone_on_a_page() -> None:
    """The words above it go with it."""
    filler = Paragraph((say("filler", "words " * 90),))
    for count in range(4, 9):
        last = Paragraph((say("last", "Last words."),))
        pages = words_of(
            pdf(plain(blocks=(filler,) * count + (last, Signature("Jane", "Member"))), {})
        )
        assert "Last words." in next(page for page in pages if "Jane" in page)


def test_a_long_remark_is_printed_whole() -> None:
    """Many points become a list, and only a long frame may break."""
    points = tuple(
        say("point", Value(f"point-{n}", "rule", note="t"), " words" * 30) for n in range(60)
    )

    pages = words_of(pdf(plain(blocks=(Callout("caution", "Long", points),)), {}))

    assert len(pages) > 1
    assert all(f"point-{n} " in " ".join(pages) for n in range(60))


def test_the_packet_of_the_budget_is_printed(make_sample: Callable[..., Any]) -> None:
    """Three hundred facts, twenty exhibits, four figures."""
    large = make_sample(bundles=13, per_bundle=9, labs=20)

    with pypdfium2.PdfDocument(pdf(large.document, large.sources)) as file:
        assert len(large.facts) >= 300
        assert len(file) > 40
