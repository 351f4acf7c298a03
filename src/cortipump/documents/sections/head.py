"""Sender, addressee, reference numbers, and the request, line by line."""

from typing import Final

from cortipump.documents.blocks import (
    Block,
    Bullets,
    Column,
    Heading,
    Paragraph,
    Quote,
    Table,
)
from cortipump.documents.case import Case, Missing
from cortipump.documents.lines import in_a_line
from cortipump.documents.statements import Part, Statement, say
from cortipump.documents.values import NOT_RECORDED, cited, date_value, quote, ruled
from cortipump.knowledge.texts import texts
from cortipump.quantities.show import long_date
from cortipump.record.facts import Criterion, Decision
from cortipump.record.timeline import Of

LINES: Final = {
    "pump": "the pump",
    "infusion-sets": "the infusion sets",
    "reservoirs": "the reservoirs or pods",
    "drug": "the hydrocortisone",
    "syringes": "the syringes",
    "training": "the training",
    "labs": "the laboratory day curves",
    "emergency-kit": "the emergency injection kit",
}
_LEVELS: Final = {
    "1": "First-level appeal",
    "2": "Second-level appeal",
    "external": "Request for external review",
}
_REQUESTS: Final = {
    "1": "the plan to reverse its decision and to cover",
    "2": "the plan to reverse its decisions, the one on the first appeal included, and to cover",
    "external": "the independent reviewer to reverse the plan's decision, so that the plan covers",
}


def title(case: Case) -> str:
    """The letter's title."""
    urgent = ", expedited" if case.ask.expedited else ""
    return f"{_LEVELS[case.ask.level]}{urgent}"


def sender(case: Case, missing: Missing) -> tuple[Statement, ...]:
    """Name and address of who writes."""
    lines: list[Statement] = []
    if case.ask.representative:
        lines.append(say("sender", ruled(case.ask.representative, "representative, as given")))
    lines += _member(case, missing)
    if case.ask.phone:
        lines.append(say("sender", ruled(case.ask.phone, "telephone number, as given")))
    else:
        missing.note("sender", "a telephone number", "person", "--phone NUMBER")
    return tuple(lines)


def _member(case: Case, missing: Missing) -> list[Statement]:
    person = case.person
    if person is None:
        how = "import a record that names you, or: cortipump add person names='Given Family'"
        missing.note("sender", "the member's name", "person", how)
        return []
    name = quote(person.id, person.body.names[0], "name")
    lines = [say("sender", "for ", name) if case.ask.representative else say("sender", name)]
    lines += [say("sender", quote(person.id, line, "address")) for line in person.body.address]
    if not person.body.address:
        missing.note("sender", "the member's address", "person", "import a record that holds it")
    return lines


def addressee(case: Case, missing: Missing) -> tuple[Statement, ...]:
    """Where the letter goes: as the denial letter prints it, else the plan's name.

    The plan's address for appeals is none of the independent reviewer's.
    """
    if case.ask.level == "external":
        missing.note(
            "addressee",
            "the address of the independent reviewer",
            "plan",
            "it stands on the plan's final decision beside the right to external review: "
            "write it on the letter",
        )
        return (say("addressee", "To the independent reviewer"),)
    letter = case.denial_letter
    if letter is not None and letter.body.address:
        return tuple(
            say("addressee", quote(letter.id, line, "address")) for line in letter.body.address
        )
    missing.note(
        "addressee",
        "the address for appeals",
        "plan",
        "it stands on the denial letter beside your appeal rights: add letter address=...",
    )
    if letter is not None and letter.body.party:
        return (say("addressee", quote(letter.id, letter.body.party, "party")),)
    if case.plan.payer is not None:
        return (say("addressee", quote(case.plan.payer.fact_id, case.plan.payer.text, "payer")),)
    missing.note(
        "addressee",
        "the plan's name",
        "plan",
        "import a record of the coverage, or: cortipump add plan payer=... --on DATE",
    )
    return ()


