"""What a payer answers to a file: a 999 (is its form right?), a 277CA (were its claims taken?)."""

from enum import StrEnum

from wardround.kernel import Noun


class Answer(StrEnum):
    """What became of a file, a set or a claim."""

    ACCEPTED = "accepted"
    WITH_ERRORS = "accepted with errors"
    REJECTED = "rejected"


class Fault(Noun):
    """One thing the payer found: where in the file, by X12's codes and in words."""

    set_control: str = ""
    segment: str = ""
    position: int | None = None
    element: str = ""
    code: str = ""
    says: str = ""


class Acknowledged(Noun):
    """One claim of a 277CA: its patient control number, and the STC codes (category:status)."""

    id: str
    answer: Answer
    statuses: tuple[str, ...] = ()
    payer_control: str = ""
    says: str = ""


class Acknowledgement(Noun):
    """One 999 or 277CA; ``group_control`` is the GS06 of the file that it answers (999)."""

    kind: str
    answer: Answer
    group_control: str = ""
    accepted_sets: tuple[str, ...] = ()
    rejected_sets: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    claims: tuple[Acknowledged, ...] = ()
