"""The plan's refusal as a PDF: two pages, text, the same bytes each time."""

import json
from datetime import UTC, datetime
from importlib import resources
from typing import Final

from cortipump.demo.exports import words
from cortipump.demo.story import people
from cortipump.demo.story.tell import Story

MADE_WITH: Final = "0.15.2"
"""Version of typst that set the shipped letter; another one may give other bytes."""


def _sections(sections: tuple[words.Section, ...]) -> list[dict[str, object]]:
    return [{"heading": s.heading, "paragraphs": s.paragraphs} for s in sections]


def _content(story: Story) -> dict[str, object]:
    person = story.person
    return {
        "title": "Notice of Adverse Benefit Determination",
        "plan": people.PLAN.name,
        "department": "Utilization Management",
        "letterhead": [
            "P.O. Box 4410, Grassland, IL 00000",
            "Telephone 312-555-0140   Fax 312-555-0141",
            "www.prairie-health-plan.example",
        ],
        "date": words.long_date(story.denial.noticed),
        "addressee": [
            person.name,
            person.street,
            f"{person.city}, {person.state} {person.postcode}",
        ],
        "member": person.member_number,
        "reference": story.denial.reference,
        "header": words.header(story),
        "opening": words.opening(story),
        "lines": words.LINES,
        "first": _sections(words.FIRST_PAGE),
        "policy": words.POLICY,
        "criteria": words.CRITERIA,
        "review": words.review_note(story),
        "second": _sections(words.second_page(story)),
        "address": words.APPEAL_ADDRESS,
        "fax": words.APPEAL_FAX,
    }


def denial_letter(story: Story) -> bytes:
    """The letter as PDF bytes."""
    import typst  # only this one file needs it; it is slow to load

    template = resources.files("cortipump.demo.exports").joinpath("letter.typ").read_bytes()
    noticed = story.denial.noticed
    return typst.compile(
        template,
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(_content(story))},
        timestamp=datetime(noticed.year, noticed.month, noticed.day, 12, tzinfo=UTC),
    )
