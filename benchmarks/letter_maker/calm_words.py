"""Sentences that every letter may hold: symptoms, fear on record, rights, next steps, disclosure."""

from typing import Final

SYMPTOMS: Final = (
    "{I} {was} vomiting and could not keep the tablets down.",
    "The chart describes nausea, dizziness and weakness.",
    "Before several of the visits {I} vomited for hours.",
    "The nurse wrote down fever, vomiting and confusion.",
    "Fatigue and nausea were noted at most clinic visits.",
    "{I} fainted at home and was brought in by ambulance.",
    "In the mornings {I} {was} too weak to stand up.",
    "The symptoms on record are vomiting, low blood pressure and drowsiness.",
    "{my} muscles ached and {I} felt cold all the time.",
    "{I} left work early because {I} {was} dizzy.",
    "Weakness and salt craving are recorded.",
    "{I} slept badly on the tablets and woke with nausea.",
    "On such days {I} had pain in the belly and no appetite.",
)
FEAR: Final = (
    "Dr. Samplewright noted that {I} {am} afraid of a crisis at night.",
    "The clinic's note says that {I} fear being alone when a crisis begins.",
    "At the last visit the nurse recorded anxiety about sleeping through an alarm.",
    "The endocrinologist wrote that {I} {was} frightened after the last admission.",
    "Worry about the nights is mentioned in the clinic's record.",
    "{I} told the nurse that {I} {am} afraid to travel, and she wrote it down.",
    "Fear of another admission is recorded by the clinic.",
    "According to the clinic {I} {was} tearful when the tablets were discussed.",
)
RIGHTS: Final = (
    "If the denial is upheld, {who} will ask for an external review within four months.",
    "The plan's letter gives 180 days for an appeal, and this one is sent within that time.",
    "Please send {me}, free of charge, copies of everything relevant to the claim (29 CFR 2560.503-1(h)(2)(iii)).",
    "The letter says that an independent organization may review the decision.",
    "{who} also {reserve} the right to bring a civil action under section 502(a) of ERISA.",
    "We understand that the plan decides within 30 days.",
    "The appeal should be decided by someone who took no part in the first decision.",
    "Please consult a health care professional with training in endocrinology.",
    "The prescriber is available for a peer-to-peer call at 312-555-0170.",
    "If more records are needed, please call 312-555-0171.",
    "Should you need a form signed, fax it to 312-555-0172.",
    "After a final decision {who} may go to an independent reviewer, as your own letter explains.",
    "Please confirm in writing that this letter was received.",
)
WORK_STEPS: Final = (
    "A doctor's letter can be sent if you need one.",
    "{my} emergency kit is kept in the second drawer of the desk.",
    "If there is a form for this, please tell {me} which one.",
    "The clinic can be reached at 312-555-0171.",
    "Please treat this letter as confidential.",
    "A start between 8 and 9 a.m. would help.",
    "It takes about ten minutes to change a pump site.",
)
OFF_LABEL: Final = (
    "The use of an insulin pump for hydrocortisone is off-label. {I} {was} told so before it began.",
    "We state openly that this use of the pump is off-label.",
    "The pump is labeled for insulin only; giving hydrocortisone by it is an off-label use.",
    "This is off-label use of an approved device, and the maker's warning was discussed.",
    "It is true that hydrocortisone by pump is off-label, and nobody here hides it.",
    "Running hydrocortisone through this pump is off-label; the clinic explained this to {me}.",
    "To be clear about one thing: the use is off-label, both for the device and for the drug.",
    "Off-label use: the pump is not cleared for hydrocortisone. This was explained and accepted.",
    "Please note that this is an off-label use of the pump.",
    "The device is not approved for hydrocortisone, so the use is off-label.",
)
QUOTES: Final = (
    'Your reason was that the pump "is considered experimental or investigational."',
    'The denial says: "Published evidence is not sufficient to determine its effect on health outcomes in adrenal insufficiency."',
    'The plan called the pump "experimental or investigational" under Medical Policy MP-0417, section 3.2.',
    'You denied it because the use of the pump "is considered experimental or investigational".',
    'The stated reason: "The use of an external insulin infusion pump for continuous subcutaneous infusion of hydrocortisone is considered experimental or investigational."',
    'In your words, "Published evidence is not sufficient to determine its effect on health outcomes in adrenal insufficiency."',
    'The denial rests on section 3.2 of MP-0417 and says that the pump "is considered experimental or investigational".',
    'The plan refused the pump because it "is considered experimental or investigational".',
)
REQUESTS: Final = (
    "{who} {ask} that you reverse the denial and approve the pump (E0784), the infusion sets (A4230) and the reservoirs (A4232).",
    "Please overturn the denial and approve all three lines.",
    "The request: reverse the decision, and cover E0784, A4230 and A4232.",
    "Please reverse the determination and authorize the pump and its supplies.",
    "{who} therefore {ask} the plan to overturn its decision and to approve lines 1 to 3.",
    "What is asked: approval of the pump, the infusion sets and the reservoirs.",
    "Kindly approve E0784 with A4230 and A4232, 20 of each per 60 days, and withdraw the denial.",
    "Please change the decision and pay for the pump and its supplies.",
)
OPENINGS: Final = (
    "{who} {write} to appeal the denial of an infusion pump for hydrocortisone.",
    "This is an appeal of the plan's decision about an infusion pump for hydrocortisone.",
    "Please accept this letter as a first-level appeal.",
    "This letter appeals the denial of the pump, the infusion sets and the reservoirs.",
    "{who} {disagree} with the decision about the pump and {appeal} it.",
    "With this letter {who} {appeal} the plan's denial.",
)
NO_DIABETES: Final = (
    "{I} {do} not have diabetes.",
    "This is not diabetes, and no insulin is used.",
    "The pump holds hydrocortisone, not insulin.",
    "There is no diabetes in {my} record.",
    "Although the device is an insulin pump, it is filled with hydrocortisone only.",
)
EMPLOYER: Final = (
    "{I} {write} about {my} absences and ask for a flexible start.",
    "You asked for an account of {my} absences; here it is.",
    "This letter explains the days {I} missed and asks for one accommodation.",
    "As agreed, {I} {send} a summary of {my} illness and {my} absences.",
)
NECESSITY: Final = (
    "{who} {write} to document the medical necessity of an infusion pump for hydrocortisone in this patient.",
    "This letter states why continuous subcutaneous hydrocortisone is medically necessary for my patient.",
    "The following supports my order for an infusion pump (E0784), infusion sets (A4230) and reservoirs (A4232).",
    "I follow this patient for primary adrenal insufficiency and order the pump for the reasons below.",
)
MONITORING: Final = (
    "Monitoring: clinic visits and a cortisol day curve every 6 months. Back-up: tablets and an injection kit.",
    "The patient is trained, carries an emergency kit, and is seen every three months.",
    "Follow-up is by clinic visit, AddiQoL and day curve; tablets and kit stay at hand.",
    "Follow-up visits are every 3 months; if the pump stops, she returns to tablets at once and has the injection kit.",
)
