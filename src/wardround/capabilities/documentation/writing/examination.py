"""The examination: findings by organ system, in the short form in which notes state them."""

import re
from collections.abc import Sequence

from wardround.capabilities.documentation.writing.claims import Claim, claim
from wardround.capabilities.documentation.writing.exchanges import Exchange
from wardround.capabilities.documentation.writing.rewriting import Rewriter
from wardround.capabilities.documentation.writing.statements import (
    DANGLING,
    is_chatter,
    is_command,
    is_complete,
)

SYSTEMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"\b(?:{pattern})\b"))
    for name, pattern in (
        (
            "Vital signs",
            r"vitals?|vital signs|blood pressure|heart rate|pulse (?:is|was|rate|of)|temperature|respiratory rate|oxygen\w*|saturation|satting|pulse ox|spo2|bmi|fever|weight is",
        ),
        (
            "Neurological",
            r"neuro\w*|sensation|reflexes|cranial|numbness|coordination|gait|tinel\w*|romberg|babinski|alert and oriented|light touch",
        ),
        (
            "Neck",
            r"neck exam|thyromegaly|thyroid|carotid|jugular|jvd|lymphadenopathy|adenopathy|neck is supple|lymph nodes?",
        ),
        (
            "Respiratory",
            r"lungs?|breath sounds?|wheez\w*|rales|rhonchi|crackles|respiratory|breathing|stridor|chest is clear",
        ),
        (
            "Cardiovascular",
            r"heart|murmurs?|gallops?|rubs?|rate and rhythm|edema|systolic|diastolic|pedal pulses?|pulses?|capillary refill|s1|s2|cardiovascular",
        ),
        (
            "Gastrointestinal",
            r"abdom\w*|bowel sounds?|belly|rebound|guarding|hepato\w*|spleno\w*|liver|spleen|cva tenderness|tummy",
        ),
        (
            "Head, eyes, ears, nose and throat",
            r"sinus\w*|ears?|nose|nasal|throat|tonsils?|pharynx|eyes?|pupils?|mouth|uvula|tympanic|canals?|turbinates?|conjunctiva\w*|oral|teeth|facial|face|head",
        ),
        (
            "Skin",
            r"skin|rash\w*|lesions?|bruis\w*|ecchymos\w*|erythema\w*|incisions?|wounds?|scalp|plaques?|moles?|cyanosis",
        ),
        ("Psychiatric", r"mood|affect|psych\w*|judgement|insight"),
        (
            "Musculoskeletal",
            r"range of motion|tender\w*|palpation|flexion|extension|strength|swelling|swollen|effusion|joints?|knees?|shoulders?|ankles?|wrists?|elbows?|hips?|back|spine|lumbar|fingers?|hands?|foot|feet|toes?|legs?|arms?|straight leg|laxity|drawer|mcmurray\w*|lachman\w*|valgus|varus|rotation|supination|pronation|grip|weight bearing|bear weight|pain with|hurt\w*|muscles?|deformity|extremit\w*|calf|neck|ribs?",
        ),
        ("Genitourinary", r"genital\w*|testic\w*|prostate|pelvic|breasts?|cervix|vagina\w*|hernia"),
    )
)
_ORDER = (
    "Vital signs",
    "General",
    "Head, eyes, ears, nose and throat",
    "Neck",
    "Respiratory",
    "Cardiovascular",
    "Gastrointestinal",
    "Genitourinary",
    "Musculoskeletal",
    "Skin",
    "Neurological",
    "Psychiatric",
)
_PLACE = {name: place for place, name in enumerate(_ORDER)}
_FORMS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), form)
    for pattern, form in (
        (
            r"^(?:on|for|with|in) (?:his|her|the|the patient's|this|my|our|that)? ?(?:[\w-]+ ){0,3}(?:exam|examination)(?: of (?:the|his|her) (?:[\w-]+ ){1,2})?(?: here)?(?: today)?(?: ,)?(?= |$)",
            "",
        ),
        (
            r"^(?:looking at|listening to|when i (?:look at|listen to|examine|press on|touch)) (?:his|her|the|the patient's) (?:[\w-]+ ){1,3}(?:, )?(?=(?:i|there|he|she|it|no|the)\b)",
            "",
        ),
        (r"^looking (?:here )?(?:first )?at [^,]{3,50}, ", ""),
        (r"^(?:that|so|and) ", ""),
        (
            r"^(?:i can see|i see|i notice|i noticed|i feel|i hear|i heard|i find|i found|i appreciate|i am seeing|i am hearing|i do (?:hear|see|appreciate|notice|feel|find|note)|i can (?:hear|feel|see))(?: that| here)? ",
            "",
        ),
        (
            r"^(?:i do not|i did not|i can not|i do n't) (?:really )?(?:see|hear|appreciate|notice|feel|find|note|detect|palpate)(?: any| a| an)? ",
            "no ",
        ),
        (r"^(?:he|she|the patient)(?: do(?:es)?)? not have (?:any|a|an)? ?", "no "),
        (r"^(?:he|she|the patient)(?: does)? (?:still )?(?:have|has) (?:got )?", ""),
        (r"^there (?:is|are|was|were) (?:not|no) (?:any )?", "no "),
        (r"^there (?:is|are|was|were) (?:still )?", ""),
        (r"^(?:it|that) (?:looks|seems|appears) like (?:there (?:is|are) )?", ""),
        (
            r"\bi (?:do not|did not|can not) (?:really )?(?:see|hear|appreciate|notice|feel|find) any ",
            "no ",
        ),
        (r"\b(?:he|she|the patient) (?:does not|do not) have any ", "no "),
        (r"\bi (?:do )?(?:hear|see|appreciate|notice|feel) ", ""),
        (
            r"\b(?:sound|sounds|is|are|look|looks) (?:nice and |very |really |pretty |nice |all )+(clear|good|normal)\b",
            r"are \1",
        ),
        (r"\b(\d/6) (?:systolic|diastolic)", r"grade \g<0>"),
        (r"\bgrade grade\b", "grade"),
        (r"\bpain (?:with|on|when i) (?:palpation|press\w*|touch)\b", "pain to palpation"),
        (r"\blungs (?:are|sound|is) clear(?! to)(?: bilaterally)?", "lungs are clear"),
        (r" (?:which|that) is good$", ""),
        (r"^(?:a|an|some|a little bit of|a little|a bit of) (?=\w+ )", ""),
    )
)


