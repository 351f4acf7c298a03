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
    before, after = result.before, result.after
    print_line(f"index date {result.index_date} ({result.index_why})")
    print_line(f"before: {before.span.from_} to {before.span.last}, {before.span.days} days")
    print_line(f"after: {after.span.from_} to {after.span.last}, {after.span.days} days")
    if result.run_in is not None:
        print_line(f"run-in, counted in: the first {result.run_in.span.days} days after")
    _print_counts(result)
    _print_costs(result)
    for change in result.score_changes:
        print_line(
            f"{change.version or change.instrument}: {change.before.value} "
            f"({change.before.when.printed}) to {change.after.value} ({change.after.when.printed})"
        )
    print_line("What these figures can and cannot show:")
    for caveat in result.caveats:
        print_line(f"- {caveat.text}")


def _print_counts(result: Any) -> None:
    from cortipump.actions.evidence import counted
    from cortipump.evidence.comparisons import ratio_text

    ratios = {c.measure: c for c in result.comparisons if c.reading == "all_causes"}
    print_table(
        ("all causes", "before", "after", "run-in", "rate ratio (exact 95% interval)"),
        [
            (
                measure.replace("_", " "),
                counted(count),
                counted(result.after.counts[measure]),
                counted(result.run_in.counts[measure]) if result.run_in else "-",
                ratio_text(ratios.get(measure)),
            )
            for measure, count in result.before.counts.items()
        ],
        right=(1, 2, 3, 4),
    )


def _print_costs(result: Any) -> None:
    from cortipump.evidence.costs import cost_lines

    rows = [
        (
            f"pump: {line.category}" if line.category else "care",
            line.kind, line.currency, _sum(line.before), _sum(line.after),
        )
        for line in cost_lines(result.before, result.after)
    ]  # fmt: skip
    print_table(("costs", "kind", "currency", "before", "after"), rows, right=(3, 4))


def _sum(amount: Any) -> str:
    """The sum, and how many claims state nothing: unknown, not zero."""
    if amount is None:
        return "no claim"
    stated = "not recorded" if amount.value is None else f"{amount.value:,}"
    if amount.readings is not None:
        stated = f"{stated} ({amount.readings[0]:,} to {amount.readings[1]:,})"
    missing = len(amount.not_stated)
    return f"{stated} ({missing} without it)" if missing and amount.fact_ids else stated
