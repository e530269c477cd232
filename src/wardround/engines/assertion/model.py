"""What a note asserts of one thing it mentions."""

from typing import Literal, NamedTuple

Polarity = Literal["present", "negated"]
Certainty = Literal["certain", "possible"]
Time = Literal["current", "historical"]
Person = Literal["patient", "family", "other"]


class Assertion(NamedTuple):
    """What the text asserts of a mention, after ConText and the i2b2 assertion classes.

    ``hypothetical`` is what may come (*return if*, *risk of*), ``conditional`` what comes only
    under a circumstance (*on exertion*, a reaction to a drug). ``cues`` are the characters
    (start, end) of the words that decided, a section's heading among them, in order of the text.
    """

    polarity: Polarity = "present"
    certainty: Certainty = "certain"
    time: Time = "current"
    person: Person = "patient"
    hypothetical: bool = False
    conditional: bool = False
    cues: tuple[tuple[int, int], ...] = ()

    @property
    def negated(self) -> bool:
        """Whether the text says that it is not there."""
        return self.polarity == "negated"

    @property
    def asserted(self) -> bool:
        """Whether the text says plainly that the patient has it now."""
        return self[:6] == ("present", "certain", "current", "patient", False, False)
