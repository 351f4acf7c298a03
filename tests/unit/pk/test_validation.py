"""The validation table: expected failures fail, all else passes, the page is the computed one.

Published numbers and bounds stand in knowledge/data/validation.toml, each with its source; what the
models give is computed here anew.
"""

import math
from typing import Any

import numpy as np
import pytest
from tools.experiments import Curves, curves_of_people, curves_of_person, read_off, regimen_of
from tools.validation import TARGET, Outcome, outcomes, page

from cortipump.errors import KnowledgeError
from cortipump.knowledge.models import model_set
from cortipump.knowledge.validation import Given, Measure, decode, validation
from cortipump.pk.course import lay_out
from cortipump.pk.parameters import nmol_per_mg, people_of, typical, with_value
from cortipump.pk.reference import solve_reference

_SC = Given("sc", 100.0)


@pytest.fixture(scope="module")
def found() -> list[Outcome]:
    """Every figure under every set."""
    return outcomes()


@pytest.fixture(scope="module")
def oral() -> Curves:
    """10 mg by mouth under D."""
    return curves_of_person(Given("oral", 10.0), typical("D"))


def test_expected_failures_fail_and_the_others_pass(found: list[Outcome]) -> None:
    """Nobody is marked an expected failure who passes, and no miss is unmarked."""
    odd = [
        (o.case.id, o.figure.printed, o.model, o.word)
        for o in found
        if o.passes == o.expected_failure
    ]

    assert odd == []


def test_the_known_misfits_of_d_are_among_its_expected_failures(found: list[Outcome]) -> None:
    """Cases 1, 9, 16 and 37 at least (fact sheet, section 2.1), so that no one tunes them away."""
    failing = {o.case.id for o in found if o.model == "D" and o.expected_failure}

    assert {"1", "9", "16", "37"} <= failing


# The D, P and R columns that the fact sheets print (pk-validation.md section 2, pk-primary.md D1),
# computed there by other code; they are rounded to the last digit shown.
_PRINTED = {
    ("1", "cmax"): (354, 310, 377), ("1", "auc"): (1281, 1150, 1179),
    ("2", "cmax"): (507, 489, 584), ("2", "auc"): (1934, 1944, 1943),
    ("8", "clearance"): (11.0, 12.4, 11.7), ("9", "clearance"): (26.1, 24.9, 24.6),
    ("10", "clearance"): (28.3, 27.1, 26.9), ("13", "cmax"): (2250, 1838, 2094),
    ("23", "cmax"): (192, 155, 166), ("23", "auc"): (1354, 1046, 1114),
    ("24", "cmax"): (433, 435, 465), ("24", "auc"): (3455, 3250, 3405),
}  # fmt: skip


@pytest.mark.parametrize(("case", "quantity"), _PRINTED)
def test_what_is_simulated_is_what_the_fact_sheets_print(
    found: list[Outcome], case: str, quantity: str
) -> None:
    """Within 0.5 % of an independent implementation."""
    simulated = {
        o.model: o.simulated
        for o in found
        if o.case.id == case and o.figure.measure.quantity == quantity
    }

    assert [simulated[m] for m in "DPR"] == pytest.approx(_PRINTED[case, quantity], rel=5e-3)


def test_the_page_is_the_computed_one(found: list[Outcome]) -> None:
    """docs/validation.md equals what tools/validation.py writes."""
    assert TARGET.read_text(encoding="utf-8") == page(found), "run: make validation"


def test_every_failure_of_d_is_on_the_page(found: list[Outcome]) -> None:
    """Listed under its own heading, never only within the long table."""
    text = TARGET.read_text(encoding="utf-8")
    listed = text.split("## Expected failures of D")[1].split("\n## ")[0]

    failing = [o for o in found if o.model == "D" and not o.passes]
    assert listed.count("\n| ") == len(failing) + 1
    assert all(f"| {o.case.what} |" in listed for o in failing)


def test_the_misfits_that_a_set_states_include_the_worst(found: list[Outcome]) -> None:
    """models.toml tells of the misses at 5 mg by mouth and 40 mg i.v. where they are."""
    for model in "DPR":
        told = " ".join(model_set(model).misfits)
        missed = {o.case.id for o in found if o.model == model and not o.passes}
        assert ("5 mg by mouth" in told) == ("1" in missed), model
        assert ("40 mg i.v." in told) == ("9" in missed), model


def test_figures_agree_with_the_independent_solver() -> None:
    """Peak, its time, a level and the area of 100 mg s.c., by SciPy on amounts."""
    times = np.linspace(0.0, 24.0, 24 * 120 + 1)
    _, total, _ = solve_reference(lay_out(regimen_of(_SC), 24.0), typical("D"), times, rtol=1e-8)

    curves = curves_of_person(_SC, typical("D"))

    got = {q: float(read_off(curves, Measure(q))[0]) for q in ("cmax", "tmax_h", "auc")}
    assert got["cmax"] == pytest.approx(total.max(), rel=2e-4)
    assert got["tmax_h"] == pytest.approx(times[total.argmax()], abs=0.01)
    assert got["auc"] == pytest.approx(np.trapezoid(total, times), rel=2e-4)
    at_5 = float(read_off(curves, Measure("level", at_h=5.0))[0])
    assert at_5 == pytest.approx(total[5 * 120], rel=1e-3)
    first = float(read_off(curves, Measure("hours_to", above_nmol_per_l=993.0))[0])
    assert first == pytest.approx(times[np.argmax(total >= 993)], abs=0.01)


