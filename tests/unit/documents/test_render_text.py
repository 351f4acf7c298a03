"""Plain text, Markdown and HTML print the same figures as the PDF, in the same order."""

import re
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from sample_letter import plain

from cortipump.documents.blocks import (
    Column,
    Document,
    Exhibit,
    ExhibitRecord,
    Paragraph,
    Table,
)
from cortipump.documents.cited import statements
from cortipump.documents.render.columns import column_widths, kept, paper_width, whole_widths
from cortipump.documents.render.html import html
from cortipump.documents.render.markdown import escape, markdown
from cortipump.documents.render.refs import Ref, References, collapse, short
from cortipump.documents.render.text import text
from cortipump.documents.render.walk import held, running_reference
from cortipump.documents.statements import Value, say

Render = Callable[[Document], str]


def unmarked(render: Render, document: Document) -> str:
    """The words that a reader sees, white space joined."""
    made = render(document)
    if render is html:
        made = unescape(re.sub(r"<style>.*?</style>|<[^>]*>", "", made, flags=re.DOTALL))
    if render is markdown:
        made = re.sub(r"\\([\\`*_\[\]<>|~&#+\-])", r"\1", made)
    return " ".join(made.split())


@pytest.mark.safety("S5")
@pytest.mark.parametrize("render", [text, markdown, html])
def test_every_value_is_printed(render: Render, sample: Any) -> None:
    """No face shows less than another."""
    shown = unmarked(render, sample.document)

    for _, statement in statements(sample.document):
        for value in statement.values:
            # A cell of a text table is folded: its words stand under each other.
            assert all(word in shown for word in value.text.split())


@pytest.mark.parametrize("render", [text, markdown, html])
def test_exhibits_are_listed_and_printed(render: Render, sample: Any) -> None:
    """Index and records stand at the end."""
    shown = unmarked(render, sample.document)

    assert shown.index("Dear Appeals Reviewer") < shown.index("Printed here")
    for exhibit in sample.document.exhibits:
        assert f"Exhibit {exhibit.number}. {exhibit.title}" in shown
    assert "50849002" in shown


@pytest.mark.parametrize("render", [text, markdown, html])
def test_references_and_numbers_of_tables_are_the_same(render: Render, sample: Any) -> None:
    """Table 1 is table 1 everywhere."""
    shown = unmarked(render, sample.document)

    assert "Ex. 2–5" in shown
    for label in ("Table 1.", "Table 3.", "Figure 1.", "Figure 4."):
        assert label in shown.replace("**", "")


@pytest.mark.parametrize("render", [text, markdown, html])
def test_tones_have_words(render: Render, sample: Any) -> None:
    """No remark is told by its colour alone."""
    shown = unmarked(render, sample.document).lower()

    for word in ("disclosure: off-label use", "caution: what", "emergency: in an emergency"):
        assert word in shown


@pytest.mark.parametrize("render", [text, markdown, html])
def test_the_banner_comes_first(render: Render, sample: Any) -> None:
    """DRAFT is the first word (SAFETY S1)."""
    shown = unmarked(render, replace(sample.document, title="T", banner="DRAFT, not signed"))

    assert 0 <= shown.index("DRAFT, not signed") < 60


def test_text_keeps_to_eighty_columns(sample: Any) -> None:
    """It fits any window and any printer."""
    assert max(map(len, text(sample.document).splitlines())) <= 80


def test_text_tables_are_aligned(sample: Any) -> None:
    """Numbers end in one column, headings over them."""
    lines = text(sample.document).splitlines()
    head = next(n for n, line in enumerate(lines) if line.startswith("Date "))
    end = lines[head].index("Billed") + len("Billed")

    amounts = [line[:end] for line in lines[head + 2 :] if re.search(r"\.60  ", line)]

    assert len(amounts) == 12
    assert all(amount.endswith(".60") for amount in amounts)


def test_totals_run_on_over_empty_cells(sample: Any) -> None:
    """The words of a total need no column of their own."""
    assert "Total, billed and paid each by " in text(sample.document)


class _Reader(HTMLParser):
    """Collects tags, ids, links and attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.ids: set[str] = set()
        self.links: set[str] = set()
        self.outside: list[str] = []
        self.images: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in {"br", "img", "meta", "hr"}:
            self.open.append(tag)
        found = dict(attrs)
        self.ids |= {str(found["id"])} if "id" in found else set()
        self.links |= {str(found["href"])} if "href" in found else set()
        source = str(found.get("src", ""))
        if source and not source.startswith("data:"):
            self.outside.append(source)
        if tag == "img":
            self.images.append(found)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def page(sample: Any) -> _Reader:
    """The sample page, read."""
    reader = _Reader()
    reader.feed(html(sample.document))
    return reader


def test_the_page_is_well_formed_and_needs_nothing_else(page: _Reader) -> None:
    """No script, no other file, no address outside."""
    assert page.open == []
    assert not {"script", "link", "iframe", "object"} & set(page.tags)
    assert page.outside == []
    assert all(link.startswith("#") for link in page.links)


def test_every_link_of_the_page_leads_somewhere(page: _Reader) -> None:
    """Values and references reach their records."""
    assert {link[1:] for link in page.links} <= page.ids
    assert len(page.links) > 30


def test_every_picture_is_described(page: _Reader) -> None:
    """As the PDF's are."""
    assert len(page.images) == 4
    assert all(image["alt"] for image in page.images)


