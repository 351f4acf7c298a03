"""The appeal and the packet: sections in order, exhibits of what they cite, what is missing."""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import msgspec

from cortipump.documents.blocks import Block, Document, PageBreak, Paragraph
from cortipump.documents.case import Case, Missing
from cortipump.documents.cited import cited_facts
from cortipump.documents.exhibits import SourceInfo, build_exhibits
from cortipump.documents.sections import closing, comparison, head, history
from cortipump.documents.statements import say
from cortipump.documents.values import ruled
from cortipump.quantities.show import long_date
from cortipump.record.facts import Fact

Kind = Literal["appeal", "packet", "evidence"]


def write(
    kind: Kind,
    case: Case,
    facts: Mapping[str, Fact],
    sources: Mapping[str, SourceInfo],
    load: Callable[[str], bytes],
) -> Document:
    """A document with the exhibits of what it cites.

    An appeal is the letter; a packet adds figures, laboratory values and the emergency words; the
    evidence is the tables and figures alone.

    Parameters
    ----------
    facts
        Every fact by id.
    sources, load
        What is known of each source, and its original bytes by sha256.
    """
    return with_exhibits(draft(kind, case), facts, sources, load)


def draft(kind: Kind, case: Case) -> Document:
    """The document without its exhibits: what it says, and what it cites."""
    missing = Missing()
    sender, reference = head.sender(case, missing), head.reference(case, missing)
    addressee = () if kind == "evidence" else head.addressee(case, missing)
    blocks = _evidence(case, missing) if kind == "evidence" else _letter(case, missing)
    if kind == "packet":
        blocks += _enclosures(case, missing)
    titled = "Before and after" if kind == "evidence" else head.title(case)
    return Document(
        kind=kind,
        title=titled,
        language="en",
        paper=case.ask.paper,
        day=case.ask.dated,
        dated=say("dated", ruled(long_date(case.ask.dated), "date of the letter, as given")),
        sender=sender,
        addressee=addressee,
        reference=reference,
        blocks=tuple(blocks),
        exhibits=(),
        exhibit_of={},
        omissions=missing.found,
    )


def with_exhibits(
    document: Document,
    facts: Mapping[str, Fact],
    sources: Mapping[str, SourceInfo],
    load: Callable[[str], bytes],
) -> Document:
    """The document with exhibits of exactly the facts that it cites (S16)."""
    cited = [facts[fact_id] for fact_id in cited_facts(document)]
    exhibits, exhibit_of = build_exhibits(cited, sources, load)
    return msgspec.structs.replace(document, exhibits=exhibits, exhibit_of=exhibit_of)


def _letter(case: Case, missing: Missing) -> list[Block]:
    blocks: list[Block] = [
        Paragraph((head.level_sentence(case, missing),)),
        *head.request(case, missing),
        *head.denial(case, missing),
        *head.criteria(case, missing),
        *history.diagnosis(case, missing),
        closing.disclosure(),
        *history.regimens(case, missing),
        *history.events(case, missing),
        *history.rescues(case),
        *history.questionnaires(case, missing),
        *comparison.comparison(case, missing),
        *closing.literature(),
        *closing.procedure(case, missing),
        *closing.reservation(case),
        *closing.sending(case),
    ]
    return blocks


def _evidence(case: Case, missing: Missing) -> list[Block]:
    return [
        *comparison.comparison(case, missing),
        *comparison.pictures(case.evidence),
        *history.events(case, missing),
        *history.rescues(case),
        *history.questionnaires(case, missing),
        *history.laboratory(case, missing),
    ]


def _enclosures(case: Case, missing: Missing) -> Sequence[Block]:
    return [
        PageBreak(),
        *comparison.pictures(case.evidence),
        *history.laboratory(case, missing),
        closing.emergency(),
    ]
