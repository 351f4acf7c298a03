"""Citations of law and literature, and numbers of pages, exhibits, sections and list points."""

import re
from collections.abc import Iterator
from typing import Final

from cortipump.checker.mentions import Exempt
from cortipump.checker.scan.coded import MONTH_LETTER, SPELLED, WEEKDAY, Sheet
from cortipump.checker.scan.exempt.web import exempt
from cortipump.checker.scan.figures import GAP, MAYBE, SP, at_figures
from cortipump.checker.scan.places import at_words, first_words

_LAW: Final = re.compile(
    r"\b\d+[ \u00a0]*(?:C\.?[ ]?F\.?[ ]?R\.?|U\.?[ ]?S\.?[ ]?C\.?(?:[ ]?A\.?)?|"
    r"Fed\.?[ ]?Reg\.?|F\.[ ]?(?:2d|3d|4th)|"
    r"F\.[ ]?Supp\.?(?:[ ]?[23]d)?|S\.[ ]?Ct\.?|U\.S\.)(?=[\s\u00a7,;.)]|\Z)"
    r"(?:[ \n\u00a0]*(?:\u00a7{1,2}|[Ss]ections?|[Ss]ec\.|[Pp]arts?|"
    r"[Pp]t\.)?[ \n\u00a0]*\d[\w.\-\u2013]*(?<![.\-])"
    r"(?:\([A-Za-z0-9]{1,5}\))*)?"
)
_SECTION_SIGN: Final = re.compile(
    r"\u00a7{1,2}[ \u00a0]*\d[\w.\-\u2013]*(?<![.\-])(?:\([A-Za-z0-9]{1,5}\))*"
    r"(?:(?:,| and| &|[-\u2013])[ \u00a0]*\u00a7*[ \u00a0]*\d[\w.\-]*(?<![.\-])"
    r"(?:\([A-Za-z0-9]{1,5}\))*)*"
)
# Not the year of a date: ``August 10, 2026; E0784, A4230``, ``22 Oct 2025; 83, 84``.
_JOURNAL: Final = re.compile(
    rf"(?<![\w$])(?<!{MONTH_LETTER}[ ,])(?<!{MONTH_LETTER}\.[ ])(?<!\d,[ ])(?<!\d(?:st|nd|rd|"
    rf"th),[ ])"
    rf"(?:19|20)\d\d(?:[ ]{MONTH_LETTER}+(?:[ ]\d\d?)?)?[ ]?;[ \n]?(?:\d{{1,4}}|[A-Z]\d{{1,2}})"
    r"(?:[ ]?\([\w\- ]{1,12}\))?[ ]?(?::[ \n]?|,[ \n]?(?=\w+[-\u2013]))[a-zA-Z]{0,2}\d+"
    r"(?:[-\u2013][a-zA-Z]?\d+)?"
)
_VOLUME: Final = re.compile(
    r"(?<![\w$:])\d{1,3}[ ]?\(\d{1,3}\)[:,][ \n]?[eE]?\d+(?:[-\u2013]\d+)?(?:[,;][ ]?\(?"
    r"(?:19|20)\d\d\)?)?|(?<![\w$:.])\d{2,3}:\d{3,5}(?:[-\u2013]\d+)?(?!\w)"
)
_AUTHOR: Final = re.compile(
    rf"(?:et{GAP}al\.?|and{GAP}colleagues|and{GAP}coworkers|"
    rf"&{GAP}[A-Z][\w'-]+),?(?:'s)?{GAP}?[(\[]?(?:[\w. ]{{1,20}},{GAP})?"
    r"(?P<y>(?:19|20)\d\d[a-z]?)(?!\w)[)\]]?"
    r"|\([A-Z][\w'-]+(?: et al\.?| and [A-Z][\w'-]+| & [A-Z][\w'-]+)?,? (?P<y2>(?:19|"
    r"20)\d\d[a-z]?)(?:[,;:][^()\n]{0,20})?\)"
    r"|\b[A-Z][a-z]+ (?P<y4>(?:19|20)\d\d)(?= ?[(,][^()\n]{0,30}\b(?:[nN] ?=|RCT|crossover|blinded|"
    r"trial|cohort|JCEM|J |Eur |Lancet|Clin ))"
    r"|(?<![\w$])[A-Z][a-z]{2,}(?<!ospital)(?<!linic)(?<!enter)(?<!issions)(?<!otal)"
    r"(?<!ear)(?<!ummary)(?<!dmission) \((?P<y3>(?:19|20)\d\d)\)(?= [a-z])"
)
_GUIDELINE: Final = re.compile(
    r"\b(?P<y>(?:19|20)\d\d)(?= (?:[A-Z][\w-]+ ){0,4}(?:[Cc]linical [Pp]ractice )?"
    r"(?:[Gg]uidelines?|[Cc]onsensus|[Ss]tatement))"
    r"|\b[Vv]ol(?:ume|\.)? ?\d+,? \((?P<y3>(?:19|20)\d\d)\)"
    r"|\b(?:[Gg]uidelines?|[Cc]onsensus|Society|"
    r"Committee)(?: [Ss]tatement)?,? \(?(?P<y2>(?:19|20)\d\d)\)?(?=[);,.])"
)
_INDEXES: Final = re.compile(
    r"\b(?:PMID|PMCID|NCT|ISBN|ISSN|PMC|OCLC|EudraCT)(?:[ ]?(?:No\.?|number))?[:# ]*\d[\d-]*(?!\w)",
    re.I,
)
_BRACKETED: Final = re.compile(
    r"(?<=[.,;\"])\(\d{1,2}\)(?=[\s\x1e]|\Z)|"
    r"(?<=\w)[ ]?\[\d{1,3}(?:[ ]?[,\u2013-][ ]?\d{1,3})*\]|(?<=[.,;])\[\d{1,3}\]"
)
# Of a study's figures: its size, its error; ``n = 1`` too.
_STUDY: Final = re.compile(
    r"\b[nN][ ]?=[ ]?\d++(?:,\d{3})*|\b[pP][ ]?[<=>\u2264\u2265][ ]?0?\.\d+|"
    r"\b9[059][ ]?%[ ]?(?:CI|confidence[ ]interval)s?\b(?:[ ,:=(\[]*-?\d[\d.]*[ ]?(?:to|"
    r"[-\u2013,])[ ]?-?\d[\d.]*)?",
)
_COPYRIGHT: Final = re.compile(
    r"(?:\u00a9|\(c\)|\bcopyright)[ ]*(?:19|20)\d\d(?:[-\u2013](?:19|20)\d\d)?", re.I
)
_FORM: Final = re.compile(
    r"\b[Ff]orms?[ ](?:[A-Z]{2,5}[- ])?(?:[A-Z]{1,3}-)?\d[\w-]*(?:[ ]?\([\w ./-]{1,12}\))?"
)
_PAGE_OF: Final = re.compile(r"\b(?:page|pg\.?|p\.|sheet)[ ]?\d+[ ]?(?:of|/)[ ]?\d+\b")
_FOOTER: Final = re.compile(
    r"(?:(?<=[\n\x1e])|\A)[ ]*(?:[-\u2013\u2014][ ]?\d{1,3}[ ]?[-\u2013\u2014]|"
    r"\d{1,2}[ ]?/[ ]?\d{1,2})[ ]*(?=[\n\x1e]|\Z)"
)
_CC: Final = re.compile(r"(?:(?<=[\n\x1e])|\A)[ ]*(?:cc|bcc|via)[:.][^\n\x1e]*")

