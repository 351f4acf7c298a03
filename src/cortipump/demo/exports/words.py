"""The words of the plan's refusal letter; how they are set on paper is in `letter`."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from cortipump.demo.story import people
from cortipump.demo.story.tell import Story

POLICY: Final = "Medical Policy MP-0417, External Infusion Pumps"
DEADLINE: Final = "within 180 days after you receive this notice"
APPEAL_ADDRESS: Final = (
    "Prairie Health Plan (made up)",
    "Appeals and Grievances",
    "P.O. Box 4418",
    "Grassland, IL 00000",
)
APPEAL_FAX: Final = "312-555-0147"

REASONS: Final = {
    "pump": (
        "The use of an external insulin infusion pump for continuous subcutaneous infusion of "
        "hydrocortisone is considered experimental or investigational. Published evidence is not "
        "sufficient to determine its effect on health outcomes in adrenal insufficiency."
    ),
    "infusion-sets": (
        "Infusion sets are supplies for the pump above. Supplies used only with an item that is "
        "considered experimental or investigational are not covered."
    ),
    "reservoirs": (
        "Reservoirs are supplies for the pump above. Supplies used only with an item that is "
        "considered experimental or investigational are not covered."
    ),
}
"""The reason for each line, word for word as the letter prints it."""

CLAUSE: Final = (
    "An external infusion pump labeled for insulin is considered experimental or investigational "
    "when it is used to deliver a drug other than insulin, because the pump has not been cleared "
    "by the U.S. Food and Drug Administration (FDA) for that drug and reliable evidence does not "
    "show that outcomes are improved compared with oral replacement."
)
PLAN_CLAUSE: Final = (
    "The Plan does not pay for a drug, device or procedure that is experimental or "
    "investigational, meaning that it is not approved or cleared for the use for which it is "
    "requested, or that reliable evidence does not establish its safety and effectiveness for "
    "that use."
)
CRITERIA: Final = (
    ("The member has a condition for which the pump is labeled", "Not met"),
    ("The pump is cleared by the FDA for the drug that it will deliver", "Not met"),
    ("Reliable evidence shows improved outcomes compared with the alternatives", "Not met"),
    ("The pump is ordered by an endocrinologist who follows the member", "Met"),
    ("The member has completed training in the use of the pump", "Met"),
)
ANSWERS: Final = {
    CRITERIA[0][0]: ("condition:E27.1",),
    CRITERIA[4][0]: ("procedure:pump",),
}
"""Records that the person holds to a criterion: kind and a word in them."""
CODES: Final = {"pump": "E0784", "infusion-sets": "A4230", "reservoirs": "A4232"}
LINES: Final = (
    ("1", "External infusion pump, insulin", "E0784", "1", "Denied"),
    ("2", "Infusion sets for external pump", "A4230", "20 per 60 days", "Denied"),
    ("3", "Reservoirs (syringe type), 3 cc", "A4232", "20 per 60 days", "Denied"),
)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its paragraphs."""

    heading: str
    paragraphs: tuple[str, ...]


def long_date(day: date) -> str:
    """``September 14, 2026``."""
    return f"{day:%B} {day.day}, {day.year}"


def header(story: Story) -> tuple[tuple[str, str], ...]:
    """The block of numbers on top."""
    person = story.person
    return (
        ("Member", person.name),
        ("Member number", person.member_number),
        ("Group number", person.group_number),
        ("Plan", f"Prairie Choice PPO, {people.EMPLOYER}"),
        ("Reference number", story.denial.reference),
        ("Request received", long_date(story.denial.requested)),
        ("Ordering provider", "Imogen Samplewright, MD"),
        ("Supplier", people.SUPPLIER.name),
        ("Diagnosis submitted", "E27.1 Primary adrenocortical insufficiency"),
    )


_OPENING: Final = (
    "We reviewed the request for the items listed below. We are not able to approve it. This "
    "letter tells you why, which plan terms we used, and what you can do if you disagree."
)
_CONTENT: Final = (
    "Your appeal may contain written comments, documents and medical records. It will be decided "
    "by a person who did not take part in this decision and does not report to anyone who did. "
    "Where a medical judgment is involved, we will ask a health care professional with training "
    "in the field concerned."
)
_TIMES: Final = (
    "We will decide within 30 days after we receive an appeal about an item that you have not yet "
    "received. If your doctor tells us that waiting could seriously harm your health, you may ask "
    "for an expedited appeal by telephone or fax; we decide it within 72 hours."
)
_COPIES: Final = (
    "On request and free of charge we will send you all documents, records and other information "
    "relevant to your claim, among them the policy named above, the criteria that we used, and an "
    "explanation of the clinical judgment."
)
_NEXT: Final = (
    "Because this decision rests on medical judgment, you may ask for an external review by an "
    "independent organization within four months after you receive our final decision. You also "
    "have the right to bring a civil action under section 502(a) of ERISA once the appeal has "
    "been completed."
)
_HELP: Final = (
    "Member Services: 312-555-0140, Monday to Friday, 8 a.m. to 6 p.m. Central time, or "
    "www.prairie-health-plan.example/appeals. Language help is free of charge."
)
FIRST_PAGE: Final = (
    Section(
        "Reason for the decision",
        (
            f"Line 1 (E0784). {REASONS['pump']}",
            f"Line 2 (A4230). {REASONS['infusion-sets']}",
            f"Line 3 (A4232). {REASONS['reservoirs']}",
        ),
    ),
    Section(
        "Plan terms that we used",
        (
            f"{POLICY}, section 3.2: \u201c{CLAUSE}\u201d",
            f"Plan document, section 8.4 (Exclusions): \u201c{PLAN_CLAUSE}\u201d",
        ),
    ),
)
"""Why the request was refused."""


def opening(story: Story) -> tuple[str, ...]:
    """Salutation and first words."""
    return (f"Dear {story.person.name}:", _OPENING)


def review_note(story: Story) -> str:
    """Who decided."""
    decided = long_date(story.denial.noticed - timedelta(days=3))
    return (
        f"The decision was made on {decided} by a medical director who is board-certified in "
        "internal medicine. Your ordering provider may call 312-555-0144 within 14 days of this "
        "letter to discuss it with a reviewer, peer to peer."
    )


def second_page(story: Story) -> tuple[Section, ...]:
    """What the member can do."""
    how = (
        "You, or someone you name in writing to act for you, may appeal this decision. You must "
        f"send your appeal {DEADLINE}. Write your member number and the reference number "
        f"{story.denial.reference} on every page."
    )
    return (
        Section("Your right to appeal", (how, _CONTENT, _TIMES)),
        Section("Copies that you can ask for", (_COPIES,)),
        Section("If your appeal is denied", (_NEXT,)),
        Section("Help", (_HELP,)),
    )


def plain_text(story: Story) -> str:
    """The whole letter as plain text, in reading order."""
    rows = ["  ".join(line) for line in LINES]
    criteria = [f"{text}: {met}" for text, met in CRITERIA]
    parts = [
        long_date(story.denial.noticed),
        *(f"{name}: {value}" for name, value in header(story)),
        "Notice of adverse benefit determination",
        *opening(story),
        *rows,
    ]
    for section in FIRST_PAGE:
        parts += [section.heading, *section.paragraphs]
    parts += ["Criteria of the policy", *criteria, review_note(story)]
    for section in second_page(story):
        parts += [section.heading, *section.paragraphs]
    return "\n".join([*parts, *APPEAL_ADDRESS, f"Fax: {APPEAL_FAX}"])