def system_of(text: str) -> str:
    """Return the organ system that a finding belongs to; empty if it names none."""
    for name, pattern in SYSTEMS:
        if pattern.search(text):
            return name
    return ""


def place_of(system: str) -> int:
    """Return where a system stands in an examination."""
    return _PLACE.get(system, _PLACE["General"])


def normal_form(text: str) -> str:
    """Return a finding in short form: "i do not appreciate any murmurs" becomes "no murmurs"."""
    for pattern, form in _FORMS:
        text = pattern.sub(form, text).strip(" ,")
    return text


def examine(exchanges: Sequence[Exchange], rewriter: Rewriter) -> list[Claim]:
    """Return the findings of the examination, by organ system; the first of each names it."""
    found: dict[str, list[Claim]] = {}
    system = ""
    for exchange in exchanges:
        spoken = exchange.statement.words
        if exchange.statement.speaker == "patient" or is_command(spoken) or is_chatter(spoken):
            continue
        clause = " ".join(rewriter.clause(spoken, "doctor"))
        system = system_of(clause) or system
        finding = normal_form(clause)
        words = finding.split()
        told = finding.startswith("no ") or is_complete(words) or bool(_FINDING.search(finding))
        if len(words) < 2 or words[-1] in DANGLING or _AIMS.search(finding) or not told:
            continue
        if not system and not _GENERAL.search(finding):
            continue
        item = claim(rewriter.sentence(words), (exchange.statement,))
        found.setdefault(system or "General", []).append(item)
    claims = []
    for name in sorted(found, key=place_of):
        first, *others = found[name]
        claims += [claim(f"{name}: {first.text}", first.segments), *others]
    return claims


def report(exchanges: Sequence[Exchange], rewriter: Rewriter) -> list[Claim]:
    """Return the results that were spoken of."""
    claims = []
    for exchange in exchanges:
        words = exchange.statement.words
        if exchange.statement.speaker == "patient" or is_command(words):
            continue
        text = normal_form(" ".join(rewriter.clause(words, "doctor")))
        for pattern, form in _RESULTS:
            text = pattern.sub(form, text).strip(" ,")
        if is_complete(text.split()):
            claims.append(claim(rewriter.sentence(text.split()), (exchange.statement,)))
    return claims


_FINDING = re.compile(
    r"\b(?:tender\w*|edema|murmurs?|pain|swelling|erythema\w*|effusion|clear|normal|positive|negative|intact|bruising|ecchymosis"
    r"|rate and rhythm|crackles|rhonchi|wheez\w*|decreased|limited|full|good|lesions?|rash|exudates?|discharge|\d+/\d+|\d+%"
    r"|lymphadenopathy|distention|weakness|strength|reflexes|fracture|sounds)\b"
)
_GENERAL = re.compile(
    r"\b(?:distress|well[- ]appearing|appears?|alert|oriented|exam|unremarkable|normal)\b"
)
_AIMS = re.compile(r"^(?:let|i am going|i will|i would|i want|we are going|can|if|i am gonna)\b")
_RESULTS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), form)
    for pattern, form in (
        (
            r"^(?:so )?(?:i|we) (?:have )?(?:did |also |just )*(?:look(?:ed)? at|review(?:ed)?|see|saw|got|have|took a look at) (?:the results? of |here )?(?:his|her|the|the patient's) (?P<what>.{3,40}?)(?: here| today)?,? (?:and|which) (?:it|that|they|there|this) ",
            r"\g<what> ",
        ),
        (
            r"^(?:in reviewing|looking at|reviewing|when i look at|when we look at) (?:the )?(?:results? of )?(?:his|her|the|the patient's)? ?(?P<what>.{3,40}?) ?, ",
            r"\g<what> : ",
        ),
        (
            r"\b(?:showed|shows|show|showing) (?:that )?(?:he|she|the patient) (?:has|have|had)\b",
            "shows",
        ),
    )
)
