"""What kind a letter is, what it lacks, and whether it says that the use is off-label.

The letters and what a careful reader finds lacking in each are in two tables beside this file.
"""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from cortipump.checker.elements import element_findings, kind_of
from cortipump.checker.finding import Finding
from cortipump.checker.letter import LetterText
from cortipump.checker.reading.markdown import read_markdown
from cortipump.checker.reading.plain import read_plain
from cortipump.errors import KnowledgeError
from cortipump.knowledge.letters import letters, pattern

HERE = Path(__file__).parent
FIRST = tomllib.loads((HERE / "test_elements_letters.toml").read_text("utf-8"))
MORE = tomllib.loads((HERE / "test_elements_more.toml").read_text("utf-8"))
ALL = {case["name"]: case for case in FIRST["letter"] + MORE["letter"]}


def _letter(text: str) -> LetterText:
    return read_plain(text.encode())


def _names(found: list[Finding]) -> list[str]:
    return sorted("off-label" if item.detail == "not-said" else item.detail for item in found)


def _cut(case: dict[str, Any]) -> str:
    text = ALL[case["of"]]["text"]
    for words in case["without"]:
        assert words in text
        text = text.replace(words, case.get("instead", "") if words == case["without"][-1] else "")
    return text


def _placed(letter: LetterText, found: list[Finding]) -> str:
    item = next(item for item in found if item.end > item.start)
    return " ".join(letter.text[item.start : item.end].split())


def _complete() -> str:
    return ALL["h-formal-standard"]["text"]


OFF_LABEL_SENTENCE = (
    "I want to be clear that insulin pumps are cleared by the FDA for insulin delivery and not for "
    "hydrocortisone; this would be an off-label use of the device. My endocrinologist, Dr. "
    "Samplewright, has explained this to me and supports it."
)
EVIDENCE_SENTENCE = (
    "The published evidence is limited. A blinded trial by Gagliardi and colleagues (2014) found "
    "no difference, while an open-label trial by Øksnes and colleagues (2014) found improved "
    "quality of life."
)


@pytest.mark.parametrize("name", list(ALL))
def test_a_letter_is_of_its_kind_and_lacks_what_a_reader_misses(name):
    """Complete letters are silent, whatever their voice; the others name just what is lacking."""
    case = ALL[name]
    letter = _letter(case["text"])

    found = element_findings(letter)

    assert kind_of(letter) == case["kind"]
    assert _names(found) == sorted(case["lacks"])
    if "at" in case:
        assert case["at"] in _placed(letter, found)


@pytest.mark.parametrize(
    "case", FIRST["cut"], ids=lambda case: f"{case['of']}-{'-'.join(case['lacks'])}"
)
def test_one_thing_taken_out_is_the_one_thing_missed(case):
    """A complete letter from which one thing is cut lacks that and nothing else; what is only
    useful is not missed.
    """
    letter = _letter(_cut(case))

    found = element_findings(letter)

    assert kind_of(letter) == ALL[case["of"]]["kind"]
    assert _names(found) == sorted(case["lacks"])
    if "at" in case:
        assert case["at"] in _placed(letter, found)


def test_there_are_letters_enough():
    """At least forty letters, and two dozen with one thing cut."""
    assert len(ALL) >= 40
    assert len(FIRST["cut"]) >= 24


def test_what_is_lacking_stands_for_the_whole_letter():
    """No place, the element's name as text, a reason in one sentence and what to write."""
    text = _complete().replace("Member ID: PHP-220184-01\n", "")
    text = text.replace("Reference Number: UM-2609-520276\n", "")

    (found,) = element_findings(_letter(text))

    assert (found.start, found.end, found.rule) == (0, 0, "missing-element")
    assert found.text == "a member, claim or reference number"
    assert found.message.startswith("A member, claim or reference number is missing: ")
    assert "reference number of the denial" in found.suggestion


def test_the_kind_can_be_given():
    """A caller who knows the kind is not second-guessed."""
    letter = _letter(ALL["inquiry-short"]["text"])

    assert _names(element_findings(letter)) == ["off-label"]
    assert "decision" in _names(element_findings(letter, "appeal"))
    assert element_findings(_letter(ALL["appeal-bare"]["text"]), "other") == []


@pytest.mark.parametrize(
    "kind", ["doctor", "employer", "manufacturer", "coverage-inquiry", "other"]
)
def test_letters_of_other_kinds_need_nothing(kind):
    """A false "missing" is a false alarm: only appeals and letters of necessity are held to it."""
    found = element_findings(_letter(ALL["appeal-bare"]["text"]), kind)

    assert [item for item in found if item.rule == "missing-element"] == []


@pytest.mark.safety("S8")
@pytest.mark.parametrize("kind", ["appeal", "necessity", "manufacturer", "coverage-inquiry"])
def test_whoever_asks_for_the_pump_says_that_it_is_off_label(kind):
    """So does an order and a question whether it is covered; other letters are free to."""
    letter = _letter(
        "Dear all,\n\nI would like to order a pump for my hydrocortisone.\n\nAnn Lee\n"
    )

    assert "off-label" in _names(element_findings(letter, kind))
    assert element_findings(letter, "doctor") == element_findings(letter, "employer") == []


