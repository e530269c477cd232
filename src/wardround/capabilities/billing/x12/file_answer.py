"""The answers to a file's form: TA1 of its interchange, 999 (005010X231A1) of its sets."""

from typing import Any

from wardround.capabilities.billing.acknowledgement import Acknowledgement, Answer, Fault
from wardround.capabilities.billing.x12.envelope import TransactionSet
from wardround.capabilities.billing.x12.syntax import Segment
from wardround.capabilities.billing.x12.wording import said

_ANSWERS = {"A": Answer.ACCEPTED, "E": Answer.WITH_ERRORS, "P": Answer.WITH_ERRORS}
"""IK501, AK901 and TA104; M, R, W and X reject."""


def interchange_answer(told: Segment) -> Acknowledgement:
    """Return what a TA1 says of the interchange with the control number in its ``reference``."""
    code = told.get(5)
    fault = Fault(segment="ISA", code=code, says=f"{said('interchange', code)}.")
    return Acknowledgement(
        kind="TA1",
        answer=_ANSWERS.get(told.get(4), Answer.REJECTED),
        reference=told.get(1),
        faults=() if code in {"", "000"} else (fault,),
    )


class FileAnswer:
    """A 999 as it is read."""

    def __init__(self, one: TransactionSet) -> None:
        self.group: Segment | None = None
        self.end: Segment | None = None
        self.control = ""
        self.about: Segment | None = None
        self.faults: list[Fault] = []
        self.accepted: list[str] = []
        self.rejected: list[str] = []
        for segment in one.segments:
            self.take(segment)
        self.header = one.header

    def answer(self) -> Acknowledgement:
        """Return the whole of it."""
        if self.group is None or self.end is None:
            missing = "AK1" if self.group is None else "AK9"
            raise self.header.wrong(f"This 999 has no {missing}.")
        return Acknowledgement(
            kind="999",
            answer=_ANSWERS.get(self.end.get(1), Answer.REJECTED),
            group_control=self.group.get(2),
            accepted_sets=tuple(self.accepted),
            rejected_sets=tuple(self.rejected),
            faults=tuple(self.faults),
        )

    def take(self, segment: Segment) -> None:
        """Take one segment where it belongs."""
        match segment.id:
            case "AK1":
                self.group = segment
            case "AK2":
                self.ended(segment)
                self.control = segment.get(2)
                self.about = None
            case "IK3":
                self.about = segment
                self.fault(segment, "segment", segment.get(4))
            case "IK4":
                self.element(segment)
            case "IK5":
                self.close(segment)
            case "AK9":
                self.ended(segment)
                self.end = segment
                for at in range(5, 10):
                    if segment.get(at):
                        self.add("group", segment.get(at), segment="GS")
            case "CTX":
                pass
            case _:
                raise segment.wrong("This segment has no place in a 999.")

    def ended(self, segment: Segment) -> None:
        """Refuse what goes on before it was said what became of a set."""
        if self.control:
            raise segment.wrong("The transaction set before this has no answer (IK5).")

    def close(self, segment: Segment) -> None:
        """IK5: what became of a transaction set."""
        taken = _ANSWERS.get(segment.get(1)) is not None
        (self.accepted if taken else self.rejected).append(self.control)
        for at in range(2, 7):
            if segment.get(at):
                self.add("set", segment.get(at), segment="ST")
        self.control = ""

    def fault(self, segment: Segment, kind: str, code: str) -> None:
        """IK3: a segment that is wrong."""
        self.add(kind, code, segment=segment.get(1), position=_position(segment))

    def element(self, segment: Segment) -> None:
        """IK4: an element that is wrong; its value (IK404), maybe a patient's, is left out."""
        if self.about is None:
            raise segment.wrong("It stands before the segment that it is about (IK3).")
        place = segment.parts(1)
        number = f"{int(place[0]):02d}" if place and place[0].isdigit() else ""
        component = f"-{place[1]}" if len(place) > 1 and place[1] else ""
        self.add(
            "element",
            segment.get(3),
            segment=self.about.get(1),
            position=_position(self.about),
            element=f"{self.about.get(1)}{number}{component}",
        )

    def add(self, kind: str, code: str, **where: Any) -> None:
        """Add a fault of the set that is being told of."""
        self.faults.append(
            Fault(set_control=self.control, code=code, says=f"{said(kind, code)}.", **where)
        )


def _position(segment: Segment) -> int | None:
    if not segment.get(2).isdigit():
        raise segment.wrong("The position of a segment is a number.", 2)
    return int(segment.get(2))
