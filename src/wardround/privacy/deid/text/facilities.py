"""Names of hospitals, schools, firms and other places that a person can be found by."""

import re
from collections.abc import Iterator

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


def find_facilities(text: str, lexicon: Lexicon) -> Iterator[Find]:
    """Yield the facilities and the employers of a text."""
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
    if words[skip].endswith((":", ".")) and len(named) > 1:
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


_OPENING = frozenset(
    (
        "at to from in the our seen visited admitted transferred discharged dear re cc for via per "
        "by on patient facility hospital location clinic"
    ).split()
)
