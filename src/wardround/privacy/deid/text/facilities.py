"""Names of hospitals, schools, firms and other places that a person can be found by."""

import re
from collections.abc import Iterator
from itertools import chain

from wardround.privacy.deid.kind import Kind
from wardround.privacy.deid.text.find import Find
from wardround.privacy.deid.text.lexicon import Lexicon

NAMED = r"(?:[A-Z][\w'’&-]*|St\.|Mt\.|Ft\.)"
"""A word as a name is written."""
PLAIN_HEADS = frozenset(
    ("the a an our your this that his her their local outside another any each every my").split()
)
_FACILITY = re.compile(
    rf"(?<![\w])((?:(?:{NAMED}|of|the|for|and|&|at|in)[ ]){{0,5}}?{NAMED}[ ](?:(?:of|the|for|and|&)[ ])?)"
    r"(Hospital|Clinic|Medical\s(?:Center|Centre|Group|Associates|Arts|Plaza|Partners|Park|College|Ctr)|Med(?:ical)?\s(?:Ctr|Center)|"
    r"Health(?:care)?(?:\s(?:System|Center|Centre|Services|Partners|Network|Clinic|Care|Plan|Department|Dept))?|Infirmary|"
    r"Hospice|Nursing\s(?:Home|Center|Facility)|Rehab(?:ilitation)?(?:\s(?:Center|Hospital|Institute|Facility))?|Pharmacy|Drugs|"
    r"Laborator(?:y|ies)|Labs?|Surgery\sCent(?:er|re)|Surgical\sCent(?:er|re)|Cancer\s(?:Center|Institute)|Heart\s(?:Center|Institute)|"
    r"Institute|Imaging(?:\sCenter)?|Diagnostics|Family\s(?:Medicine|Practice|Physicians|Care|Health)|Primary\sCare|"
    r"Pediatrics|Orthop(?:a)?edics|Cardiology|Dermatology|Oncology|Urology|Associates|Physicians|Specialists|"
    r"Urgent\sCare|Wellness(?:\sCenter)?|Community\s(?:Center|College|Health\sCenter)|University|College|Academy|"
    r"(?:High|Middle|Elementary|Primary|Grammar|Charter)\sSchool|School(?:\sof\s\w+)?|Elementary|Kindergarten|Preschool|Daycare|"
    r"Church|Temple|Synagogue|Mosque|Cathedral|Parish|Ministries|Assisted\sLiving|Senior\s(?:Living|Center)|Retirement\s(?:Home|Community)|"
    r"Manor|Shelter|Prison|Jail|Correctional\s(?:Facility|Institution|Center)|Penitentiary|Airport|Library|"
    r"Inc\.?|LLC|L\.L\.C\.|Corp(?:oration)?\.?|Ltd\.?|Company|Co\.|Industries|Enterprises|Logistics|Foods|Motors|Bank|"
    r"Credit\sUnion|Insurance|Solutions|Systems|Technologies|Consulting|Construction|Manufacturing|Bakery|Restaurant|Hotel|"
    r"Airlines|Trucking|Holdings|Group|Partners|and\sSons|&\sSons|Brothers|Fire\sDepartment|Police\sDepartment|Unified\sSchool\sDistrict)"
    r"(?=$|\W)(?!\s?:)"
)
_EMPLOYER = re.compile(
    r"\b(?:works?|worked|working|employed|job|employment|teaches|drives|nurse|manager|clerk|cashier|engineer|employer)"
    rf"(?:\s\w+){{0,4}}?\s(?:at|for|by|with)\s((?:{NAMED}(?:[ ]|(?=[.,;\n]|$))){{1,4}})|\bemployer\s?:\s?([^\n,;|]{{2,40}})",
)
_AT = re.compile(
    r"\b(?i:(?:seen|treated|admitted|evaluated|followed|hospitali[sz]ed|examined|managed|diagnosed|documented|consulted|"
    r"present(?:ed|ing|s)?|assessed|referred|transferred|discharged|attend(?:s|ed|ing)|enrolled|operated|delivered|care|appointment|surgery|stay|"
    r"therapy|follow-?up|records?|visits?|visited|case|cases|patients?|recently|currently|here|imaging|labs|resides?|student|nurse|teacher)"
    r"(?:[ ](?:up|last week|last month|today|again|recently|previously|urgently|here|care|in the ER))?[ ](?:at|to|from|in|near)|visited|visiting|attends|attended)"
    r"[ ](?:(?i:the|our|an?|local|nearby)[ ])?"
    rf"({NAMED}(?:[ ](?:(?:of|and|&|the|for|at|in)[ ])?{NAMED}){{0,6}}(?:[ ](?:clinic|hospital|branch|campus|center|centre|office|site|location|ward|school))?)"
)
_PLAIN_AT = re.compile(
    rf"(?<=[a-z.][ ])at[ ](?:the[ ])?({NAMED}(?:[ ](?:(?:of|and|&|the|for|in)[ ])?{NAMED}){{0,5}}(?:[ ](?:clinic|hospital|branch|campus|center))?)"
)
_BRANCH = re.compile(
    rf"\b(?i:our|the|their|from|at)[ ]({NAMED}(?:[ ]{NAMED}){{0,2}}[ ](?:clinic|office|branch|campus|hospital|location|site))\b"
)
_WARDS = frozenset(
    "icu micu sicu nicu picu ccu pacu er ed or snf ltac osh pcp opd ipd gi ent mri ct ir ob gyn obgyn l&d pt ot i".split()
)


