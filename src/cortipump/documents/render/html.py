"""A `Document` as one HTML page that needs nothing else: no script, no other file, no network."""

import base64
from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from importlib.resources import files

from cortipump.documents.blocks import (
    Bullets,
    Callout,
    Column,
    Document,
    Exhibit,
    ExhibitRecord,
    Figure,
    Heading,
    Paragraph,
    PrintedLine,
    Quote,
    Signature,
    Table,
)
from cortipump.documents.charts import svg
from cortipump.documents.render.refs import PREFIX, Ref, References, collapse
from cortipump.documents.render.walk import (
    INDEX_COLUMNS,
    INDEX_LEAD,
    INDEX_TITLE,
    REFERENCE_COLUMN,
    TONES,
    exhibit_anchor,
    exhibit_title,
    index_row,
    is_listed,
    origin_line,
    walk,
)
from cortipump.documents.statements import Part, Statement

_DEEPEST = 6


def html(document: Document) -> str:
    """Write the document as one self-contained page."""
    body = "\n".join(walk(document, _HtmlWriter(document)))
    banner = f'<p class="banner">{escape(document.banner)}</p>\n' if document.banner else ""
    return (
        f'<!doctype html>\n<html lang="{escape(document.language)}">\n<head>\n'
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(document.title)}</title>\n<style>\n{_style()}</style>\n</head>\n"
        f"<body>\n<main>\n{banner}{body}\n</main>\n</body>\n</html>\n"
    )


@cache
def _style() -> str:
    return files("cortipump.documents.render").joinpath("page.css").read_text(encoding="utf-8")


def _links(refs: Sequence[Ref], prefix: str = "") -> str:
    return ", ".join(
        f'<a href="#{escape(anchor)}">{prefix if n == 0 else ""}{shown}</a>'
        for n, (shown, anchor) in enumerate(collapse(refs))
    )


def _cited(refs: Sequence[Ref]) -> str:
    return f' <span class="ref">[{_links(refs, PREFIX)}]</span>' if refs else ""


