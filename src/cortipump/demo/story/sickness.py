"""The diagnoses of the story: ICD-10-CM codes with words of our own."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One ICD-10-CM code and what it means, in our words."""

    code: str
    words: str


ADDISON: Final = Diagnosis("E27.1", "Primary adrenal insufficiency")
CRISIS: Final = Diagnosis("E27.2", "Adrenal crisis")
GASTROENTERITIS: Final = Diagnosis("A09", "Infectious gastroenteritis, germ not stated")
LOW_SODIUM: Final = Diagnosis("E87.1", "Low sodium in the blood")
HIGH_POTASSIUM: Final = Diagnosis("E87.5", "High potassium in the blood")
DEHYDRATION: Final = Diagnosis("E86.0", "Dehydration")
LOW_PRESSURE: Final = Diagnosis("I95.9", "Low blood pressure, not stated")
VOMITING: Final = Diagnosis("R11.2", "Nausea with vomiting")
FAINTING: Final = Diagnosis("R55", "Fainting and collapse")
STEROIDS: Final = Diagnosis("Z79.52", "Long-term use of steroids taken into the body")
ANKLE: Final = Diagnosis("S93.401A", "Sprain of the right ankle, first visit for it")
FINGER: Final = Diagnosis("S61.210A", "Cut of the right index finger, first visit for it")
SINUSITIS: Final = Diagnosis("J01.90", "Acute sinus infection, not stated")
MIGRAINE: Final = Diagnosis("G43.909", "Migraine, not stated")
BRONCHITIS: Final = Diagnosis("J20.9", "Acute bronchitis, not stated")
PUMP_SLIPPED: Final = Diagnosis("T85.624A", "Infusion pump site came off, first visit for it")
PUMP_PRESENT: Final = Diagnosis("Z96.41", "Infusion pump present")
CHECK_UP: Final = Diagnosis("Z00.00", "General examination, nothing abnormal found")
STOMACH: Final = Diagnosis("R10.13", "Pain in the upper belly")
THYROID: Final = Diagnosis("E06.3", "Autoimmune thyroiditis")

ADRENAL_CODED: Final = frozenset({"E27.1", "E27.2", "E27.3", "E27.4", "E27.40", "E27.49", "E89.6"})
"""Codes that make a visit an adrenal one when they are its reason or principal diagnosis."""
