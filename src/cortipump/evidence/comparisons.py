"""After against before, measure by measure and reading by reading.

Which number of a count is compared was decided in `evidence.count`; the mathematics is in
`evidence.rates`.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from cortipump.evidence.rates import rate_ratio
from cortipump.evidence.result import READINGS, Comparison, Count, Reading

EXACT: Final = "exact conditional Poisson"
UNDEFINED: Final = "exact conditional Poisson: no ratio, because nothing was counted before"
NOT_AT_RISK: Final = "no ratio: no day at risk in one of the windows"
BED_DAYS_METHOD: Final = "ratio of rates; no interval: days in hospital cluster"
WORK_METHOD: Final = "ratio of rates; no interval: days of work cluster"

NONE_BEFORE: Final = "undefined (none before)"

Readings = Mapping[str, Mapping[str, Mapping[str, Count]]]

_CLUSTERED: Final = {"bed_days": BED_DAYS_METHOD, "work_days_lost": WORK_METHOD}
_COMPARED: Final = (
    "emergency_visits",
    "inpatient_stays",
    "bed_days",
    "rescue_injections",
    "work_days_lost",
)


def _clustered(
    measure: str, reading: Reading, before: Count, after: Count, days: tuple[int, int]
) -> Comparison:
    """A plain ratio of rates: an interval would pretend that days fall one by one."""
    ratio = None
    if before.value:
        ratio = float(after.value) / float(before.value) * days[0] / days[1]
    return Comparison(
        measure, reading, before.value, after.value, *days, ratio, None, None, None,
        _CLUSTERED[measure],
    )  # fmt: skip


def _counted(
    measure: str, reading: Reading, before: Count, after: Count, days: tuple[int, int]
) -> Comparison:
    at_risk = min(days) > 0
    found = rate_ratio(int(after.value), int(before.value), days[1], days[0]) if at_risk else None
    numbers = (None, None, None, None)
    if found is None:
        method = UNDEFINED if at_risk else NOT_AT_RISK
        return Comparison(measure, reading, before.value, after.value, *days, *numbers, method)
    return Comparison(
        measure, reading, before.value, after.value, *days,
        found.ratio, found.low, found.high, found.p_central, EXACT,
    )  # fmt: skip


def comparisons(readings: Readings, days_before: int, days_after: int) -> Iterator[Comparison]:
    """Every comparison that the counts allow.

    Parameters
    ----------
    readings
        Reading to window to measure to count.
    days_before, days_after
        Length of the windows. [days]

    Notes
    -----
    Days at risk of a new inpatient stay are the window's days less the bed-days in it, of all
    causes and under the same caution (coverage.md 8.1); of everything else, all days.
    """
    days = (days_before, days_after)
    beds = readings["all_causes"]
    in_hospital = (int(beds["before"]["bed_days"].value), int(beds["after"]["bed_days"].value))
    outside = (days[0] - in_hospital[0], days[1] - in_hospital[1])
    for reading in READINGS:
        before, after = readings[reading]["before"], readings[reading]["after"]
        for measure in _COMPARED:
            if measure not in before:
                continue
            make = _clustered if measure in _CLUSTERED else _counted
            at_risk = outside if measure == "inpatient_stays" else days
            yield make(measure, reading, before[measure], after[measure], at_risk)


def _figure(value: float) -> str:
    return "0" if value == 0 else f"{value:.2f}" if value >= 0.095 else f"{value:.3f}"


def ratio_text(compared: Comparison | None) -> str:
    """A ratio with its interval for reading; a dash where nothing was counted on either side."""
    if compared is None or (compared.before == 0 and compared.after == 0):
        return "–"
    if compared.rate_ratio is None:
        return NONE_BEFORE
    text = _figure(compared.rate_ratio)
    if compared.ci_low is None or compared.ci_high is None:
        return text
    return f"{text} ({_figure(compared.ci_low)} to {_figure(compared.ci_high)})"
