"""What every noun of the kernel is: an immutable, strict value."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, JsonValue, StringConstraints, ValidationError

Json = JsonValue
"""Anything JSON can hold."""

Pointer = Annotated[str, StringConstraints(pattern=r"^(/([^~/]|~[01])*)*$")]
"""A JSON pointer (RFC 6901) into a draft's content, such as ``/sections/0/sentences/2``."""


class Noun(BaseModel):
    """An immutable value that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def first_fault(error: ValidationError) -> str:
    """Return the JSON pointer of the first place that a noun refuses."""
    return "/" + "/".join(str(part) for part in error.errors()[0]["loc"])