def test_a_few_sentences_are_no_letter():
    """An excerpt without greeting, title or length is not asked for numbers and signatures."""
    excerpt = _letter("I appeal your denial of the pump. Please cover the pump.\n")

    assert _names(element_findings(excerpt)) == ["off-label"]


def test_blanks_of_a_template_are_not_filled_in():
    """``[Member ID]`` is no number, ``[date]`` no date and ``[Your name]`` no signature."""
    assert _names(element_findings(_letter(ALL["h-appeal-placeholders"]["text"]))) == [
        "decision",
        "member-name",
        "member-number",
    ]


def test_reprinted_records_are_no_part_of_the_letter():
    """A number that stands only in an exhibit does not make up for the letter's."""
    text = ALL["appeal-two-things-lacking"]["text"]
    whole = _letter(text + "\nMember ID: PHP319918254. The pump is off-label.\n")
    letter = LetterText(whole.text, whole.starts, whole.blocks, whole.pages, len(text))

    assert _names(element_findings(letter)) == ["member-number", "off-label"]


def test_markdown_is_read_like_text():
    """Emphasis and tables do not hide an element."""
    letter = read_markdown(ALL["appeal-markdown"]["text"].encode())

    assert kind_of(letter) == "appeal"
    assert element_findings(letter) == []


@pytest.mark.safety("S8")
@pytest.mark.parametrize(
    "said",
    [
        "Using the pump this way is off label.",
        "The device is not FDA approved for this use.",
        "I am aware that this is outside its labeling.",
        "It is labeled for insulin only.",
        "The pump has only been cleared for insulin.",
        "This is an unlicensed use of the device.",
        "The pump is not licensed for hydrocortisone.",
        "No pump is approved for hydrocortisone.",
        "There isn't a pump on the market that has been approved for cortisol.",
        "The manufacturer warns against putting any other drug in it.",
        "My doctor told me the pump was designed for insulin and she would be using it differently.",
        "These pumps were made for diabetics, I know that.",
        "Neither the route nor the device is covered by the label.",
        "You say that it is off-label. I do not dispute that.",
        "Even though this use is off-label, my doctor ordered it.",
    ],
)
def test_off_label_use_is_said_in_any_wording(said):
    """Whoever discloses it in plain words is not told to disclose it."""
    letter = _letter(_complete().replace(OFF_LABEL_SENTENCE, said))

    assert element_findings(letter) == []


@pytest.mark.safety("S8")
@pytest.mark.parametrize(
    "said",
    [
        "Hydrocortisone is approved by the FDA for adrenal insufficiency.",
        "Your letter states that the use is off-label.",
        'The denial says "the requested use is off-label and therefore not covered."',
        "The plan's diabetes policy was written for insulin.",
        "The pump is a small device that I wear on my belt.",
        "You have not approved the pump.",
    ],
)
def test_silence_on_off_label_use_is_found_at_the_request(said):
    """The plan's own words, and words on the drug alone, disclose nothing."""
    letter = _letter(_complete().replace(OFF_LABEL_SENTENCE, said))

    (found,) = element_findings(letter)

    assert (found.rule, found.detail) == ("off-label-not-disclosed", "not-said")
    assert "overturn its denial and approve coverage of the pump" in _placed(letter, [found])


@pytest.mark.safety("S8")
@pytest.mark.parametrize(
    "claim",
    [
        "The pump is FDA approved for hydrocortisone.",
        "This is not experimental and fully approved.",
        "The t:slim has been cleared to deliver hydrocortisone.",
        "It is an FDA-approved pump for adrenal insufficiency.",
        "The FDA has approved the pump for people with Addison's disease.",
        "This is not an off-label use.",
        "Nothing about this is off-label.",
    ],
)
def test_a_claim_of_approval_is_found_where_it_stands(claim):
    """The opposite of disclosure is flagged at its sentence, once, in letters of any kind."""
    letter = _letter(_complete().replace(OFF_LABEL_SENTENCE, claim))

    for kind in (None, "necessity", "employer"):
        found = [
            item for item in element_findings(letter, kind) if item.detail == "claims-approval"
        ]
        assert [_placed(letter, [item]) for item in found] == [claim]
        assert found[0].text == letter.text[found[0].start : found[0].end]


@pytest.mark.safety("S8")
@pytest.mark.parametrize(
    "said",
    [
        "Is the pump FDA approved for hydrocortisone? It is not.",
        "The pump is FDA cleared for insulin; hydrocortisone in it is off-label.",
        "The drug in the pump is approved for adrenal insufficiency; the pump use is off-label.",
        "No pump has been approved for hydrocortisone.",
        "Your criterion is that the pump must be approved for hydrocortisone. It is off-label.",
        "The drug is not off-label; the route is.",
        "If the pump were approved for hydrocortisone I would not have to write this.",
    ],
)
def test_true_words_on_approval_are_no_claim(said):
    """Questions, denials, criteria and the drug's own approval are left alone."""
    letter = _letter(_complete().replace(OFF_LABEL_SENTENCE, said))

    assert "claims-approval" not in _names(element_findings(letter))


