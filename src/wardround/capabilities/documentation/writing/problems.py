"""Assessment and plan: one block for each problem, in the order in which they were discussed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from wardround.capabilities.documentation.writing.claims import Claim, claim
from wardround.capabilities.documentation.writing.segments import Segment
from wardround.capabilities.documentation.writing.verbs import ADVERBS, BASES, third

LABELS = {
    "reasoning": "Medical reasoning",
    "testing": "Additional testing",
    "treatment": "Medical treatment",
    "referral": "Specialist referrals",
    "education": "Patient education and counseling",
    "followup": "Follow-up",
}
"""What a sentence of a plan may say, in the order of a block, and its label."""

_ORDINAL = (
    r"(?:first|second|third|fourth|fifth|sixth|next|last|final|other|main|primary|number \w+)"
)
_YOUR = r"(?:your|the|his|her|this|that|a|an|my|our|of|is|being|with|here|again|um|uh|,|newly diagnosed)"
_NAMED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:{_ORDINAL} )?(?:{_ORDINAL}) (?:problem|issue|diagnosis|concern|condition)\b(?: {_YOUR})* (?P<name>.+)",
        rf"\b(?:for|on) (?:your|the|his|her) (?:problem|issue|diagnosis|concern)\b(?: {_YOUR})* (?P<name>.+)",
        r"\bfrom (?:a|an|the|your) (?P<name>\w+(?: \w+){0,2}) (?:standpoint|perspective|point of view)\b(?P<rest>.*)",
        r"^(?:and |so |then |now |um |uh |well |okay |alright )*(?:in terms of|as far as|with regards? to|regarding|when it comes to|as for) (?:your|the|his|her) (?P<name>.+)",
        r"^(?:and |so |then |now |um |uh |well |okay |alright |, )*for (?:your|his|her) (?P<name>.+)",
        r"\b(?:your )?diagnosis is(?: (?:a|an|the|that|of|most likely|likely|you have))* (?P<name>.+)",
    )
)
_NAME_ENDS = re.compile(
    r"(?: ,)?(?: (?:i|we|it|let|you|so|um|uh|that|which|is|are|looks|seems|again|now|this|these|they|there|what|okay|if|he|she"
    r"|sounds|goes|has|have|had|would|was|be|because|since|because|but|right|actually|here|at|first|today|well|then|your|the|my|continue|please|like|go|will"
    r"|consistent|due|secondary|most|associated|where|when|who|based|after|in|on|for|by|from|as|do|could|can|given)\b| [.;:]).*$"
)
_ACTIONS = (
    BASES | frozenset(map(third, BASES)) | ADVERBS | frozenset({"part", "sake", "own", "age"})
)
_NOT_PROBLEMS = re.compile(
    r"\b(?:problem|issue|standpoint|x-ray|exam|examination|results?|labs?|vitals?|time|week|month|day|visit|pain medication"
    r"|medications?|test|mri|treatment|follow|next|while|insurance|surgery|part|refill|questions?|appointment|part)\b"
)


@dataclass
class Block:
    """One problem and what is thought and done about it."""

    title: Claim | None = None
    lines: dict[str, list[Claim]] = field(default_factory=dict)

    def add(self, role: str, item: Claim) -> None:
        """Add a sentence under its role."""
        self.lines.setdefault(role, []).append(item)

    def claims(self, *, labelled: bool) -> list[Claim]:
        """Return the block's sentences; the first of each role carries its label."""
        found = [self.title] if self.title else []
        for role, label in LABELS.items():
            for number, item in enumerate(self.lines.get(role, [])):
                first = labelled and number == 0
                text = f"{label}: {item.text}" if first else item.text
                found.append(claim(text, item.segments))
        return found


def named_problem(segment: Segment) -> tuple[list[str], list[str]]:
    """Return the problem that ``segment`` turns to and what it says beyond; empty if none."""
    text = " ".join(segment.words)
    for number, pattern in enumerate(_NAMED):
        found = pattern.search(text)
        if not found:
            continue
        whole = f" {found['name']}"
        name = _NAME_ENDS.sub("", whole).strip(" ,").replace(" ,", ",")
        rest = (
            found["rest"]
            if "rest" in found.groupdict()
            else whole[len(_NAME_ENDS.sub("", whole)) :]
        )
        longest = 5 if number > 1 else 8
        if name in _ACTIONS or name.endswith("ing"):
            continue
        if name and len(name.split()) <= longest and not _NOT_PROBLEMS.search(name):
            return name.replace(",", " ,").split(), rest.strip(" ,").split()
    return [], list(segment.words)


_DIAGNOSED = re.compile(
    r"(?:consistent with|diagnosis of|diagnosed with|what we (?:would )?(?:call|say)|something called|due to"
    r"|\b(?:this|it) (?:is|looks like|sounds like)|\byou (?:have|may have|might have|probably have)(?: got)?)"
    r" (?:a |an |some |the |what we call |what we would say |maybe |simple |probably |called |like |going through )*(?P<name>.+)"
)
_ILLNESS = re.compile(
    r"\b(?:\w+(?:itis|osis|emia|aemia|opathy|algia|oma|pnea|uria|rrhea|rrhoea|plegia|tension)|fracture|sprain|strain|tear|infection"
    r"|syndrome|disease|disorder|migraine|asthma|copd|diabetes|uti|arthritis|cold|flu|covid|virus|reflux|gerd|anxiety"
    r"|depression|hernia|ulcer|stones?|eczema|allerg(?:y|ies)|contusion|concussion|bug|failure|attack|deficiency|illness)\b"
)
_RULED_OUT = re.compile(r"\b(?:not|no|rule out|never|without|if)\b")
_HEDGED = re.compile(
    r"\b(?:may|might|could|possib\w+|probabl\w+|likely|suspect\w*|suspicious|concerned|wonder|potential\w*)\b"
)


def diagnosis(segment: Segment) -> list[str]:
    """Return the diagnosis that ``segment`` states, with "possible" where it is hedged."""
    text = " ".join(segment.words)
    for found in _DIAGNOSED.finditer(text):
        name = _NAME_ENDS.sub("", f" {found['name']}").strip(" ,")
        words = name.replace(",", " ,").split()
        before = text[max(0, found.start() - 30) : found.start("name")]
        if not _ILLNESS.search(name) or len(words) > 7 or _RULED_OUT.search(f"{before} {name}"):
            continue
        return ["possible", *words] if _HEDGED.search(before) else words
    return []


def same_problem(first: Sequence[str], second: Sequence[str]) -> bool:
    """Return whether two names mean the same problem."""
    one, two = set(first) - {"of", "the"}, set(second) - {"of", "the"}
    return bool(one) and (one <= two or two <= one)
