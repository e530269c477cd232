"""Phrasing: the wording that notes prefer, where the meaning is the same."""

import re

_FORMS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), form)
    for pattern, form in (
        (
            r"(?<=\bfor) like (?=\w)|(?<=\babout) like\b|(?<=\b(?:was|and|are|has)) like\b|(?<=\bis) like\b(?! (?:a|an|the)\b)|(?<= ,) like\b",
            "",
        ),
        (r"\ba little bit of (?:a )?", "some "),
        (r"\ba little bit\b", "a little"),
        (r"\b(?:really|quite literally|super) (?=\w)", ""),
        (
            r"\b(\d+(?:\.\d+)? (?:mg|mcg|mL|units|tablets?|puffs?)) (?:(?:once|1 time) )?(?:a|per|every) day\b",
            r"\1 daily",
        ),
        (r"\b(?:once|1 time) (?:a|per) day\b|\bonce every day\b", "once daily"),
        (r"\btwice (?:a|per) day\b|\b2 times (?:a|per) day\b", "twice daily"),
        (r"\b(\d times) (?:a|per) day\b", r"\1 daily"),
        (r"\b(does|do|did) (have)\b", "has"),
        (r"\b(\d+)[ -]years?[ -]old\b", r"\1-year-old"),
        (
            r"\b(is|are|was|were) (\d+)-year-old(?! (?:\w+ ){0,2}(?:male|female|man|woman|lady|gentleman|boy|girl))",
            r"\1 \2 years old",
        ),
        (r"\bblood sugars? (?:is|are) running\b", "blood sugar is running"),
        (r"\bpain (?:when|if) i (?:press|push|touch)(?: on)?\b", "pain to palpation of"),
        (r"\bup to date\b", "up-to-date"),
        (r"\b(\d+) (?:to|or) (\d+) out of 10\b", r"\1 to \2/10"),
        (r"\btype two\b", "type 2"),
        (r"\btype one\b", "type 1"),
    )
)
_AGAIN = re.compile(r"\b(and|but|or|so)(?: then)? the patient (?=\w)")


def phrase(text: str) -> str:
    """Return ``text`` in the wording of notes."""
    for pattern, form in _FORMS:
        text = pattern.sub(form, text)
    if text.startswith("the patient "):
        text = _AGAIN.sub(r"\1 ", text)
    return " ".join(text.split())
