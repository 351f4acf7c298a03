"""Where wording counts: the writer's own words in the letter itself, nobody else's."""

from cortipump.checker.letter import Block, BlockKind, Cell, LetterText
from cortipump.checker.reading.markdown import read_markdown
from cortipump.checker.reading.plain import read_plain
from cortipump.checker.wording import wording_findings

BAD = "The pump is a miracle."


def of_blocks(*parts: tuple[BlockKind, str], enclosed: int | None = None) -> LetterText:
    """A letter of blocks, one a line."""
    blocks, starts, text = [], [], ""
    for kind, words in parts:
        starts.append(len(text))
        blocks.append(Block(kind, len(text), len(text) + len(words)))
        text += words + "\n"
    return LetterText(text, tuple(starts), tuple(blocks), enclosed=enclosed)


def words_found(letter: LetterText) -> list[str]:
    """The words of each finding."""
    return [finding.text for finding in wording_findings(letter)]


def test_paragraphs_points_and_headings_count() -> None:
    """All of these are the writer's own words."""
    letter = of_blocks(("heading", BAD), ("paragraph", BAD), ("item", BAD))
    assert words_found(letter) == ["a miracle"] * 3


def test_addresses_and_quotations_set_apart_do_not_count() -> None:
    """A quoted clause and a letterhead are not the writer's argument."""
    letter = of_blocks(("address", "Hope and Miracle Clinic"), ("quote", BAD), ("paragraph", BAD))
    assert words_found(letter) == ["a miracle"]


def test_nothing_is_said_about_reprinted_records() -> None:
    """Exhibits are quoted whole, with what their writers felt."""
    letter = of_blocks(("paragraph", BAD), ("paragraph", BAD), enclosed=len(BAD) + 1)
    assert words_found(letter) == ["a miracle"]


def test_exempt_words_do_not_count() -> None:
    """Places that another reader of the letter found to be somebody else's words."""
    letter = of_blocks(("paragraph", f"{BAD} It is proven."))
    assert [f.text for f in wording_findings(letter, [(0, len(BAD))])] == ["proven"]


def test_a_column_of_the_plans_words_does_not_count_and_the_fact_beside_it_does() -> None:
    """A table of criteria quotes the plan on one side and answers on the other."""
    clause, fact = "must be proven safe and effective", "it is proven"
    text = f"{clause}\t{fact}"
    cells = (
        Cell(0, len(clause), "Criterion of the policy"),
        Cell(len(clause) + 1, len(text), "What the record holds"),
    )
    letter = LetterText(text, (0,), (Block("row", 0, len(text), cells, table=1),))
    assert words_found(letter) == ["proven"]


def test_titles_in_a_list_of_references_do_not_count() -> None:
    """A paper may be called what a letter may not say."""
    title = "Life-changing benefits of continuous hydrocortisone: a proven therapy. 2014."
    letter = of_blocks(("heading", "References"), ("item", title), ("paragraph", title))
    assert words_found(letter) == []
    after = of_blocks(
        ("heading", "References"), ("item", title), ("heading", "My request"), ("paragraph", BAD)
    )
    assert words_found(after) == ["a miracle"]


def test_every_kind_of_quotation_mark_holds() -> None:
    """Straight, typographic, German, French and single marks; apostrophes are none of them."""
    for quoted in (
        'The note says: "I am desperate."',
        "The note says: “I am desperate.”",
        "The note says: „I am desperate.“",
        "The note says: « I am desperate. »",
        "The note says: ‘I am desperate.’",
        "The note says: 'I'm desperate.'",
    ):
        assert words_found(of_blocks(("paragraph", quoted))) == [], quoted
    for own in (
        "The patients' club and my daughter's school know that we're desperate.",
        'The "cortisol pump" is a miracle, and the "curve" shows it.',
        "I can't say it 'softly': it's a miracle, isn't it.",
    ):
        assert len(words_found(of_blocks(("paragraph", own)))) >= 1, own


def test_a_quotation_may_run_over_sentences_and_lines() -> None:
    """Marks are matched in the whole paragraph."""
    text = "The reviewer wrote, “The pump is proven.\nIt is guaranteed to\nwork.” I do not agree."
    assert words_found(of_blocks(("paragraph", text))) == []


def test_names_are_no_adjectives() -> None:
    """Dr. Savage and the Miracle Hospital keep their names."""
    text = "Dr. Cruel saw me at Miracle Hospital, and Ms. Hope Agony copied the file."
    assert words_found(of_blocks(("paragraph", text))) == []


def test_figures_fill_the_suggestion_where_all_are_known() -> None:
    """With the person's own counts the reader sees what could stand there."""
    letter = of_blocks(("paragraph", "The nights are terrible."))
    (plain,) = wording_findings(letter)
    assert "{" not in plain.suggestion
    assert "dates" in plain.suggestion
    figures = {"emergency_visits": "7", "hospital_days": "19"}
    (filled,) = wording_findings(letter, figures=figures)
    assert "7 emergency visits and 19 days in hospital" in filled.suggestion
    (half,) = wording_findings(letter, figures={"emergency_visits": "7"})
    assert half.suggestion == plain.suggestion