class _HtmlWriter:
    def __init__(self, document: Document) -> None:
        self._refs = References(document)

    def _run(self, part: Part) -> str:
        if isinstance(part, str):
            return escape(part, quote=False)
        words, anchor = escape(part.text, quote=False), self._refs.anchor(part)
        return f'<a class="value" href="#{escape(anchor)}">{words}</a>' if anchor else words

    def _words(self, statement: Statement) -> str:
        return "".join(map(self._run, statement.parts))

    def _line(self, statement: Statement) -> str:
        return self._words(statement) + _cited(self._refs.of([statement]))

    def _run_on(self, statements: Iterable[Statement]) -> str:
        return " ".join(map(self._line, statements))

    def _lines(self, statements: Iterable[Statement]) -> str:
        return "<br>\n".join(map(self._words, statements))

    def head(self, document: Document) -> str:
        reference = "".join(
            f"<dt>{escape(label)}</dt><dd>{self._words(line)}</dd>"
            for label, line in document.reference
        )
        blocks = [
            ("address", "sender", self._lines(document.sender)),
            ("p", "dated", self._words(document.dated)),
            ("address", "addressee", self._lines(document.addressee)),
            ("dl", "reference", reference),
            ("h1", "title", escape(document.title)),
        ]
        inner = "\n".join(
            f'<{tag} class="{name}">{words}</{tag}>' for tag, name, words in blocks if words
        )
        return f"<header>\n{inner}\n</header>"

    def heading(self, block: Heading) -> str:
        tag = f"h{min(block.level + 1, _DEEPEST)}"
        named = f' id="{escape(block.anchor)}"' if block.anchor else ""
        return f"<{tag}{named}>{escape(block.text)}</{tag}>"

    def paragraph(self, block: Paragraph) -> str:
        if block.style == "address":
            return f'<p class="address">{"<br>".join(map(self._line, block.statements))}</p>'
        return f'<p class="{block.style}">{self._run_on(block.statements)}</p>'

    def quote(self, block: Quote) -> str:
        refs = self._refs.of([block.statement, block.source])
        source = f"<footer>{self._words(block.source)}{_cited(refs)}</footer>"
        return f"<blockquote><p>“{self._words(block.statement)}”</p>{source}</blockquote>"

    def bullets(self, block: Bullets) -> str:
        tag = "ol" if block.numbered else "ul"
        items = "\n".join(f"<li>{self._line(item)}</li>" for item in block.items)
        return f"<{tag}>\n{items}\n</{tag}>"

    def table(self, block: Table, label: str) -> str:
        refs = [_links(own) for own in self._refs.of_rows(block)]
        columns = (*block.columns, Column(REFERENCE_COLUMN)) if refs else block.columns
        rows = [
            [self._words(cell) for cell in row] + ([refs[n]] if refs else [])
            for n, row in enumerate(block.rows)
        ]
        totals = [
            [self._words(cell) for cell in row] + ([""] if refs else []) for row in block.totals
        ]
        caption = f"<b>{label}.</b> {escape(block.caption)}"
        notes = f'<p class="small">{self._run_on(block.notes)}</p>' if block.notes else ""
        return _grid(columns, rows, totals, caption) + notes

    def figure(self, block: Figure, label: str) -> str:
        data = base64.b64encode(svg(block.spec)).decode()
        image = f'<img src="data:image/svg+xml;base64,{data}" alt="{escape(block.alt)}">'
        caption = f"<figcaption><b>{label}.</b> {self._line(block.caption)}</figcaption>"
        return f"<figure>\n{image}\n{caption}\n</figure>"

    def callout(self, block: Callout) -> str:
        title = f"<p><b>{TONES[block.tone]}: {escape(block.title)}</b></p>"
        points = "".join(f"<li>{self._line(point)}</li>" for point in block.statements)
        words = f"<p>{self._run_on(block.statements)}</p>"
        words = f"<ul>{points}</ul>" if is_listed(block) else words
        return f'<aside class="{block.tone}">{title}{words}</aside>'

    def signature(self, block: Signature) -> str:
        named = f"{escape(block.name)}<br>" if block.name else ""
        role = f"<small>{escape(block.role)}</small>"
        return f'<div class="signature"><p>{named}{role}</p><p><small>Date</small></p></div>'

    def page_break(self) -> str:
        return '<hr class="page">'

    def exhibit_index(self, exhibits: tuple[Exhibit, ...]) -> str:
        rows = []
        for exhibit in exhibits:
            number, *others = index_row(exhibit)
            link = f'<a href="#{exhibit_anchor(exhibit)}">{number}</a>'
            rows.append([link, *map(escape, others)])
        lead = f'<h2>{INDEX_TITLE}</h2>\n<p class="small">{escape(INDEX_LEAD)}</p>\n'
        return lead + _grid(INDEX_COLUMNS, rows, [], "")

    def exhibit(self, exhibit: Exhibit) -> str:
        title = f"<h3>{escape(exhibit_title(exhibit))}</h3>"
        origin = " &middot; ".join(
            f"{escape(label)} {escape(words)}" for label, words in origin_line(exhibit)
        )
        records = "\n".join(map(_record, exhibit.records))
        anchor = exhibit_anchor(exhibit)
        opening = f'<section class="exhibit" id="{anchor}">{title}<p class="small">{origin}</p>'
        return f"{opening}\n{records}\n</section>"


def _record(record: ExhibitRecord) -> str:
    lines = "\n".join(map(_printed, record.lines))
    return (
        f'<article id="{escape(record.anchor)}"><h4>{escape(record.heading)}</h4>{lines}</article>'
    )


def _printed(line: PrintedLine) -> str:
    label = f"<b>{escape(line.label)}:</b> " if line.label else ""
    depth = f' class="d{min(line.depth, _DEEPEST)}"' if line.depth else ""
    return f"<p{depth}>{label}{escape(line.text, quote=False)}</p>"


def _grid(
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    totals: Sequence[Sequence[str]],
    caption: str,
) -> str:
    def cells(row: Sequence[str]) -> str:
        return "".join(
            f'<td class="right">{words}</td>' if column.align == "right" else f"<td>{words}</td>"
            for column, words in zip(columns, row, strict=True)
        )

    titles = "".join(
        f'<th scope="col"{" class=right" if column.align == "right" else ""}>'
        f"{escape(column.title)}</th>"
        for column in columns
    )
    body = "\n".join(f"<tr>{cells(row)}</tr>" for row in rows)
    foot = "\n".join(f"<tr>{cells(row)}</tr>" for row in totals)
    return (
        "<table>\n"
        + (f"<caption>{caption}</caption>\n" if caption else "")
        + f"<thead><tr>{titles}</tr></thead>\n<tbody>\n{body}\n</tbody>\n"
        + (f"<tfoot>\n{foot}\n</tfoot>\n" if foot else "")
        + "</table>"
    )
