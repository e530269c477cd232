"""``wardround claim export``: claims as an 837 file that its guides accept."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from wardround.capabilities.billing import Claim, Envelope, Refuses


class Form(StrEnum):
    """Which claims are written."""

    PROFESSIONAL = "professional"
    INSTITUTIONAL = "institutional"


def export(
    claims: Annotated[
        Path, typer.Argument(metavar="CLAIMS", help="Claims: JSON, JSON Lines, FHIR, or an 837.")
    ],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The file to write, or -.")],
    traders: Annotated[
        Path,
        typer.Option("--traders", metavar="FILE.toml", help="Who sends and who receives."),
    ],
    control: Annotated[
        int, typer.Option("--control", min=1, max=999_999_998, help="ISA13 and the first GS06.")
    ],
    kind: Annotated[
        Form | None, typer.Option("--kind", help="Only the claims of this form.")
    ] = None,
    terms: Annotated[
        Path | None,
        typer.Option("--terms", metavar="FOLDER", help="Code tables. [default: the house's own]"),
    ] = None,
    today: Annotated[
        datetime | None,
        typer.Option("--today", formats=["%Y-%m-%d"], metavar="DATE", help="The day of filing."),
    ] = None,
) -> None:
    """Write claims as 837P and 837I, if every one can be sent; else say what each lacks.

    A claim can be sent when no edit of the scrubber blocks it. The file appears when all of it is
    written and the guides' maps accept it. FILE.toml has [sender] and [receiver], each with id,
    name and, where due, qualifier, contact, phone, email; usage = "P" before them makes it no test.
    The control number has to be one that the receiver has not seen.

    Examples:
      wardround claim export claims.jsonl out.837 --traders traders.toml --control 905
      wardround claim export claims.jsonl - --traders traders.toml --control 906 --kind professional

    """
    import sys

    from wardround.capabilities.billing import export_837
    from wardround.disk import appearing
    from wardround.interfaces.cli.claim_files import claims_in
    from wardround.interfaces.cli.console import note

    envelope = _envelope(traders, control)
    wanted = [one for one in claims_in(claims) if kind is None or one.kind == kind.value]
    text = export_837(wanted, envelope, _refuses(wanted, terms, today))
    if str(out) == "-":
        sys.stdout.write(text)
    else:
        with appearing(out) as stream:
            stream.write(text.encode("ascii"))
    usage = "production" if envelope.usage == "P" else "test"
    note(f"{len(wanted)} claims, {usage}, control {control:09d}.")


def _refuses(wanted: list["Claim"], terms: Path | None, today: datetime | None) -> "Refuses":
    """Return what keeps a claim here: the scrubber's edits that block, on the day of filing.

    Each is held beside those of its patient before it in the file, and the house's filing limits.
    """
    from wardround.bootstrap import LIMITS, filing_limits
    from wardround.capabilities.billing import Scrubber, load_tables
    from wardround.interfaces.cli.claim_scrub import beside
    from wardround.kernel import Severity, system_clock
    from wardround.settings import read_settings

    home = read_settings().home
    tables = load_tables(terms if terms is not None else home / "terms")
    scrubber = Scrubber(tables, limits=filing_limits(home / LIMITS))
    known = {claim.id: others for claim, others in beside(iter(wanted), [])}
    on = (today or system_clock().astimezone()).date()

    def blocking(claim: "Claim") -> list[str]:
        edits = scrubber.scrub(claim, known[claim.id], on)
        return [f"{one.says} [{one.rule}]" for one in edits if one.severity is Severity.BLOCK]

    return blocking


def _envelope(path: Path, control: int) -> "Envelope":
    import tomllib

    from pydantic import ValidationError

    from wardround.capabilities.billing import Envelope
    from wardround.kernel import InvalidInput, system_clock

    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"))
        return Envelope(
            **read,
            control=control,
            group=control,
            at=system_clock().astimezone(),
        )
    except tomllib.TOMLDecodeError as error:
        raise InvalidInput(f"This is no TOML: {error}.", where=str(path)) from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        field = ".".join(str(one) for one in first["loc"])
        raise InvalidInput(
            f"{field}: {first['msg']}.",
            where=str(path),
            mend="Give [sender] and [receiver], each with id and name.",
        ) from None
