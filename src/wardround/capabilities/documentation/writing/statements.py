"""What is fit to print: complete statements, no commands to a device, nothing said twice."""

import re
from collections.abc import Sequence

from wardround.capabilities.documentation.writing.verbs import BASES, is_past, third

_DEVICE = re.compile(r"\b(?:dragon|dax|alexa|siri)\b")
_ORDERED = re.compile(
    r"\b(?:dragon|dax)\W+(?P<order>(?:order|prescribe|refill|schedule) (?!.*\b(?:finalize|discussed|note|report)\b).+)"
)
_VERBS = (
    frozenset(
        ["is", "are", "was", "were", "has", "have", "had", "does", "do", "did", "will", "would", "can", "could", "should", "may", "might", "must", "am", "been", "being", "says", "means", "hurts", "gets", "takes", "shows", "reveals", "denies", "endorses", "reports"]
    )
    | BASES
    | frozenset(map(third, BASES))
)
DANGLING = frozenset(
    ["the", "a", "an", "of", "to", "and", "or", "in", "on", "at", "for", "with", "from", "by", "as", "that", "which", "than", "is", "are", "was", "were", "has", "have", "had", "my", "your", "his", "her", "their", "this", "because", "if", "when", "but", "so", "about", "into", "i", "we", "you", "he", "she", "they", "am", "be", "been", "feel", "feels", "seem", "seems", "things", "going", "will", "would", "can", "could", "should", "may", "does", "do", "did", "not", "no", "any", "some", "it", "what", "who", "there", "then", "very"]
)
_FRAGMENT = re.compile(
    r"^(?:us|that|which|of|than|because|whether|as if|whatever|as well|where|by|who|than)\b|^(?:what|how|why)\b"
)
_CHATTER = re.compile(
    r"\b(?:good to (?:see|meet)|nice to (?:see|meet)|how are you|see you (?:soon|later|then)|thank you"
    r"|thanks|have a (?:good|great|nice)|good luck|any (?:other )?questions|bye|take care of yourself"
    r"|happy to (?:see|help)|sounds? (?:good|great|like a plan)|does that (?:sound|make)|glad to (?:see|hear)"
    r"|sorry to hear|let me know if you have|congratulations|my pleasure|no worries|good question"
    r"|(?:listen to|look at|examine|check out|take a listen|quick physical|do (?:a|my|your) (?:quick |physical )?exam"
    r"|physical exam(?:ination)? (?:on you|here)|calling out|take a look at (?:you|your)"
    r"|talk (?:a little )?(?:bit )?about (?:my|your)|go over (?:a little|my))"
    r"|tell me|to recap|to summari[sz]e|for example|ask you|covered the|question(?:s)? (?:for you|to ask)|having listened"
    r"|as i said|let me|(?:my |a couple of )?(?:next |other )?question|moving on|proceed to exam\w*|reason i ask|get to know|social history|take a (?:quick )?look|(?:please )?show me|pull up|what i am going to do|this means that"
    r"|assessment and (?:my )?plan|before we (?:end|go)|questions|love (?:it|that))\b"
)


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


def is_complete(words: Sequence[str]) -> bool:
    """Return whether rewritten ``words`` stand as a sentence: a verb, no dangling end."""
    if len(words) < 3 or words[-1] in DANGLING or _FRAGMENT.match(" ".join(words)):
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
