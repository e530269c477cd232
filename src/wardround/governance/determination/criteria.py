"""The four criteria of clinical decision support that is not a device, and what follows of them.

Section 520(o)(1)(E) of the FD&C Act, as FDA's guidance "Clinical Decision Support Software" reads
it since 6 January 2026: software that meets all four is no device. Where it fails the third alone,
because it gives one recommendation where one alone is clinically appropriate, FDA does not enforce
what it could. What asks for immediate action is a device function either way.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, StringConstraints

from wardround.kernel import Noun

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=10, max_length=4000)]


class Reply(StrEnum):
    """An answer; what is not sure counts against the software until it is."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


class Result(StrEnum):
    """What a function is, by its answers."""

    NOT_DEVICE = "not a device function"
    DISCRETION = "enforcement discretion"
    DEVICE = "device function"


def _word(said: object) -> object:
    """Return YAML's true and false as the words that people wrote: yes and no."""
    return {True: "yes", False: "no"}[said] if isinstance(said, bool) else said


class Answered(Noun):
    """A question answered, with what shows that the answer is right."""

    answer: Annotated[Reply, BeforeValidator(_word)]
    evidence: Text


class Criteria(Noun):
    """Whether each criterion is met."""

    no_image_or_signal: Answered
    medical_information: Answered
    supports_professional: Answered
    basis_reviewable: Answered


ASKED = {
    "no_image_or_signal": "1. It takes in no image, no signal of an in vitro test and no pattern.",
    "medical_information": "2. It displays, analyses or prints medical information.",
    "supports_professional": "3. It supports a health professional, or gives them recommendations.",
    "basis_reviewable": "4. They can review its basis, and need not rely on it primarily.",
    "single_recommendation": "It gives one output, where one alone is clinically appropriate.",
    "immediate_action": "It is used to act at once.",
}
"""What is asked, by the key in the file."""


def decide(
    criteria: Criteria, single_recommendation: Answered, immediate_action: Answered
) -> tuple[Result, str]:
    """Return what a function is, and why."""
    met = {name: getattr(criteria, name).answer for name in Criteria.model_fields}
    unmet = [ASKED[name][0] for name, reply in met.items() if reply is Reply.NO]
    open_ = [ASKED[name][0] for name, reply in met.items() if reply is Reply.UNSURE]
    if immediate_action.answer is Reply.YES:
        return Result.DEVICE, "It is used to act at once."
    if immediate_action.answer is Reply.UNSURE:
        return (
            Result.DEVICE,
            "Whether it is used to act at once is not settled, which counts as yes.",
        )
    if open_:
        return Result.DEVICE, f"{_named(open_)} not settled, which counts as not met."
    if not unmet:
        return Result.NOT_DEVICE, "All four criteria are met, and it is not used to act at once."
    if unmet == ["3"] and single_recommendation.answer is Reply.YES:
        return Result.DISCRETION, (
            "Criterion 3 alone is not met, because it gives one output, and it is not used to act "
            "at once."
        )
    return Result.DEVICE, f"{_named(unmet)} not met."


def _named(numbers: list[str]) -> str:
    return (
        f"Criterion {numbers[0]} is"
        if len(numbers) == 1
        else f"Criteria {', '.join(numbers[:-1])} and {numbers[-1]} are"
    )
