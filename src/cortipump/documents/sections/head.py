"""Sender, addressee, reference numbers, and the request, line by line."""

from typing import Final

from cortipump.documents.blocks import Block, Bullets, Heading, Paragraph, Quote
from cortipump.documents.case import Case, Missing
from cortipump.documents.statements import Part, Statement, say
from cortipump.documents.values import cited, date_value, quote, ruled
from cortipump.knowledge.codes import hcpcs_use
from cortipump.record.facts import Decision
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
_LINE_USE: Final = {
    "pump": {"pump", "pump-other"},
    "infusion-sets": {"infusion-set", "supply"},
    "reservoirs": {"reservoir", "pod", "supply"},
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
    person = case.person
    if person is None or not person.body.names:
        missing.note("sender", "the member's name", "person", "import a record that names you, or: "
                     "cortipump add person names='Given Family' --on DATE")  # fmt: skip
        return tuple(lines)
    name = quote(person.id, person.body.names[0], "name")
    lines.append(say("sender", "for ", name) if case.ask.representative else say("sender", name))
    for line in person.body.address:
        lines.append(say("sender", quote(person.id, line, "address")))
    if not person.body.address:
        missing.note("sender", "the member's address", "person", "import a record that holds it")
    if case.ask.phone:
        lines.append(say("sender", ruled(case.ask.phone, "telephone number, as given")))
    else:
        missing.note("sender", "a telephone number", "person", "--phone NUMBER")
    return tuple(lines)


def addressee(case: Case, missing: Missing) -> tuple[Statement, ...]:
    """The plan, as far as it is recorded."""
    lines: list[Statement] = []
    letter = case.denial_letter
    if letter is not None and letter.body.party:
        lines.append(say("addressee", quote(letter.id, letter.body.party, "party")))
    elif case.plan is not None and case.plan.body.payer:
        lines.append(say("addressee", quote(case.plan.id, case.plan.body.payer, "payer")))
    else:
        missing.note("addressee", "the plan's name", "plan", "import a record of the coverage, or "
                     "cortipump add plan payer=... --on DATE")  # fmt: skip
    lines.append(say("addressee", "Appeals"))
    missing.note("addressee", "the address for appeals", "plan",
                 "copy it from the denial letter; it is printed beside your appeal rights")  # fmt: skip
    return tuple(lines)


def reference(case: Case, missing: Missing) -> tuple[tuple[str, Statement], ...]:
    """Numbers by which the plan finds the case; each that is not recorded is missing."""
    person, plan, letter = case.person, case.plan, case.denial_letter
    rows: list[tuple[str, Statement]] = []
    if person is not None and person.body.names:
        rows.append(("Member", say("ref", quote(person.id, person.body.names[0], "name"))))
    if person is not None and person.body.born is not None:
        born = person.body.born.isoformat()
        rows.append(("Date of birth", say("ref", quote(person.id, born, "birth date"))))
    if plan is not None and plan.body.member_number:
        number = quote(plan.id, plan.body.member_number, "member number")
        rows.append(("Member number", say("ref", number)))
    else:
        missing.note("reference", "the member number", "plan", "it stands on the insurance card: "
                     "cortipump add plan member_number=... --on DATE")  # fmt: skip
    if plan is not None and plan.body.group_number:
        number = quote(plan.id, plan.body.group_number, "group number")
        rows.append(("Group number", say("ref", number)))
    number_of = next((d for d in case.denials if d.body.reference), None)
    if number_of is not None:
        value = quote(number_of.id, number_of.body.reference, "reference")
        rows.append(("Plan's reference", say("ref", value)))
    elif letter is not None and letter.body.reference:
        value = quote(letter.id, letter.body.reference, "reference")
        rows.append(("Plan's reference", say("ref", value)))
    else:
        missing.note("reference", "the reference number of the denial", "plan",
                     "it stands on the denial letter")  # fmt: skip
    return tuple(rows)


def request(case: Case, missing: Missing) -> list[Block]:
    """One sentence per line that was denied."""
    who = "I ask" if case.by_member else "On the member's behalf I ask"
    if not case.denials:
        missing.note("request", "the decision that is appealed", "plan", "cortipump add decision "
                     "line=pump outcome=denied quote='...' --on DATE --source denial.pdf")  # fmt: skip
        return []
    items = tuple(_item(decision) for decision in case.denials)
    return [
        Heading("Request", anchor="request"),
        Paragraph((say("request", f"{who} the plan to reverse its decision and to cover:"),)),
        Bullets(items),
    ]


def _item(decision: Of[Decision]) -> Statement:
    line = decision.body.line
    words = LINES[line].removeprefix("the ")
    uses = _LINE_USE.get(line, set())
    fitting = [c.code for c in decision.body.codes if hcpcs_use(c.code) in uses]
    parts: list[Part] = [words[0].upper() + words[1:]]
    if fitting:
        parts += [" (billing code ", quote(decision.id, ", ".join(fitting), "codes"), ")"]
    parts.append(".")
    return say("request-line", *parts)


def denial(case: Case, missing: Missing) -> list[Block]:
    """What the plan decided, in its own words, with date and code."""
    if not case.denials:
        return []
    blocks: list[Block] = [Heading("What the plan decided", anchor="denial")]
    seen: set[str] = set()
    for decision in case.denials:
        body = decision.body
        same = [d for d in case.denials if d.body.quote == body.quote]
        if not body.quote:
            missing.note("denial", f"the reason for {LINES[body.line]}", "plan",
                         f"cortipump correct {decision.id} quote='...' --why 'from the letter'")  # fmt: skip
            continue
        if body.quote in seen:
            continue
        seen.add(body.quote)
        blocks.append(Quote(say("denial-quote", quote(decision.id, body.quote, "quote")),
                            _denial_source(same)))  # fmt: skip
        blocks += _policy(decision)
    if case.denial_letter is None:
        missing.note("denial", "the denial letter", "plan", "cortipump add letter "
                     "direction=received about=denial --on DATE --source denial.pdf --place 'page 1'")  # fmt: skip
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


def _policy(decision: Of[Decision]) -> list[Block]:
    if not decision.body.policy:
        return []
    value = quote(decision.id, decision.body.policy, "policy")
    return [Paragraph((say("denial-policy", "Policy that the plan names: ", value, "."),))]


def level_sentence(case: Case) -> Statement:
    """Which step this letter is."""
    if case.ask.expedited:
        return say(
            "level",
            "This is an expedited request. Where a physician with knowledge of the case says that "
            "waiting could seriously jeopardize life, health or the ability to regain maximum "
            "function, the plan must treat it as urgent (",
            cited("29 CFR 2560.503-1(m)(1)(iii)", "eCFR of 2025-01-24"),
            "). The physician's statement has to be enclosed.",
        )
    return say("level", "This is a standard request.")