def test_a_plain_appeal_raises_nothing() -> None:
    """A whole letter as the research says it should be written."""
    letter = read_plain(
        b"""Dana Example
12 Oak Street
Springfield, IL 62701

May 20, 2025

Prairie Health Plan, Appeals
Re: member 123456, reference 88-1207, first-level appeal

Dear reviewer,

I appeal the denial of May 3, 2025. It states: "The pump is investigational and not
proven for this diagnosis."

I have primary adrenal insufficiency (E27.1), diagnosed on March 4, 2016. I do not have
diabetes. The request is for an insulin pump running hydrocortisone. The drug is on-label
for adrenal insufficiency; the route and the device are off-label, and the maker warns
that only insulin was tested.

On January 9, 2025 I vomited nine times, was confused and could not stand. I was in
Mercy Hospital until January 12 with severe hyponatremia (119 mmol/L), exhibit 2.
Dr. Nwosu recorded on February 3 that I was afraid to sleep, exhibit 4. I have tried four
regimens, exhibit 5; none kept the levels of 2 to 6 a.m. above 50 nmol/L.

The blinded trial found no difference over four weeks, and certainty is low. Whether the
pump helps me will be judged at six months by the number of unplanned injections; if it
does not help it will be returned.

Please send me the criterion that was applied. If the decision is upheld, I will request
an external review. I reserve the right to supplement this appeal, and I may file a
complaint with the Department of Insurance.

Thank you for your time.

Dana Example
"""
    )
    assert wording_findings(letter) == []


def test_a_letter_written_in_anger_is_flagged_line_by_line() -> None:
    """Each of the five rules finds its sentence."""
    letter = read_markdown(
        b"""Dear Prairie Health Plan,

I am *begging* you to reverse this outrageous denial. The tablets **never** worked and the
pump cured me.

- I will end up in the ICU without it.
- You will hear from my lawyer.
- I need it for my diabetes.
"""
    )
    assert [(f.rule, f.detail) for f in wording_findings(letter)] == [
        ("emotional", "pleading"),
        ("emotional", "accusation"),
        ("absolute", "always-never"),
        ("absolute", "success-claim"),
        ("prediction", "hospital"),
        ("argument-by-threat", "lawyer"),
        ("implies-diabetes", "own-diabetes"),
    ]


FEAR = "She told me that she was afraid to fall asleep alone in the house."


def letter_of(*, fear: str, closing: str, about: str) -> LetterText:
    """A short letter of three paragraphs and a signature."""
    return read_plain(f"Dear colleague,\n\n{about}\n\n{fear}\n\nSincerely,\n\n{closing}\n".encode())


def test_a_fear_that_a_clinician_reports_of_a_patient_is_a_finding_of_hers() -> None:
    """Nobody pleads who writes down what a patient told her."""
    about = "I treat this patient for adrenal insufficiency."
    assert not words_found(letter_of(fear=FEAR, closing="L. Specimen, MD", about=about))
    reported = "He is frightened of every night, and the chart notes it."
    assert not words_found(letter_of(fear=reported, closing="R. Sample, NP", about=about))


def test_a_fear_of_the_clinicians_own_or_in_a_relatives_letter_still_counts() -> None:
    """A doctor who is frightened herself argues by feeling, and so does a mother."""
    about = "I treat this patient for adrenal insufficiency."
    own = "I am frightened for her every night."
    assert words_found(letter_of(fear=own, closing="L. Specimen, MD", about=about))
    mother = "My doctor treats her for adrenal insufficiency."
    assert words_found(letter_of(fear=FEAR, closing="Ann Sample", about=mother))


def test_a_sentence_below_a_list_of_papers_that_says_what_they_show_counts() -> None:
    """The titles of papers are not the writer's words, what is made of them is."""
    papers = "Literature: Oksnes 2014 (JCEM 99:1665), Infusion as a miracle."
    claim = "These two trials prove that the pump prevents crises."
    assert words_found(of_blocks(("paragraph", f"{papers}\n{claim}"))) == ["prove that the pump"]
    assert words_found(of_blocks(("paragraph", papers))) == []


def test_a_sentence_without_an_end_is_read_in_pieces() -> None:
    """A file without full stops is read to its end, and in good time."""
    words = "she took the tablets at home and then " * 300 + "the pump is a miracle for us"
    assert words_found(of_blocks(("paragraph", words))) == ["a miracle"]
    assert words_found(of_blocks(("paragraph", "x" * 12_000))) == []


def test_two_exclamation_marks_are_shouting_in_an_appeal_only() -> None:
    """To a manufacturer they are friendly."""
    letter = of_blocks(("paragraph", "I need the order form today!!"))

    assert [f.text for f in wording_findings(letter, kind="appeal")] == ["!!"]
    assert wording_findings(letter, kind="manufacturer") == []
