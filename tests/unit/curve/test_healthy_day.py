"""The healthy reference day: published at its anchors, and honest about the rest."""

import numpy as np
import pytest

from cortipump.errors import KnowledgeError
from cortipump.knowledge.rhythm import decode, rhythm
from cortipump.pk.healthy_day import healthy_day, implied_by_half_life, implied_secretion

# Debono 2009, legend of figure 1: 15.5 (11.7 to 20.6) ug/dL at 08:32 and 2.0 (1.5 to 2.5) at 00:18,
# times 27.59 nmol/L per ug/dL.
_PEAK, _NADIR = (428, 323, 568), (55, 41, 69)


def test_peak_and_nadir_are_the_published_ones_at_their_times() -> None:
    """To the minute, and the band ends at the published limits there."""
    day = healthy_day(every_min=1)
    peak, nadir = 8 * 60 + 32, 18

    for at, levels in ((peak, _PEAK), (nadir, _NADIR)):
        found = (day.total_nmol_per_l[at], day.low_nmol_per_l[at], day.high_nmol_per_l[at])
        assert found == pytest.approx(levels, rel=2e-3)
    assert day.total_nmol_per_l.argmax() == peak
    assert day.total_nmol_per_l.argmin() == nadir


def test_the_day_is_smooth_and_closes_at_midnight() -> None:
    """No step from minute to minute is larger than the steepest of the morning rise."""
    total = healthy_day(every_min=1).total_nmol_per_l
    steps = np.diff(np.append(total, total[0]))

    assert np.abs(steps).max() < 1.6  # nmol/L per minute: 95 in an hour


def test_the_band_holds_the_middle() -> None:
    """At every minute, and nothing is at or below zero."""
    day = healthy_day(every_min=1)

    assert np.all(day.low_nmol_per_l > 0)
    assert np.all(day.low_nmol_per_l < day.total_nmol_per_l)
    assert np.all(day.total_nmol_per_l < day.high_nmol_per_l)


def test_the_secretion_it_implies_is_possible_and_near_what_was_measured() -> None:
    """Never below nothing; 70 kg and 1.8 m2 of Hindmarsh's adults gives 10 to 22 mg a day."""
    implied = implied_secretion()
    known = rhythm().secretion

    assert implied.least_mg_per_h > 0
    assert known.mg_per_m2_low * 1.8 < implied.mg_per_day < known.mg_per_m2_high * 1.8
    assert sum(implied.shares) == pytest.approx(1)


def test_where_it_parts_from_the_published_shares_is_known() -> None:
    """Morning and midday agree within 0.13; the evening share is a third of the published one.

    The published deconvolution (79 adults of 60 to 74 y) has 0.36, 0.18, 0.10, 0.36 from 08, 14, 20
    and 00 h; older people have flatter days, and hourly medians of many sharpen none.
    """
    shares = implied_by_half_life()

    assert shares == pytest.approx(rhythm().secretion.shares, abs=0.13)
    assert shares[2] < 0.06


def test_a_file_without_an_hour_is_refused() -> None:
    """As are shares that make no day."""
    good = {
        "source": {"a": "A"},
        "anchors": {"n_people": {"value": 1.0, "source": "a", "grade": "A"}},
        "shape": {"source": "a", "grade": "A", "n_people": 1, "relative_free": [1.0] * 23},
        "secretion": {
            "source": "a", "grade": "A", "n_people": 1, "half_life_min": 80.0, "mg_per_m2": 1.0,
            "mg_per_m2_low": 1.0, "mg_per_m2_high": 1.0, "starts_h": [0], "shares": [1.0],
        },
    }  # fmt: skip

    with pytest.raises(KnowledgeError, match="24"):
        decode(good)
