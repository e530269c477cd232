"""Figures that are nobody's: measured, counted and dosed, or the code of a thing and not of a person."""

import re

_PLAIN = re.compile(
    r"[<>~]?\d+(?:[.,]\d+)*(?:[-/:x]\d+(?:[.,]\d+)*){0,3}(?:s|th|st|nd|rd|x|%)?", re.IGNORECASE
)
_LONG_UNITS = (
    "mg|mcg|ug|kg|ml3?|dl|cc|mm[23]?|cm[23]?|hg|mmhg|meq|iu|units?|mmol|lbs?|kcal|cal|bpm|hz|khz|mhz|ma|kv|mv|hrs?|min|mins|"
    "sec|secs|days?|wks?|weeks?|months?|mo|yrs?|yo|years?|old|fr|french|mgy|gy|cgy|pack|am|pm|in|inch|ft|gauge|mosm|ng|pg|nmol|"
    "umol|mol|fl|year-old|day-old|week-old|month-old|plus|ish|fold|point|item|lead|part|step|hour|hours|minute|minutes|degree|degrees"
)
_DOSED = re.compile(
    rf"(?!\d{{6}}|0\d)\d+(?:[.,/-]\d+)*(?:[-/]?(?:{_LONG_UNITS})|[glmhsdyuxapkfc]){{1,4}}(?:/\w+){{0,3}}"
    r"|\d+(?:\.\d+)?x10\^?\d+(?:/\w+){0,2}|(?:\d{1,3}(?:\.\d+)?x){1,3}\d{1,3}(?:\.\d+)?(?:cm|mm|m)?",
    re.IGNORECASE,
)
_TERM = re.compile(
    r"(?:covid-?19|sars-cov-?2|h\d+n\d+|hb?a1c|ca-?\d{2,3}(?:-\d)?|spo2|[a-z]{1,4}\d{1,2}|[ctls]\d{1,2}[-/][ctls]?\d{1,2}|"
    r"il-?\d+\w?|cd\d+|gpiib|fev-?1|hla-\w+|[a-z]+-\d{1,2}|\d{1,2}[a-z]{1,3}|g\dp\d\w*|t\d[nm]\w+|[a-z]\d{1,2}-[a-z]?\d{1,2}|phq-?\d|gad-?\d|"
    r"omega-?\d|[pc]o2|fio2|b-?12|d-?[23]|q\d+h?|x\d{1,3}|[a-z]{2,}\d{1,2}[a-z]?|\d-\d|[a-z]{2,6}-?\d{2}/\d{2,3}|nyha|cha2ds2(?:-vasc)?|"
    r"hcc\d+|cyp\w{2,4}|mthfr\w*|c\d{3,4}t|a\d{3,4}[gct]|[gact]\d{2,5}[gact]|v600e|braf\w*|kras\w*|egfr\w*|c\.\d+[\w>+-]*|p\.\w+|"
    r"\d{1,2}[pq]\d{1,2}(?:\.\d+)?|ph\d\.\d)",
    re.IGNORECASE,
)
_KNOWN = re.compile(
    r"covid-?19|sars-cov-?2|ca-?\d{2,3}(?:-\d)?|h\d+n\d+|hla-\w+|cha2ds2(?:-vasc)?|fev-?1|cd\d{1,3}|"
    r"t\d[a-d]?n\d[a-d]?m[\dx]\w?|[vtlsc]\d{1,2}-[vtlsc]?\d{1,2}|ph\d(?:\.\d+)?",
    re.IGNORECASE,
)
_ICD = re.compile(r"[A-TV-Z]\d[0-9AB](?:\.[0-9A-Z]{1,4})?", re.IGNORECASE)
_CLOCK = re.compile(r"(?:19|20)\d\d'?s|\d{1,2}:\d\d(?::\d\d)?\s?[ap]m", re.IGNORECASE)
_UNIT = re.compile(
    r"[ ]?(?:mg|mcg|ml|cc(?!:)|units?|iu|mmhg|%|percent|bpm|years?|yrs?|days?|weeks?|months?|hours?|minutes?|times|tablets?|pills?|lbs?|pounds|"
    r"kg|cm|mm|degrees|calories|kcal|steps|meq|mmol|dollars|patients|copies|cells|people|cases)\b",
    re.IGNORECASE,
)
_STEADY_UNIT = re.compile(
    r"[ ]?(?:mg|mcg|ml|iu|mmhg|%|percent|kg|cm|mm|meq|mmol|copies|cells|kcal|calories?|cal|ada)\b",
    re.IGNORECASE,
)
"""Units that stand behind no number of somebody's, however long."""
_PUBLIC = re.compile(
    r"\b(?:ndc|loinc|snomed(?:[- ]ct)?|cpt|hcpcs|icd-?(?:9|10|11)?(?:-?(?:cm|pcs))?|rxnorm|rxcui|omim|pmid|pmcid|doi|nct|isbn|issn|isrctn|eudract|"
    r"cvx|drg|ms-drg|clinicaltrials(?:\.gov)?|orpha(?:net)?|dsm|hgnc|ensembl|genbank|refseq|chembl|fda|nda|anda)"
    r"(?:[ -](?:codes?|numbers?|no\.?|ids?|identifier|#))?(?:\sis)?[\s:#=(+]{0,3}$"
)
_PUBLISHED = re.compile(
    r"nct\d{8}|isrctn\d{8}|rs\d{3,10}|pmc\d{5,8}|nm_\d+|orpha:?\d+", re.IGNORECASE
)