def test_figures_of_the_linear_set_are_the_closed_form() -> None:
    """Half-life ln 2 V/CL, both volumes V, both clearances CL, peak at ln(ka/k)/(ka-k)."""
    person = typical("L")
    k = person.clu_l_per_h / person.vt_l
    line = {"from_h": 1.0, "until_h": 5.0}
    wanted = {
        Measure("half_life_h", **line): math.log(2) / k, Measure("vss"): person.vt_l,
        Measure("mono_volume", **line): person.vt_l, Measure("clearance"): person.clu_l_per_h,
        Measure("mono_clearance", **line): person.clu_l_per_h,
    }  # fmt: skip
    curves = curves_of_person(Given("iv", 20.0), person)

    for measure, value in wanted.items():
        assert read_off(curves, measure)[0] == pytest.approx(value, rel=2e-3), measure.quantity
    oral = curves_of_person(Given("oral", 20.0), person)
    ka = person.oral_ka_per_h
    peak_at = math.log(ka / k) / (ka - k)
    assert read_off(oral, Measure("tmax_h"))[0] == pytest.approx(peak_at, abs=2e-3)


def test_the_area_of_unbound_cortisol_is_dose_over_clearance(oral: Curves) -> None:
    """Mass balance: F dose / CLu, exactly; and its share of the total's area follows."""
    person = typical("D")
    area = float(read_off(oral, Measure("unbound_auc"))[0])

    assert area == pytest.approx(0.9 * 10 * nmol_per_mg() / person.clu_l_per_h, rel=1e-4)
    share = float(read_off(oral, Measure("unbound_share"))[0])
    assert share == pytest.approx(area / float(read_off(oral, Measure("auc"))[0]))


def test_many_people_give_the_figures_of_each(oral: Curves) -> None:
    """The same person among many, to the accuracy of a population."""
    people = people_of(typical("D"), with_value(typical("D"), clu_l_per_h=400.0))
    many = curves_of_people(Given("oral", 10.0), people)

    for measure in (Measure("cmax"), Measure("auc"), Measure("tmax_h")):
        one = read_off(oral, measure)[0]
        assert read_off(many, measure)[0] == pytest.approx(one, rel=1e-4), measure.quantity
    with pytest.raises(ValueError, match="unbound cortisol was not simulated"):
        read_off(many, Measure("unbound_auc"))


def test_a_level_that_is_never_reached_takes_for_ever(oral: Curves) -> None:
    """Infinite, not the end of the curve."""
    never = read_off(oral, Measure("hours_to", above_nmol_per_l=5000.0))

    assert never[0] == math.inf


def test_cases_known_from_memory_are_not_run() -> None:
    """Case 29 (block rates) and 31 (healthy mean) are among the not run, with the reason."""
    why = {one.id: one.why for one in validation().not_run}

    assert "not in any source that was seen" in why["29"]
    assert "not in any source that was seen" in why["31"]


_FIGURE: dict[str, object] = {
    "measure": {"quantity": "cmax"}, "printed": "100", "rule": "x", "published": 100, "high": 120,
}  # fmt: skip


def _file(figure: dict[str, object] | None = None, **case: object) -> dict[str, object]:
    base: dict[str, object] = {
        "id": "1", "what": "x", "trust": "A", "source": "s", "role": "fit",
        "given": {"route": "oral", "mg": 5}, "figure": [_FIGURE | (figure or {})],
    }  # fmt: skip
    return {"source": {"s": "S"}, "not_run": [], "case": [base | case]}


def test_a_file_without_contradictions_is_read() -> None:
    """The smallest one."""
    assert decode(_file()).case[0].figure[0].holds(119)


@pytest.mark.parametrize(
    ("case", "says"),
    [
        ({"source": "other"}, "unknown source 'other'"),
        ({"figure": {"high": 90}}, "lies outside its own bounds"),
        ({"figure": {"high": None}}, "has no bound"),
        ({"figure": {"fails": ["X"]}}, "under a set that does not run it"),
        ({"figure": {"measure": {"quantity": "half_life_h"}}}, "needs the hours of its samples"),
        ({"figure": {"measure": {"quantity": "hours_to"}}}, "needs a level"),
        ({"given": {"route": "iv"}}, "needs milligrams"),
        ({"given": {"route": "pump", "times_min": [0], "amounts": []}}, "as many times as amounts"),
        ({"given": {"route": "nose", "mg": 5}}, "not as expected"),
    ],
)  # fmt: skip
def test_a_file_that_contradicts_itself_is_refused(case: dict[str, Any], says: str) -> None:
    """K001, with the case."""
    with pytest.raises(KnowledgeError, match=says):
        decode(_file(**case))


def test_two_cases_of_one_number_are_refused() -> None:
    """A page could not tell them apart."""
    data = _file()
    data["not_run"] = [{"id": "1", "what": "x", "why": "y"}]

    with pytest.raises(KnowledgeError, match="same number"):
        decode(data)


def test_a_case_without_figures_is_refused() -> None:
    """Nothing would be compared."""
    data = _file()
    data["case"][0]["figure"] = []  # type: ignore[index] # the literal above

    with pytest.raises(KnowledgeError, match="nothing is compared"):
        decode(data)
