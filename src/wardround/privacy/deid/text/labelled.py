"""Numbers behind what says whose they are: "MRN", "policy no.", "his chart is", "last four of".

A label stands before its number, in the same line or one above; words such as "is" and "on file"
between them are passed over. In a conversation the label is in the question and the number in the
answer.
"""

import re
import tomllib
from functools import cache
from pathlib import Path

from wardround.privacy.deid.kind import Kind
from wardround.privacy.deid.text.find import Find
from wardround.privacy.deid.text.measured import (
    has_unit,
    is_known_term,
    is_measured,
    is_plain,
    is_term,
    names_a_code,
)

_JOINING = frozenset(
    (
        "is was as of are be were the it's its his her their my your our reads shows says ending ends in under "
        "listed on file recorded documented for to at given verified confirmed stamped labeled that's "
        "labelled marked assigned with patient's pt's our this that and also number num nr no id "
        "new old current following entered noted matches matched which registered read from there here "
        "number's should not changed replaced formerly previously now still card shows"
    ).split()
)
"""Words between a label and its number."""
_BETWEEN = " \t\n:#=.,;([*|\"'“>/–-"
_WORDS = re.compile(r"[a-z#][a-z'#/-]*|\n")
_LOOK = 110
_NEARBY = 40
"""Characters before a number in which a label is near, though words stand between."""
_WEAK = frozenset(
    (
        "file unit model lead pump plan group order code key line call visit image picture photo "
        "record case bin pcn ref reference block slide kit batch card cert license certificate "
        "permit passport monitor sensor retina iris dna scan subject sample barcode hash token text "
        "dial reach folder registry referral medicare medicaid coverage contact chart account claim "
        "policy insurance member vehicle device implant id acc fin har check receipt social ss mr "
        "icd pin ticket incident order encounter login handle template portrait snapshot selfie lot "
        "tag plate session transaction patient pt study protocol trial job invoice checking savings band blood tech face finger voice palm gait"
    ).split()
)
"""Labels that are ordinary words as well: what stands behind one has to look like a number of somebody's."""
_LETTERED = {Kind.LICENCE, Kind.VEHICLE}
_EXTENSIONS = frozenset(("ext", "extension", "pager", "pager number", "beeper", "ext."))
_EXTENSION = re.compile(r"\d-\d{4}|\d{3,6}")
_ISSUER = re.compile(r"(?<![\w-])([A-Z]{2,5})[ ]$")
"""Letters of whoever gave out a number, between its label and it: "Encounter CSN 0252351"."""
_SPELLED = re.compile(r"\b[a-z]{1,4} (?:dash|hyphen|slash) $")
"""Letters before a number, spoken with what joins them: "gt dash 650689"."""
_ISSUERS = frozenset(("CSN", "FIN", "HAR", "UNOS"))
"""Those that are labels as well."""
_GROUP = re.compile(r" (?:\d{2,6}|[A-Z]{1,2}\d{2,5}|[A-Z0-9]{3,6}(?<=\d))(?![\w/%:]|[.,-]\d)")
_ID = re.compile(r"\bid[:#\s]{1,3}$")
_LAST = re.compile(
    r"(?:\b(?:last|final) (?:four|4|five|5|six|6|few|digits|numbers)\b[^.\d]{0,40}|"
    r"\b(?:ending|ends|end)(?: (?:in|with|on))?)[^\w\d]{0,3}(?:\n[^\n\d]{0,30})?$"
)
"""Before the last figures of a number."""
_IN_FIGURES = re.compile(r"\blast [4-6]\b")
_ANSWERED = re.compile(
    r"\n\s*(?:[^\n:]{1,30}:|[-*>•]{1,3}|[a-z]\.|[a-z][\w .'’-]{0,24} - )?\s*"
    r"(?:(?:yes|yeah|yep|sure|um|uh|okay|ok|well|it's|its|let me see|hold on|oh|so|i have|we have)[,.]?\s){0,4}$"
)
"""From the end of a question that names a number to the answer."""
_STOPS = ("?", ".", "…")
_DECIMALS = re.compile(r"\d{2,4}(?:\.\d{3,6}){1,3}")


def find_labelled(
    text: str, lowered: str, found: re.Match[str], value: str, digits: int
) -> Find | None:
    """Return a number with the kind that its label says, or ``None`` where there is no label."""
    start, end = found.span()
    begin, label = _announced(text, lowered, start)
    if label is None or names_a_code(text, start):
        return None
    around = lowered[max(0, start - _LOOK) : start]
    kind = labels()[label]
    if label in _EXTENSIONS and 3 <= digits <= 6 and _EXTENSION.fullmatch(value):
        return Find(start, end, kind, 0.93, f"a number behind “{label}”")
    if _LAST.search(around) and 3 <= len(value) <= 8 and not has_unit(text, end):
        return Find(start, end, kind, 0.93, f"the last figures of a number behind “{label}”")
    if len(value) < 5 and (grouped := _grouped(text, end)) > end:
        end = grouped
        value = text[start:end].replace(" ", "")
        digits = sum(map(str.isdigit, value))
    weak = label in _WEAK or kind in {Kind.PHONE, Kind.FAX, Kind.PHOTO}
    if not _looks_labelled(text, end, value, digits, weak=weak, kind=kind):
        return None
    if kind in {Kind.PHONE, Kind.FAX} and digits < 7 and label not in _EXTENSIONS:
        return None
    return Find(begin, end, kind, 0.95, f"a number behind “{label}”")


