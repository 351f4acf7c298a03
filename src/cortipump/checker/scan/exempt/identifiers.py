"""Numbers that name something: members, claims, codes of diagnoses and procedures, products."""

import re
from collections.abc import Iterator
from typing import Final

from cortipump.checker.mentions import Exempt
from cortipump.checker.scan.coded import MONTH_LETTER, Sheet
from cortipump.checker.scan.exempt.web import exempt
from cortipump.checker.scan.figures import DASH
from cortipump.checker.scan.places import at_words, first_words

_NAMED: Final = (
    r"member|membership|subscriber|group|claim|policy|reference|ref|account|acct|a/c|mrn|"
    r"medical record|med rec|case|npi|"
    r"tracking|prescription|rx|order|invoice|authori[sz]ation|auth|"
    r"prior auth|prior authori[sz]ation|pa|appeal|denial|confirmation|"
    r"certificate|contract|plan|patient|hospital|nhs|ssn|social security|tax|tin|ein|"
    r"license|licence|dea|"
    r"serial|lot|model|employee|file|docket|complaint|ticket|check|cheque|receipt|bill|"
    r"statement|document|"
    r"request|encounter|chart|bin|pcn|icn|dcn|eob|id|identification|registration|report|"
    r"specimen|accession|"
    r"insurance|medicare|medicaid|beneficiary|control|certified mail|grievance|payer|fin|"
    r"csn|har|unit number|badge|staff|clock|locker|extension"
)
_DATE_LIKE: Final = (
    r"(?!\d{1,2}[-./]\d{1,2}[-./](?:\d{4}|\d\d)(?!\d)|\d{4}-\d\d-\d\d(?!\d)|(?:19|20)\d\d(?![\w-]))"
)
_TOKEN: Final = rf"{_DATE_LIKE}(?=[\w./-]*\d)[A-Za-z0-9][\w./-]*\w|\d"
_LABELLED: Final = re.compile(
    rf"(?<![\w-])(?P<label>{_NAMED})s?(?![A-Za-z])(?P<id>[ ]?(?:ID|I\.D\.|"
    r"identification)?[ ]?(?:numbers?|num\b\.?|no\.?|nos\.|nr\.?|\#|ID))?"
    r"(?P<sep>[ ]?(?:[:#]|is|was)?[ ]*(?:no\.?|"
    rf"\#)?[ ]?)(?P<token>(?-i:[A-Z]{{1,4}}[ ](?=\d))?(?:{_TOKEN}))"
    rf"(?P<more>(?:[ ]\d{{2,6}}(?![\w/.,%-]|[ ](?:{MONTH_LETTER}|mg|days|hours|dollars)))*)"
    rf"(?P<list>(?:(?:,|[ ]and|,[ ]and|[ ]&|;)[ ](?=(?:[\w]*-)?[A-Z]*\d{{4}})[\w-]*\d[\w-]*)*)",
    re.I,
)
# What is numbered and never counted in the singular: ``badge 204``, ``lot 7741``, ``unit 7``.
_NUMBERED: Final = re.compile(
    r"(?<![\w-])(?:badge|ticket|serial|lot|batch|docket|invoice|receipt|licen[cs]e|mrn|npi|dea|ein|tin|"
    r"rx|accession|specimen|chart|locker|staff|employee|room|unit|permit|cheque|"
    r"(?<!to )(?<!please )"
    r"check)[ ](?P<token>\d{1,12})(?!\w|[.,/:-]\d|[ ]?%)(?![ ](?:days?|nights?|hours?|weeks?|"
    r"months?|times?|years?|mg|mcg|of|out|more|other|people|women|men|children|[a-z]+s)\b)",
    re.I,
)
_LABEL_WORDS: Final = first_words(_NAMED) | {f"{word}s" for word in first_words(_NAMED)}
_NUMBERED_WORDS: Final = frozenset(
    [
        "badge",
        "ticket",
        "serial",
        "lot",
        "batch",
        "docket",
        "invoice",
        "receipt",
        "license",
        "licence",
        "mrn",
        "npi",
        "dea",
        "ein",
        "tin",
        "rx",
        "accession",
        "specimen",
        "chart",
        "locker",
        "staff",
        "employee",
        "room",
        "unit",
        "permit",
        "cheque",
        "check",
    ]
)
_HASH: Final = re.compile(r"\#[ ]?[A-Z]*-?\d[\w-]*(?:\.\d+)?")
_CAPITALS: Final = re.compile(
    r"(?<![\w-])MP-\d+(?:,[ ]\d{1,2}\.\d{1,2}(?=[).;]))?|"
    r"(?<![\w-])(?!(?:USD|EUR|GBP|CHF|CAD|AUD|US|CY|FY|PY)\d)(?:[A-Z]{1,6}-?\d{4,}[A-Z0-9-]*|"
    r"(?=[A-Z0-9-]*[A-Z])(?=(?:[A-Z-]*\d){4})[A-Z0-9]+(?:-[A-Z0-9]+)+)(?![\w])"
)
_SSN: Final = re.compile(r"(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])|\bXXX-XX-\d{4}\b", re.I)
_CODES: Final = (
    re.compile(r"\bICD-?[ ]?(?:9|10|11)(?:-?(?:CM|PCS))?(?!\w)", re.I),
    re.compile(
        r"\b(?:(?:CPT|HCPCS|DRG|MS-DRG|CDT|LOINC|SNOMED(?:[ ]CT)?|CARC|RARC|modifier|POS)"
        r"(?:[ /](?:and[ ])?(?:CPT|HCPCS))?(?:[ ]codes?)?|(?:revenue|rev\.?|denial|remark|reason|"
        r"procedure|diagnosis|billing|place of service|condition|value|status)"
        r"(?:[ /](?:and[ ])?(?:remark|reason))?[ ]codes?)"
        rf"(?:[ ]?(?:\#|:|no\.))?[ ](?=[A-Z-]*\d)[A-Z]{{0,3}}-?\d[\w.-]*(?<![.-])"
        r"(?:(?:,|,?[ ]and|,?[ ]or|[ ]?/|"
        rf"[ ]?{DASH})[ ]?[A-Z]{{0,3}}-?\d{{2,}}[\w-]*(?![ ](?:{MONTH_LETTER}|mg)))*",
        re.I,
    ),
    re.compile(
        r"\bcodes?[ ](?:\d{2,6}|[A-Z]{1,2}-?\d+[\w.]*)(?:(?:,|,?[ ]and|,?[ ]or|"
        r"[ ]?-)[ ]?\d{2,5})*(?!\w)",
        re.I,
    ),
    re.compile(r"(?<![\w.-])[A-TV-Z]\d[0-9AB](?:\.[0-9A-Z]{1,4})?(?![\w-]|\.\d)"),
    re.compile(r"(?<![\w.-])[A-V]\d{4}(?!\w)"),
    re.compile(r"\bNDC[:# ]*\d[\d-]*|(?<![\w-])\d{4,5}-\d{3,4}-\d{1,2}(?![\w-])", re.I),
    re.compile(r"(?<![\w-])(?:CO|PR|OA|PI|CR)[- ]?\d{1,3}(?!\w)"),
    re.compile(r"(?<![\w$.,/-])99[2-4]\d\d(?![\w%]|[.,]\d|-\d)(?![ ](?:dollars|patients))"),
    re.compile(r"(?<![\w$.,/-])\d{4,5}-\d(?![\w.-])"),
)
# The first three begin with a word.
_N_WORDED: Final = 3
_CODE_WORDS: Final = frozenset(
    [
        "icd",
        "cpt",
        "hcpcs",
        "drg",
        "ms",
        "cdt",
        "loinc",
        "snomed",
        "carc",
        "rarc",
        "modifier",
        "pos",
        "code",
        "codes",
        "revenue",
        "rev",
        "denial",
        "remark",
        "reason",
        "procedure",
        "diagnosis",
        "billing",
        "place",
        "condition",
        "value",
        "status",
    ]
)
_PRODUCTS: Final = re.compile(
    r"(?<![\w])(?:"
    r"Mini[Mm]ed(?:[ ]Paradigm)?[ ]?\w*\d\w*|Paradigm[ ]\d{3}|[4-7]\d0G|t:slim(?:[ ]X2)?|"
    r"Omnipod[ ]?(?:5|DASH|GO|Eros)|"
    r"Dexcom[ ](?:G\d|ONE\+?)|G[4-7](?!\w)|(?:Free[Ss]tyle[ ])?Libre[ ]?[23]\w*|"
    r"Guardian[ ]\d|Contour[ ]\w*\d|"
    r"[Uu][- ]?(?:100|200|300|500|50|40|20|10)(?!\w|\.\d)|AddiQo[Ll][- ](?:30|"
    r"8)(?=[ ,.;:)]|\Z)(?![ ](?:points|/|out))|"
    r"SF[- ]?(?:36|12|6D|8)(?:v2)?|RAND[- ]?36|PROMIS[- ]?(?:\d+)?(?:[ ]?v\d[\d.]*)?|"
    r"EQ[- ]?5D(?:[- ][35]L)?|PHQ[- ]?\d|GAD[- ]?7|"
    r"WHO[- ]?(?:5|QOL)|FSS[- ]?9|MFI[- ]?20|HADS|"
    r"(?:[1-9]|1[0-9]|2[0-5])[-, ]?(?:alpha|beta|\u03b1|\u03b2|OHP?|hydroxy\w*|deoxy\w*|"
    r"keto\w*|dehydro\w*|O-?methyl\w*|OH-?\w*)(?:[- ]hydroxy\w*|[- ]OHP)?|"
    r"17-(?:OHP?|hydroxy\w*)|21-(?:hydroxylase|OH\w*)|11-?beta-?\w*|25[- ]?(?:OH|\(OH\)|"
    r"hydroxy)[- ]?(?:vitamin[ ]?)?D?\d?|"
    r"[Vv]itamins?[ ][A-K]-?\d{1,2}(?:/[A-K]\d{1,2})?|B-?12|[Hh][Bb]A1[cC]|A1[cC]|"
    r"COVID[- ]?19|Covid[- ]?19|covid[- ]?19|"
    r"SARS-CoV-2|H1N1|(?:24|12|48)[- ]?(?:h|hr|"
    r"hour)s?[- ]urin\w*(?:[ ](?:free[ ])?cortisol|[ ]collection)?|24/7|9-to-5|50/50|"
    r"20/20|7-Eleven|"
    r"Tylenol[ ]\d|12-lead|0\.9[ ]?%[ ]?(?:saline|sodium|NaCl|normal)|0\.9%(?=[ ]s)|"
    r"[Dd]extrose[ ]\d+[ ]?%|D(?:5|10|50)W?|[Dd]5?[ ]?1/2[ ]?NS|"
    r"1/2[ ]NS|(?:5|10)[ ]?%[ ](?:dextrose|glucose)|[Tt]ype[ ](?:1|2|I|II)(?=[ ](?:diabet|"
    r"DM))|T[1-4](?!\w)|free[ ]T[34]|"
    r"S?p?[Oo]2|CO2|H2O|CYP\w+|5-HT\w*|401\(?k\)?|W-?[24](?!\w)|1095-[A-C]|H\.R\.[ ]?\d+|"
    r"S\.[ ]\d{2,}|N-?95|"
    r"P2P|Section[ ]504|504[ ][Pp]lan|Title[ ][IVX\d]+|Act-O-Vial|MP-\d+"
    r")(?!\w)"
)


