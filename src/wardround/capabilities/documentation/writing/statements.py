"""What is fit to print: complete statements, no commands to a device, nothing said twice."""

import re
from collections.abc import Sequence

from wardround.capabilities.documentation.writing.rules import Rules
from wardround.capabilities.documentation.writing.verbs import BASES, is_past, third

_RULES = Rules("statements")

_DEVICE = re.compile(r"\b(?:dragon|dax|alexa|siri)\b")
_INSTRUCTION = _RULES.pattern("instruction")
_ORDERED = _RULES.pattern("ordered")
_VERBS = _RULES.words("verbs") | BASES | frozenset(map(third, BASES))
DANGLING = _RULES.words("dangling")
_FRAGMENT = _RULES.pattern("fragment")
_CHATTER = _RULES.pattern("chatter")


def is_command(words: Sequence[str]) -> bool:
    """Return whether ``words`` speak to the recording device, or of it."""
    return bool(_DEVICE.search(" ".join(words)))


def order_to_device(words: Sequence[str]) -> list[str]:
    """Return the order in a command such as "dragon, order an x-ray", empty if there is none."""
    found = _ORDERED.search(" ".join(words))
    return found["order"].split() if found else []


def is_chatter(words: Sequence[str]) -> bool:
    """Return whether ``words`` only keep the conversation going."""
    return bool(_CHATTER.search(" ".join(words)))


def is_instruction(words: Sequence[str]) -> bool:
    """Return whether ``words`` tell the patient what to do during the examination."""
    return bool(_INSTRUCTION.search(" ".join(words)))


def is_complete(words: Sequence[str]) -> bool:
    """Return whether rewritten ``words`` stand as a sentence: a verb, no dangling end."""
    if len(words) < 3 or words[-1] in DANGLING or _FRAGMENT.match(" ".join(words)):
        return False
    if words[0] == "if" and len(words) < 9 and "," not in words:
        return False
    return any(word in _VERBS or is_past(word) for word in words)


class Told:
    """Remembers what a section says, to say nothing twice."""

    def __init__(self) -> None:
        self._bags: list[frozenset[str]] = []

    def is_new(self, text: str) -> bool:
        """Return whether ``text`` adds something, and remember it."""
        bag = frozenset(re.findall(r"[a-z0-9]+", text.lower())) - DANGLING - {"patient", "s"}
        if not bag or any(len(bag & known) >= 0.8 * len(bag) for known in self._bags):
            return False
        self._bags.append(bag)
        return True