def reference(case: Case, missing: Missing) -> tuple[tuple[str, Statement], ...]:
    """Numbers by which the plan finds the case; each that is not recorded is missing."""
    rows: list[tuple[str, Statement]] = []
    person, plan = case.person, case.plan
    if person is not None:
        rows.append(("Member", say("ref", quote(person.id, person.body.names[0], "name"))))
        if person.body.born is not None:
            born = quote(person.id, long_date(person.body.born), "birth date")
            rows.append(("Date of birth", say("ref", born)))
    for label, stated, how in (
        ("Member number", plan.member_number, "it stands on the insurance card"),
        ("Group number", plan.group_number, "it stands on the insurance card"),
    ):
        if stated is not None:
            rows.append((label, say("ref", quote(stated.fact_id, stated.text, label.lower()))))
        else:
            missing.note("reference", f"the {label.lower()}", "plan", how)
    for name in plan.differing:
        missing.note(
            "reference",
            f"one {name.replace('_', ' ')}: two records differ",
            "plan",
            "ask the plan, then cortipump correct the wrong one",
            "conflicting",
        )
    rows += _plan_reference(case, missing)
    return tuple(rows)


def _plan_reference(case: Case, missing: Missing) -> list[tuple[str, Statement]]:
    named = next((d for d in case.denials if d.body.reference), None) or case.denial_letter
    if named is None or not named.body.reference:
        missing.note(
            "reference",
            "the reference number of the denial",
            "plan",
            "it stands on the denial letter",
        )
        return []
    return [("Plan's reference", say("ref", quote(named.id, named.body.reference, "reference")))]


def request(case: Case, missing: Missing) -> list[Block]:
    """One sentence per line that was denied."""
    who = "I ask" if case.by_member else "On the member's behalf I ask"
    if not case.denials:
        missing.note(
            "request",
            "the decision that is appealed",
            "plan",
            "cortipump add decision "
            "line=pump outcome=denied quote='...' --on DATE --source denial.pdf",
        )
        return []
    if case.ask.level != "1" and not any(d.body.outcome == "upheld" for d in case.denials):
        missing.note(
            "request",
            "the plan's decision on the appeal before this one",
            "plan",
            "cortipump add decision "
            "line=pump outcome=upheld quote='...' --on DATE --source decision.pdf",
        )
    items = tuple(_item(decision) for decision in case.denials)
    return [
        Heading("Request", anchor="request"),
        Paragraph((say("request", f"{who} {_REQUESTS[case.ask.level]}:"),)),
        Bullets(items),
    ]


def _item(decision: Of[Decision]) -> Statement:
    words = LINES[decision.body.line].removeprefix("the ")
    parts: list[Part] = [words[0].upper() + words[1:]]
    codes = [c.code for c in decision.body.codes if c.system == "hcpcs"]
    if codes:
        parts += [" (billing code ", quote(decision.id, ", ".join(codes), "codes"), ")"]
    parts.append(".")
    return say("request-line", *parts)


def denial(case: Case, missing: Missing) -> list[Block]:
    """What the plan decided, in its own words, with date and code."""
    if case.denial_letter is None:
        missing.note(
            "denial",
            "the denial letter",
            "plan",
            "cortipump add letter "
            "direction=received about=denial --on DATE --source denial.pdf --place 'page 1'",
        )
    if not case.denials:
        return []
    blocks: list[Block] = [Heading("What the plan decided", anchor="denial")]
    seen: set[str] = set()
    for decision in case.denials:
        body = decision.body
        same = [d for d in case.denials if d.body.quote == body.quote]
        if not body.quote:
            missing.note(
                "denial",
                f"the reason for {LINES[body.line]}",
                "plan",
                f"cortipump correct {decision.id} quote='...' --why 'from the letter'",
            )
            continue
        if body.quote in seen:
            continue
        seen.add(body.quote)
        blocks.append(Quote(say("denial-quote", quote(decision.id, body.quote, "quote")),
                            _denial_source(same)))  # fmt: skip
    blocks += _policies(case)
    return blocks


