"""Symptoms by body system, as a review of systems lists them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

SYSTEMS: dict[str, str] = {
    "Constitutional": "fever|fevers|chills|night sweats|weight loss|weight gain|fatigue|fatigued"
    "|tired|tiredness|lethargic|lethargy|malaise|weakness|sweating|sweats|loss of appetite"
    "|appetite loss|decreased appetite|unintentional weight loss|low energy|exhausted|body aches",
    "Eyes": "blurry vision|blurred vision|double vision|vision changes|vision loss|loss of vision"
    "|visual changes|eye pain|eye redness|watery eyes|itchy eyes|dry eyes|light sensitivity",
    "Ears, Nose, Mouth and Throat": "nasal congestion|congestion|sore throat|runny nose|stuffy nose"
    "|ear pain|earache|hearing loss|ringing in the ears|ringing in my ears|ringing in your ears"
    "|tinnitus|difficulty swallowing|trouble swallowing|painful swallowing|hoarseness|nosebleeds"
    "|nosebleed|sinus pain|sinus pressure|postnasal drip|sneezing|snoring|mouth sores|dry mouth",
    "Cardiovascular": "chest pain|chest pains|palpitations|chest tightness|chest pressure|leg swelling"
    "|swelling in your legs|swelling in my legs|swelling in your ankles|swelling in my ankles"
    "|swelling in your feet|swelling of the legs|heart racing|racing heart|fluttering"
    "|swelling in your lower extremities|swelling in my lower extremities|orthopnea"
    "|swelling of your legs|swelling in the legs|leg edema|pain in your chest|pain in my chest",
    "Respiratory": "shortness of breath|short of breath|cough|coughing|wheezing|wheeze|difficulty breathing"
    "|trouble breathing|problems breathing|breathlessness|breathless|coughing up blood|hemoptysis"
    "|problem breathing|trouble with breathing|issues breathing|phlegm|sputum",
    "Gastrointestinal": "nausea|vomiting|diarrhea|diarrhoea|constipation|abdominal pain|belly pain"
    "|stomach pain|tummy pain|heartburn|acid reflux|blood in your stool|blood in your stools"
    "|blood in my stool|blood in the stool|blood in your poo|bloody stools|black stools|tarry stools"
    "|bloating|nauseous|nauseated|throwing up|stomach cramps|indigestion|stomach ache|rectal bleeding"
    "|incontinence of stool|loose stools|stomach issues|blood in my stools",
    "Genitourinary": "blood in your urine|blood in my urine|blood in the urine|painful urination"
    "|burning with urination|pain with urination|pain when you urinate|burning when you urinate"
    "|burning when you pee|pain when you pee|urinary frequency|urinary urgency|urinary incontinence"
    "|frequent urination|problems urinating|vaginal discharge|vaginal bleeding|flank pain"
    "|difficulty urinating|trouble urinating|urinary symptoms|dysuria|hematuria|discharge",
    "Musculoskeletal": "back pain|joint pain|joint pains|joint swelling|muscle aches|muscle pain|muscle pains|stiffness"
    "|joint stiffness|muscle cramps|leg pain|neck pain|knee pain|shoulder pain|hip pain|lower back pain"
    "|ankle pain|foot pain|hand pain|wrist pain|elbow pain|finger pain|leg cramps|arm pain|aches and pains",
    "Integumentary": "rash|rashes|itching|itchy|hives|skin changes|bruising|skin lesions|dry skin|redness"
    "|skin rash|lumps|easy bruising|itchiness",
    "Neurological": "headache|headaches|dizziness|dizzy|lightheadedness|lightheaded|numbness|tingling"
    "|seizures|seizure|fainting|passing out|passed out|tremor|tremors|memory loss|confusion"
    "|loss of consciousness|loss of balance|trouble walking|numb|slurred speech|migraines|blackouts",
    "Psychiatric": "depression|depressed|anxiety|anxious|suicidal thoughts|insomnia|trouble sleeping"
    "|difficulty sleeping|panic attacks|hallucinations|mood swings|suicidal ideation|low mood|stress",
    "Endocrine": "heat intolerance|cold intolerance|excessive thirst|hot flashes|increased thirst",
    "Hematologic and Lymphatic": "swollen glands|easy bleeding|bleeding problems|swollen lymph nodes",
}
"""System, in the order of a review of systems, and the words that patients and doctors use."""

_NORMAL = {
    "fever": "fever",
    "fevers": "fever",
    "fatigued": "fatigue",
    "tired": "fatigue",
    "tiredness": "fatigue",
    "exhausted": "fatigue",
    "lethargic": "lethargy",
    "sweats": "sweating",
    "chest pains": "chest pain",
    "pain in your chest": "chest pain",
    "pain in my chest": "chest pain",
    "short of breath": "shortness of breath",
    "coughing": "cough",
    "wheeze": "wheezing",
    "breathless": "breathlessness",
    "nauseous": "nausea",
    "nauseated": "nausea",
    "throwing up": "vomiting",
    "stuffy nose": "nasal congestion",
    "congestion": "nasal congestion",
    "headache": "headaches",
    "dizzy": "dizziness",
    "lightheaded": "lightheadedness",
    "numb": "numbness",
    "passing out": "syncope",
    "passed out": "syncope",
    "fainting": "syncope",
    "blackouts": "syncope",
    "seizure": "seizures",
    "depressed": "depression",
    "anxious": "anxiety",
    "itchy": "itching",
    "itchiness": "itching",
    "rashes": "rash",
    "joint pains": "joint pain",
    "muscle pains": "muscle pain",
    "nosebleed": "nosebleeds",
    "heart racing": "racing heart",
    "leg edema": "leg swelling",
    "trouble breathing": "difficulty breathing",
    "problems breathing": "difficulty breathing",
    "problem breathing": "difficulty breathing",
    "issues breathing": "difficulty breathing",
    "trouble with breathing": "difficulty breathing",
    "trouble swallowing": "difficulty swallowing",
    "trouble sleeping": "difficulty sleeping",
    "trouble urinating": "difficulty urinating",
    "problems urinating": "difficulty urinating",
    "blurry vision": "blurred vision",
    "tremors": "tremor",
}
_BODY = (
    "abdomen|ankles?|arms?|back|breasts?|calf|calves|chest|ears?|elbows?|eyes?|feet|fingers?|foot|groin"
    "|belly|throat|tummy|hands?|head|heels?|hips?|jaw|knees?|legs?|necks?|ribs?|shoulders?|side|stomach|thighs?|thumb|toes?|wrists?"
)
_SIDE = r"(?:(?:left|right|bilateral|lower|upper|both|middle|big|index|little|ring|great) ){0,2}"
_AILING = "pain|swelling|numbness|tingling|weakness|stiffness|soreness"
_LOCAL = re.compile(rf"\b({_SIDE}(?:{_BODY}) (?:{_AILING}))\b")
_IN_PLACE = re.compile(
    rf"\b({_AILING}) (?:in|of|on) (?:the|my|your|his|her|both|this|that)? ?({_SIDE}(?:{_BODY}))\b"
)
_ACHING = re.compile(
    rf"\b(?:my|your|his|her) ({_SIDE}(?:{_BODY})) (?:(?:is|has|have|had|was|are|been|started|kind|of|really|still|just|to)"
    r" )*(?:hurts?|hurting|sore|aching|aches?|painful|bothering|killing)\b"
)
_HURT = re.compile(rf"\b(?:hurt|injured|twisted|sprained) (?:my|your) ({_SIDE}(?:{_BODY}))\b")
_SYSTEM_OF = {
    phrase: system for system, phrases in SYSTEMS.items() for phrase in phrases.split("|")
}
_KNOWN = re.compile(
    r"\b(" + "|".join(sorted(map(re.escape, _SYSTEM_OF), key=len, reverse=True)) + r")\b"
)
_LOCAL_SYSTEM = {"numbness": "Neurological", "tingling": "Neurological"}
_SPECIAL = {
    "chest pain": "Cardiovascular",
    "ear pain": "Ears, Nose, Mouth and Throat",
    "eye pain": "Eyes",
    "throat pain": "Ears, Nose, Mouth and Throat",
    "head pain": "Neurological",
    "stomach pain": "Gastrointestinal",
    "tummy pain": "Gastrointestinal",
    "belly pain": "Gastrointestinal",
    "abdomen pain": "Gastrointestinal",
    "breast pain": "Integumentary",
}


@dataclass(frozen=True, slots=True)
class Symptom:
    """A symptom in its normal form, and the system it belongs to."""

    name: str
    system: str
    start: int
    """Where it was found: place of its first word."""


def find(words: Sequence[str]) -> list[Symptom]:
    """Return the symptoms that ``words`` name, in order, each once."""
    places = [place for place, word in enumerate(words) if word != ","]
    text = " ".join(words[place] for place in places)
    taken = [False] * len(text)
    found: list[Symptom] = []

    def take(start: int, end: int, name: str, system: str) -> None:
        if not any(taken[start:end]) and all(item.name != name for item in found):
            taken[start:end] = [True] * (end - start)
            found.append(Symptom(name, system, places[text.count(" ", 0, start)]))

    for local in _LOCAL.finditer(text):
        take(local.start(), local.end(), local[1], _of_place(local[1].split()[-1], local[1]))
    for placed in _IN_PLACE.finditer(text):
        name = f"{placed[2].removeprefix('both ')} {placed[1]}"
        take(placed.start(), placed.end(), name, _of_place(placed[1], name))
    for aching in (*_ACHING.finditer(text), *_HURT.finditer(text)):
        name = f"{aching[1]} pain"
        take(aching.start(), aching.end(), name, _of_place("pain", name))
    for known in _KNOWN.finditer(text):
        phrase = known[1]
        name = _NORMAL.get(phrase, phrase)
        name = re.sub(r"\b(?:your|my)\b", "the", re.sub(r" you\b", "", name))
        take(known.start(), known.end(), name, _SYSTEM_OF[phrase])
    return sorted(found, key=lambda item: item.start)


def _of_place(ailing: str, name: str) -> str:
    for special, system in _SPECIAL.items():
        if name.endswith(special):
            return system
    return _LOCAL_SYSTEM.get(ailing, "Musculoskeletal")
