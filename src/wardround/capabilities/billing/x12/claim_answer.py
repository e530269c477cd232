"""The 277CA (005010X214): which claims of a file were taken, and why not the others."""

from typing import Any

from wardround.capabilities.billing.acknowledgement import Acknowledged, Acknowledgement, Answer
from wardround.capabilities.billing.x12.envelope import TransactionSet
from wardround.capabilities.billing.x12.syntax import Segment
from wardround.capabilities.billing.x12.wording import said

_REFUSED = frozenset("A3 A4 A6 A7 A8".split())
"""Claim status categories that send a claim back (code source 507)."""


class ClaimAnswer:
    """A 277CA as it is read: at what level we are, and the claim that is told of."""

    def __init__(self, one: TransactionSet) -> None:
        self.level = ""
        self.began = one.header
        self.reference = ""
        self.whole: list[tuple[str, str]] = []
        self.claim: dict[str, Any] | None = None
        self.claims: list[Acknowledged] = []
        for segment in one.segments:
            self.take(segment)
        self.close()
        if not self.reference:
            raise one.header.wrong("This 277CA does not name the file that it answers (TRN*2).")

    def answer(self) -> Acknowledgement:
        """Return the whole of it: of mixed answers, accepted with errors."""
        answers = {claim.answer for claim in self.claims}
        # What is told of the file or of a provider counts where it rejects, or tells of no claim.
        told = {_answer(action, status) for action, status in self.whole}
        answers |= told & {Answer.REJECTED} if answers else told
        mixed = Answer.WITH_ERRORS if len(answers) > 1 else Answer.ACCEPTED
        return Acknowledgement(
            kind="277CA",
            answer=answers.pop() if len(answers) == 1 else mixed,
            reference=self.reference,
            claims=tuple(self.claims),
        )

    def take(self, segment: Segment) -> None:
        """Take one segment where it belongs."""
        match segment.id:
            case "HL":
                self.close()
                self.level = segment.get(3)
            case "TRN":
                self.trace(segment)
            case "STC":
                self.status(segment)
            case "REF" if self.claim is not None and segment.get(1) == "1K":
                self.claim["payer_control"] = segment.get(2)
            case "SVC" if self.claim is not None:
                self.claim["in_line"] = True
            case "BHT" | "NM1" | "DTP" | "QTY" | "AMT" | "REF" | "PER":
                pass
            case _:
                raise segment.wrong("This segment has no place in a 277CA.")

    def trace(self, segment: Segment) -> None:
        """TRN: the file's reference (level 21), or a claim's number (level PT)."""
        if self.level == "21":
            self.reference = segment.get(2)
        elif self.level == "PT":
            self.close()
            if not segment.get(2):
                raise segment.wrong("The patient control number is missing.", 2)
            self.claim = {"id": segment.get(2), "statuses": [], "says": [], "refused": False}
            self.began = segment

    def status(self, segment: Segment) -> None:
        """STC: up to three statuses, and whether they accept (WQ) or reject (U)."""
        codes = [segment.parts(at) for at in (1, 10, 11) if segment.get(at)]
        if not codes or len(codes[0]) < 2:
            raise segment.wrong("The category and the status are missing.", 1)
        listed = [f"{one[0]}:{one[1]}" if len(one) > 1 else one[0] for one in codes]
        if self.claim is None:
            self.whole.append((segment.get(3), listed[0]))
            return
        self.claim["statuses"] += listed
        self.claim["says"].append(
            f"{said('category', codes[0][0])} (status {codes[0][1]})"
            + (f": {segment.get(12)}" if segment.get(12) else "")
        )
        if "in_line" not in self.claim:
            self.claim["refused"] |= _answer(segment.get(3), listed[0]) is Answer.REJECTED

    def close(self) -> None:
        """Put the claim that was read into the answer."""
        told = self.claim
        self.claim = None
        if told is None:
            return
        if not told["statuses"]:
            raise self.began.wrong("The claim that begins here has no status (STC).")
        self.claims.append(
            Acknowledged(
                id=told["id"],
                answer=Answer.REJECTED if told["refused"] else Answer.ACCEPTED,
                statuses=tuple(told["statuses"]),
                payer_control=told.get("payer_control", ""),
                says="; ".join(told["says"]),
            )
        )


def _answer(action: str, status: str) -> Answer:
    refused = action == "U" or status.partition(":")[0] in _REFUSED
    return Answer.REJECTED if refused else Answer.ACCEPTED
