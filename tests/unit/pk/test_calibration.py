"""The calibration: its points and weights, its draws, and the page that it printed.

Published numbers stand in knowledge/data/calibration.toml. The expected medians are those of
docs/calibration.md, written by a much larger run of the same program.
"""

import math
import re

import numpy as np
import pytest
from tools.calibrate import TARGET
from tools.calibration_exact import log_ratio
from tools.calibration_model import N_BODY, NAMES, Problem
from tools.calibration_page import proposed_person
from tools.calibration_runs import REDUCED, Run, Size, main_run, one_left_out, other_weights
from tools.sampling import Draws, fit_tail, sample, smoothed

from cortipump.errors import KnowledgeError
from cortipump.knowledge.calibration import calibration, decode
from cortipump.pk.parameters import FloatArray, typical


@pytest.fixture(scope="module")
def reduced() -> Run:
    """The calibration with few draws."""
    return main_run(REDUCED)


def _printed() -> dict[str, tuple[float, float]]:
    """Medians and their Monte Carlo errors from the page, in the order of the parameters."""
    text = TARGET.read_text(encoding="utf-8").split("## Result")[1].split("## Proposal")[0]
    rows = re.findall(r"^\| .+? \| \*\*([\d.]+)\*\* \|[^|]+\|[^|]+\| ([\d.e-]+) \|", text, re.M)
    assert len(rows) == len(NAMES)
    return {n: (float(m), float(e)) for n, (m, e) in zip(NAMES, rows, strict=True)}


def test_a_reduced_run_lands_on_the_printed_medians(reduced: Run) -> None:
    """Within four Monte Carlo standard errors of both, or a rounding of the page."""
    for name, (median, error) in _printed().items():
        both = math.hypot(error, reduced.error(name))
        assert reduced.quantile(name, 0.5) == pytest.approx(
            median, abs=4 * both + 0.005 * median
        ), name


def test_the_draws_can_be_trusted(reduced: Run) -> None:
    """The tail of the weights has a shape below 0.7 (Vehtari and others, 2024)."""
    assert reduced.draws.k_hat < 0.7
    assert reduced.draws.effective > 200
    assert reduced.draws.weights.sum() == pytest.approx(1)


def test_version_1_lies_inside_the_intervals(reduced: Run) -> None:
    """275 L/h and 370 L, the calibration of the fact sheet with its point from memory."""
    for name, value in (("clu_l_per_h", 275.0), ("vt_l", 370.0)):
        assert reduced.quantile(name, 0.025) < value < reduced.quantile(name, 0.975)


def test_the_same_seed_gives_the_same_draws() -> None:
    """Twice, bit by bit."""
    first, second = (main_run(Size(1, 100, 200)).draws for _ in range(2))

    assert np.array_equal(first.values, second.values)
    assert np.array_equal(first.weights, second.weights)


def test_integrating_studies_on_a_line_is_good_enough(reduced: Run) -> None:
    """Against quadrature of the full model at the posterior mean: less than a factor of two."""
    draws = reduced.draws.mean()[None].copy()
    draws[0, N_BODY:] = 0.13, 0.19, 0.08

    assert abs(float(log_ratio(reduced.problem, draws)[0])) < math.log(2)


def test_the_likelihood_is_a_normal_one_with_full_covariance() -> None:
    """One study of three points against the density written out with its 3 x 3 matrix."""
    problem = Problem(tuple(s for s in calibration().study if s.key == "granules-5"))
    draw = np.append(problem.start()[0][:N_BODY], [0.2, 0.3, 0.1])[None]
    figures, slopes = problem.expand(draw)
    off = problem.log_centre - figures[0]
    loads = slopes[0] * [0.2, 0.3]
    covariance = np.diag(problem.log_se**2 + 0.1**2) + loads @ loads.T

    by_hand = -0.5 * (off @ np.linalg.solve(covariance, off) + np.linalg.slogdet(covariance)[1])

    assert problem.log_likelihood(draw)[0] == pytest.approx(by_hand, rel=1e-9)


def test_what_a_prior_excludes_is_never_simulated() -> None:
    """An absorbed fraction above 1, and a clearance 2.5 widths away."""
    problem = Problem(calibration().study)
    draws = np.repeat(problem.start()[0][None], 2, axis=0)
    draws[0, NAMES.index("oral_f_fraction")] = 0.01
    draws[1, 0] += 0.7 * 2.6

    assert np.isneginf(problem.log_posterior(draws)).all()


def test_a_figure_that_does_not_exist_is_impossible() -> None:
    """A person whose level never reaches the 993 nmol/L of the study."""
    problem = Problem(tuple(s for s in calibration().study if s.key == "hahner"))
    draw = problem.start()[0][None].copy()
    draw[0, 0] = np.log(1400.0)
    draw[0, NAMES.index("sc_k_per_h")] = np.log(1.0)

    assert np.isneginf(problem.log_likelihood(draw)[0])


def test_every_study_is_left_out_once_and_weights_are_tried() -> None:
    """The runs that the page shows are the ones that were asked for."""
    n = len(calibration().study)
    left = [len(problem.studies) for _, problem in one_left_out()]
    titles = [title for title, _ in other_weights()]

    assert left == [n - 1] * n
    assert "every point alike (log-SE 0.25)" in titles
    assert "trust A only" in titles


def test_no_point_is_from_memory() -> None:
    """SAFETY S14: of 20 mg i.v. the clearance is named as left out, the half-life alone stands."""
    study = next(s for s in calibration().study if s.key == "derendorf")

    assert [p.measure.quantity for p in study.point] == ["half_life_h"]
    assert any("not in any source that was seen" in text for text in calibration().left_out)


