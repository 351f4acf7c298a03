"""evidence."""

from typing import Annotated, Any

import typer

from cortipump.cli.options import JsonOption, LedgerOption, day
from cortipump.cli.output import print_json, print_line, print_table

IndexOption = Annotated[str | None, typer.Option("--index", help="Index date, YYYY-MM-DD.")]
PhaseOption = Annotated[
    str, typer.Option("--phase", help="Its start is the index: loaner, own-pump.")
]
BeforeOption = Annotated[int, typer.Option("--before-days", help="Days before the index.")]
AfterOption = Annotated[
    int | None,
    typer.Option("--after-days", help="Days after; else up to 365, as far as the record goes."),
]
RunInOption = Annotated[int, typer.Option("--run-in-days", help="Run-in, 0 to 56, shown apart.")]


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(evidence)


def evidence(
    ledger: LedgerOption = None,
    index: IndexOption = None,
    phase: PhaseOption = "",
    before_days: BeforeOption = 365,
    after_days: AfterOption = None,
    run_in_days: RunInOption = 28,
    json: JsonOption = False,
) -> None:
    """Before and after: visits, nights, injections, work days, costs, scores, labs.

    Example: cortipump evidence --index 2026-02-02
    """
    from cortipump.actions.evidence import Asked, evidence_json
    from cortipump.actions.evidence import evidence as evidence_
    from cortipump.actions.ledger import ledger_path

    asked = Asked(day(index), phase, before_days, after_days, run_in_days)
    result = evidence_(ledger_path(ledger), asked)
    if json:
        print_json(evidence_json(result))
    else:
        _print(result)


def _print(result: Any) -> None:
    from cortipump.actions.evidence import counted

    before, after = result.before, result.after
    print_line(f"index date {result.index_date} ({result.index_why})")
    print_line(f"before: {before.span.from_} to {before.span.last}, {before.span.days} days")
    print_line(f"after: {after.span.from_} to {after.span.last}, {after.span.days} days")
    if result.run_in is not None:
        print_line(f"run-in, counted in: the first {result.run_in.span.days} days after")
    ratios = {c.measure: c for c in result.comparisons if c.reading == "all_causes"}
    print_table(
        ("all causes", "before", "after", "run-in", "rate ratio (exact 95% interval)"),
        [
            (
                measure.replace("_", " "),
                counted(count),
                counted(after.counts[measure]),
                counted(result.run_in.counts[measure]) if result.run_in else "-",
                _ratio(ratios.get(measure)),
            )
            for measure, count in before.counts.items()
        ],
        right=(1, 2, 3, 4),
    )
    rows = _cost_rows("care", before.costs, after.costs)
    for name in sorted({*before.pump_costs, *after.pump_costs}):
        rows += _cost_rows(
            f"pump: {name}", before.pump_costs.get(name, {}), after.pump_costs.get(name, {})
        )
    print_table(("costs", "kind", "currency", "before", "after"), rows, right=(3, 4))
    for change in result.score_changes:
        print_line(
            f"{change.version or change.instrument}: {change.before.value} "
            f"({change.before.when.printed}) to {change.after.value} ({change.after.when.printed})"
        )
    print_line("What these figures can and cannot show:")
    for caveat in result.caveats:
        print_line(f"- {caveat.text}")


def _ratio(compared: Any) -> str:
    if compared is None:
        return "-"
    if compared.rate_ratio is None:
        return "undefined (none before)"
    if compared.ci_low is None:
        return f"{compared.rate_ratio:.3f}"
    return f"{compared.rate_ratio:.3f} ({compared.ci_low:.3f} to {compared.ci_high:.3f})"


def _cost_rows(name: str, before: Any, after: Any) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for kind in ("billed", "allowed", "paid", "patient"):
        for currency in sorted({*before.get(kind, {}), *after.get(kind, {})}):
            one, other = before.get(kind, {}).get(currency), after.get(kind, {}).get(currency)
            rows.append(
                (
                    name, kind, currency,
                    f"{one.value:,}" if one else "not recorded",
                    f"{other.value:,}" if other else "not recorded",
                )
            )  # fmt: skip
    return rows
