"""Words that a person typed into a register: on one line, there where needed, not too long."""

from wardround.kernel.errors import InvalidInput

MOST_WORDS = 1000
"""How many characters a part of a register may have."""


def worded(text: str, where: str, missing: str | None = None) -> str:
    """Return what was typed, its spaces and line ends as single spaces.

    Raise ``InvalidInput`` where it is too long, or where it is empty and ``missing`` says so.
    """
    words = " ".join(text.split())
    if missing is not None and not words:
        raise InvalidInput(missing, where=where)
    if len(words) > MOST_WORDS:
        raise InvalidInput(f"This has more than {MOST_WORDS:,} characters.", where=where)
    return words