_POINT: Final = (
    rf"(?:(?!\d\d?[./]\d\d?[./]\d\d)\d++[A-Za-z]?(?![A-Za-z])(?:\.\d+)*(?:\([A-Za-z0-9]{{1,4}}\))*|"
    rf"\([a-z0-9]{{1,3}}\)|{SPELLED}++)"
)
_MORE: Final = (
    rf"(?:(?:{SP}?\([^()\n]{{1,60}}\))?{SP}?(?:[-\u2013&+]|,(?={SP}[\d\x1f]{{1,3}}{SP}\()|"
    rf",?{GAP}(?:and|to|through|until|or)\b){SP}?\n?(?:(?:pages?|pp?\.|"
    rf"exhibits?|ex\.){SP})?{_POINT})"
)
_PLURAL: Final = (
    r"exhibits|exhs\.|enclosures|attachments|appendices|tabs|tables|figures|figs\.|"
    r"sections|secs\.|criteria|"
    r"pages|pp\.?|pgs\.?|items|lines|steps|parts|points|questions|chapters|articles|"
    r"paragraphs|paras|rules|"
    r"boxes|rows|columns|notes|footnotes|claim lines|levels|grounds|options|references|"
    r"refs\.|nos\.|documents|annexes|facts|findings|elements|requirements|prongs|entries|bullets|"
    r"schedules|factors"
)
_SINGULAR: Final = (
    r"exhibit|exh?\.|enclosure|encl?\.|attachment|att\.|appendix|app\.|tab|table|figure|"
    r"fig\.|section|sect?\.|"
    r"criterion|page|pg\.?|p\.|item|line|step|part|point|question|chapter|ch\.|article|"
    r"art\.|paragraph|para\.?|"
    r"rule|title|schedule|box|row|column|note|footnote|claim line|claim no\.?|annexe?|"
    r"option|phase|type|stage|grade|"
    r"class|tier|category|volume|vol\.|issue|version|ver\.|no\.|number|reason|ground|"
    r"document|doc\.|reference|slide|"
    r"addendum|amendment|bullet|policy section|room|bed|bay|ward|gate|protocol|method|"
    r"book|arm|cohort|group|fact|finding|element|requirement|prong|entry|unit|floor|suite|building|"
    r"bldg\.?|apt\.?|locker|counter|desk|window|seat|route|exit|highway|hwy|lane|module|profile"
)
_COUNT_OF: Final = re.compile(
    rf"(?:enclosures?|encl?s?\.?|attachments?|exhibits?|pages):{SP}*\(?{_POINT}|"
    rf"(?:enclosures?|attachments?|exhibits){SP}\({_POINT}\)"
)
_PLURALS: Final = re.compile(
    rf"(?<!\d )(?<!{SPELLED} )\b(?:{_PLURAL})(?:{GAP})(?:nos?\.{SP})?{_POINT}(?:(?:{_MORE})|"
    rf",{GAP}{_POINT}(?!{GAP}[a-z]+s\b))*"
)
_SINGULARS: Final = re.compile(
    rf"(?<![\w-])(?<!\d )(?<!per )(?:{_SINGULAR})(?P<gap>{GAP}|(?<=\.)|-)(?:no\.{SP}|number{SP}|"
    rf"#)?(?P<first>{_POINT})(?![.,:/]\d|{SP}?%|{SP}?(?:mg|ug|mcg|nmol|g/)|\w)"
    rf"(?!{GAP}(?:days?|nights?|hours?|weeks?|months?|years?|times?|minutes?|admissions?|"
    r"visits?|stays?|out)\b)"
    rf"(?:[-\u2013]\d+(?!\w)|(?:{SP}*+,{MAYBE}\d+(?={SP}*+[\]),;.]|\s+(?:figure|table)\b|\s*\Z))*)"
)
_ABBREVIATED: Final = re.compile(
    r"(?<![\w-])(?:exh?|enc|encl|att|app|fig|sec|pp?|tab|para|vol|"
    rf"no)\.?{SP}?{_POINT}(?:[-\u2013]\d+(?!\w))?(?:[,;]{MAYBE}(?:(?:exh?|"
    rf"pp?)\.?{SP}?)?{_POINT}(?:[-\u2013]\d+)?)*(?={SP}?[\])])"
)
_DAY_NUMBER: Final = re.compile(
    rf"(?<![\w-])day{SP}\d{{1,3}}{GAP}of{GAP}\d{{1,3}}(?!\w|[.,]\d)|"
    rf"(?<![\w-])(?:on|at|by|from|since){GAP}(?:hospital{GAP})?(?:day|week|month|year|"
    rf"night|hour){GAP}\d+(?!\w|[.,]\d)"
)
_OFFICE_HOURS: Final = re.compile(
    rf"{WEEKDAY}+\.?{SP}?(?:[-\u2013]|to|"
    rf"through){SP}?{WEEKDAY}+\.?,?{SP}\d\d?(?::\d\d)?{SP}?(?:[-\u2013]|"
    rf"to){SP}?\d\d?(?::\d\d)?(?!\w)"
)
_PINPOINT: Final = re.compile(
    r"\b(?:Ex(?:h?\.|hibit)|Tab|Attachment)[ ](?:(?:[A-Z]{1,2}|\d{1,3})[ ]at|[A-Z]{1,2},)"
    r"[ ]\d++(?:[-\u2013]\d++)?(?!\w|[ ]?[ap]\.?m\b|[:.]\d|[ ][a-z]+)"
)
_PILCROW: Final = re.compile(r"\u00b6{1,2}[ ]?\d+(?:[-\u2013]\d+)?")
# ``open 9 to 5``: when somebody can be reached.
_REACHED: Final = re.compile(
    r"(?:\b(?:open|hours|available|reach\w*|office|reception|desk|call)\b[^.\n\d]{0,30}"
    r"(?<![\d:/])\d\d?(?::\d\d)?[ ]?(?:[-\u2013]|to)[ ]?\d\d?(?::\d\d)?(?![\w:/%]|[.,]\d|[ ][a-z]))"
    r"|\b9[ ](?:to|-)[ ]5\b(?=[.,;)\s]|\Z)(?![ ](?:days|mg|times|ug|years|nights))",
    re.I,
)
_LEVEL: Final = re.compile(
    r"\blevel[ ](?:\d|I{1,3}|one|two)(?= (?:appeal|review|grievance|trauma|"
    r"reconsideration|internal|external))",
    re.I,
)