HOSTILE = '<script>x</script> & "q" | `c` *b* _e_ [l](u) # - '


def test_html_and_markdown_show_hostile_words_as_words(sample: Any) -> None:
    """Data are never markup."""
    record = ExhibitRecord("a", HOSTILE, (), ())
    document = replace(
        sample.document,
        title=HOSTILE,
        blocks=(Paragraph((say("w", HOSTILE),)),),
        exhibits=(Exhibit(1, "s", HOSTILE, HOSTILE, "text/plain", (record,)),),
        exhibit_of={},
    )

    assert "<script>" not in html(document)
    assert "<script>" not in markdown(document).replace("\\<script\\>", "")
    assert " ".join(HOSTILE.split()) in unmarked(html, document)


@given(st.text(max_size=60))
def test_markdown_escapes_can_be_taken_back(words: str) -> None:
    """Nothing but backslashes is added."""
    back = re.sub(r"\\([\\`*_\[\]<>|~&#+\-])", r"\1", escape(words))

    assert back == " ".join(words.split())


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        ([], ""),
        ([3], "Ex. 3"),
        ([1, 2], "Ex. 1, 2"),
        ([1, 2, 3, 4], "Ex. 1–4"),
        ([1, 2, 3, 7, 9, 10], "Ex. 1–3, 7, 9, 10"),
    ],
)
def test_long_lists_of_exhibits_collapse(numbers: list[int], shown: str) -> None:
    """Three neighbours or more become a range that leads to the first of them."""
    refs = [Ref(number, f"a{number}") for number in numbers]

    assert short(refs) == shown
    assert [anchor for _, anchor in collapse(refs)][:1] == [ref.anchor for ref in refs[:1]]


def test_facts_of_one_exhibit_make_one_reference(sample: Any) -> None:
    """However many values a sentence has."""
    exhibit = sample.document.exhibits[1]
    ids = tuple(fact for record in exhibit.records for fact in record.facts)
    statement = say("s", Value("7", "count", ids), " and ", Value("2", "quote", ids[:1]))

    refs = References(sample.document).of([statement])

    assert [(ref.number, ref.anchor) for ref in refs] == [(2, exhibit.records[0].anchor)]


def test_a_value_without_exhibit_has_no_link(sample: Any) -> None:
    """A cited source or a rule is no record of the person's."""
    references = References(sample.document)

    assert references.anchor(Value("30", "rule", note="n")) == ""
    assert references.anchor(Value("30", "quote", ("unknown",))) == ""


def test_the_running_head_prefers_the_member_number(sample: Any) -> None:
    """Else the first pair, else nothing."""
    one = ("Claim number", say("r", "C"))
    name = ("Member", say("r", "Jane"))
    two = ("Member number", say("r", Value("M-1", "rule", note="t")))

    every = replace(sample.document, reference=(one, name, two))
    assert running_reference(every) == "Member number M-1"
    assert running_reference(replace(sample.document, reference=(one,))) == "Claim number C"
    assert running_reference(replace(sample.document, reference=())) == ""


@pytest.mark.parametrize(
    ("records", "total", "pages", "shown"),
    [
        (1, 1, (), "1 of 1 record"),
        (2, 9, (), "2 of 9 records"),
        (1, 0, (), "1 record"),
        (2, 4, (1, 3), "2 of 4 pages"),
    ],
)
def test_an_exhibit_says_how_much_of_the_source_it_holds(
    records: int, total: int, pages: tuple[int, ...], shown: str
) -> None:
    """Only what is cited, and how much that is."""
    record = ExhibitRecord("a", "h", (), ())
    media = "application/pdf" if pages else "text/csv"

    assert held(Exhibit(1, "s", "t", "f", media, (record,) * records, pages, total)) == shown


CELLS = st.lists(
    st.lists(st.text("abc 1", max_size=30), min_size=4, max_size=4), min_size=1, max_size=5
)