def _denial_source(same: list[Of[Decision]]) -> Statement:
    first = same[0]
    lines = ", ".join(LINES[d.body.line] for d in same)
    parts: list[Part] = [f"Decision on {lines}"]
    if first.body.at is not None:
        parts += [", dated ", date_value(first.id, first.body.at)]
    codes = [c for c in first.body.codes if c.system in {"carc", "rarc"}]
    if codes:
        shown = ", ".join(f"{c.system.upper()} {c.code}" for c in codes)
        parts += [", code ", quote(first.id, shown, "codes")]
    if first.body.reference:
        parts += [", reference ", quote(first.id, first.body.reference, "reference")]
    return say("denial-source", *parts)


def _policies(case: Case) -> list[Block]:
    """The policies that the plan names, each once."""
    named = {d.body.policy: d for d in case.denials if d.body.policy}
    return [
        Paragraph(
            (say("denial-policy", "Policy that the plan names: ",
                 quote(decision.id, policy, "policy"), "."),)
        )
        for policy, decision in named.items()
    ]  # fmt: skip


def criteria(case: Case, missing: Missing) -> list[Block]:
    """The plan's criteria beside the records that a person holds to them."""
    if not case.criteria:
        missing.note(
            "criteria",
            "the criteria that the plan applied",
            "plan",
            "ask for them (they are free); then: cortipump add criterion text='...' "
            "answers=FACT-ID --on DATE --source policy.pdf --place 'page 1'",
        )
        return []
    columns = (
        Column("The plan's criterion", share=2), Column("The plan's finding"),
        Column("What the record holds", share=2.4),
    )  # fmt: skip
    rows = tuple(_criterion(criterion, case, missing) for criterion in case.criteria)
    return [
        Heading("The plan's criteria and the record", anchor="criteria"),
        Table("Criteria as the plan states them", columns, rows),
    ]


def _criterion(criterion: Of[Criterion], case: Case, missing: Missing) -> tuple[Statement, ...]:
    body, fact = criterion.body, criterion.id
    answers = [case.facts[a] for a in body.answers if a in case.facts]
    if not answers and body.finding.lower() != "met":
        missing.note(
            "criteria",
            f"records that speak to: {body.text}",
            "doctor",
            f"choose them: cortipump correct {fact} answers=FACT-ID --why 'records'",
        )
    parts: list[Part] = []
    for answer in answers:
        parts += ["; "] if parts else []
        parts += in_a_line(answer)
    return (
        say("criterion", quote(fact, body.text, "text")),
        say("criterion", quote(fact, body.finding, "finding") if body.finding else NOT_RECORDED),
        say("criterion", *parts) if parts else say("criterion", "–"),
    )


def level_sentence(case: Case, missing: Missing) -> Statement:
    """Which step this letter is."""
    one_level = texts().one_level.authority.get(case.plan_kind)
    if case.ask.level == "2" and one_level is not None:
        missing.note(
            "level",
            f"a second internal level: the recorded kind of plan has one only ({one_level})",
            "plan",
            "use --level external, or correct the kind of plan",
            "conflicting",
        )
    if not case.ask.expedited:
        return say("level", "This is a standard request.")
    enclosed = "The physician's statement has to be enclosed."
    authority = texts().urgent.authority.get(case.plan_kind)
    if authority is None or case.ask.level == "external":
        return say("level", f"This is an expedited request. {enclosed}")
    return say(
        "level",
        "This is an expedited request. Where a physician with knowledge of the case says that "
        "waiting could seriously jeopardize life, health or the ability to regain maximum "
        "function, the plan must treat it as urgent (",
        cited(authority, texts().urgent.read),
        f"). {enclosed}",
    )
