"""Bills that belong to no visit: laboratory, pharmacy, and the pump's equipment."""

from datetime import date, timedelta
from typing import Final

from cortipump.demo.dice import Dice
from cortipump.demo.story.bills import Bill, Line
from cortipump.demo.story.diary import TABLETS_FROM
from cortipump.demo.story.labs import Lab
from cortipump.demo.story.people import LABORATORY, PHARMACY, SUPPLIER
from cortipump.demo.story.sickness import ADDISON

SUPPLY_DAYS: Final = (1, 60, 119, 178)
DENIED_SUPPLIES_DAY: Final = 238
PUMP_CLAIM_DAY: Final = 199

_LAB_PRICES: Final = {
    "cortisol": ("96.40", "82533"),
    "acth": ("148.20", "82024"),
    "sodium": ("38.60", "84295"),
    "potassium": ("38.60", "84132"),
    "glucose": ("31.20", "82947"),
    "renin-activity": ("167.90", "84244"),
    "tsh": ("88.10", "84443"),
}


def of_laboratory(seed: int, labs: tuple[Lab, ...], until: date) -> list[Bill]:
    """One bill for each day on which the clinic sent blood."""
    dice = Dice(seed, "laboratory")
    days: dict[date, list[Lab]] = {}
    for lab in labs:
        if lab.source == "clinic" and lab.at.date() < until:
            days.setdefault(lab.at.date(), []).append(lab)
    return [_laboratory(day, drawn, dice) for day, drawn in sorted(days.items())]


def _laboratory(day: date, drawn: list[Lab], dice: Dice) -> Bill:
    counts: dict[str, int] = {}
    for lab in drawn:
        counts[lab.test.analyte] = counts.get(lab.test.analyte, 0) + 1
    lines = tuple(
        Line(dice.about(_LAB_PRICES[name][0]) * count, "cpt", _LAB_PRICES[name][1], units=count)
        for name, count in counts.items()
    )
    return Bill(f"laboratory/{day}", "laboratory", LABORATORY, day, day, (ADDISON,), lines, "81")


_DRUGS: Final = {
    "tablets": ("96.80", "99999-0101-90", "197787", "hydrocortisone 5 mg tablets", 540),
    "salt": ("82.40", "99999-0102-18", "313979", "fludrocortisone 0.1 mg tablets", 180),
    "kit": ("141.50", "99999-0103-01", "238755", "hydrocortisone injection 100 mg, kit", 2),
    "vials": ("428.00", "99999-0103-30", "238755", "hydrocortisone injection 100 mg, vials", 30),
}


def _fill(name: str, day: date, dice: Dice) -> Bill:
    price, ndc, rxnorm, words, units = _DRUGS[name]
    line = Line(dice.about(price), "ndc", ndc, units=units, rxnorm=rxnorm, words=words)
    return Bill(f"pharmacy/{name}/{day}", "pharmacy", PHARMACY, day, day, (ADDISON,), (line,), "01")


def of_pharmacy(seed: int, index: date, until: date) -> list[Bill]:
    """Tablets every 90 days until the pump, then vials every 30; the rest once or twice a year."""
    dice = Dice(seed, "pharmacy")
    plan = [
        *(("tablets", day) for day in range(TABLETS_FROM, 0, 90)),
        *(("salt", day) for day in range(TABLETS_FROM, 282, 180)),
        *(("kit", day) for day in range(TABLETS_FROM + 2, 282, 365)),
        *(("vials", day) for day in range(2, 282, 30)),
    ]
    dated = sorted((index + timedelta(days=day), name) for name, day in plan)
    return [_fill(name, day, dice) for day, name in dated if day < until]


def _equipment(name: str, day: date, lines: tuple[Line, ...]) -> Bill:
    return Bill(f"equipment/{name}", "equipment", SUPPLIER, day, day, (ADDISON,), lines, "12")


def of_supplier(seed: int, index: date) -> list[Bill]:
    """Infusion sets and reservoirs every 60 days, and the claim for an own pump."""
    dice = Dice(seed, "supplier")
    found = []
    for day in (*SUPPLY_DAYS, DENIED_SUPPLIES_DAY):
        sets = Line(dice.about("21.40") * 20, "hcpcs", "A4230", units=20)
        reservoirs = Line(dice.about("6.15") * 20, "hcpcs", "A4232", units=20)
        name = "denied-supplies" if day == DENIED_SUPPLIES_DAY else f"supplies{day:+d}"
        found.append(_equipment(name, index + timedelta(days=day), (sets, reservoirs)))
    pump = Line(dice.about("7180.00", 3), "hcpcs", "E0784")
    found.append(_equipment("pump", index + timedelta(days=PUMP_CLAIM_DAY), (pump,)))
    return found
