"""Which passwords are refused: known from breaches, or guessed from what is known of the person.

NIST SP 800-63B-4 section 3.1.1.2 asks for a comparison with a list of expected passwords and
forbids rules of composition. The lists are those of zxcvbn (30,000 from breaches, names, words);
it also sees through repetition, keyboard rows, dates, and letters written as figures.
"""

import re
from collections.abc import Iterable

from zxcvbn import zxcvbn

from wardround.kernel import InvalidInput

GUESSES = 1e8
"""The fewest guesses a password must take; zxcvbn's own bound for "safely unguessable"."""

_HOUSE = ("wardround", "clinic", "hospital", "doctor", "nurse", "patient", "password", "welcome")
_READ = 72
"""Characters that are judged; no longer password is easier than its beginning."""


def require_hard_to_guess(password: str, about: Iterable[str] = ()) -> None:
    """Raise ``InvalidInput`` for an easy password; ``about`` is what is known of the person."""
    words = {part for text in about for part in re.split(r"[\W_]+", text.lower()) if len(part) > 2}
    known = [*sorted(words), *(text.lower() for text in about), *_HOUSE]
    if float(zxcvbn(password[:_READ], user_inputs=known)["guesses"]) >= GUESSES:
        return
    raise InvalidInput(
        "This password is on lists of stolen passwords, or is guessed from your name.",
        where="password",
        mend="Take a sentence of a few words that nobody says of you.",
    )
