"""Sentences about counts, totals and shares: at least eight ways for each kind."""

from typing import Final

COUNT: Final = (
    "{window_in} {I} had {n}.",
    "{window_in} the record shows {n}.",
    "{I} had {n} {window_in}.",
    "The records count {n} {window_in}.",
    "{n} {window_in}: that is what the record shows.",
    "{window_in}, by the record: {n}.",
    "As documented, {I} had {n} {window_in}.",
    "{my} records for this period list {n} ({window_in}).",
    "Counting all causes, {I} had {n} {window_in}.",
    "We counted {n} {window_in}.",
)
COUNT_TWO: Final = (
    "{window_in} {I} had {n} and {m}.",
    "{I} had {n} and {m} {window_in}.",
    "The record shows {n} and {m} {window_in}.",
    "{window_in} there is a record of {n}, as well as {m}.",
    "{window_in}, the record lists {n} and {m}.",
    "{n} and {m} are recorded {window_in}.",
    "{n}, {m}: this is what is on record {window_in}.",
    "By the records, {I} had {n} and {m} {window_in}.",
)
CHANGE: Final = (
    "{what_cap} went from {before} {in_before} to {after} {in_after}.",
    "{in_before} {I} had {before_n}; {in_after}, {after_n}.",
    "The record shows {before_n} {in_before} and {after_n} {in_after}.",
    "{what_cap}: {before} {in_before}, {after} {in_after}.",
    "{after_n} {in_after}, against {before_n} {in_before}.",
    "{I} had {before_n} {in_before} and {after_n} {in_after}.",
    "Before: {before_n} ({in_before}). After: {after_n} ({in_after}).",
    "Compare {before_n} {in_before} with {after_n} {in_after}.",
)
FALL: Final = (
    "Nights in hospital fell from {before} {in_before} to {after} {in_after}, a fall of {percent}.",
    "There were {before} hospital nights {in_before} and {after} {in_after}: {percent} fewer.",
    "{I} spent {before} nights in hospital {in_before} and {after} {in_after}, {percent} less.",
    "From {before} nights in hospital {in_before} to {after} {in_after} is a reduction of {percent}.",
    "Hospital nights: {before} {in_before}, {after} {in_after} ({percent} fewer).",
    "{in_before} {I} had {before} nights in hospital; {in_after} {after}. That is {percent} less.",
    "Nights in hospital went down by {percent}, from {before} {in_before} to {after} {in_after}.",
    "The nights in hospital dropped {percent}: {before} {in_before}, {after} {in_after}.",
)
WINDOW_TOTAL: Final = (
    "All care {window_in} was billed at {amount}.",
    "{window_in} the bills for all {my} care came to {amount}.",
    "In total, {amount} was billed for care {window_in}.",
    "The sum of everything billed for care {window_in} is {amount}.",
    "Billed for all care {window_in}: {amount}.",
    "{window_in}, hospitals, doctors, laboratory and pharmacy together billed {amount}.",
    "Care cost {amount} in billed charges {window_in}.",
    "The whole of the care {window_in} was charged at {amount}.",
)
WINDOW_PAID: Final = (
    "The plan paid {amount} for all care {window_in}.",
    "{window_in} the plan's payments for {my} care came to {amount}.",
    "In total, {amount} was paid by the plan for care {window_in}.",
    "The sum of what you paid for all care {window_in} is {amount}.",
    "Paid by the plan for all care {window_in}: {amount}.",
    "{window_in}, {my} care cost the plan {amount}.",
    "Your payments for care {window_in} add up to {amount}.",
    "Everything the plan paid for care {window_in} amounts to {amount}.",
)
PARTS: Final = (
    "{the_stays} {window_in} were billed at {parts}, together {total}.",
    "{window_in} there were bills of {parts} for {the_stays}; the sum is {total}.",
    "Billed for {the_stays} {window_in}: {parts}. Total: {total}.",
    "{parts} were billed for {the_stays} {window_in}, {total} in all.",
    "For {the_stays} {window_in} the bills were {parts}. They add up to {total}.",
    "{the_stays} {window_in} cost {parts} in billed charges, altogether {total}.",
    "Add the bills for {the_stays} {window_in}, {parts}, and you get {total}.",
    "The bills for {the_stays} {window_in} ({parts}) total {total}.",
)
NIGHTS: Final = (
    "{the_stays} {window_in} lasted {parts}, {total} in all.",
    "{window_in} {I} {was} admitted for {parts}; that makes {total}.",
    "{parts}: {the_stays} {window_in} add up to {total}.",
    "The lengths of {the_stays} {window_in} were {parts}, together {total}.",
    "For {the_stays} {window_in} {I} spent {parts} in a hospital bed, altogether {total}.",
    "{the_stays} {window_in} took {parts}. In sum that is {total}.",
    "{total} in hospital {window_in} ({parts}).",
    "{I} stayed {parts} during {the_stays} {window_in}: {total} altogether.",
)
TABLE: Final = (
    "These were {the_stays} {window_in}, with what was billed:",
    "{the_stays} {window_in} and their billed charges were as follows.",
    "{window_in}, {the_stays} were billed as listed here:",
    "The list shows {the_stays} {window_in} and the billed amount of each.",
    "Here are {the_stays} {window_in}, each with its bill:",
    "Billed charges of {the_stays} {window_in}:",
    "What was billed for {the_stays} {window_in}:",
    "See the list of {the_stays} {window_in} with the billed charges.",
)
DOSE_LESS: Final = (
    "{my} daily dose went from {old} to {new}, which is {percent} less.",
    "The dose of hydrocortisone is {percent} lower on the pump: {new} instead of {old}.",
    "From {old} by mouth to {new} by pump is a reduction of {percent}.",
    "{I} now {need} {new}, down from {old}, a cut of {percent}.",
    "Hydrocortisone: {old} as tablets, {new} by pump ({percent} less).",
    "On the pump {my} dose is {new}; on tablets it was {old}. That is {percent} less.",
    "Compared with {old} on tablets, the {new} of the pump are {percent} less.",
    "With the pump the daily amount fell by {percent}, from {old} to {new}.",
)
