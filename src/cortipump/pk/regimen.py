"""A regimen: everything that a person takes, checked as a whole."""

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct, structs

from cortipump.errors import ModelError
from cortipump.pk.intake import (
    BasalProgram,
    Bolus,
    ClockChange,
    Dose,
    Injection,
    Item,
    IvBolus,
    IvInfusion,
    MissedDose,
    OralDose,
    SiteLoss,
    Suspension,
    TemporaryRate,
    Window,
)
from cortipump.quantities.show import clock_text

# Above this a single dose lies outside what any set here was calibrated for (pk-validation 1.4).
_STRESS_MG = 40.0
# Daily amounts above those of the studies: 0.6 mg/kg by mouth, sick-day programs of three times 30.
_MUCH_MG, _MUCH_BY_PUMP_MG = 100.0, 90.0


class Regimen(Struct, frozen=True):
    """Doses and infusions of every day, a pump program, and what happens once.

    Attributes
    ----------
    items
        Doses, infusions, temporary rates, suspensions, lost sites, missed doses, clock changes.
    basal
        The pump's program; None: no pump.
    """

    items: tuple[Item, ...] = ()
    basal: BasalProgram | None = None

    def __post_init__(self) -> None:
        if self.basal is None and not (self.doses or self.infusions):
            raise ModelError("nothing is given", do="name a dose, an infusion or a basal program")
        self._check_twice()
        self._check_pump()
        self._check_missed()

    def _check_twice(self) -> None:
        days: dict[tuple[object, ...], list[int | None]] = {}
        for dose in self.doses:
            days.setdefault(_kind(dose), []).append(dose.day)
        for kind, listed in days.items():
            if len(listed) > 1 and (None in listed or len(set(listed)) < len(listed)):
                raise ModelError(
                    f"two doses of one kind at {clock_text(int(str(kind[-1])))}",
                    do="add them up, or give one of them another time",
                )
        for window in (TemporaryRate, Suspension, SiteLoss):
            _check_apart([(w.from_h, _end(w)) for w in self.windows if type(w) is window], "h")
        _check_apart([(i.from_min, i.until_min) for i in self.infusions], "min")
        if len(self.clock_changes) > 1:
            raise ModelError("more than one clock change in one simulation")

    def _check_pump(self) -> None:
        needs = [i for i in self.items if isinstance(i, TemporaryRate | Suspension | SiteLoss)]
        if needs and self.basal is None and not any(isinstance(d, Bolus) for d in self.doses):
            raise ModelError(
                "a temporary rate, a suspension or a lost site without a pump program",
                do="name the basal program",
            )

    def _check_missed(self) -> None:
        for missed in self.missed:
            if not any(d.at_min == missed.at_min and _skippable(d) for d in self.doses):
                raise ModelError(
                    f"no dose at {clock_text(missed.at_min)} that could be missed",
                    do="name the time of a dose by mouth or of an injection",
                )

    @property
    def doses(self) -> tuple[Dose, ...]:
        """Every single dose."""
        return tuple(i for i in self.items if isinstance(i, OralDose | Injection | IvBolus | Bolus))

    @property
    def infusions(self) -> tuple[IvInfusion, ...]:
        """Infusions into a vein."""
        return tuple(i for i in self.items if isinstance(i, IvInfusion))

    @property
    def windows(self) -> tuple[Window, ...]:
        """Temporary rates, suspensions and lost sites."""
        return tuple(i for i in self.items if isinstance(i, TemporaryRate | Suspension | SiteLoss))

    @property
    def missed(self) -> tuple[MissedDose, ...]:
        """Doses left out."""
        return tuple(i for i in self.items if isinstance(i, MissedDose))

    @property
    def clock_changes(self) -> tuple[ClockChange, ...]:
        """None, or the one change of clocks."""
        return tuple(i for i in self.items if isinstance(i, ClockChange))

    @property
    def repeats(self) -> bool:
        """Whether every day is the same."""
        once = self.windows or self.missed or self.clock_changes
        return not once and all(d.day is None for d in self.doses)

    @property
    def daily_mg(self) -> float:
        """Hydrocortisone planned for every day; what happens once is not in it. [mg]."""
        doses = sum(d.mg for d in self.doses if d.day is None)
        infused = sum(i.mg_per_day for i in self.infusions)
        return doses + infused + (self.basal.daily_mg if self.basal else 0.0)

    def everyday(self) -> "Regimen":
        """Only what repeats every day.

        Raises
        ------
        ModelError
            M001 if nothing does.
        """
        kept = tuple(
            i
            for i in self.items
            if isinstance(i, IvInfusion) or (isinstance(i, Dose) and i.day is None)
        )
        return Regimen(kept, self.basal)

    def also(self, *items: Item) -> "Regimen":
        """The same with more items, such as a `Suspension`."""
        return structs.replace(self, items=(*self.items, *items))

    def warnings(self) -> tuple[str, ...]:
        """What a reader must be told about the model's domain; sentences without a dose to take."""
        found = []
        if any(d.mg > _STRESS_MG for d in self.doses):
            found.append(
                f"single doses above {_STRESS_MG:g} mg lie outside what the model was fitted to: "
                "levels after them, above all in the first half hour, are not reliable"
            )
        if any(isinstance(d, Bolus) and d.mg > _STRESS_MG for d in self.doses):
            found.append(
                "a pump is never the sole treatment of vomiting, severe illness or a suspected "
                "adrenal crisis"
            )
        if self.basal is not None and self.basal.daily_mg > _MUCH_BY_PUMP_MG:
            found.append(
                "a pump is never the sole treatment of vomiting, severe illness or a suspected "
                "adrenal crisis, and so high a program lies outside what the model was fitted to"
            )
        elif self.daily_mg > _MUCH_MG:
            found.append("so high a daily amount lies outside what the model was fitted to")
        forms = {d.product for d in self.doses if isinstance(d, OralDose)} - {"ir"}
        found += [f"the curve of {form} is a rough approximation" for form in sorted(forms)]
        if any(isinstance(d, Injection) and d.route == "im" for d in self.doses):
            found.append("absorption from muscle is derived from one study of 12 people")
        if self.basal or any(isinstance(d, Injection | Bolus) for d in self.doses):
            found.append(
                "absorption under the skin is derived from one study of a 100 mg injection in 12 "
                "people; no pump's own was found"
            )
        return tuple(found)


def _kind(dose: Dose) -> tuple[object, ...]:
    """What makes two doses the same one written twice; its clock time last."""
    form = (dose.product, dose.food) if isinstance(dose, OralDose) else ()
    route = dose.route if isinstance(dose, Injection) else ""
    return (type(dose), route, *form, dose.at_min)


def _check_apart(spans: Sequence[tuple[float, float]], unit: str) -> None:
    ordered = sorted(spans)
    for (_, ends), (starts, _) in pairwise(ordered):
        if starts < ends:
            raise ModelError(f"two windows or infusions of one kind overlap at {starts:g} {unit}")


def _skippable(dose: Dose) -> bool:
    return isinstance(dose, OralDose | Injection) and dose.day is None


def _end(window: Window) -> float:
    return float("inf") if window.until_h is None else window.until_h
