"""All files of one made-up person, from a seed: same seed, same bytes."""

from dataclasses import dataclass
from typing import Final

from cortipump.demo.answers import answers
from cortipump.demo.exports import words
from cortipump.demo.exports.clinic import clinic_ndjson
from cortipump.demo.exports.exchange import exchange_bundle
from cortipump.demo.exports.hospital import hospital_bundle
from cortipump.demo.exports.letter import denial_letter
from cortipump.demo.exports.payer import payer_bundle
from cortipump.demo.exports.tables import tables
from cortipump.demo.story import people
from cortipump.demo.story.tell import Story, tell

LETTER: Final = "denial-letter.pdf"


@dataclass(frozen=True, slots=True)
class Demo:
    """One made-up person.

    Attributes
    ----------
    files
        File name to bytes, in the order in which they are best imported.
    typed
        What the person types in by hand: kind, date, fields, source file and place.
    key
        The answer key; see `answers`.
    """

    files: dict[str, bytes]
    typed: list[dict[str, object]]
    key: dict[str, object]


def _letter_entry(story: Story) -> dict[str, object]:
    return {
        "kind": "letter",
        "on": str(story.denial.noticed),
        "fields": {
            "direction": "received",
            "party": people.PLAN.name,
            "about": "denial",
            "reference": story.denial.reference,
            "address": "; ".join((*words.APPEAL_ADDRESS, f"Fax {words.APPEAL_FAX}")),
            "subject": "Notice of Adverse Benefit Determination",
            "text": words.plain_text(story),
        },
        "source": LETTER,
        "place": "page 1",
    }


def _decision_entry(story: Story, line: str) -> dict[str, object]:
    return {
        "kind": "decision",
        "on": str(story.denial.noticed),
        "fields": {
            "line": line,
            "codes": f"hcpcs:{words.CODES[line]}",
            "outcome": "denied",
            "level": "claim",
            "quote": words.REASONS[line],
            "policy": f"{words.POLICY}, section 3.2",
            "reference": story.denial.reference,
            "received": str(story.denial.received),
            "stated_deadline": words.DEADLINE,
        },
        "source": LETTER,
        "place": "page 1",
    }


def _criterion_entry(story: Story, number: int, text: str, finding: str) -> dict[str, object]:
    """``answers`` names records by kind and a word in them; the demo looks up their ids."""
    return {
        "kind": "criterion",
        "on": str(story.denial.noticed),
        "fields": {
            "line": "pump",
            "number": str(number),
            "text": text,
            "finding": finding,
            "answers": "; ".join(words.ANSWERS.get(text, ())),
        },
        "source": LETTER,
        "place": "page 1",
    }


def _plan_entry() -> dict[str, object]:
    """What the person was told on the telephone and no export states."""
    return {
        "kind": "plan",
        "on": "2026-01-01",
        "fields": {"payer": people.PLAN.name, "plan_kind": "employer-self-funded"},
    }


def build(seed: int = 1) -> Demo:
    """Make a person.

    Parameters
    ----------
    seed
        Which one. 1 is the person that ships with the package.
    """
    story = tell(seed)
    files = {
        "hospital-portal.json": hospital_bundle(story),
        "endocrine-clinic.ndjson": clinic_ndjson(story),
        "state-exchange.json": exchange_bundle(story),
        "payer-claims.json": payer_bundle(story),
        "payer-claims-redownloaded.json": payer_bundle(story, second=True),
        **tables(story),
        LETTER: denial_letter(story),
    }
    typed = [
        _letter_entry(story),
        *(_decision_entry(story, line) for line in words.REASONS),
        *(_criterion_entry(story, n, *words.CRITERIA[n - 1]) for n in range(1, 6)),
        _plan_entry(),
    ]
    return Demo(files, typed, answers(story))
