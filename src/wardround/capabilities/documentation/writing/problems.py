"""Assessment and plan: one block for each problem, in the order in which they were discussed."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from wardround.capabilities.documentation.writing.claims import Claim, claim
from wardround.capabilities.documentation.writing.rules import Rules
from wardround.capabilities.documentation.writing.segments import Segment
from wardround.capabilities.documentation.writing.verbs import ADVERBS, BASES, third

_RULES = Rules("problems")

LABELS = {
    "reasoning": "Medical reasoning",
    "testing": "Additional testing",
    "treatment": "Medical treatment",
    "referral": "Specialist referrals",
    "education": "Patient education and counseling",
    "followup": "Follow-up",
}
"""What a sentence of a plan may say, in the order of a block, and its label."""

_NAMED = _RULES.patterns("named")
_NAME_ENDS = _RULES.pattern("name_ends")
_ACTIONS = (
    BASES | frozenset(map(third, BASES)) | ADVERBS | frozenset({"part", "sake", "own", "age"})
)
_NOT_PROBLEMS = _RULES.pattern("not_problems")


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


_DIAGNOSED = _RULES.pattern("diagnosed")
_ILLNESS = _RULES.pattern("illness")
_RULED_OUT = _RULES.pattern("ruled_out")
_HEDGED = _RULES.pattern("hedged")


def diagnosis(segment: Segment) -> list[str]:
    """Return the diagnosis that ``segment`` states, with "possible" where it is hedged."""
    text = " ".join(segment.words)
    found = _DIAGNOSED.search(text)
    while found:
        name = _NAME_ENDS.sub("", f" {found['name']}").strip(" ,")
        words = name.replace(",", " ,").split()
        before = text[max(0, found.start() - 30) : found.start("name")]
        ruled_out = _RULED_OUT.search(f"{before} {name}")
        if _ILLNESS.search(name) and len(words) <= 7 and not ruled_out:
            return ["possible", *words] if _HEDGED.search(before) else words
        found = _DIAGNOSED.search(text, found.start() + 1)
    return []


def same_problem(first: Sequence[str], second: Sequence[str]) -> bool:
    """Return whether two names mean the same problem."""
    one, two = set(first) - {"of", "the"}, set(second) - {"of", "the"}
    return bool(one) and (one <= two or two <= one)
