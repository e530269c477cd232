"""What a payer answers to a file: a 999 (is its form right?), a 277CA (were its claims taken?)."""

from enum import StrEnum

from wardround.kernel import Noun


class Answer(StrEnum):
    """What became of a file, a set or a claim."""

    ACCEPTED = "accepted"
    WITH_ERRORS = "accepted with errors"
    REJECTED = "rejected"


class Fault(Noun):
    """One thing that is wrong with a file: where, by X12's codes and in words.

    ``position`` counts the segments of the transaction set ``set_control``, ST being 1.
    """

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
    """One 999 or 277CA.

    A 999 names the file that it answers by ``group_control``, its GS06; a 277CA by ``reference``,
    the BHT03 of the transaction set.
    """

    kind: str
    answer: Answer
    group_control: str = ""
    reference: str = ""
    accepted_sets: tuple[str, ...] = ()
    rejected_sets: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    claims: tuple[Acknowledged, ...] = ()
