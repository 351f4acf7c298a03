"""Clinical notes in plain words, of the kind that travels inside a DocumentReference."""

from cortipump.demo.story import people
from cortipump.demo.story.diary import DEVICE, Regimen
from cortipump.demo.story.labs import Lab
from cortipump.demo.story.tell import Story
from cortipump.demo.story.visits import Visit


def _signed(name: tuple[str, str], place: people.Place) -> str:
    return f"Dr. {name[0]} {name[1]}, {place.name}"


def _shown(lab: Lab) -> str:
    return f"{lab.test.words} {lab.comparator}{lab.value} {lab.test.unit} ({lab.at:%H:%M})"


def discharge_summary(story: Story, stay: Visit) -> str:
    """What the ward wrote at the end of a stay."""
    first = min(lab.at for lab in story.labs if lab.visit == stay.name)
    values = [lab for lab in story.labs if lab.visit == stay.name and lab.at == first]
    return "\n".join(
        [
            "DISCHARGE SUMMARY",
            f"Patient: {story.person.name}, born {story.person.born}",
            (
                f"Admitted {stay.start:%Y-%m-%d} through the emergency department, "
                f"discharged {stay.end:%Y-%m-%d}."
            ),
            f"Diagnoses: {', '.join(f'{d.words} ({d.code})' for d in stay.diagnoses)}.",
            (
                f"Presentation: {stay.words}. Injected hydrocortisone 100 mg i.m. at home before "
                "arrival; 100 mg i.v. given in the emergency department."
            ),
            f"On arrival: {'; '.join(_shown(lab) for lab in values)}.",
            "Course: fluids and hydrocortisone, back to tablets before discharge.",
            "Follow-up: endocrine clinic within three weeks.",
            _signed(people.HOSPITALIST, people.LAKESHORE),
        ]
    )


def _tablets(story: Story) -> list[Regimen]:
    return [r for r in story.regimens if r.drug == "hydrocortisone" and r.route == "oral"]


def clinic_note(story: Story, visit: Visit) -> str:
    """The endocrinologist's note before the pump."""
    tried = "; ".join(
        f"{r.mg_per_day} mg per day {r.first} to {r.last} ({r.schedule})" for r in _tablets(story)
    )
    return "\n".join(
        [
            "CLINIC NOTE",
            f"Patient: {story.person.name}, born {story.person.born}",
            (
                f"Seen {visit.day} for primary adrenal insufficiency (E27.1), known since "
                f"{story.visits[0].start:%B %Y} (cortisol <1.0 ug/dL, ACTH raised, no rise after "
                "cosyntropin, 21-hydroxylase antibodies positive)."
            ),
            f"Hydrocortisone tablets so far: {tried}. Fludrocortisone 0.1 mg.",
            "Visits for adrenal crisis in the past year are listed in the hospital record.",
            (
                f"Plan: trial of continuous subcutaneous hydrocortisone with a loaned {DEVICE} "
                f"from {story.index}. Use of the pump for hydrocortisone is off-label; the "
                "warning of its maker was discussed; rescue kit and tablets stay at hand."
            ),
            "Review at 6 months: hospital visits, AddiQoL total, cortisol day curve.",
            _signed(people.ENDOCRINOLOGIST, people.CLINIC),
        ]
    )
