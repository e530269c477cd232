"""Whether there is a note to code: words at all, and in English."""

from wardround.capabilities.coding.finding.language import is_english


def unsuitable(text: str) -> str | None:
    """Return why a text cannot be coded, for a coder; None where it can."""
    if not any(map(str.isalpha, text)):
        return "The note holds no words that could be coded."
    if not is_english(text):
        return "The note does not seem to be in English; only English can be coded here."
    return None
