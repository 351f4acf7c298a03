"""Counts in tables, by party, by side and in series: `columns`, `parties`, `measures`, `spans`.

On the bundled person: emergency visits 5 before the pump and 2 on it, stays 4 and 1, nights 10 and
1, rescue injections 6 and 2, days of work lost 28 and 4.5; calls with the plan 4, with the
manufacturer 2; one injection by a paramedic, three by the husband in the year before the pump.
"""

import pytest

from tests.safety.test_checker import found

_SIDES = "| Measure | Before | After |\n|---|---|---|\n"
_WAYS = "| Measure | Tablets | Pump |\n|---|---|---|\n"
_NIGHTS = "| Date | What | Nights |\n|---|---|---|\n"
_LOST = "| Date | Days lost |\n|---|---|\n"
_OF_2025 = (
    "| March 26, 2025 | Hospital stay | 3 |\n| July 22, 2025 | Hospital stay | 2 |\n"
    "| October 13, 2025 | Hospital stay | {} |\n"
)

RIGHT = (
    "Before the pump I had 5 emergency visits, and after it 2.",
    "Before the pump there were 5 emergency visits; on the pump 2.",
    _SIDES + "| Emergency visits | 5 | 2 |\n| Hospital stays | 4 | 1 |\n| AddiQoL | 74 | 87 |",
    _WAYS + "| Nights in hospital | 10 | 1 |\n| Days of work lost | 28 | 4.5 |",
    _NIGHTS + _OF_2025.format(4) + "| Total | | 9 |",
    _LOST + "| March 26, 2025 | 4 |",
    "I called the plan four times and the manufacturer twice.",
    "I made nine calls, four of them to the plan.",
    "One injection was given by a paramedic.",
    "Before the pump my husband gave me three injections.",
    "I was given ten injections: three times by my husband.",
    "Before the pump my husband gave three of the six rescue injections.",
    "I lost 6 days of work in March 2025.",
    "My hospital stays before the pump averaged 2.5 nights.",
    "I may be absent for up to two days a month.",
    "I was off work from October 13, 2025 to October 19, 2025 (5 days).",
    "Work log, 10/13/2025 to 10/19/2025: 5 days.",
    "Rescue injections: six in the year before the pump, two on the pump.",
)
WRONG = (
    ("Before the pump I had 2 emergency visits, and after it 5.", "2", "count-differs"),
    (_SIDES + "| Emergency visits | 5 | 1 |", "1", "count-differs"),
    (_SIDES + "| Hospital stays | 4 | 0 |", "0", "count-differs"),
    (_WAYS + "| Days of work lost | 28 | 3.5 |", "3.5", "count-differs"),
    (_SIDES + "| AddiQoL | 74 | 91 |", "91", "score-differs"),
    (_NIGHTS + "| October 13, 2025 | Hospital stay | 5 |", "5", "length-of-stay"),
    (_NIGHTS + _OF_2025.format(4) + "| Total | | 11 |", "11", "parts-differ"),
    (_LOST + "| March 26, 2025 | 5 |", "5", "days-lost"),
    ("I have called the plan six times.", "six times", "count-of-one-party"),
    ("I called the manufacturer four times.", "four times", "count-of-one-party"),
    ("Two injections were given by a paramedic.", "Two", "count-of-one-party"),
    ("I lost 5 days of work in March 2025.", "5 days", "count-differs"),
    ("My hospital stays before the pump averaged 3.5 nights.", "3.5 nights", "mean-differs"),
    ("I was off work from October 13, 2025 to October 19, 2025 (3 days).", "3 days", "days-lost"),
    ("Work log, 10/13/2025 to 10/19/2025: 4 days.", "4 days", "days-lost"),
    (
        "Rescue injections: six in the year before the pump, six on the pump.",
        "six",
        "count-differs",
    ),
)


def _of_figures(text: str) -> list[tuple[str, str]]:
    return [(f.text, f.detail) for f in found(text) if f.rule != "missing-element"]


@pytest.mark.parametrize("sentence", RIGHT)
def test_what_the_record_bears_passes(sentence: str) -> None:
    """Counts of one side, one party, one day and one column."""
    assert _of_figures(sentence) == []


@pytest.mark.parametrize(("sentence", "text", "detail"), WRONG)
def test_what_it_does_not_bear_is_found(sentence: str, text: str, detail: str) -> None:
    """At the figure that is wrong."""
    assert (text, detail) in _of_figures(sentence)
