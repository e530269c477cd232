"""The 835 (005010X221A1): what a payer paid and why not more, as remittances."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from wardround.capabilities.billing.model import Adjustment
from wardround.capabilities.billing.remittance import (
    PaidClaim,
    PaidLine,
    ProviderAdjustment,
    Remittance,
)
from wardround.capabilities.billing.x12.envelope import TransactionSet, transaction_sets
from wardround.capabilities.billing.x12.syntax import Segment
from wardround.capabilities.billing.x12.values import (
    maybe_amount,
    read_amount,
    read_day,
    read_number,
)

# What an 835 may hold beside; a segment of another name is in no place of it.
_BESIDE = set("CUR N3 N4 PER RDM LX TS2 TS3 QTY".split())


def read_835(source: str | Iterable[str]) -> list[Remittance]:
    """Return the remittances of a file, read to its end; raise ``InvalidInput`` with the place."""
    return list(remittances(source))


def remittances(source: str | Iterable[str]) -> Iterator[Remittance]:
    """Give the remittances of a file, each once its transaction set was read to its end."""
    for one in transaction_sets(source):
        if one.kind != "835":
            raise one.header.wrong("This is no remittance (835).", 1)
        yield _Reading(one).remittance


class _Reading:
    """One transaction set as it is read: the payment, its claims, the lines of each."""

    def __init__(self, one: TransactionSet) -> None:
        self.head: dict[str, Any] = {"control": one.control, "payer": "", "payee": ""}
        self.payment: Segment | None = None
        self.claims: list[PaidClaim] = []
        self.provider: list[ProviderAdjustment] = []
        self.claim: dict[str, Any] | None = None
        self.line: dict[str, Any] | None = None
        for segment in one.segments:
            self.take(segment)
        self.close_claim()
        self.remittance = self.whole(one.header)

    def whole(self, header: Segment) -> Remittance:
        """Return the remittance, if what names the payment was there."""
        if self.payment is None:
            raise header.wrong("This 835 has no BPR, which tells the payment.")
        if "trace" not in self.head:
            raise header.wrong("This 835 has no TRN, which names the payment.")
        return Remittance(**self.head, claims=tuple(self.claims), adjustments=tuple(self.provider))

    def take(self, segment: Segment) -> None:
        """Take one segment where it belongs."""
        taken = getattr(self, f"take_{segment.id.lower()}", None)
        if taken is not None:
            taken(segment)
        elif segment.id not in _BESIDE:
            raise segment.wrong("This segment has no place in an 835.")

    def take_bpr(self, segment: Segment) -> None:
        """BPR: how much, by what means, on what day."""
        self.payment = segment
        amount = read_amount(segment, 2)
        self.head["amount"] = -amount if segment.get(3) == "D" else amount
        self.head["method"] = segment.get(4)
        self.head["paid_on"] = read_day(segment, 16) if segment.get(16) else None

    def take_trn(self, segment: Segment) -> None:
        """TRN: the check or transfer that this belongs to."""
        if not segment.get(2):
            raise segment.wrong("The number of the payment is missing.", 2)
        self.head["trace"] = segment.get(2)
        self.head["payer_id"] = segment.get(3)

    def take_n1(self, segment: Segment) -> None:
        """N1: the payer (PR) or the payee (PE)."""
        if segment.get(1) == "PR":
            self.head["payer"] = segment.get(2)
        elif segment.get(1) == "PE":
            self.head["payee"] = segment.get(2)
            if segment.get(3) == "XX":
                self.head["payee_npi"] = segment.get(4)

    def take_clp(self, segment: Segment) -> None:
        """CLP: a claim begins."""
        self.close_claim()
        if not segment.get(1):
            raise segment.wrong("The patient control number is missing.", 1)
        self.claim = {
            "id": segment.get(1),
            "status": segment.get(2),
            "charge": read_amount(segment, 3),
            "paid": read_amount(segment, 4),
            "patient_owes": maybe_amount(segment, 5) or Decimal("0.00"),
            "filing": segment.get(6),
            "payer_control": segment.get(7),
            "adjustments": [],
            "remarks": [],
            "lines": [],
        }

    def take_cas(self, segment: Segment) -> None:
        """CAS: why less was paid, of the line if one was begun, else of the claim."""
        self.within(segment)["adjustments"].extend(adjustments(segment))

    def take_nm1(self, segment: Segment) -> None:
        """NM1: people of the claim, who are not kept, and the payer it was passed on to (TT)."""
        claim = self.of_claim(segment)
        if segment.get(1) == "TT":
            claim["forwarded_to"] = segment.get(3)

    def take_mia(self, segment: Segment) -> None:
        """MIA: remarks on an inpatient claim."""
        self.of_claim(segment)["remarks"].extend(_remarks(segment, (5, 20, 21, 22, 23)))

    def take_moa(self, segment: Segment) -> None:
        """MOA: remarks on an outpatient or professional claim."""
        self.of_claim(segment)["remarks"].extend(_remarks(segment, (3, 4, 5, 6, 7)))

    def take_svc(self, segment: Segment) -> None:
        """SVC: a service line begins."""
        self.of_claim(segment)
        self.close_line()
        kind, code, *modifiers = (*segment.parts(1), "", "")
        if not code:
            raise segment.wrong("The code of the service is missing.", 1)
        revenue = kind == "NU"
        self.line = {
            "procedure": "" if revenue else code,
            "modifiers": tuple(one for one in modifiers[:4] if one),
            "revenue": code if revenue else segment.get(4),
            "charge": read_amount(segment, 2),
            "paid": read_amount(segment, 3),
            # SVC05: "if not present, the value is assumed to be one".
            "units": read_number(segment, 5) if segment.get(5) else Decimal(1),
            "adjustments": [],
            "remarks": [],
        }

    def take_dtm(self, segment: Segment) -> None:
        """DTM: the day of a service (472), or its first (150)."""
        if self.line is not None and segment.get(1) in {"472", "150"}:
            self.line["begins"] = read_day(segment, 2)

    def take_ref(self, segment: Segment) -> None:
        """REF: the line's own number, as it was sent (6R)."""
        if self.line is not None and segment.get(1) == "6R":
            self.line["control"] = segment.get(2)

    def take_amt(self, segment: Segment) -> None:
        """AMT: what the payer allows for the line (B6)."""
        if self.line is not None and segment.get(1) == "B6":
            self.line["allowed"] = read_amount(segment, 2)

    def take_lq(self, segment: Segment) -> None:
        """LQ: a remark on the line (HE: a RARC)."""
        if segment.get(1) == "HE":
            self.within(segment)["remarks"].append(segment.get(2))

    def take_plb(self, segment: Segment) -> None:
        """PLB: money between payer and provider that is of no claim, up to six times."""
        self.close_claim()
        for at in range(3, 15, 2):
            if not segment.get(at):
                break
            self.provider.append(
                ProviderAdjustment(
                    reason=segment.get(at, 1),
                    reference=segment.get(at, 2),
                    amount=read_amount(segment, at + 1),
                )
            )

    def of_claim(self, segment: Segment) -> dict[str, Any]:
        """Return the claim that is being read."""
        if self.claim is None:
            raise segment.wrong("It stands before the first claim (CLP), or after the last.")
        return self.claim

    def within(self, segment: Segment) -> dict[str, Any]:
        """Return the line that is being read, or the claim where none was begun."""
        return self.line if self.line is not None else self.of_claim(segment)

    def close_line(self) -> None:
        """Put the line that was read into its claim."""
        if self.line is not None and self.claim is not None:
            self.claim["lines"].append(PaidLine(**self.line))
        self.line = None

    def close_claim(self) -> None:
        """Put the claim that was read into the remittance."""
        self.close_line()
        if self.claim is not None:
            self.claims.append(PaidClaim(**self.claim))
        self.claim = None


def adjustments(segment: Segment) -> Iterator[Adjustment]:
    """Give the adjustments of a CAS: one group, up to six times reason, amount and quantity."""
    if not segment.get(1):
        raise segment.wrong("The group of the adjustment is missing.", 1)
    for at in range(2, 18, 3):
        if not segment.get(at):
            if segment.get(at + 1):
                raise segment.wrong("An amount has no reason.", at)
            break
        yield Adjustment(
            group=segment.get(1),
            reason=segment.get(at),
            amount=read_amount(segment, at + 1),
            units=read_number(segment, at + 2) if segment.get(at + 2) else None,
        )


def _remarks(segment: Segment, places: tuple[int, ...]) -> list[str]:
    return [segment.get(at) for at in places if segment.get(at)]