@given(
    CELLS, st.integers(4, 90), st.lists(st.sampled_from([0.0, 1.0, 3.0]), min_size=4, max_size=4)
)
def test_columns_never_take_more_than_there_is(
    cells: list[list[str]], available: int, shares: list[float]
) -> None:
    """Whatever stands in a table, it is as wide as the page at most."""
    columns = [Column("c", "right" if n == 3 else "left", share) for n, share in enumerate(shares)]

    for measure in (len, paper_width):
        widths = column_widths(columns, cells, available, measure)
        assert sum(widths) <= available
        assert min(widths) >= 1


def test_sharing_columns_divide_what_is_left_in_their_shares() -> None:
    """Two to one, and the narrow column as narrow as fits."""
    columns = (Column("n"), Column("a", share=2), Column("b", share=1))
    cells = [["n", "a", "b"], ["12", "long words " * 20, "long words " * 20]]

    assert column_widths(columns, cells, 62) == [2, 40, 20]


def _text_of(titles: str, *rows: str, totals: tuple[str, ...] = ()) -> str:
    """A document of one table as text; cells between bars, ``>`` before a column of numbers."""
    columns = tuple(
        Column(title.lstrip(">"), "right" if title.startswith(">") else "left")
        for title in titles.split("|")
    )
    cut = [tuple(say("c", Value(w, "rule", note="n") if w else "") for w in row.split("|"))
           for row in (*rows, *totals)]  # fmt: skip
    table = Table("Visits", columns, tuple(cut[: len(rows)]), tuple(cut[len(rows) :]))
    return text(plain(blocks=(table,))).split("Table 1. Visits\n\n")[1]


def test_rows_of_one_line_stand_under_each_other() -> None:
    """With the totals under a rule."""
    made = _text_of(
        "Day|>Billed", "March 3, 2025|$5,509.68", "May 3, 2025|$388.09", totals=("Total|$5,897.77",)
    )

    assert made == (
        "Day               Billed\n-------------  ---------\n"
        "March 3, 2025  $5,509.68\nMay 3, 2025      $388.09\n"
        "-------------  ---------\nTotal          $5,897.77\n"
    )


def test_rows_that_fold_are_set_apart_and_break_no_word() -> None:
    """A blank line between them, a rule after the last; dates and amounts stay whole."""
    long = "Hospital stay through the emergency department of Lakeshore General"
    made = _text_of(
        "Day|What|>Billed", f"March 3, 2025|{long}|$5,509.68", "May 3, 2025|short|$1.00"
    )

    lines = made.rstrip().split("\n")
    assert lines[1] == lines[-1]
    assert lines[2].startswith("March 3, 2025  Hospital stay")
    assert lines[2].endswith("$5,509.68")
    assert lines[4] == ""
    assert lines[5].startswith("May 3, 2025    short")


def test_a_table_that_is_too_wide_is_written_as_records() -> None:
    """The first cell leads, the others stand under their labels; empty cells are left out."""
    titles = "No.|Date|Event|Facility|Reason|Schedule as recorded|>Billed|>Paid"
    made = _text_of(
        titles,
        "1|September 13, 2025|Observation|Lakeshore|Insufficiency|subcutaneous|$26,881.21|",
        "2|March 3, 2025|Emergency|Cedar Bluff|Crisis|fludrocortisone|$1.00|$0.50",
        totals=("Total||||||$26,882.21|$0.50",),
    )

    assert made == (
        "No. 1\n  Date: September 13, 2025\n  Event: Observation\n  Facility: Lakeshore\n"
        "  Reason: Insufficiency\n  Schedule as recorded: subcutaneous\n  Billed: $26,881.21\n\n"
        "No. 2\n  Date: March 3, 2025\n  Event: Emergency\n  Facility: Cedar Bluff\n"
        "  Reason: Crisis\n  Schedule as recorded: fludrocortisone\n  Billed: $1.00\n"
        "  Paid: $0.50\n\nTotal\n  Billed: $26,882.21\n  Paid: $0.50\n"
    )


def test_dates_inside_longer_values_stay_whole() -> None:
    """A date with its time folds before the time."""
    shown = kept(say("c", Value("February 21, 2025, 08:22 and 100 mg", "rule", note="n")))

    assert shown == "February\u00a021,\u00a02025, 08:22 and 100\u00a0mg"


@given(
    st.lists(
        st.lists(st.text("ab 1\u00a0", max_size=24), min_size=3, max_size=3), min_size=2, max_size=6
    ),
    st.integers(3, 78),
)
def test_whole_widths_hold_every_word(cells: list[list[str]], available: int) -> None:
    """Or there are none."""
    columns = [Column("a"), Column("b", "right"), Column("c", share=2)]

    widths = whole_widths(columns, cells, available, 5)

    if widths is not None:
        assert sum(widths) <= available
        for row in cells:
            for width, words in zip(widths, row, strict=True):
                assert all(len(word) <= width for word in words.split(" "))
        assert all(len(row[1]) <= widths[1] for row in cells[1:])
