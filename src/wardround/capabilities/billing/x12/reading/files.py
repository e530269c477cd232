"""Files of 837P and 837I read back to claims."""

from collections.abc import Iterable, Iterator

from wardround.capabilities.billing.model import Claim, ClaimKind, Patient, Subscriber
from wardround.capabilities.billing.x12.envelope import TransactionSet, transaction_sets
from wardround.capabilities.billing.x12.reading.claims import read_claim
from wardround.capabilities.billing.x12.reading.keeping import Unheld, unheld
from wardround.capabilities.billing.x12.reading.loops import blocks
from wardround.capabilities.billing.x12.reading.parties import billing, dependent, subscriber
from wardround.capabilities.billing.x12.syntax import Segment
from wardround.kernel import Noun

_KINDS = {"005010X222": ClaimKind.PROFESSIONAL, "005010X223": ClaimKind.INSTITUTIONAL}


class ReadClaim(Noun):
    """A claim as it was read, of which transaction set, and what of its segments it does not hold.

    What is said of a billing provider or subscriber is told with the first claim of each.
    """

    claim: Claim
    set_control: str
    unheld: tuple[Unheld, ...] = ()


def read_837(source: str | Iterable[str]) -> list[ReadClaim]:
    """Return the claims of a file, read to its end; raise ``InvalidInput`` with the place."""
    return list(claims_read(source))


def claims_read(source: str | Iterable[str]) -> Iterator[ReadClaim]:
    """Give the claims of a file one by one, whatever its size."""
    for one in transaction_sets(source):
        if one.kind != "837":
            raise one.header.wrong("This is no claim file (837).", 1)
        kind = _KINDS.get(one.version[:10])
        if kind is None:
            raise one.header.wrong(
                "This is neither an 837P (005010X222A1) nor an 837I (005010X223A2).", 3
            )
        yield from _Reading(one, kind).claims()


class _Reading:
    """One transaction set as it is read: who bills, who is insured, who is the patient now."""

    def __init__(self, one: TransactionSet, kind: ClaimKind) -> None:
        self.one = one
        self.kind = kind
        self.untold: list[Segment] = []

    def claims(self) -> Iterator[ReadClaim]:
        """Give its claims."""
        provider = asked = patient = None
        for block in blocks(self.one):
            if block.name == "claim":
                if provider is None or asked is None or patient is None:
                    raise block.segments[0].wrong("A claim has no provider or subscriber above it.")
                claim = read_claim(
                    self.kind, block.segments, provider, _covered(asked, patient), patient
                )
                told = unheld(claim, [*self.untold, *block.segments])
                self.untold = []
                yield ReadClaim(claim=claim, set_control=self.one.control, unheld=told)
                continue
            self.untold += block.segments
            if block.name == "provider":
                provider = billing(block.segments)
            elif block.name == "subscriber":
                asked, patient = subscriber(block.segments)
            else:
                patient = dependent(block.segments)


def _covered(asked: Subscriber, patient: Patient) -> Subscriber:
    """Return the coverage without the person where that is the patient."""
    if patient.relationship != "18":
        return asked
    none = Subscriber()
    names = ("last", "first", "middle", "birth_date", "sex", "address")
    return asked.model_copy(update={name: getattr(none, name) for name in names})
