"""Sentences about visits, stays and their money: at least eight ways for each kind."""

from typing import Final

EMERGENCY: Final = (
    "On {date} {I} {was} seen in the emergency department of {place} for {cause}.",
    "{I} went to the emergency room at {place} on {date} because of {cause}.",
    "The emergency visit of {date} was for {cause}.",
    "There was an emergency visit on {date} ({place}); the reason was {cause}.",
    "{cause}: treated in the ER at {place} on {date} and sent home.",
    "{place} saw {me} as an emergency on {date}; {cause} was what brought {me} there.",
    "Because of {cause}, {I} had to go to the ER on {date}.",
    "ED visit, {place}, {date}. Cause: {cause}.",
    "The hospital record has an emergency visit for {cause} on {date}.",
    "It was {cause} that took {me} to the emergency department on {date}.",
)
STAY: Final = (
    "{I} {was} admitted to {place} on {date} and stayed {nights}.",
    "On {date} {I} {was} admitted to {place} for {nights} because of {cause}.",
    "The admission of {date} lasted {nights}.",
    "{cause} led to a hospital stay of {nights} that began on {date}.",
    "{I} spent {nights} in {place} after being admitted on {date}.",
    "Admitted {date} ({place}), {nights}, {cause}.",
    "A stay of {nights} at {place} started on {date}; the diagnosis was {cause}.",
    "{place} kept {me} for {nights} from {date}.",
    "When {I} {was} admitted on {date}, it was for {cause}, and it took {nights} until {I} could go home.",
)
STAY_SPAN: Final = (
    "{I} {was} in {place} from {first} to {last}.",
    "Inpatient at {place}, admitted {first}, discharged {last}.",
    "{I} {was} admitted on {first} with {cause} and discharged on {last}.",
    "The stay for {cause} ran from {first} through {last}.",
    "{place} admitted {me} on {first}; {I} went home on {last}.",
    "From {first} until {last} {I} lay in {place}.",
    "Between {first} and {last} {I} {was} an inpatient at {place}.",
    "Admission {first}, discharge {last}, for {cause}.",
)
OTHER_CARE: Final = (
    "On {date} {I} {was} at {place} {way}.",
    "There was {a_way} at {place} on {date}.",
    "{a_way} is on record for {date}.",
    "{date}: {a_way}, {place}.",
    "{I} had {a_way} on {date}.",
    "{place} saw {me} {way} on {date}.",
    "The record also shows {a_way} on {date}.",
    "One more entry: {a_way}, {place}, {date}.",
)
BILLED: Final = (
    "{the} of {date} was billed at {amount}.",
    "The bills for {the} of {date} came to {amount} in all.",
    "For {the} on {date}, {amount} was billed.",
    "Billed charges for {the} of {date}: {amount}.",
    "{the} of {date} produced bills of {amount} altogether.",
    "All claims for {the} of {date} together were billed at {amount}.",
    "What was charged for {the} on {date} was {amount}.",
    "The total billed for {the} that began on {date} was {amount}.",
    "{the} on {date} was charged at {amount}.",
)
ALLOWED: Final = (
    "Of the bills for {the} of {date} the plan allowed {amount}.",
    "The allowed amount for {the} of {date} was {amount}.",
    "For {the} on {date} the plan's allowed amount came to {amount}.",
    "The plan accepted {amount} as the allowed charge for {the} of {date}.",
    "Allowed for {the} of {date}: {amount}.",
    "{amount} was allowed for {the} of {date}.",
    "By its own statements the plan allowed {amount} for {the} of {date}.",
    "For {the} that began on {date}, {amount} was the allowed amount.",
)
PAID: Final = (
    "The plan paid {amount} for {the} of {date}.",
    "For {the} on {date} you paid {amount}.",
    "Your plan's payment for {the} of {date} was {amount}.",
    "Paid by the plan for {the} of {date}: {amount}.",
    "{the} of {date} cost the plan {amount}.",
    "{amount} was paid by the plan for {the} of {date}.",
    "The explanation of benefits shows that the plan paid {amount} for {the} on {date}.",
    "On the claims for {the} of {date} the plan paid {amount} in all.",
)
OWED: Final = (
    "{my} share for {the} of {date} was {amount}.",
    "For {the} on {date} {I} owed {amount}.",
    "The patient's share of {the} of {date} came to {amount}.",
    "{I} had to pay {amount} of {my} own money for {the} of {date}.",
    "Out of pocket, {the} of {date} cost {me} {amount}.",
    "Patient responsibility for {the} of {date}: {amount}.",
    "What was left for {me} to pay for {the} of {date} was {amount}.",
    "{my} own part of the bills for {the} on {date} was {amount}.",
)
TWO: Final = (
    "{the} of {date} was billed at {billed}, of which the plan paid {paid}.",
    "For {the} of {date}, {billed} was billed and {paid} was paid by the plan.",
    "The bills for {the} of {date} came to {billed}; the plan paid {paid}.",
    "{the}, {date}: billed {billed}, plan paid {paid}.",
    "Of {billed} billed for {the} of {date}, you paid {paid}.",
    "The plan paid {paid} for {the} on {date}, against {billed} billed.",
    "{the} of {date} was charged at {billed} and the plan paid {paid} of it.",
    "According to the claims, {the} of {date} was billed at {billed} and paid at {paid}.",
)
THREE: Final = (
    "{the} of {date} was billed at {billed}, the plan allowed {allowed} and {I} owed {patient}.",
    "{the}, {date}: billed {billed}, allowed {allowed}, patient share {patient}.",
    "For {the} of {date} the charges were {billed}, the allowed amount {allowed}, and {my} share {patient}.",
    "Billed {billed}, allowed {allowed}, left to {me} {patient}: that was {the} of {date}.",
    "The claims for {the} of {date} show {billed} billed, {allowed} allowed and {patient} as the patient's part.",
    "Of the {billed} billed for {the} of {date}, {allowed} was allowed, and {my} own part was {patient}.",
    "For {the} on {date}, {billed} was billed; {allowed} was allowed; {I} paid {patient}.",
    "{the} of {date} came to {billed} in bills and {allowed} in allowed charges; {my} share was {patient}.",
)
CLAIM: Final = (
    "The hospital's own claim for {date} was billed at {amount}.",
    "{place} alone billed {amount} for {the} of {date}.",
    "The facility claim of {date} was {amount}, without the doctors' bills.",
    "The hospital's claim for {the} of {date} came to {amount}.",
    "Without the physicians, the hospital billed {amount} for {the} of {date}.",
    "The facility's charge for {the} on {date} was {amount}.",
    "{place} sent a claim of {amount} for {the} of {date}.",
    "On its claim for {the} of {date} the hospital charged {amount}.",
)
SHARE_PAID: Final = (
    "For {the} of {date} the plan paid {paid} of the {billed} billed, about {percent}.",
    "{the} of {date} was billed at {billed} and the plan paid {paid}, which is {percent}.",
    "The plan paid {percent} of the charges for {the} of {date} ({paid} of {billed}).",
    "Of {billed} billed for {the} of {date}, {paid} was paid by the plan, or {percent}.",
    "Roughly {percent} of the bill for {the} of {date} was paid by the plan: {paid} of {billed}.",
    "With {paid} paid on {billed} billed, the plan covered {percent} of {the} of {date}.",
    "{paid} against {billed}: that is {percent} of what was billed for {the} of {date}.",
    "For {the} on {date} you paid {paid} on charges of {billed} ({percent}).",
)
PUMP_CLAIM: Final = (
    "The supplier billed the pump at {amount} on {date}; the plan paid nothing.",
    "The claim for the pump itself, {amount}, is dated {date}.",
    "On {date} Tallgrass Home Equipment billed {amount} for the pump.",
    "The pump (E0784) was billed at {amount} on {date}.",
    "E0784: billed {amount}, date of service {date}, denied.",
    "{amount} was billed for the pump on {date}.",
    "For the pump the supplier asked {amount}; the claim is of {date}.",
    "The equipment supplier's bill for the pump was {amount}, dated {date}.",
)