def is_measured(value: str) -> bool:
    """Whether a value is a figure with its unit."""
    return _DOSED.fullmatch(value) is not None


def is_plain(value: str) -> bool:
    """Whether a value is figures, and at most what ratios, ranges and ordinals have."""
    return _PLAIN.fullmatch(value) is not None


def is_term(value: str) -> bool:
    """Whether letters and figures could be a term of medicine, or the code of a diagnosis."""
    return bool(_TERM.fullmatch(value) or _ICD.fullmatch(value) or _CLOCK.fullmatch(value))


def are_values(value: str) -> bool:
    """Whether a slash joins values, each with its name or its unit: "7.35/pCO2"."""
    parts = value.split("/")
    return len(parts) > 1 and all(
        sum(map(str.isdigit, part)) < 5
        and (part.isalpha() or is_plain(part) or is_measured(part) or is_term(part))
        for part in parts
    )


def is_known_term(value: str) -> bool:
    """Whether they are a term even where a number is announced."""
    return _KNOWN.fullmatch(value) is not None


def has_unit(text: str, end: int, *, steady: bool = False) -> bool:
    """Whether a unit follows; ``steady``: one that no number of somebody's has behind it."""
    return (_STEADY_UNIT if steady else _UNIT).match(text, end) is not None


def names_a_code(text: str, start: int) -> bool:
    """Whether what begins here is a code of a published list: of a drug, a test, a trial, a gene."""
    before = text[max(0, start - 33) : start].lower()
    return (
        _PUBLIC.search(before, max(0, len(before) - 32)) is not None
        or _PUBLISHED.match(text, start) is not None
    )


def is_time(group: str) -> bool:
    """Whether four figures could be a time of the day, or a year."""
    return group[:2] in {"19", "20"} or (int(group[:2]) < 24 and int(group[2:]) < 60)


def is_range(value: str) -> bool:
    """Whether two numbers with a dash are from one to another: counts, years, times of the day."""
    first, dash, last = value.partition("-")
    if not (dash and first.isdigit() and last.isdigit()):
        return False
    if len(first) == len(last) == 4 and is_time(first) and is_time(last):
        return True
    round_ones = first.endswith("0") and last.endswith("0") and int(first) < int(last)
    return round_ones or (len(first) == len(last) == 5 and first[:2] == last[:2] and first < last)