_WORDS: Final = {
    _PLURALS: first_words(_PLURAL),
    _SINGULARS: first_words(_SINGULAR),
    _PAGE_OF: frozenset(["page", "pg", "p", "sheet"]),
    _PINPOINT: frozenset(["ex", "exh", "exhibit", "tab", "attachment"]),
    _LEVEL: frozenset(["level"]),
    _FORM: frozenset(["form", "forms"]),
    _INDEXES: first_words("pmid|pmcid|nct|isbn|issn|pmc|oclc|eudract"),
    _DAY_NUMBER: frozenset(["day", "on", "at", "by", "from", "since"]),
}
# Written in small letters, for the text in small letters.
_SMALL: Final = frozenset([_PLURALS, _SINGULARS, _ABBREVIATED, _DAY_NUMBER, _PAGE_OF, _CC])


def find_laws(sheet: Sheet) -> Iterator[Exempt]:
    """Statutes, regulations, court reports."""
    yield from _all(
        sheet,
        ((_LAW, "citation"), (_SECTION_SIGN, "citation"), (_INDEXES, "citation"), (_FORM, "form")),
    )


def find_literature(sheet: Sheet) -> Iterator[Exempt]:
    """The citation's own numbers: year, volume, pages; not what the study found."""
    for pattern in (_JOURNAL, _VOLUME):
        matches = at_figures(pattern, sheet.code, sheet.runs)
        found = [exempt(sheet, *each.span(), "citation") for each in matches]
        yield from found
        sheet = sheet.without(found)
    for pattern in (_AUTHOR, _GUIDELINE):
        found = []
        for match in pattern.finditer(sheet.code):
            name = next(key for key, value in match.groupdict().items() if value)
            found.append(exempt(sheet, *match.span(name), "citation"))
        yield from found
        sheet = sheet.without(found)
    yield from _all(
        sheet, ((_BRACKETED, "reference"), (_COPYRIGHT, "reference"), (_STUDY, "study"))
    )


