"""English verbs as far as rewriting needs them: third person, participles, what is a past form."""

from wardround.capabilities.documentation.writing.rules import Rules

_RULES = Rules("verbs")

_IRREGULAR_PASTS = _RULES.words("irregular_pasts")
_MODALS = _RULES.words("modals")
ADVERBS = _RULES.words("adverbs")
_NO_VERBS = _RULES.words("no_verbs")
BASES = _RULES.words("bases")


def third(verb: str) -> str:
    """Return the third person singular of a base form."""
    known = {"be": "is", "am": "is", "are": "is", "have": "has", "do": "does", "go": "goes"}
    if verb in known:
        return known[verb]
    if verb.endswith(("s", "x", "ch", "sh", "z")):
        return f"{verb}es"
    if verb.endswith("y") and verb[-2:-1] not in {"a", "e", "o", "u"}:
        return f"{verb[:-1]}ies"
    return f"{verb}s"


def is_past(verb: str) -> bool:
    """Return whether ``verb`` looks like a past form or participle."""
    return verb in _IRREGULAR_PASTS or (
        verb.endswith("ed") and verb not in {"need", "bleed", "feed"}
    )


def is_modal(verb: str) -> bool:
    """Return whether ``verb`` takes no third person ending."""
    return verb in _MODALS


def may_be_verb(word: str) -> bool:
    """Return whether ``word`` can be a verb after its subject."""
    return word.isalpha() and word not in _NO_VERBS


def agree(verb: str) -> str:
    """Return ``verb``, said of I or you, as said of he or she."""
    if verb == "were":
        return "was"
    if verb in {"read", "put", "hurt", "let", "cut", "quit", "hit"} or is_modal(verb):
        return verb
    if verb in {"am", "are", "have", "do"}:
        return third(verb)
    if is_past(verb) or verb.endswith("ing") or not may_be_verb(verb):
        return verb
    return third(verb)
