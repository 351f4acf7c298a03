"""Resolves what facts say about each other across files: a visit's reasons, by its conditions.

References are kept as printed and resolved whenever facts are read, so that the order in which
files were imported never matters.
"""

import msgspec

from cortipump.record.facts import Code, Condition, Fact, Visit
from cortipump.record.timeline import Timeline


def link(timeline: Timeline) -> Timeline:
    """The same facts, each visit with the codes of the conditions that it refers to."""
    codes = {
        ref: condition.body.codes
        for condition in timeline.of(Condition)
        for ref in condition.body.refs
    }
    if not codes:
        return timeline
    return Timeline((_linked(fact, codes) for fact in timeline), zone=timeline.zone)


def _linked(fact: Fact, codes: dict[str, tuple[Code, ...]]) -> Fact:
    visit = fact.body
    if not isinstance(visit, Visit) or not (visit.reason_refs or visit.diagnosis_refs):
        return fact
    reasons = [code for ref in visit.reason_refs for code in codes.get(ref, ())]
    others = [code for ref in visit.diagnosis_refs for code in codes.get(ref, ())]
    if not reasons and not others:
        return fact
    body = msgspec.structs.replace(
        visit,
        reasons=tuple(dict.fromkeys((*visit.reasons, *reasons))),
        diagnoses=tuple(dict.fromkeys((*visit.diagnoses, *others))),
    )
    return msgspec.structs.replace(fact, body=body)