# By hand: 772/2676 = 0.2885; ln(1 + 0.2885^2)/12 = 0.00666, + 0.10^2, root 0.129;
# 2676/1.0408 = 2571.
# ln(34.7/25.3)/3.92 = 0.0806; with 0.15 in quadrature 0.170. ln(1 + 0.31^2)/18, root: 0.0714.
@pytest.mark.parametrize(
    ("study", "at", "centre", "log_se"),
    [("hahner", 0, 2571, 0.129), ("hamitouche", 0, 30, 0.170), ("granules-5", 0, 428, 0.0714)],
)
def test_weights_follow_from_spread_and_number(
    study: str, at: int, centre: float, log_se: float
) -> None:
    """Worked out by hand above."""
    found = next(s for s in calibration().study if s.key == study)
    point = found.point[at]

    assert point.centre == pytest.approx(centre, rel=1e-3)
    assert point.log_se(found.n) == pytest.approx(log_se, rel=5e-3)


def test_a_proposed_person_scales_with_weight() -> None:
    """Like set D: clearance with the power 0.75, volume with weight."""
    person = proposed_person({"clu_l_per_h": 270.0, "vt_l": 330.0}, 35.0)

    assert person.clu_l_per_h == pytest.approx(270 * 0.5**0.75)
    assert person.vt_l == pytest.approx(165)
    assert person.oral_ka_per_h == typical("D").oral_ka_per_h


def _normal(draws: FloatArray) -> FloatArray:
    """Log density of a correlated normal with means 1 and -2."""
    off = draws - np.array([1.0, -2.0])
    precision = np.linalg.inv(np.array([[1.0, 0.6], [0.6, 2.0]]))
    return np.asarray(-0.5 * np.einsum("ni,ij,nj->n", off, precision, off))


def test_the_sampler_finds_a_known_distribution() -> None:
    """Mean, covariance and quantiles of a normal, from a poor first guess."""
    draws = sample(
        _normal, np.array([4.0, 3.0]), np.eye(2), seed=1, rounds=6, n_round=1000, n_last=20_000
    )

    assert draws.mean() == pytest.approx([1.0, -2.0], abs=0.05)
    assert draws.covariance().ravel() == pytest.approx([1.0, 0.6, 0.6, 2.0], abs=0.08)
    assert draws.quantile(draws.values[:, 0], 0.975) == pytest.approx(2.96, abs=0.08)
    assert draws.k_hat < 0.5


def test_a_quantile_of_equal_weights_is_the_usual_one() -> None:
    """1 to 5: the median is 3."""
    values = np.array([[3.0], [1.0], [5.0], [2.0], [4.0]])
    draws = Draws(values, np.full(5, 0.2), 0.0, 5.0)

    assert draws.quantile(values[:, 0], 0.5) == pytest.approx(3)


@pytest.mark.parametrize("shape", [0.2, 0.9])
def test_the_tail_of_a_pareto_distribution_is_recognised(shape: float) -> None:
    """Quantiles of a generalised Pareto of known shape and scale 1 (n 2000)."""
    heap = (np.arange(1, 2001) - 0.5) / 2000
    excess = np.expm1(-shape * np.log1p(-heap)) / shape

    k, scale = fit_tail(excess)

    assert k == pytest.approx(shape, abs=0.05)
    assert scale == pytest.approx(1.0, abs=0.05)


def test_equal_weights_have_no_tail() -> None:
    """Then nothing can be said of it, and it is not trusted."""
    weights, k = smoothed(np.zeros(100))

    assert weights == pytest.approx(np.full(100, 0.01))
    assert math.isinf(k)


def _file(**point: object) -> dict[str, object]:
    base = {
        "case": "1", "given": {"route": "oral", "mg": 5}, "measure": {"quantity": "cmax"},
        "value": 100, "why": "x", "extra": 0.1,
    }  # fmt: skip
    study = {"key": "k", "title": "t", "source": "s", "trust": "A", "point": [base | point]}
    return {"source": {"s": "S"}, "prior": [], "left_out": [], "study": [study]}


def test_a_sound_file_is_read() -> None:
    """The smallest one."""
    assert decode(_file()).study[0].point[0].log_se(None) == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("point", "says"),
    [
        ({"value": 0}, "a published value of 0"),
        ({"extra": 0}, "no weight"),
        ({"low": 110, "high": 120}, "outside its own interval"),
        ({"given": {"route": "iv"}}, "needs milligrams"),
        ({"measure": {"quantity": "hours_to"}}, "needs a level"),
        ({"measure": {"quantity": "mood"}}, "not as expected"),
    ],
)  # fmt: skip
def test_a_point_that_cannot_be_weighed_is_refused(point: dict[str, object], says: str) -> None:
    """K001, with the study."""
    with pytest.raises(KnowledgeError, match=says):
        decode(_file(**point))


@pytest.mark.parametrize("change", ["source", "key", "point"])
def test_a_study_without_source_points_or_name_of_its_own_is_refused(change: str) -> None:
    """An unknown source, two of one key, no point."""
    data = _file()
    study = data["study"][0]  # type: ignore[index] # the literal above
    changed = {
        "source": study | {"source": "x"},
        "key": study,
        "point": study | {"key": "l", "point": []},
    }
    data["study"].append(changed[change])  # type: ignore[attr-defined] # as before

    with pytest.raises(KnowledgeError):
        decode(data)