def find_identifiers(sheet: Sheet) -> Iterator[Exempt]:
    """Numbers of members, claims, accounts, by their label or by their shape."""
    found = []
    for match in at_words(_LABELLED, sheet.code, sheet.words, _LABEL_WORDS):
        if _is_identifier(match):
            found.append(exempt(sheet, match.start("token"), match.end(), "identifier"))
    yield from found
    sheet = sheet.without(found)
    found = [
        exempt(sheet, *each.span("token"), "identifier")
        for each in at_words(_NUMBERED, sheet.code, sheet.words, _NUMBERED_WORDS)
        if len(each["token"]) > 2 or not each.group().lower().startswith(("check", "receipt"))
    ]
    yield from found
    sheet = sheet.without(found)
    for pattern in (_SSN, _HASH, _CAPITALS):
        found = [exempt(sheet, *each.span(), "identifier") for each in pattern.finditer(sheet.code)]
        yield from found
        sheet = sheet.without(found)


def _is_identifier(match: re.Match[str]) -> bool:
    """A label that says number, or a token that can be nothing else."""
    token, label, separator = match["token"], match["label"], match["sep"].strip()
    if (match["id"] or "").strip() or "#" in separator or "no" in separator.lower():
        return True
    is_bare_number = token.isdigit()
    if re.fullmatch(r"\d+[.,]\d+", token):
        return False
    if separator == ":":
        short = label.lower() in ("id", "mrn", "npi", "group", "bin", "claim", "case", "ref")
        return len(token) >= 5 or (short and len(token) >= 2)
    if is_bare_number:
        return len(token) >= (7 if separator in ("is", "was") else 5)
    return _is_mixed(token) and separator not in ("is", "was")