def _announced(text: str, lowered: str, start: int) -> tuple[int, str | None]:
    """Return where a number begins, with the letters that belong to it, and its label."""
    label = _label(lowered[max(0, start - _LOOK) : start])
    spelled = _SPELLED.search(lowered, max(0, start - 12), start) if label is None else None
    if spelled is not None:
        begin = spelled.start()
        return begin, _label(lowered[max(0, begin - _LOOK) : begin])
    issuer = _ISSUER.search(text, max(0, start - 8), start)
    if issuer is not None and (label is None or issuer[1] in _ISSUERS):
        begin = issuer.start(1)
        issued = _label(lowered[max(0, begin - _LOOK) : begin])
        if issued is not None:
            return begin, issued
    return start, label


def _grouped(text: str, end: int) -> int:
    """Return where a number ends that goes on in groups behind a blank."""
    at = end
    while (group := _GROUP.match(text, at)) is not None and not has_unit(text, group.end()):
        at = group.end()
    return at


def _label(around: str) -> str | None:
    """Return the label that stands before a number, at most four words long."""
    if "last " in around:
        around = _IN_FIGURES.sub("last four", around)
    answered = _ANSWERED.search(around) if "\n" in around else None
    if answered is None:
        return _label_in(around)
    question = around[: answered.start()].rstrip()
    question = question[:-1] if question.endswith(_STOPS) else question
    asked = _label_in(f"{question} ")
    if asked is not None and "?" in around[len(question) :]:
        return asked
    return _label_in(around) or asked


def _label_in(around: str) -> str | None:
    before = _before(around)
    if not before or not (before[-1].isalpha() or before[-1] in "#'"):
        return None
    words = _WORDS.findall(before[-40:])
    known = labels()
    if _ID.search(around, max(0, len(around) - 6)) and not (words and words[-1] in known):
        words = ["id"]
    # A cut word at the edge of what is looked at is no word.
    for number in range(min(4, len(words)), 0, -1):
        label = " ".join(words[-number:]).strip("#-/ ")
        if label in known:
            return label
        if label.endswith("s") and label[:-1] in known:
            return label[:-1]
    return None


def _before(text: str) -> str:
    """Return what stands before a number without what joins it to a label; at most one line up."""
    before = text.rstrip(_BETWEEN)
    if text.count("\n", len(before)) > 1:
        return ""
    while before:
        word = before[before.rfind(" ") + 1 :].rpartition("\n")[2]
        if word not in _JOINING:
            break
        before = before[: -len(word)].rstrip(_BETWEEN)
    return before


def _looks_labelled(
    text: str, end: int, value: str, digits: int, *, weak: bool, kind: Kind
) -> bool:
    alnum = sum(map(str.isalnum, value))
    if is_known_term(value) or has_unit(text, end, steady=digits >= 7):
        return False
    if is_measured(value) and (weak or digits < 5):
        return False
    if value.isdigit():
        if len(value) == 4 and value[:2] in {"19", "20"} and weak:
            return False
        return len(value) >= (5 if weak else 4)
    if is_plain(value) and not (value.count("-") and digits >= 6):
        return digits >= 7 and ("." not in value or _DECIMALS.fullmatch(value) is not None)
    if weak and kind not in _LETTERED:
        few = alnum >= 6 and digits >= 2 and value.isalnum()
        return (few or (alnum >= 5 and digits >= 3)) and not (digits < 5 and is_term(value))
    return alnum >= 4 and digits >= 2


def kind_nearby(lowered: str, start: int) -> Kind | None:
    """Return the kind that the nearest label before a number in its line announces, if there is one."""
    known = labels()
    words = _WORDS.findall(lowered[max(0, start - _NEARBY) : start].rpartition("\n")[2])
    for at in range(len(words), 0, -1):
        for number in range(min(3, at), 0, -1):
            kind = known.get(" ".join(words[at - number : at]))
            if kind is not None:
                return kind
    return None


@cache
def labels() -> dict[str, Kind]:
    """Return the words that announce a number, each with its kind, read once."""
    cues = tomllib.loads((Path(__file__).parent / "cues.toml").read_text("utf-8"))["numbers"]
    known: dict[str, Kind] = {}
    for kind, words in cues.items():
        for word in words.split("|"):
            # What joins a label to its value is passed over, so a label ends before it.
            short = re.sub(r"(?: (?:number|no|id|#))+$", "", word)
            for label in (word, short):
                known.setdefault(label, Kind(kind))
    return known
