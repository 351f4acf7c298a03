"""A number against the ledger's own counts over the times it may speak of."""

from decimal import Decimal
from typing import Final

import msgspec

from cortipump.checker.agree import agrees
from cortipump.checker.binding.spans import Spans
from cortipump.checker.finding import Finding
from cortipump.checker.judges.desk import Desk, numeral
from cortipump.checker.known.counts import Tallied
from cortipump.checker.mentions import DurationMention, NumberMention
from cortipump.knowledge.cues import Measure

SHOWN: Final = 8  # days or parts that a finding lists


def judge_tally(
    mention: NumberMention | DurationMention, value: Decimal, high: Decimal | None,
    measure: Measure, spans: Spans, desk: Desk, *, plainly: bool = False, exactly: bool = False,
) -> Finding | None:  # fmt: skip
    """Hold a number (or the range up to ``high``) against the counts over each of the times.

    ``plainly``: it counts all of them, so that fewer, as of one code or hospital, will not do.
    ``exactly``: nor will more, as with those that hospitals gave.

    None: one of them bears it, or there is no time to count over.
    """
    tallied = [desk.known.counter.count(measure, span) for span in spans.spans]
    if not spans.own and not exactly and _bears_in_general(mention, value, high, measure, desk):
        return None
    if exactly:
        tallied = [_without_more(t) for t in tallied]
    if any(_bears(t, value, high, mention, plainly) for t in tallied):
        return None
    if not tallied:
        return None
    # The span that the letter names, else the one whose count comes nearest.
    best = tallied[0] if spans.named else min(tallied, key=lambda t: abs(t.high - value))
    span = spans.spans[tallied.index(best)]
    time = f"from {span.from_} to {span.last}"
    message = f"The ledger does not bear {counted(value, best.what)} {time}."
    shown = _counted(best, time, desk)
    return desk.find(mention, "count-differs", "count-differs", message, shown, best.facts)


def _bears(
    tallied: Tallied, value: Decimal, high: Decimal | None,
    mention: NumberMention | DurationMention, plainly: bool,
) -> bool:  # fmt: skip
    honest = [n for n in tallied.honest if not plainly or n >= tallied.low]
    if high is not None:
        return any(value <= n <= high for n in honest)
    return any(agrees(value, n, mention.approx) for n in honest)


def _without_more(tallied: Tallied) -> Tallied:
    honest = frozenset(n for n in tallied.honest if n <= tallied.high)
    return msgspec.structs.replace(tallied, honest=honest)


def _bears_in_general(
    mention: NumberMention | DurationMention, value: Decimal, high: Decimal | None,
    measure: Measure, desk: Desk,
) -> bool:  # fmt: skip
    """Whether a number that names no time of its own is right for before or for after."""
    windows = [desk.known.windows[n] for n in ("before", "after") if n in desk.known.windows]
    counts = (desk.known.counter.count(measure, span) for span in windows)
    return any(_bears(t, value, high, mention, plainly=True) for t in counts)


def counted(value: Decimal, what: str) -> str:
    """``5 hospital stays``, ``1 hospital stay``."""
    return f"{numeral(value)} {_singular(what) if value == 1 else what}"


def _singular(what: str) -> str:
    """``days of work lost`` as of one."""
    head, of, rest = what.partition(" of ")
    if not of:
        head, of, rest = what.partition(" in ")
    if not of:
        head, of, rest = what.partition(" to ")
    if head.endswith(("crises", "diagnoses")):
        return head[:-2] + "is" + of + rest
    return head.removesuffix("s") + of + rest


def _counted(tallied: Tallied, time: str, desk: Desk) -> str:
    days = sorted(
        {
            min(h.starts).isoformat()
            for h in desk.known.happenings
            if h.starts and set(h.facts) & set(tallied.facts)
        }
    )
    listed = ", ".join(days[:SHOWN]) + (", ..." if len(days) > SHOWN else "")
    where = desk.origin(tallied.facts)
    details = "; ".join(part for part in (listed, where) if part)
    what = _singular(tallied.what) if tallied.text == "1" else tallied.what
    return f"{tallied.text} {what} {time}" + (f" ({details})" if details else "")