def _is_mixed(token: str) -> bool:
    if re.fullmatch(
        r"\d+(?:\.\d+)?[-/]?(?:mg|mcg|ug|ml|hours?|days?|weeks?|years?|months?|h|hr|yo|k|"
        r"x|nd|st|rd|th|am|pm|[a-z]+-\w+)|\d+-[a-z-]+|\d{1,4}[/.-]\d{1,3}",
        token,
        re.I,
    ):
        return False
    letters = sum(character.isalpha() for character in token)
    digits = sum(character.isdigit() for character in token)
    return digits >= 2 and (letters > 0 or digits >= 6) and not token.islower()


def find_codes(sheet: Sheet) -> Iterator[Exempt]:
    """Codes of diagnoses, procedures, drugs and payments."""
    for index, pattern in enumerate(_CODES):
        matches = (
            at_words(pattern, sheet.code, sheet.words, _CODE_WORDS)
            if index < _N_WORDED
            else pattern.finditer(sheet.code)
        )
        found = [exempt(sheet, *each.span(), "code") for each in matches]
        yield from found
        sheet = sheet.without(found)


def find_products(sheet: Sheet) -> Iterator[Exempt]:
    """Names with figures in them: pumps, sensors, questionnaires, steroids, vitamins."""
    for match in _PRODUCTS.finditer(sheet.code):
        if re.search(r"\d", match.group()):
            yield exempt(sheet, *match.span(), "product")
