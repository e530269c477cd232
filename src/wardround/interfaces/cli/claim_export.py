"""``wardround claim export``: claims as an 837 file that its guides accept."""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from wardround.capabilities.billing import Claim
    from wardround.capabilities.billing.x12 import Envelope


class Form(StrEnum):
    """Which claims are written."""

    PROFESSIONAL = "professional"
    INSTITUTIONAL = "institutional"


def export(
    claims: Annotated[
        Path, typer.Argument(metavar="CLAIMS", help="Claims as JSON: one a line, or a list.")
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
    production: Annotated[
        bool, typer.Option("--production", help="Not a test (ISA15 is P, not T).")
    ] = False,
) -> None:
    """Write claims as 837P and 837I, if every one can be sent; else say what each lacks.

    The file appears when all of it is written and the guides' maps accept it. FILE.toml has
    [sender] and [receiver], each with id, name and, where due, qualifier, contact, phone, email.
    The control number has to be one that the receiver has not seen.

    Examples:
      wardround claim export claims.jsonl out.837 --traders traders.toml --control 905
      wardround claim export claims.jsonl - --traders traders.toml --control 906 --kind professional

    """
    import sys

    from wardround.capabilities.billing.x12 import export_837
    from wardround.disk import appearing
    from wardround.interfaces.cli.console import note

    wanted = [one for one in _claims(claims) if kind is None or one.kind == kind.value]
    text = export_837(wanted, _envelope(traders, control, production=production))
    if str(out) == "-":
        sys.stdout.write(text)
    else:
        with appearing(out) as stream:
            stream.write(text.encode("ascii"))
    note(f"{len(wanted)} claims, {'production' if production else 'test'}, control {control:09d}.")


def _claims(path: Path) -> Iterator["Claim"]:
    """Give the claims of a file; an error names the line and field, never what stands there."""
    from pydantic import ValidationError

    from wardround.capabilities.billing import Claim
    from wardround.kernel import InvalidInput

    for place, text in _records(path):
        try:
            yield Claim.model_validate_json(text)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False, include_context=False)[0]
            field = ".".join(str(one) for one in first["loc"])
            raise InvalidInput(
                f"This is no claim: {field or 'the whole'}, {first['msg']}.",
                where=f"{path}, {place}",
                mend="docs/billing.md tells the fields of a claim.",
            ) from None


def _records(path: Path) -> Iterator[tuple[str, bytes]]:
    import orjson

    from wardround.kernel import InvalidInput

    text = path.read_bytes()
    if text.lstrip()[:1] == b"[":
        try:
            listed = orjson.loads(text)
        except orjson.JSONDecodeError as error:
            raise InvalidInput(
                f"This is no JSON: {error.msg}.", where=f"{path}, line {error.lineno}"
            ) from None
        for number, one in enumerate(listed, 1):
            yield f"claim {number}", orjson.dumps(one)
        return
    try:
        orjson.loads(text)
    except orjson.JSONDecodeError:
        for number, line in enumerate(text.splitlines(), 1):
            if line.strip():
                yield f"line {number}", line
    else:
        yield "line 1", text


def _envelope(path: Path, control: int, *, production: bool) -> "Envelope":
    import tomllib

    from pydantic import ValidationError

    from wardround.capabilities.billing.x12 import Envelope
    from wardround.kernel import InvalidInput, system_clock

    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"))
        return Envelope(
            **read,
            control=control,
            group=control,
            at=system_clock().astimezone(),
            usage="P" if production else "T",
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