def find_facilities(text: str, lexicon: Lexicon) -> Iterator[Find]:
    """Yield the facilities and the employers of a text."""
    for found in chain(_AT.finditer(text), _PLAIN_AT.finditer(text), _BRANCH.finditer(text)):
        find = _place_of_care(found, lexicon)
        if find is not None:
            yield find
    for found in _FACILITY.finditer(text):
        find = _facility(found, lexicon)
        if find is not None:
            yield find
    for found in _EMPLOYER.finditer(text):
        group = 1 if found[1] else 2
        written = found[group].rstrip()
        words = [word.lower() for word in re.findall(r"[\w'’]+", written)]
        if any(word not in lexicon.common for word in words):
            yield Find(
                found.start(group),
                found.start(group) + len(written),
                Kind.NAME,
                0.85,
                "an employer",
            )


def _place_of_care(found: re.Match[str], lexicon: Lexicon) -> Find | None:
    """Return where somebody was seen, if it has a name: "the ICU" and "Texas" have none."""
    words = [word.lower().rstrip(".,'’s") for word in found[1].split()]
    if (
        words[0] in _WARDS
        or words[0] in lexicon.months
        or words[0] in _TITLED
        or lexicon.is_state(found[1])
    ):
        return None
    unusual = [word for word in words if word not in lexicon.common and word not in _WARDS]
    acronym = found[1].split()[0].isupper() and len(words[0]) > 2
    named = (
        len(words) > 1
        and words[-1] in _KINDS
        and (words[-1] == "hospital" or words[0] not in lexicon.forms)
    )
    if not (unusual or acronym or named):
        return None
    return Find(found.start(1), found.end(1), Kind.PLACE, 0.95, "where somebody was seen")


_TITLED = frozenset("dr mr mrs ms miss prof doctor nurse".split())
_KINDS = frozenset(
    "hospital clinic center centre health institute university college school".split()
)


def _facility(found: re.Match[str], lexicon: Lexicon) -> Find | None:
    words = found[1].split()
    skip = 0
    while skip < len(words) and (
        words[skip].lower() in PLAIN_HEADS
        or not words[skip][0].isupper()
        or words[skip].lower().rstrip(":.,") in _OPENING
    ):
        skip += 1
    named = [word for word in words[skip:] if word[0].isupper()]
    if not named or all(word.lower().rstrip(".,:'’s") in lexicon.common for word in named):
        return None
    if words[skip].endswith((":", ".")) and len(named) > 1 and words[skip] not in _SAINTS:
        skip += 1
    if skip >= len(words):
        return None
    start = found.start(1)
    for _ in range(skip):
        start = (
            found.string.index(" ", start) + 1
            if " " in found.string[start : found.end(1)]
            else start
        )
    return Find(start, found.end(), Kind.PLACE, 0.85, "the name of a facility or firm")


_SAINTS = frozenset(("St.", "Mt.", "Ft."))
_OPENING = frozenset(
    (
        "at to from in the our seen visited admitted transferred discharged dear re cc for via per "
        "by on patient facility hospital location clinic"
    ).split()
)
