"""cortipump: from a person's own records to what the road to a cortisol pump needs.

It does not talk to pumps, it is not affiliated with any maker or site, and it decides no dose.

The model of cortisol can be used from a notebook (docs/curve.md): the names of ``__all__`` are
loaded when they are first used, so that importing the package costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from cortipump.pk.curve import Band, Curve
    from cortipump.pk.healthy_day import healthy_day
    from cortipump.pk.intake import BasalProgram, Injection, IvBolus, IvInfusion, OralDose
    from cortipump.pk.metrics import summarise
    from cortipump.pk.parameters import typical
    from cortipump.pk.population import draw
    from cortipump.pk.regimen import Regimen
    from cortipump.pk.simulate import (
        continuing,
        from_nothing,
        repeating,
        solve_people,
        solve_person,
    )
    from cortipump.pk.washout import stopped_pump

_HOMES = {
    "intake": ("BasalProgram", "Injection", "IvBolus", "IvInfusion", "OralDose"),
    "regimen": ("Regimen",),
    "parameters": ("typical",),
    "population": ("draw",),
    "simulate": ("continuing", "from_nothing", "repeating", "solve_people", "solve_person"),
    "curve": ("Band", "Curve"),
    "metrics": ("summarise",),
    "healthy_day": ("healthy_day",),
    "washout": ("stopped_pump",),
}
_MODULE_OF = {name: f"cortipump.pk.{home}" for home, names in _HOMES.items() for name in names}

__all__ = [
    "Band", "BasalProgram", "Curve", "Injection", "IvBolus", "IvInfusion", "OralDose", "Regimen",
    "__version__", "continuing", "draw", "from_nothing", "healthy_day", "repeating",
    "solve_people", "solve_person", "stopped_pump", "summarise", "typical",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name in _MODULE_OF:
        return getattr(import_module(_MODULE_OF[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
