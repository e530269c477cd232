"""Names of hospitals, schools, firms and other places that a person can be found by."""

import re
from collections.abc import Iterator
from itertools import chain

from wardround.privacy.deid.kind import Kind
from wardround.privacy.deid.text.find import SEEN_AT, Find
from wardround.privacy.deid.text.lexicon import Lexicon
from wardround.privacy.deid.text.reading import Reading, tried, with_dots

NAMED = r"(?:[A-Z][\w'’&-]*|St\.|Mt\.|Ft\.)"
"""A word as a name is written."""
PLAIN_HEADS = frozenset(
    ("the a an our your this that his her their local outside another any each every my").split()
)
_FACILITY = re.compile(
    rf"(?<![\w])((?:(?:{NAMED}|of|the|for|and|&|at|in|Bros\.)[ ]){{0,5}}?{NAMED}[ ](?:(?:of|the|for|and|&)[ ])?)"
    r"(Hospital|Clinic|Medical\s(?:Center|Centre|Group|Associates|Arts|Plaza|Partners|Park|College|Ctr)|Med(?:ical)?\s(?:Ctr|Center)|"
    r"Health(?:care)?(?:\s(?:System|Center|Centre|Services|Partners|Network|Clinic|Care|Plan|Department|Dept))?|Infirmary|"
    r"Hospice|Nursing\s(?:Home|Center|Facility)|Rehab(?:ilitation)?(?:\s(?:Center|Hospital|Institute|Facility))?|Pharmacy|Drugs?(?:\sStore)?|Apothecary|Chemist|Dental(?:\s(?:Care|Group))?|Dialysis(?:\s(?:Center|Clinic))?|Chiropractic|Optical|"
    r"(?:Internal|Sports|Geriatric|Pain|Sleep)\sMedicine|Allergy\sand\sAsthma|Behavioral\sHealth|Home\s(?:Health|for\sthe\sAged|Care)|"
    r"Skilled\sNursing|Care\sCenter|Memory\sCare|Adult\sProtective\sServices|Public\sSchools|Junior\sHigh|EMS|Sheriff['’]?s?\s(?:Office|Department)|"
    r"Funeral\sHome|Mortuary|Cemetery|Fire\s(?:District|Rescue)|Stadium|Arena|Ballpark|Mall|Market|Museum|Zoo|Water\sTower|United\sMethodist|"
    r"(?:First\s)?(?:Baptist|Lutheran|Presbyterian|Episcopal|Methodist)\sChurch|Electric|Plumbing|Roofing|Auto(?:\sBody)?|Dry\sCleaning|Cleaners|Outfitters|Feed\s&\sSeed|Baptist|Presbyterian|Recovery\sCenter|Hardware|Diner|Cafe|Granite|"
    r"Laborator(?:y|ies)|Labs?|Surgery\sCent(?:er|re)|Surgical\sCent(?:er|re)|Cancer\s(?:Center|Institute)|Heart\s(?:Center|Institute)|"
    r"(?:Eye|Vision|Wound|Counseling|Infusion|Birth|Walk-in|Women['’]s|Cancer|Kidney)\s(?:Institute|Care|Center|Clinic|Associates)|Retirement\sVillage|Group\sHome|Family\sPractice|Prescription\sShop|Optical|Furniture|Dairy|Pizza|Landscaping|Railway|Chemical|Institute|Imaging(?:\sCenter)?|Diagnostics|Family\s(?:Medicine|Practice|Physicians|Care|Health)|Primary\sCare|"
    r"Pediatrics|Orthop(?:a)?edics?|Cardiology|Neurology|Nephrology|Gastroenterology|Retina|Surgical|Rheumatology|Endocrinology|Dermatology|Oncology|Urology|Associates|Physicians|Specialists|"
    r"Urgent\sCare|Wellness(?:\sCenter)?|Community\s(?:Center|College|Health\sCenter)|University|College|Academy|"
    r"(?:High|Middle|Elementary|Primary|Grammar|Charter)\sSchool|School(?:\sof\s\w+)?|Elementary|Kindergarten|Preschool|Daycare|"
    r"Church|Temple|Synagogue|Mosque|Cathedral|Parish|Ministries|Assisted\sLiving|Senior\s(?:Living|Center)|Retirement\s(?:Home|Community)|"
    r"Manor|Shelter|Prison|Jail|Correctional\s(?:Facility|Institution|Center)|Penitentiary|Airport|Library|"
    r"Inc\.?|LLC|L\.L\.C\.|Corp(?:oration)?\.?|Ltd\.?|Company|Co\.|Industries|Enterprises|Logistics|Foods|Motors|Bank|"
    r"Credit\sUnion|Insurance|Solutions|Systems|Technologies|Consulting|Construction|Manufacturing|Bakery|Restaurant|Hotel|"
    r"Airlines|Trucking|Holdings|Group|Partners|and\sSons|&\sSons|Brothers|Fire\sDepartment|Department\sof\sHealth|Police\sDepartment|Unified\sSchool\sDistrict)"
    r"(?:[ ](?:Group|Associates|Specialists|Physicians|Partners|Center|Clinic|Department))?(?=$|\W)"
)
_EMPLOYER = re.compile(
    r"\b(?:formerly|retired|lifts|works?|worked|working|employed|job|employment|teaches|drives|nurse|manager|clerk|cashier|engineer|employer)"
    rf"(?:\s\w+){{0,4}}?\s(?:at|for|by|with|from)\s((?:{NAMED}(?:[ ]|(?=[.,;\n]|$))){{1,4}})|\b(?i:employer|last job)\s?:\s?([^\n,;|]{{2,40}})",
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
_SEEN = with_dots(
    "seen treated admitted evaluated followed hospitalized hospitalised examined managed diagnosed "
    "documented consulted present presented presenting presents assessed referred transferred "
    "discharged attends attended attending enrolled operated delivered care appointment surgery stay "
    "therapy follow-up followup record records visit visits visited visiting case cases patient "
    "patients recently currently here imaging labs reside resides student nurse teacher"
)
_OURS = frozenset("our the their from at".split())
_EMPLOYED = with_dots(
    "work works worked working employed job employment teaches drives nurse manager clerk cashier "
    "engineer employer last formerly retired lifts"
)
_HEADS = with_dots(
    "hospital clinic medical med health healthcare infirmary hospice nursing rehab rehabilitation pharmacy "
    "drugs laboratory laboratories lab labs surgery surgical cancer heart institute imaging diagnostics "
    "family primary pediatrics orthopedics orthopaedics cardiology dermatology oncology urology "
    "associates physicians specialists urgent wellness community university college academy high middle "
    "elementary grammar charter school kindergarten preschool daycare church temple synagogue mosque "
    "cathedral parish ministries assisted senior retirement manor shelter prison jail correctional "
    "penitentiary airport library inc llc l corp corporation ltd company co industries enterprises "
    "logistics foods motors bank credit insurance solutions systems technologies consulting construction "
    "manufacturing bakery restaurant hotel airlines trucking holdings group partners sons brothers fire "
    "wound counseling infusion birth walk-in women's women’s kidney prescription furniture dairy pizza landscaping "
    "railway chemical police unified eye vision drug apothecary chemist dental dialysis chiropractic optical internal sports "
    "geriatric pain sleep allergy behavioral home skilled care memory adult public junior ems sheriff's "
    "sheriff’s funeral mortuary cemetery stadium arena ballpark mall market museum zoo water united first "
    "baptist presbyterian dry cleaners outfitters feed recovery electric plumbing roofing auto hardware diner cafe granite neurology nephrology "
    "gastroenterology retina rheumatology endocrinology orthopedic orthopaedic department"
)
_SAID = re.compile(
    r"(?:\b(?:by|at|from|to|in|near|of|with) |\()((?:(?!the\b|a\b|an\b|our\b|my\b|his\b|her\b|their\b|this\b|that\b|your\b|any\b|another\b|outside\b|"
    r"local\b|and\b|or\b|for\b|at\b|to\b|in\b|by\b|from\b|of\b)[a-z'’]{2,} ){1,3}?"
    r"(?:sheriff's department|police department|fire (?:department|district|rescue)|hospital|medical center|health center|clinic|mall|"
    r"church|united methodist|pharmacy|drugs|elementary(?: school)?|middle school|high school|university|nursing home|dental|"
    r"associates|cardiology group|eye (?:care|center)|library|stadium|motel|hotel|cemetery|hospice|walk-in clinic|wound center|counseling center|medical group|health system|family practice|pediatrics|dialysis|retirement village|group home|care center|internal medicine|behavioral health|dry cleaning|furniture|dairy|optical|prescription shop|apothecary|academy|drug|general|landscaping|railway|chemical))\b"
)
_SAYING = frozenset("by at from to in near of with (".split())
_HEADLINE = re.compile(
    r"(?m)^[ \t*=-]*([A-Z][A-Z'’.&-]+(?:[ ][A-Z][A-Z'’.&-]*){0,6}[ ](?:HOSPITAL|MEDICAL CENTER|CANCER CENTER|CLINIC|HEALTH|HEALTH SYSTEM|"
    r"HEALTH CENTER|INFIRMARY|HOSPICE|PHARMACY|EYE CARE|DENTAL|MEDICAL GROUP|ASSOCIATES|NURSING HOME|HEART INSTITUTE|PEDIATRICS|"
    r"CARDIOLOGY GROUP|LABORATORIES|SURGERY CENTER|URGENT CARE|WOUND CENTER|COUNSELING CENTER|EYE CENTER|WALK-IN CLINIC|DIALYSIS|FAMILY PRACTICE))(?=[ \t*=-]*$|[ ]{2}|[ ][*=-]|,[ ])"
)
_HEADLINES = with_dots(
    "hospital center clinic health system infirmary hospice pharmacy care dental group associates home "
    "institute pediatrics laboratories dialysis practice"
)
_LANDMARK = re.compile(
    rf"\b(?i:the|at|near|of)[ ]({NAMED}(?:[ ]{NAMED}){{0,2}}[ ](?:mall|water tower|motel|hotel|shelter|library|park|pool|bridge|"
    r"lighthouse|plant|mill|refinery|shipyard|fairgrounds|courthouse|diner|bakery|farm|mine))\b"
)
_NEARBY = frozenset("the at near of".split())
_NUMBERED_SCHOOL = re.compile(r"\bP\.S\.[ ]?\d{1,3}\b")
_NAMED_AFTER = re.compile(
    rf"\b((?:(?:University|Shriners|Naval|Children['’]s|Veterans|Baptist|Trinity|Mercy|County|Community|General|Memorial|Regional|St\.|Saint|"
    rf"{NAMED})[ ]){{0,3}}(?:Hospital|Health|Medical[ ]Center|Clinic|Kingdom[ ]Hall|Gurdwara[ ]Sahib|Temple|Church|Sisters|Congregation|University)"
    rf"(?:[ ]of(?:[ ]the)?)?[ ]{NAMED}(?:[ ]{NAMED}){{0,2}})"
)
_NAMED_HEADS = with_dots(
    "hospital health medical clinic kingdom gurdwara temple church sisters congregation university"
)
_WARDS = frozenset(
    "icu micu sicu nicu picu ccu pacu er ed or snf ltac osh pcp opd ipd gi ent mri ct ir ob gyn obgyn l&d pt ot i".split()
)


def find_facilities(reading: Reading, lexicon: Lexicon) -> Iterator[Find]:
    """Yield the facilities and the employers of a text."""
    for found in chain(
        reading.matches(_AT, _SEEN),
        reading.matches(_PLAIN_AT, frozenset({"at"})),
        reading.matches(_BRANCH, _OURS),
    ):
        find = _place_of_care(found, lexicon)
        if find is not None:
            yield find
    for found in reading.around(_FACILITY, _HEADS, 11, 60):
        find = _facility(found, lexicon, flat=reading.flat)
        if find is not None:
            yield find
    for found in chain(_headlines(reading), reading.matches(_LANDMARK, _NEARBY)):
        words = [word.lower().strip(".,&*") for word in found[1].split()]
        if not all(word in lexicon.forms or word in _PLAIN for word in words):
            yield Find(found.start(1), found.end(1), Kind.PLACE, 0.85, "the name of a facility")
    if "P.S." in reading.text:
        for found in _NUMBERED_SCHOOL.finditer(reading.text):
            yield Find(found.start(), found.end(), Kind.PLACE, 0.85, "a school by its number")
    if reading.flat:
        starts = reading.starts
        said = (starts[at] for at in reading.where(_SAYING))
        for found in tried(_SAID, reading.lowered, said):
            words = found[1].split()
            if not all(word in lexicon.forms or word in _PLAIN for word in words):
                yield Find(found.start(1), found.end(1), Kind.PLACE, 0.8, "a facility, as spoken")
    for found in reading.around(_NAMED_AFTER, _NAMED_HEADS, 3, 70):
        if _is_named_after(found[1], lexicon):
            yield Find(
                found.start(1), found.end(1), Kind.PLACE, 0.85, "a facility named after its place"
            )
    for found in reading.matches(_EMPLOYER, _EMPLOYED):
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


def _headlines(reading: Reading) -> Iterator[re.Match[str]]:
    """Yield lines in capitals that are the name of a facility, as letterheads have it."""
    text = reading.text
    for at in reading.where(_HEADLINES):
        end = reading.starts[at] + len(reading.pieces[at])
        if text[end - 1].isupper():
            found = _HEADLINE.match(text, text.rfind("\n", 0, end) + 1)
            if found is not None:
                yield found


def _is_named_after(written: str, lexicon: Lexicon) -> bool:
    """Whether the last words are the name of a place, and not of a department or a form."""
    words = [word.lower().rstrip(".,") for word in written.split()]
    last = words[-1]
    if last in lexicon.forms or last in _PLAIN or last in _WARDS or last in lexicon.months:
        return False
    return (
        last not in lexicon.known
        or last in lexicon.cities
        or " ".join(words[-2:]) in lexicon.cities
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
    return Find(found.start(1), found.end(1), Kind.PLACE, 0.95, SEEN_AT)


_TITLED = frozenset("dr mr mrs ms miss prof doctor nurse".split())
_KINDS = frozenset(
    "hospital clinic center centre health institute university college school".split()
)


def _facility(found: re.Match[str], lexicon: Lexicon, *, flat: bool) -> Find | None:
    words = found[1].split()
    skip = max((at + 1 for at, word in enumerate(words) if word in {"at", "in"}), default=0)
    while skip < len(words) and (
        words[skip].lower() in PLAIN_HEADS
        or not words[skip][0].isupper()
        or words[skip].lower().rstrip(":.,") in _OPENING
    ):
        skip += 1
    named = [word for word in words[skip:] if word[0].isupper()]
    if found.string[found.end() :].startswith((" Course", " COURSE", " Day", " Stay")):
        return None
    lows = [word.lower().rstrip(".,:'’") for word in named]
    lows = [low.removesuffix("'s").removesuffix("’s") for low in lows]
    if not named or all(low in lexicon.common and (flat or low in _PLAIN) for low in lows):
        return None
    if (lows[-1] in lexicon.forms or lows[-1] in _PLAIN) and all(
        low in lexicon.common or low in _PLAIN for low in lows
    ):
        return None
    headed = found.string[found.end() : found.end() + 2].lstrip().startswith(":")
    if headed and all(low in lexicon.common for low in lows):
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


_PLAIN = frozenset(
    (
        "the a an our local outside nearby another cardiac vascular thoracic hospital clinic trauma general "
        "community regional emergency outpatient inpatient pediatric adult women womens men mens children "
        "surgical medical dental eye pain sleep wound heart cancer breast stroke home public private urgent "
        "primary specialty retail mail order teaching university state county city federal veterans advanced "
        "infusion renal liver kidney transplant bone spine joint reproductive maternal fetal mental behavioral "
        "physical occupational speech clinical anatomic molecular chest abdominal brain skin office previous "
        "illicit recreational street prescription pulmonary maintenance sample referring admitting attending consulting same day follow up routine fasting morning serial all some"
    ).split()
)
_SAINTS = frozenset(("St.", "Mt.", "Ft."))
_OPENING = frozenset(
    (
        "at to from in the our seen visited admitted transferred discharged dear re cc for via per "
        "by on patient facility hospital location clinic"
    ).split()
)
