"""``wardround claim read``: an X12 file of claims or of a payer's answers, as JSON or a table."""

from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from wardround.capabilities.billing import Acknowledgement, Claim, Remittance
    from wardround.kernel import Noun


class Format(StrEnum):
    """How what was read is printed."""

    JSON = "json"
    TABLE = "table"


def read(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An 837, 835, 999, TA1 or 277CA.")],
    format_: Annotated[
        Format, typer.Option("--format", help="JSON, one record a line; or a table.")
    ] = Format.JSON,
) -> int:
    """Read an X12 file and print it: claims, remittances, acknowledgements.

    The envelopes are checked first, so that nothing of a broken file is printed. What a claim
    cannot hold, and sums of a remittance that do not hold, are told on standard error; a
    remittance that does not balance ends with 1.

    Examples:
      wardround claim read out.837 > claims.jsonl
      wardround claim read payment.835 --format table

    """
    from wardround.capabilities.billing.x12 import kinds_of
    from wardround.interfaces.cli.console import write
    from wardround.interfaces.cli.exits import Exit
    from wardround.kernel import InvalidInput

    with _opened(file) as stream:
        kinds = kinds_of(stream)
    if len(kinds) != 1:
        raise InvalidInput(
            f"The file has transaction sets of {len(kinds)} kinds.",
            where=str(file),
            mend="Give a file of one kind: 837, 835, 999, TA1 or 277.",
        )
    reader = _READERS.get(kind := kinds.pop())
    if reader is None:
        raise InvalidInput(
            f"Transaction sets {kind} are not read.",
            where=str(file),
            mend="Give an 837, 835, 999, TA1 or 277CA.",
        )
    right = True
    with _opened(file) as stream:
        for record, lines, good in reader(stream):
            right = right and good
            if format_ is Format.TABLE:
                for line in lines:
                    write("\t".join(line))
            else:
                write(record.model_dump_json(exclude_defaults=True))
    return Exit.OK if right else Exit.WRONG


def _opened(file: Path) -> IO[str]:
    """Open a file so that a character that is none of X12's is found at its segment."""
    return file.open(encoding="ascii", errors="surrogateescape", newline="")


Told = tuple["Noun", list[tuple[str, ...]], bool]
"""A record, its lines of a table, and whether its sums hold."""


def _claims(stream: IO[str]) -> Iterator[Told]:
    from wardround.capabilities.billing.x12 import claims_read
    from wardround.interfaces.cli.console import note

    for one in claims_read(stream):
        for missed in one.unheld:
            note(f"claim {one.claim.id}, segment {missed.number}: {missed.says}")
        yield one.claim, [_claim_line(one.claim)], True


def _claim_line(claim: "Claim") -> tuple[str, ...]:
    asked = claim.subscribers[0].payer.id if claim.subscribers else ""
    codes = " ".join(one.code for one in claim.diagnoses)
    served = claim.serviced.isoformat() if claim.serviced else ""
    return (claim.id, claim.kind.value, served, asked, f"{claim.total:.2f}", codes)


def _remittances(stream: IO[str]) -> Iterator[Told]:
    from wardround.capabilities.billing.x12 import remittances, unbalanced
    from wardround.interfaces.cli.console import note

    for one in remittances(stream):
        wrong = unbalanced(one)
        for each in wrong:
            claim = f", claim {each.claim}" if each.claim else ""
            line = f", line {each.line}" if each.line else ""
            note(
                f"payment {one.trace}{claim}{line}: {each.says} "
                f"It should be {each.expected}, and is {each.told}."
            )
        yield one, _payment_lines(one), not wrong


def _payment_lines(one: "Remittance") -> list[tuple[str, ...]]:
    lines = [("payment", one.trace, one.payer, f"{one.amount:.2f}", str(one.paid_on or ""))]
    for claim in one.claims:
        reasons = [
            f"{each.group}-{each.reason} {each.amount:.2f}"
            for each in (
                *claim.adjustments,
                *(each for line in claim.lines for each in line.adjustments),
            )
        ]
        lines.append(
            (claim.id, claim.status, f"{claim.charge:.2f}", f"{claim.paid:.2f}", ", ".join(reasons))
        )
    return lines


def _answers(stream: IO[str]) -> Iterator[Told]:
    from wardround.capabilities.billing.x12 import acknowledgements

    for one in acknowledgements(stream):
        yield one, _answer_lines(one), True


def _answer_lines(one: "Acknowledgement") -> list[tuple[str, ...]]:
    lines: list[tuple[str, ...]] = [
        (one.kind, one.group_control or one.reference, one.answer.value)
    ]
    for fault in one.faults:
        place = fault.element or fault.segment
        lines.append((f"set {fault.set_control}", f"{fault.position or ''}", place, fault.says))
    lines += [
        (claim.id, claim.answer.value, " ".join(claim.statuses), claim.says) for claim in one.claims
    ]
    return lines


_READERS: dict[str, Callable[[IO[str]], Iterator[Told]]] = {
    "837": _claims,
    "835": _remittances,
    "999": _answers,
    "277": _answers,
    "TA1": _answers,
}
