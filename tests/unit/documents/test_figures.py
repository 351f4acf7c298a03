"""Charts: deterministic specs, honest words, nothing told by colour alone."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from cortipump.documents import figures
from cortipump.documents.blocks import Document, Figure
from cortipump.documents.charts import AFTER_COLOUR, BEFORE_COLOUR, svg
from cortipump.evidence.result import Amount
from cortipump.quantities.show import money_text


@pytest.fixture(scope="module")
def made(sample: Any) -> dict[str, Figure]:
    """The four figures of the sample by the kind of their caption and place."""
    document: Document = sample.document
    found = [block for block in document.blocks if isinstance(block, Figure)]
    return dict(zip(("events", "bed_days", "scores", "costs"), found, strict=True))


def _values(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if isinstance(node.get("values"), list):
            yield from (value for value in node["values"] if isinstance(value, dict))
        for child in node.values():
            yield from _values(child)
    elif isinstance(node, list):
        for child in node:
            yield from _values(child)


def test_every_spec_draws_and_uses_no_address(made: dict[str, Figure]) -> None:
    """Data stand in the spec; nothing is fetched."""
    for figure in made.values():
        drawn = svg(figure.spec)
        assert drawn.startswith(b"<svg")
        assert '"url"' not in json.dumps(figure.spec)


def test_a_spec_is_drawn_once(made: dict[str, Figure]) -> None:
    """The same spec gives the same object back."""
    assert svg(made["events"].spec) is svg(json.loads(json.dumps(made["events"].spec)))


def test_every_number_of_a_caption_is_traced(made: dict[str, Figure]) -> None:
    """Captions are statements: counts rest on facts, methods on a rule."""
    for figure in made.values():
        for value in figure.caption.values:
            assert value.facts or value.note


def test_the_description_is_sentences_with_the_charts_numbers(made: dict[str, Figure]) -> None:
    """Who cannot see the bars is told every one of them."""
    for figure in made.values():
        assert re.fullmatch(r"[A-Z].*\.", figure.alt, re.DOTALL)
    assert "Bed-days: 3 in 2024-04, 3 in 2024-06" in made["bed_days"].alt


def test_part_months_and_the_run_in_are_said(made: dict[str, Figure]) -> None:
    """Outline and shade have words."""
    caption = made["events"].caption.text

    assert "months of which only part is counted (2025-03, 2026-03)" in caption
    assert "run-in of 28 days" in caption
    assert "365 before, 365 after" in caption


def test_missing_amounts_are_not_zero(made: dict[str, Figure]) -> None:
    """What no record states has words instead of a bar."""
    shown = [value["shown"] for value in _values(made["costs"].spec)]

    assert "before: not recorded" in shown
    assert "after: not recorded" in shown
    assert "$0.00" not in " ".join(shown)


@pytest.mark.safety("S12")
def test_kinds_and_currencies_are_never_added(sample: Any) -> None:
    """One bar per kind and window, one panel per currency."""
    result = _with_euro(_result(sample))

    figure = figures.costs(result)

    assert len(figure.spec["vconcat"]) == 2
    for panel in figure.spec["vconcat"]:
        drawn = [(value["kind"], value["side"]) for value in panel["data"]["values"]]
        assert len(drawn) == len(set(drawn)) == 8
    assert "stack" not in json.dumps(figure.spec)


def test_panels_of_events_share_one_scale(made: dict[str, Figure]) -> None:
    """Two panels can be compared by eye."""
    domains = {
        json.dumps(layer["encoding"]["y"]["scale"]["domain"])
        for panel in made["events"].spec["vconcat"]
        for layer in panel["layer"]
        if "y" in layer["encoding"]
    }

    assert len(domains) == 1


def test_the_two_colours_differ_in_grey() -> None:
    """By more than a third of the range of lightness."""

    def grey(colour: str) -> float:
        red, green, blue = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    assert abs(grey(AFTER_COLOUR) - grey(BEFORE_COLOUR)) > 0.33


def test_before_and_after_are_named_in_the_chart(made: dict[str, Figure]) -> None:
    """Words beside the line, words beside the bars, shapes for the dots."""
    assert b">before<" in svg(made["events"].spec)
    assert b">after<" in svg(made["events"].spec)
    assert "square" in json.dumps(made["scores"].spec)


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Auckland"])
def test_a_chart_is_the_same_in_every_time_zone(made: dict[str, Figure], zone: str) -> None:
    """Days are days of the calendar, wherever the machine stands."""
    code = (
        "import json, sys; from cortipump.documents.charts import svg;"
        "sys.stdout.buffer.write(svg(json.load(sys.stdin)))"
    )
    environment = {**os.environ, "TZ": zone, "PYTHONPATH": os.pathsep.join(sys.path)}

    done = subprocess.run(
        [sys.executable, "-c", code],
        input=json.dumps(made["events"].spec).encode(),
        env=environment,
        capture_output=True,
        check=True,
    )

    assert done.stdout == svg(made["events"].spec)


def test_no_events_at_all_is_a_chart_too(sample: Any) -> None:
    """Nothing found is a finding."""
    result = _result(sample)
    quiet = [msgspec.structs.replace(month, counts={}) for month in result.months]

    figure = figures.monthly_events(msgspec.structs.replace(result, months=tuple(quiet)))

    assert "none in any month" in figure.alt
    assert svg(figure.spec)


def test_without_run_in_nothing_is_shaded(sample: Any) -> None:
    """The words go with the shade."""
    figure = figures.monthly_events(msgspec.structs.replace(_result(sample), run_in=None))

    assert "run-in" not in figure.caption.text


@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [
        ("1580", "USD", "$1,580.00"),
        ("-12.5", "USD", "-$12.50"),
        ("1580", "EUR", "€1,580.00"),
        ("1580", "CHF", "1,580.00 CHF"),
        ("1580", "JPY", "1,580 JPY"),
    ],
)
def test_amounts_are_written_like_this(amount: str, currency: str, shown: str) -> None:
    """By the currency's own minor unit."""
    assert money_text(Decimal(amount), currency) == shown


def _result(sample: Any) -> Any:
    return sample.result


def _with_euro(result: Any) -> Any:
    costs = {
        kind: {**amounts, "EUR": next(iter(amounts.values()))}
        for kind, amounts in result.before.costs.items()
    }
    return msgspec.structs.replace(
        result, before=msgspec.structs.replace(result.before, costs=costs)
    )


def test_an_amount_that_no_charge_states_has_words_and_its_charges(sample: Any) -> None:
    """No bar of zero; how many charges do not state it stands in the caption, traced."""
    result = _result(sample)
    nobody = Amount(None, (), ("c1", "c2"))
    costs = {**result.after.costs, "allowed": {"USD": nobody, "XXX": nobody}}
    after = msgspec.structs.replace(result.after, costs=costs)

    figure = figures.costs(msgspec.structs.replace(result, after=after))

    assert "Allowed: not recorded before, not recorded after (2 charges do not" in (
        figure.caption.text
    )
    counted = [value for value in figure.caption.values if value.facts == ("c1", "c2")]
    assert [(value.text, value.how) for value in counted] == [("2", "count")]
    assert len(figure.spec["vconcat"]) == 1
