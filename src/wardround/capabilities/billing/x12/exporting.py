"""A claim file that may leave: written, then held against its guides as the last gate."""

from collections.abc import Iterable

from wardround.capabilities.billing.acknowledgement import Fault
from wardround.capabilities.billing.model import Claim
from wardround.capabilities.billing.x12.checking import check
from wardround.capabilities.billing.x12.envelope import Envelope, transaction_sets
from wardround.capabilities.billing.x12.writing import Refuses, unfinished, write_837
from wardround.kernel import InvalidInput

_MOST = 20
"""Faults that are told one by one."""


def export_837(claims: Iterable[Claim], envelope: Envelope, refuse: Refuses = unfinished) -> str:
    """Return claims as the text of an 837 file that its guides' maps accept.

    ``refuse`` gives the reasons for which a claim may not be sent, such as a scrubber's edits; what
    ``unfinished`` says keeps it here in any case. Raise ``InvalidInput`` with the claims and what
    each lacks, or with the segments and elements that the guides do not allow.
    """

    def reasons(claim: Claim) -> list[str]:
        return list(dict.fromkeys([*unfinished(claim), *refuse(claim)]))

    text = write_837(claims, envelope, reasons)
    faults = check(text)
    if faults:
        told = [_told(fault, name) for fault, name in zip(faults, _of(text, faults), strict=True)]
        more = f" | and {len(told) - _MOST} more" if len(told) > _MOST else ""
        raise InvalidInput(
            f"The guides do not allow this. {' | '.join(told[:_MOST])}{more}",
            mend="Mend these claims, or take them out; nothing was written.",
        )
    return text


def _told(fault: Fault, claim: str) -> str:
    place = fault.element or fault.segment
    named = f"claim {claim}, " if claim else ""
    return f"{named}set {fault.set_control}, segment {fault.position}, {place}: {fault.says}"


def _of(text: str, faults: list[Fault]) -> list[str]:
    """Return the claim in which each fault is, by its number; none where it is above all claims."""
    wanted = {(fault.set_control, fault.position) for fault in faults}
    found: dict[tuple[str, int | None], str] = {}
    for one in transaction_sets(text):
        claim = ""
        for position, segment in enumerate(one.segments, 2):
            claim = segment.get(1) if segment.id == "CLM" else claim
            claim = "" if segment.id == "HL" else claim
            if (one.control, position) in wanted:
                found.setdefault((one.control, position), claim)
    return [found.get((fault.set_control, fault.position), "") for fault in faults]
