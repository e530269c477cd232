"""The transcript among a draft's saved inputs."""

from collections.abc import Sequence

from wardround.capabilities.documentation.model import Transcript
from wardround.kernel import Context, Input, InvalidInput

TRANSCRIPT = "transcript"
"""The input that evidence counts its turns and characters in: all that was said, as our JSON."""


def transcript_of(inputs: Sequence[Input], context: Context) -> Transcript:
    """Return the transcript saved with an order or a draft."""
    for item in inputs:
        if item.name == TRANSCRIPT:
            return Transcript.model_validate_json(context.open(item))
    raise InvalidInput("This order has no transcript.", mend="Order the note again with one.")
