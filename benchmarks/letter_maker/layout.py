"""The page around the sentences: letterhead, subject, paragraphs, lists, closing."""

from collections.abc import Sequence
from datetime import date
from random import Random
from typing import Final

from msgspec import Struct

from benchmarks.letter_maker.ledger import Someone
from benchmarks.letter_maker.marks import wrapped
from benchmarks.letter_maker.spelling import say_date

_CLINIC: Final = ("Northbend Adrenal and Endocrine Clinic (made up)",)
_WRITERS: Final = {"nurse": "Bettina Dummyworth, RN", "doctor": "Imogen Samplewright, MD"}
_HEADINGS: Final = {
    "case": ("The denial", "Background", "About the denial"),
    "care": ("Hospital care", "What happened", "Events"),
    "money": ("Costs", "What it cost", "Charges"),
    "counts": ("The record in numbers", "Before and after", "Summary of the record"),
    "health": ("Values and scores", "Laboratory and questionnaires", "Clinical data"),
    "rest": ("Other points", "Further remarks", "Notes"),
    "asks": ("Request", "What we ask", "Next steps"),
}


class Frame(Struct, frozen=True):
    """What the letter is.

    Attributes
    ----------
    kind
        appeal, necessity or employer.
    number, denial
        Whether member and reference numbers, and date and number of the denial, are given.
    """

    kind: str
    who: str
    dated: date
    style: str
    number: bool = True
    denial: bool = True


class Part(Struct, frozen=True):
    """Sentences that go together; each with the lines of its list or table."""

    name: str
    sentences: tuple[tuple[str, tuple[str, ...]], ...]


def laid_out(rng: Random, one: Someone, frame: Frame, parts: Sequence[Part]) -> str:
    """The whole letter, with the marks of its faults."""
    columns = 0 if rng.random() < 0.3 else rng.randint(60, 90)
    blocks = _head(rng, one, frame)
    blocks.append(wrapped(_salutation(rng, frame), columns))
    blocks += _body(rng, parts, columns)
    blocks += _end(rng, one, frame)
    return "\n\n".join(blocks) + "\n"


# -- above the text ------------------------------------------------------------------------


def _head(rng: Random, one: Someone, frame: Frame) -> list[str]:
    sender, day, to = (
        _sender(rng, one, frame),
        [say_date(frame.style, frame.dated)],
        _to(rng, frame),
    )
    if frame.style == "the-nth":
        day = [say_date("day-first", frame.dated)]
    blocks = [sender, day, to] if rng.random() < 0.7 else [day, sender, to]
    return ["\n".join(b) for b in (*blocks, _subject(rng, one, frame)) if b]


def _sender(rng: Random, one: Someone, frame: Frame) -> list[str]:
    if frame.who in _WRITERS:
        phone = rng.choice(("Phone 312-555-0171, fax 312-555-0172", "Tel. (312) 555-0171"))
        return [*_CLINIC, _WRITERS[frame.who], phone]
    assert one.case.person is not None  # every made-up person has one
    lines = [one.name if frame.who == "patient" else f"R. {one.name.split()[-1]}",
             *one.case.person.body.address]  # fmt: skip
    if rng.random() < 0.7:
        digits = f"01{rng.randint(10, 99)}"
        lines.append(rng.choice((f"Tel. (312) 555-{digits}", f"Phone: 312-555-{digits}",
                                 f"312.555.{digits}")))  # fmt: skip
    return lines


def _to(rng: Random, frame: Frame) -> list[str]:
    if frame.kind == "employer":
        return ["Harborline Freight Cooperative (made up)", "Human Resources"]
    desk = "Utilization Management" if frame.kind == "necessity" else "Appeals and Grievances"
    lines = ["Prairie Health Plan (made up)", desk, "P.O. Box 4418", "Grassland, IL 00000"]
    if rng.random() < 0.4:
        lines.append("Fax 312-555-0147")
    return lines


