"""What hurry and old systems do to words."""

from collections.abc import Sequence

from wardround.privacy.deid.evaluation.document import Piece


def capitals(pieces: Sequence[Piece]) -> list[Piece]:
    """Return pieces as an old system prints them, or a hand with the lock down."""
    return [Piece(text.upper(), kind) for text, kind in pieces]


def slips(word: str, at: int) -> tuple[str, str, str]:
    """Return a word as a hurried hand has it: two letters changed about, one lost, one doubled."""
    return (
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
    )
