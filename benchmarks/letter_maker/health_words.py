"""Sentences about scores, values, doses, injections, work, calls and the case."""

from typing import Final

SCORE: Final = (
    "{my} AddiQoL score was {score} on {date}.",
    "On {date} the AddiQoL total was {score}.",
    "AddiQoL of {date}: {score}.",
    "{I} scored {score} on the AddiQoL on {date}.",
    "The questionnaire AddiQoL-30, filled in on {date}, gave a total of {score}.",
    "A total of {score} was recorded on the AddiQoL-30 on {date}.",
    "The AddiQoL-30 total of {date} was {score} points.",
    "Quality of life by AddiQoL stood at {score} on {date}.",
)
SCORES: Final = (
    "{my} AddiQoL total rose from {low} on {date} to {high} on {later}, a gain of {gain}.",
    "AddiQoL went from {low} ({date}) to {high} ({later}), {gain} more.",
    "On {date} {my} AddiQoL score was {low}; on {later} it was {high}, {gain} higher.",
    "AddiQoL-30: {low} on {date}, {high} on {later}, a difference of {gain}.",
    "The AddiQoL total was {low} on {date} and {high} on {later}. That is {gain} better.",
    "Between {date} and {later} {my} AddiQoL score rose by {gain}, from {low} to {high}.",
    "With {high} on {later} against {low} on {date}, the AddiQoL improved by {gain}.",
    "Quality of life (AddiQoL) improved by {gain}: {low} on {date}, {high} on {later}.",
)
LAB: Final = (
    "{my} {analyte} was {value} on {date}.",
    "On {date} {my} {analyte} was {value}.",
    "{analyte} of {date}: {value}.",
    "The laboratory found {analyte} of {value} on {date}.",
    "A {analyte} of {value} was measured on {date}.",
    "Blood drawn on {date} showed {analyte} at {value}.",
    "The {analyte} level on {date} was {value}.",
    "{analyte} {value} ({date}).",
    "With {analyte} at {value}, {I} {was} tested on {date}.",
)
CORTISOL: Final = (
    "{my} cortisol was {value} at {clock} on {date}.",
    "On {date} at {clock} the serum cortisol was {value}.",
    "Cortisol, {date}, {clock}: {value}.",
    "The cortisol level drawn at {clock} on {date} was {value}.",
    "At {clock} on {date} {my} serum cortisol measured {value}.",
    "A cortisol of {value} was measured on {date} at {clock}.",
    "Serum cortisol {value} ({date}, {clock}).",
    "Blood taken on {date} at {clock} had a cortisol of {value}.",
)
PRESSURE: Final = (
    "{my} blood pressure was {value} on {date}.",
    "On {date} the blood pressure was {value}.",
    "BP on {date}: {value}.",
    "On arrival on {date} {my} blood pressure was {value}.",
    "A blood pressure of {value} was measured on {date}.",
    "The nurse measured a blood pressure of {value} on {date}.",
    "Blood pressure {value} ({date}).",
    "{I} arrived on {date} with a blood pressure of {value}.",
)
REGIMEN: Final = (
    "From {date} {I} took hydrocortisone tablets, {dose}.",
    "Hydrocortisone by mouth, {dose}, was started on {date}.",
    "On {date} the hydrocortisone dose was set to {dose} ({schedule}).",
    "Since {date}: hydrocortisone tablets {dose}, {schedule}.",
    "{my} tablets of hydrocortisone came to {dose} from {date} on.",
    "As of {date} {I} took {dose} of hydrocortisone by mouth: {schedule}.",
    "The regimen from {date} was {dose} of hydrocortisone as tablets.",
    "Hydrocortisone {dose} orally from {date}.",
)
PUMP_DOSE: Final = (
    "The pump has delivered hydrocortisone at {dose} since {date}.",
    "Since {date} {I} {have} had hydrocortisone by pump, {dose}.",
    "Continuous infusion of hydrocortisone, {dose}, began on {date}.",
    "On {date} {I} changed to the loaned pump, at {dose}.",
    "The loaned pump was started on {date} at {dose}.",
    "Present treatment: hydrocortisone by pump at {dose}, since {date}.",
    "Pump therapy at {dose} started on {date}.",
    "From {date} the pump has replaced the tablets; it gives {dose}.",
)
INJECTION: Final = (
    "On {date} at {clock} {giver} gave {me} 100 mg of hydrocortisone by injection.",
    "{giver} injected 100 mg hydrocortisone at home on {date}, at {clock}.",
    "A rescue injection was given on {date} at {clock} by {giver}.",
    "Rescue injection, {date}, {clock}, given by {giver}.",
    "The emergency injection of {date} was given by {giver} at {clock}.",
    "{giver} had to give the emergency injection on {date} at {clock}.",
    "At {clock} on {date} {giver} gave the injection from the kit.",
    "It was {clock} on {date} when {giver} injected the hydrocortisone.",
)
WORK: Final = (
    "From {first} to {last} {I} missed {days} of work.",
    "{I} lost {days} of work between {first} and {last}.",
    "Work log, {first} to {last}: {days}.",
    "{my} work log has {days} lost from {first} through {last}.",
    "Absent {first} to {last}, {days}.",
    "{days} of work were lost from {first} to {last}.",
    "{I} could not work from {first} to {last}; the log counts {days}.",
    "Because of the illness {I} {was} off work from {first} to {last} ({days}).",
)
CALL: Final = (
    "On {date} {I} called {party} and spoke with {person}.",
    "{I} spoke with {person} ({party}) on {date}.",
    "Telephone call of {date} with {party}: {person}.",
    "The call with {party} on {date} was answered by {person}.",
    "{person} of {party} took {my} call on {date}.",
    "{my} notes have a call with {party} on {date}; {person} answered.",
    "When {I} called {party} on {date}, {person} took the call.",
    "A call was made to {party} on {date} ({person}).",
)
ANSWERED: Final = (
    'On {date} {person} ({party}) said: "{answer}"',
    '{person} of {party} answered on {date}: "{answer}"',
    'The answer from {party} on {date} was "{answer}"',
    'Asked on {date}, {person} at {party} told {me}: "{answer}"',
    'By telephone on {date}, {party} said "{answer}"',
    '{my} note of the call of {date} with {party} reads: "{answer}"',
    'When {I} asked {party} on {date}, the answer was "{answer}"',
    '"{answer}" That was the answer of {party} on {date}.',
)
DENIAL: Final = (
    "Your denial is dated {date}.",
    "The plan denied the request on {date}.",
    "The notice of denial bears the date {date}.",
    "Your letter of {date} denied the pump and its supplies.",
    "You denied all three lines on {date}.",
    "The adverse determination was issued on {date}.",
    "By notice of {date} the plan refused the pump, the infusion sets and the reservoirs.",
    "On {date} you decided against the pump.",
)
RECEIVED: Final = (
    "{I} received the denial on {date}.",
    "The denial reached {me} on {date}.",
    "It arrived on {date}.",
    "The plan's notice came in the mail on {date}.",
    "The notice was received on {date}.",
    "Date of receipt of the denial: {date}.",
    "{I} got the plan's letter on {date}.",
    "The decision was in {my} mailbox on {date}.",
)
DIAGNOSIS: Final = (
    "{I} {have} had primary adrenal insufficiency (E27.1) since {month}.",
    "Primary adrenal insufficiency was diagnosed in {month}.",
    "The diagnosis of primary adrenal insufficiency dates from {month}.",
    "{my} adrenal insufficiency has been known since {month}.",
    "E27.1, primary adrenal insufficiency, known since {month}.",
    "In {month} doctors found that {I} {have} primary adrenal insufficiency.",
    "{my} adrenal glands were found to have failed in {month}; the code is E27.1.",
    "Since {month} {I} {have} lived with primary adrenal insufficiency.",
)
BORN: Final = (
    "{I} {was} born on {date}.",
    "{my} date of birth is {date}.",
    "Date of birth: {date}.",
    "Born {date}, {I} {have} worked all {my} adult life.",
    "{name}, born {date}, is the member.",
    "The member was born on {date}.",
    "DOB {date}.",
    "For your records, {my} birth date is {date}.",
)
AGE: Final = (
    "{I} {am} {age} years old.",
    "At {age} years of age {I} {have} a demanding job.",
    "{I} {am} a woman of {age} years.",
    "{my} age is {age} years.",
    "{I} {am} {age} years of age and {have} primary adrenal insufficiency.",
    "Now {age} years old, {I} still {work} full time.",
    "{I} {have} reached the age of {age}.",
    "{name} is {age} years old.",
)
UNKNOWN: Final = (
    "{I} paid {money} for taxis to and from the hospital.",
    "Child care during the stays cost {me} {money}.",
    "Parking at the hospital has cost {money} so far.",
    "The loss of wages comes to {money}.",
    "A neighbor lent {me} {money} to get through it.",
    "The ambulance service sent a bill for {money}.",
    "A second opinion cost {money}.",
    "{my} EQ-5D thermometer stood at {score}.",
    "A fatigue questionnaire gave {score} points.",
    "On the SF-36 {my} physical score was {score}.",
    "The ferritin was {level} ng/mL.",
    "{my} hemoglobin was measured at {level} g/L.",
    "The vitamin D level was {level} ng/mL.",
    "A DHEA-S of {level} ug/dL was found.",
    "{I} live {miles} miles from the nearest hospital.",
    "{I} {have} written to {miles} doctors about this.",
    "The file that was sent has {miles} pages of notes.",
    "{my} resting heart rate was {score} beats per minute.",
    "{I} climbed only {miles} steps that week.",
    "{I} drove {miles} miles to every appointment.",
    "A published price list shows {money} for a month of tablets.",
    "The hotel near the hospital charged {money} for the family.",
)
