"""Claims from a file, whatever they are written in: our JSON, FHIR, or X12."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wardround.capabilities.billing import Claim

ISA = b"ISA"


def claims_in(path: Path) -> Iterator["Claim"]:
    """Give the claims of a file; an error names the line and field, never what stands there.

    The file is an 837, a FHIR Claim or Bundle, a list of our claims, or one of these on each line.
    """
    data = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    if data.lstrip()[:3] == ISA:
        yield from _x12(path)
        return
    found = 0
    for place, value in _values(path, data):
        for claim in _claims(value, f"{path}, {place}"):
            found += 1
            yield claim
    if not found:
        from wardround.kernel import InvalidInput

        raise InvalidInput("There is no claim in it.", where=str(path), mend="Give claims.")


def _x12(path: Path) -> Iterator["Claim"]:
    from wardround.capabilities.billing import claims_read
    from wardround.interfaces.cli.console import note

    with path.open(encoding="ascii", errors="surrogateescape", newline="") as stream:
        for one in claims_read(stream):
            for missed in one.unheld:
                note(f"claim {one.claim.id}, segment {missed.number}: {missed.says}")
            yield one.claim


def _values(path: Path, data: bytes) -> Iterator[tuple[str, Any]]:
    """Give the values of a JSON file, or of JSON Lines, each with its place."""
    import orjson

    from wardround.kernel import InvalidInput

    try:
        whole = orjson.loads(data)
    except orjson.JSONDecodeError:
        for number, line in enumerate(data.splitlines(), 1):
            if not line.strip():
                continue
            try:
                yield f"line {number}", orjson.loads(line)
            except orjson.JSONDecodeError as error:
                raise InvalidInput(
                    f"This is no JSON: {error.msg}.",
                    where=f"{path}, line {number}",
                    mend="Give claims as JSON, one a line; a FHIR Bundle; or an 837.",
                ) from None
        return
    if isinstance(whole, list):
        yield from ((f"claim {number}", one) for number, one in enumerate(whole, 1))
    else:
        yield "line 1", whole


def _claims(value: Any, where: str) -> Iterator["Claim"]:
    from pydantic import ValidationError

    from wardround.capabilities.billing import Claim, claim_from_fhir, claims_of_bundle
    from wardround.kernel import InvalidInput

    kind = value.get("resourceType") if isinstance(value, dict) else None
    if kind == "Bundle":
        yield from claims_of_bundle(value)
    elif kind is not None:
        yield claim_from_fhir(value)
    else:
        try:
            yield Claim.model_validate(value)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False, include_context=False)[0]
            field = ".".join(str(one) for one in first["loc"])
            raise InvalidInput(
                f"This is no claim: {field or 'the whole'}, {first['msg']}.",
                where=where,
                mend="docs/billing.md tells the fields of a claim.",
            ) from None
