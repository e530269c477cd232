"""``wardround claim read``: an X12 file of claims or of a payer's answers, as JSON or a table."""

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, NamedTuple

import typer

if TYPE_CHECKING:
    from wardround.capabilities.billing import Acknowledgement, Claim, Imbalance, Remittance
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

    The file is read to its end first, so that nothing of a broken one is printed. What a claim
    cannot hold, and sums of a remittance that do not hold, are told on standard error; a
    remittance that does not balance ends with 1.

    Examples:
      wardround claim read out.837 > claims.jsonl
      wardround claim read payment.835 --format table

    """
    from wardround.capabilities.billing import kinds_of
    from wardround.interfaces.cli.console import note, write
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
    with _opened(file) as stream:
        for _ in reader(stream):
            pass
    right = True
    with _opened(file) as stream:
        for told in reader(stream):
            right = right and told.right
            for missed in told.notes:
                note(missed)
            if format_ is Format.TABLE:
                for line in told.lines:
                    write("\t".join(line))
            else:
                write(told.record.model_dump_json(exclude_defaults=True))
    return Exit.OK if right else Exit.WRONG


def _opened(file: Path) -> IO[str]:
    """Open a file so that a character that is none of X12's is found at its segment."""
    return file.open(encoding="ascii", errors="surrogateescape", newline="")


class Told(NamedTuple):
    """A record, its lines of a table, what is told beside it, and whether its sums hold."""

    record: "Noun"
    lines: Sequence[tuple[str, ...]]
    notes: Sequence[str] = ()
    right: bool = True


def _claims(stream: IO[str]) -> Iterator[Told]:
    from wardround.capabilities.billing import claims_read

    for one in claims_read(stream):
        missed = [
            f"claim {one.claim.id}, segment {each.number}: {each.says}" for each in one.unheld
        ]
        yield Told(one.claim, [_claim_line(one.claim)], missed)


def _claim_line(claim: "Claim") -> tuple[str, ...]:
    asked = claim.subscribers[0].payer.id if claim.subscribers else ""
    codes = " ".join(one.code for one in claim.diagnoses)
    served = claim.serviced.isoformat() if claim.serviced else ""
    return (claim.id, claim.kind.value, served, asked, f"{claim.total:.2f}", codes)


def _remittances(stream: IO[str]) -> Iterator[Told]:
    from wardround.capabilities.billing import remittances, unbalanced

    for one in remittances(stream):
        wrong = [f"payment {one.trace}{_imbalance(each)}" for each in unbalanced(one)]
        yield Told(one, _payment_lines(one), wrong, not wrong)


def _imbalance(one: "Imbalance") -> str:
    claim = f", claim {one.claim}" if one.claim else ""
    line = f", line {one.line}" if one.line else ""
    return f"{claim}{line}: {one.says} It should be {one.expected}, and is {one.told}."


def _payment_lines(one: "Remittance") -> list[tuple[str, ...]]:
    lines: list[tuple[str, ...]] = [
        ("payment", one.trace, one.payer, f"{one.amount:.2f}", str(one.paid_on or ""))
    ]
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
    from wardround.capabilities.billing import acknowledgements

    for one in acknowledgements(stream):
        yield Told(one, _answer_lines(one))


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