def find_numbered(sheet: Sheet) -> Iterator[Exempt]:
    """Pages, exhibits, sections, steps, forms; ``Enclosures: 5`` counts and is left."""
    counts = [match.span() for match in _COUNT_OF.finditer(sheet.low)]
    families = (
        (_PAGE_OF, "reference"),
        (_FOOTER, "reference"),
        (_PINPOINT, "reference"),
        (_PILCROW, "reference"),
        (_ABBREVIATED, "reference"),
        (_PLURALS, "reference"),
        (_SINGULARS, "reference"),
        (_LEVEL, "reference"),
        (_DAY_NUMBER, "ordinal"),
        (_REACHED, "reference"),
        (_OFFICE_HOURS, "reference"),
        (_CC, "reference"),
    )
    for mention in _all(sheet, families):
        if not any(start < mention.end and mention.start < end for start, end in counts):
            yield mention


def _all(sheet: Sheet, families: tuple[tuple[re.Pattern[str], str], ...]) -> Iterator[Exempt]:
    for pattern, why in families:
        found = []
        for match in _matches(sheet, pattern):
            words = match.group()
            start = match.start() + len(words) - len(words.lstrip())
            end = match.start() + len(words.rstrip(" \n\u00a0"))
            if _counts(sheet, match):
                found.append(exempt(sheet, start, end, why))
        yield from found
        sheet = sheet.without(found)


def _matches(sheet: Sheet, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    text = sheet.low if pattern in _SMALL else sheet.code
    words = _WORDS.get(pattern)
    return pattern.finditer(text) if words is None else at_words(pattern, text, sheet.words, words)


def _counts(sheet: Sheet, match: re.Match[str]) -> bool:
    """Whether there is a figure in it, or a number in words that can be a name there."""
    if match.re is not _SINGULARS:
        return re.search(rf"\d|{SPELLED}|\(", match.group()) is not None
    if match["first"].isdigit() and len(match["first"]) == 4 and match["first"][:2] in ("19", "20"):
        return False
    return match["first"][0] != SPELLED or sheet.code[match.start()].isupper()