@pytest.mark.safety("S6")
@pytest.mark.parametrize(
    "said",
    [
        "Studies show that pumps reduce crises.",
        "There is strong published evidence for this therapy.",
        "It is supported by peer-reviewed research.",
        "Nella et al., J Clin Endocrinol Metab 2016, found better control with a pump.",
        "You say that the evidence is limited. Research has shown otherwise.",
    ],
)
def test_evidence_cited_on_one_side_is_found_at_its_sentence(said):
    """The plan's own doubt is not the letter's."""
    letter = _letter(_complete().replace(EVIDENCE_SENTENCE, said))

    (found,) = element_findings(letter)

    assert (found.rule, found.detail) == ("missing-element", "evidence-one-sided")
    assert _placed(letter, [found]) in said


@pytest.mark.safety("S6")
@pytest.mark.parametrize(
    "said",
    [
        "Studies show better quality of life, but one blinded trial found no difference.",
        "Studies are few and small, and the certainty is low.",
        "NICE (2024) does not recommend routine use; open studies found fewer crises.",
        "The literature is mixed.",
        "Some trials show improvement. One did not find any difference.",
        "My lab studies and my records show low cortisol at night.",
        "The evidence I enclose is my own record.",
        "See Nella et al., J Clin Endocrinol Metab 2016.",
        "A randomized crossover trial enrolled 33 patients (J Clin Endocrinol Metab 2014;99:1665).",
        "There is a study (Øksnes, 2014) in the packet, and her doctor's letter goes into it.",
        'Your ground is that the published evidence "is not sufficient".',
        "Please consider all three articles.",
        "",
    ],
)
def test_evidence_on_both_sides_or_none_is_fine(said):
    """A negative or uncertain word beside the positive is enough; one's own record is no study."""
    letter = _letter(_complete().replace(EVIDENCE_SENTENCE, said))

    assert element_findings(letter) == []


def test_every_element_says_why_and_from_where():
    """Each has a reason, a suggestion and a source, and its own id."""
    elements = letters().element

    assert len({element.id for element in elements}) == len(elements)
    for element in elements:
        assert element.why.endswith(".")
        assert element.suggestion.endswith(".")
        assert element.source


def test_every_pattern_of_the_data_compiles():
    """A damaged pattern would be found only by the letter that needs it."""
    data = letters()
    ways = [way for sign in data.sign for way in sign.ways]
    ways += [way for element in data.element for way in element.ways + element.only_if]
    ways += [*data.evidence.cites, *data.evidence.balance]
    ways += [*data.off_label.asks, *data.off_label.disclosed]
    written = [words for way in ways for words in way.all + way.unless]
    written += [*data.off_label.claims, data.off_label.claims_unless, data.off_label.acknowledges]

    assert all(pattern(words) for words in written)


def test_a_damaged_pattern_is_named():
    """An unknown macro is an error of the data, not a crash."""
    with pytest.raises(KnowledgeError, match="damaged pattern"):
        pattern("<no-such-macro>")


_NECESSITY = """June 3, 2026

LETTER OF MEDICAL NECESSITY

Patient: Ada Example, born May 17, 1984, member PHP319918254

Diagnosis: primary adrenal insufficiency (E27.1). I ask for an external infusion pump for
hydrocortisone, which is off-label. Tablets of 30 mg a day were not enough: she was admitted on
March 4, 2025 for adrenal crisis despite them.

{}

Ingrid Sampleton, MD
Endocrinology, board certified
"""


@pytest.mark.parametrize(
    ("said", "lacks"),
    [
        ("She completed her training on 21 November 2025.", True),
        ("Most of the people whose pumps I manage are under eighteen.", True),
        ("Day curve of April 20: 13.1 at 7 a.m., 6.0 mcg/dL at 5 p.m.", True),
        ("I see her every three months.", False),
        ("Training by our nurse comes first.", False),
        ("Laboratory checks at 3 and 6 months.", False),
    ],
)
def test_what_is_over_is_no_plan_of_care(said: str, lacks: bool) -> None:
    """Past training, other patients and the hours of a curve are none."""
    found = _names(element_findings(_letter(_NECESSITY.format(said)), "necessity"))

    assert ("care-plan" in found) is lacks


def test_a_numbered_heading_is_no_signature() -> None:
    """Though it stands in capitals near the end, as names do."""
    head, _, _ = _NECESSITY.partition("Ingrid")
    signed = head.format("I see her again in May.") + "IV.   RELIEF REQUESTED\n\n{}\n"

    for last, lacks in (("The pump.", True), ("Sincerely,\nIngrid Sampleton, MD", False)):
        found = _names(element_findings(_letter(signed.format(last)), "necessity"))
        assert ("signature-credentials" in found) is lacks
