"""curve: a day of cortisol, two side by side, a missed dose, a stopped pump."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from cortipump.cli.options import JsonOption
from cortipump.cli.output import print_json, print_line, print_table, tell
from cortipump.errors import UsageError

OralOption = Annotated[
    str,
    typer.Option(
        "--oral", help="Tablets, MG@HH:MM with commas; /fed, /fasted, /plenadren, /chronocort "
        "behind a dose.", show_default=False,
    ),
]  # fmt: skip
InjectionOption = Annotated[
    str, typer.Option("--injection", help="Under the skin, MG@HH:MM.", show_default=False)
]
ImOption = Annotated[
    str, typer.Option("--im", help="Into the muscle, MG@HH:MM.", show_default=False)
]
IvOption = Annotated[str, typer.Option("--iv", help="Into a vein, MG@HH:MM.", show_default=False)]
InfusionOption = Annotated[
    float | None,
    typer.Option("--iv-infusion", help="Evenly into a vein, mg per day.", show_default=False),
]
BasalOption = Annotated[
    str, typer.Option("--basal", help="Pump program, HH:MM=MG_PER_H with commas, from 00:00.",
                      show_default=False),
]  # fmt: skip
WeightOption = Annotated[float, typer.Option("--weight", help="Body weight in kg.")]
CbgOption = Annotated[
    float, typer.Option("--cbg-ratio", help="CBG over the laboratory's mean (oral oestrogen: 2).")
]
ModelOption = Annotated[str, typer.Option("--model", help="Parameter set: D, D2, P, R, M or L.")]
PeopleOption = Annotated[
    int, typer.Option("--people", help="People behind the band; 0 only with --json.")
]
SeedOption = Annotated[int, typer.Option("--seed", help="Of the random draw of people.")]
SingleOption = Annotated[
    bool, typer.Option("--single-day", help="From nothing at midnight, not the repeating day.")
]
HoursOption = Annotated[
    float | None, typer.Option("--hours", help="Length of the curve.", show_default=False)
]
EveryOption = Annotated[float, typer.Option("--every", help="Minutes between two levels.")]
BelowOption = Annotated[
    float | None,
    typer.Option("--below", help="Count hours under this level too, nmol/L.", show_default=False),
]
OutOption = Annotated[
    Path | None,
    typer.Option("--out", help="A file: .svg, .png, .pdf, .html, .csv or .json.",
                 show_default=False),
]  # fmt: skip
ReplaceOption = Annotated[bool, typer.Option("--replace", help="Overwrite the file.")]

_NOT_DOSING = (
    "a simulation, not a dosing instruction; a pump is never the sole treatment of vomiting, "
    "severe illness or suspected adrenal crisis"
)

app = typer.Typer(invoke_without_command=True, rich_markup_mode=None, no_args_is_help=False)


def add_to(root: typer.Typer) -> None:
    """Register the group."""
    root.add_typer(app, name="curve")


@app.callback()
def curve(
    context: typer.Context,
    oral: OralOption = "",
    injection: InjectionOption = "",
    im: ImOption = "",
    iv: IvOption = "",
    iv_infusion: InfusionOption = None,
    basal: BasalOption = "",
    weight: WeightOption = 70.0,
    cbg_ratio: CbgOption = 1.0,
    model: ModelOption = "D",
    people: PeopleOption = 1000,
    seed: SeedOption = 1,
    single_day: SingleOption = False,
    hours: HoursOption = None,
    every: EveryOption = 10.0,
    below: BelowOption = None,
    out: OutOption = None,
    replace: ReplaceOption = False,
    json: JsonOption = False,
) -> None:
    """A day of cortisol: levels, band, and what they come to.

    Example: cortipump curve --basal "00:00=0.1,02:00=2,08:00=1,12:00=0.4,20:00=0.1"
    """
    if context.invoked_subcommand is not None:
        _refuse_early(context)
        return
    from cortipump.actions.regimen_text import Typed

    typed = Typed(oral, injection, im, iv, iv_infusion, basal)
    asked = _asked(weight, cbg_ratio, model, people, seed, single_day, hours, every, below)
    _answer([_day(typed, asked)], out, json=json, replace=replace)


def _refuse_early(context: typer.Context) -> None:
    """Options before the name of a subcommand would be lost: they belong behind it."""
    sources = {name: context.get_parameter_source(name) for name in context.params}
    given = [name for name, source in sources.items() if source and source.name != "DEFAULT"]
    if given:
        raise UsageError(
            f"--{given[0].replace('_', '-')} stands before {context.invoked_subcommand}",
            do=f"write it behind: cortipump curve {context.invoked_subcommand} ...",
        )


@app.command()
def compare(
    first: Annotated[str, typer.Argument(help="'oral 10@07:00,5@12:00; basal 00:00=0.1'")],
    second: Annotated[str, typer.Argument(help="The other, written alike.")],
    weight: WeightOption = 70.0,
    cbg_ratio: CbgOption = 1.0,
    model: ModelOption = "D",
    people: PeopleOption = 1000,
    seed: SeedOption = 1,
    every: EveryOption = 10.0,
    below: BelowOption = None,
    out: OutOption = None,
    replace: ReplaceOption = False,
    json: JsonOption = False,
) -> None:
    """Two regimens side by side, on the same people.

    Example: cortipump curve compare "oral 10@07:00,5@12:00,5@17:00" "basal 00:00=0.8"
    """
    from cortipump.actions.regimen_text import typed_of

    asked = _asked(weight, cbg_ratio, model, people, seed, False, None, every, below)
    days = [_day(typed_of(text), asked) for text in (first, second)]
    _answer(days, out, json=json, replace=replace)


@app.command()
def missed(
    at: Annotated[str, typer.Option("--at", help="Clock time of the dose that is not taken.")],
    oral: OralOption = "",
    injection: InjectionOption = "",
    im: ImOption = "",
    basal: BasalOption = "",
    weight: WeightOption = 70.0,
    cbg_ratio: CbgOption = 1.0,
    model: ModelOption = "D",
    people: PeopleOption = 1000,
    seed: SeedOption = 1,
    json: JsonOption = False,
) -> None:
    """What happens when one dose is not taken: the two days that follow.

    Example: cortipump curve missed --at 12:00 --oral "10@07:00,5@12:00,5@17:00"
    """
    from cortipump.actions.curve_events import missed_json, missed_of
    from cortipump.actions.regimen_text import Typed, clock_of

    asked = _asked(weight, cbg_ratio, model, people, seed, False, None, 10.0)
    typed = Typed(oral=oral, injection=injection, im=im, basal=basal)
    found = missed_of(typed, asked, clock_of("--at", at))
    if json:
        print_json(missed_json(found))
        return
    _print_found(f"without the dose of {at}", ["", "as usual", "dose missed"], found, asked)


@app.command()
def stopped(
    at: Annotated[str, typer.Option("--at", help="Clock time at which nothing arrives any more.")],
    basal: BasalOption = "",
    weight: WeightOption = 70.0,
    cbg_ratio: CbgOption = 1.0,
    people: PeopleOption = 1000,
    seed: SeedOption = 1,
    json: JsonOption = False,
) -> None:
    """Hours to a low level after the pump stops: typical, and the worst 5 % of people.

    Example: cortipump curve stopped --at 22:00 --basal "00:00=0.1,02:00=2,08:00=1,12:00=0.4"
    """
    from cortipump.actions.curve_events import stopped_json, stopped_of
    from cortipump.actions.regimen_text import Typed, clock_of

    asked = _asked(weight, cbg_ratio, "D", people, seed, False, None, 10.0)
    found = stopped_of(Typed(basal=basal), asked, clock_of("--at", at))
    if json:
        print_json(stopped_json(found))
        return
    _print_found(
        f"the pump stops at {at}",
        ["hours until below", "worst 5 % of people", "typical"],
        found,
        asked,
    )


def _asked(
    weight: float, cbg_ratio: float, model: str, people: int, seed: int, single_day: bool,
    hours: float | None, every: float, below: float | None = None,
) -> Any:  # fmt: skip
    from cortipump.actions.curve import Asked, check_level

    if people < 0:
        raise UsageError(f"{people} people", where="--people", do="give 0 or more")
    return Asked(
        weight_kg=weight, cbg_ratio=cbg_ratio, model=model, people=people, seed=seed,
        single_day=single_day, hours=hours, every_min=every, below=check_level(below),
    )  # fmt: skip


def _day(typed: Any, asked: Any) -> Any:
    from cortipump.actions.curve import curve_of, will_compile

    if will_compile():
        tell("compiling the model for this machine: some seconds, this once")
    return curve_of(typed, asked)


def _answer(days: Sequence[Any], out: Path | None, *, json: bool, replace: bool) -> None:
    from cortipump.actions.curve import check_shown, day_json

    if out is not None or not json:
        check_shown(days[0].asked)
    if out is not None:
        from cortipump.actions.clock import today
        from cortipump.actions.curve_files import file_of
        from cortipump.actions.files import write_whole

        write_whole(out, file_of(days, out.suffix.lower(), today()), replace=replace)
        tell(f"wrote {out}")
    if json:
        shown = [day_json(day) for day in days]
        print_json(shown[0] if len(shown) == 1 else {"days": shown})
        return
    _print(days)


def _print(days: Sequence[Any]) -> None:
    from cortipump.actions.curve import names_of
    from cortipump.actions.curve_files import columns_of, method_of, numbers_of, reference_of
    from cortipump.cli.curve_chart import drawn

    names = names_of(days)
    print_line(method_of(days))
    for day, name in zip(days, names, strict=True):
        print_line()
        print_line(name)
        for line in drawn(day, reference_of(days)):
            print_line(line)
    print_line()
    _print_numbers(["typical person", *columns_of(days)], numbers_of(days))
    _tell(tuple(dict.fromkeys(text for day in days for text in day.warnings)))


def _print_found(title: str, header: Sequence[str], found: Any, asked: Any) -> None:
    """What a missed dose or a stopped pump comes to."""
    from cortipump.actions.curve import check_shown

    check_shown(asked)
    print_line(f"{title}: {found.method}")
    _print_numbers(header, found.lines)
    _tell(found.warnings)


def _print_numbers(header: Sequence[str], lines: Sequence[Any]) -> None:
    rows = [[line.label, *line.texts] for line in lines]
    print_table(header, rows, right=tuple(range(1, len(header))))


def _tell(warnings: Sequence[str]) -> None:
    print_line()
    print_line(_NOT_DOSING)
    for text in warnings:
        tell(f"note: {text}")