def _subject(rng: Random, one: Someone, frame: Frame) -> list[str]:
    if frame.kind == "employer":
        return [
            rng.choice(("Re: my absences and a flexible start", "Subject: absences, accommodation"))
        ]
    title = "Letter of medical necessity" if frame.kind == "necessity" else "Appeal of a denial"
    lines = [f"Re: {title}", f"{rng.choice(('Member', 'Name', 'Patient'))}: {one.name}"]
    plan = one.case.plan
    if frame.number and plan.member_number is not None and plan.group_number is not None:
        number, group = plan.member_number.text, plan.group_number.text
        lines.append(rng.choice((f"Member number: {number}", f"Member ID {number}, group {group}",
                                 f"Member no. {number} / Group no. {group}")))  # fmt: skip
    if frame.denial:
        day = say_date(frame.style, one.denied)
        if frame.number:
            lines.append(rng.choice((f"Reference {one.reference}, denial dated {day}",
                                     f"Ref. {one.reference} (denial of {day})",
                                     f"Reference number: {one.reference}; notice dated {day}")))  # fmt: skip
        else:
            lines.append(f"Denial dated {day}")
    if frame.kind == "necessity":
        lines.append(f"Date of birth: {say_date(frame.style, one.born)}")
        lines.append("Diagnosis: primary adrenal insufficiency (E27.1)")
    if rng.random() < 0.6:
        lines.append(rng.choice(("Items: E0784, A4230, A4232",
                                 "Pump (E0784), infusion sets (A4230), reservoirs (A4232)")))  # fmt: skip
    return lines


def _salutation(rng: Random, frame: Frame) -> str:
    if frame.kind == "employer":
        return rng.choice(("Dear Human Resources,", "Hello,", "To whom it may concern:"))
    return rng.choice(("To the appeals unit:", "Dear Sir or Madam:", "To whom it may concern:",
                       "Dear reviewer,", "Dear Madam or Sir,")) if frame.kind == "appeal" else (
        "Dear Medical Director:")  # fmt: skip


# -- the text ------------------------------------------------------------------------------


def _body(rng: Random, parts: Sequence[Part], columns: int) -> list[str]:
    headed, numbered = rng.random() < 0.3, rng.random() < 0.2
    blocks: list[str] = []
    number = 0
    for part in parts:
        if not part.sentences:
            continue
        if headed:
            blocks.append(rng.choice(_HEADINGS[part.name]))
        for chunk in _chunks(rng, part):
            number += 1
            as_list = not numbered and len(chunk) > 1 and rng.random() < 0.2
            lead = f"{number}. " if numbered else ""
            blocks.append(
                _list(rng, chunk, columns) if as_list else _paragraph(chunk, columns, lead)
            )
    return blocks


def _chunks(rng: Random, part: Part) -> list[list[tuple[str, tuple[str, ...]]]]:
    """Paragraphs of one to four sentences; what has a list under it ends its paragraph."""
    found: list[list[tuple[str, tuple[str, ...]]]] = []
    most = rng.randint(2, 4)
    for sentence in part.sentences:
        if not found or len(found[-1]) >= most or found[-1][-1][1]:
            found.append([])
        found[-1].append(sentence)
    return found


def _paragraph(chunk: list[tuple[str, tuple[str, ...]]], columns: int, lead: str) -> str:
    text = wrapped(lead + " ".join(words for words, _ in chunk), columns, " " * len(lead))
    rows = chunk[-1][1]
    return "\n\n".join((text, "\n".join(rows))) if rows else text


def _list(rng: Random, chunk: list[tuple[str, tuple[str, ...]]], columns: int) -> str:
    mark = rng.choice(("- ", "* "))
    items = [wrapped(mark + words, columns, "  ") for words, rows in chunk if not rows]
    with_rows = [_paragraph([item], columns, "") for item in chunk if item[1]]
    return "\n\n".join(["\n".join(items), *with_rows] if items else with_rows)


# -- below the text ------------------------------------------------------------------------


def _end(rng: Random, one: Someone, frame: Frame) -> list[str]:
    closing = rng.choice(("Sincerely,", "Respectfully,", "With kind regards,", "Thank you,"))
    name = _WRITERS.get(frame.who, one.name)
    if frame.who == "spouse":
        name = f"R. {one.name.split()[-1]}\nfor {one.name}"
    pages = rng.randint(6, 31)
    enclosed = rng.choice((
        "Enclosures: Exhibits 1 to 5",
        f"Enclosures: copy of the denial, hospital records, claims ({pages} pages)",
        f"Encl.: records, {pages} pages",
        "Enclosed: copies of the records and of the plan's statements",
    ))  # fmt: skip
    return [f"{closing}\n{name}", *([] if frame.kind == "employer" else [enclosed])]
