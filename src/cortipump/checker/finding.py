"""What the checker says: one problem, its place, why, and what could stand there instead."""

from typing import Final, Literal, get_args

from msgspec import Struct

Rule = Literal[
    "unsupported-number",
    "amount-differs",
    "date-differs",
    "count-differs",
    "total-does-not-add-up",
    "emotional",
    "absolute",
    "prediction",
    "argument-by-threat",
    "implies-diabetes",
    "missing-element",
    "off-label-not-disclosed",
]
RULES: Final[tuple[Rule, ...]] = get_args(Rule)


class Finding(Struct, frozen=True):
    """One problem in a letter.

    Attributes
    ----------
    start, end
        Offsets in the letter, half-open. Both 0 for what the letter lacks.
    detail
        Finer than the rule, stable, such as ``billed-called-paid`` or ``vague-date``.
    message
        Why it is a problem, in one sentence.
    suggestion
        What could stand there, from the ledger's own figures. Empty: nothing can be offered.
    facts
        Ids of the facts behind the suggestion.
    """

    start: int
    end: int
    rule: Rule
    detail: str
    text: str
    message: str
    suggestion: str = ""
    facts: tuple[str, ...] = ()
