"""What the scrubber says of a claim: one edit, where it is, and how it is mended."""

from wardround.kernel import Noun, Pointer, Severity


class Edit(Noun):
    """One thing that a payer would return or deny the claim for.

    ``where`` is a JSON pointer into the claim, ``segment`` the same place in the 837 (loop, segment
    and element), ``source`` whose rule it is. A ``block`` keeps the claim from being exported, a
    ``warn`` asks for a person's decision, a ``note`` says what was not checked.
    """

    rule: str
    severity: Severity
    where: Pointer = ""
    segment: str = ""
    says: str
    mend: str
    source: str


def blocks(edits: "tuple[Edit, ...] | list[Edit]") -> bool:
    """Return whether the claim that has these edits must not be exported."""
    return any(edit.severity is Severity.BLOCK for edit in edits)
