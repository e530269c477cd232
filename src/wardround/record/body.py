"""What comes through the door of the record: the bytes of one FHIR R4 resource."""

import re
from codecs import BOM_UTF8
from itertools import accumulate
from typing import Any

import orjson

from wardround.kernel import InvalidInput, TooLarge
from wardround.record.kinds import KINDS
from wardround.record.spans import DECODER

LIMIT = 16 * 1024 * 1024
"""The most bytes of one resource."""

DEPTH = 128
"""The most objects and arrays inside one another; of R4's examples none has more than 16."""

ID = re.compile(r"[A-Za-z0-9.\-]{1,64}")
"""A FHIR id (R4, datatype ``id``)."""

_NO_BRACKETS = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"|[^\[\]{}"]+', re.DOTALL)
_STEP = {ord("{"): 1, ord("["): 1, ord("}"): -1, ord("]"): -1}


def parse(body: bytes, where: str = "resource") -> dict[str, Any]:
    """Return the resource as a dictionary to look into; raise ``InvalidInput`` or ``TooLarge``."""
    if len(body) > LIMIT:
        raise TooLarge(f"A resource is at most {LIMIT // 2**20} MB.", where=where)
    text = json_text(body, where, mend="Send one FHIR resource.")
    try:
        found = DECODER.decode(text)
    except InvalidInput as error:
        raise InvalidInput(error.what, where=where, mend=error.mend) from None
    return check(found, where)


def json_text(body: bytes, where: str, mend: str, depth: int = DEPTH) -> str:
    """Return bytes as text that is strictly JSON (RFC 8259) and not too deep."""
    try:
        orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise InvalidInput(_why_not_json(body, error), where=where, mend=mend) from None
    text = body.decode()
    if _depth(body, depth) > depth:
        raise InvalidInput("This JSON is nested too deeply.", where=where, mend=mend)
    return text


def check(found: object, where: str) -> dict[str, Any]:
    """Return a parsed resource if it is one of R4; raise ``InvalidInput``."""
    if not isinstance(found, dict):
        raise InvalidInput(
            "A resource is a JSON object.", where=where, mend="Send one FHIR resource."
        )
    kind = found.get("resourceType")
    if not isinstance(kind, str) or kind not in KINDS:
        raise InvalidInput(
            "The resourceType is not one of FHIR R4.",
            where=f"{where}.resourceType",
            mend="Write it as in the specification, such as Patient.",
        )
    if "id" in found:
        require_id(found["id"], f"{where}.id")
    return found


def require_id(value: object, where: str) -> str:
    """Return ``value`` if it is a FHIR id; raise ``InvalidInput``."""
    if not isinstance(value, str) or not ID.fullmatch(value):
        raise InvalidInput(
            "This is not a FHIR id.", where=where, mend="Use 1 to 64 of A-Z a-z 0-9 - and '.'."
        )
    return value


def _depth(body: bytes, enough: int) -> int:
    opened = body.count(b"{") + body.count(b"[")
    if opened <= enough:
        return opened
    return max(accumulate(map(_STEP.__getitem__, _NO_BRACKETS.sub(b"", body))), default=0)


def _why_not_json(body: bytes, error: orjson.JSONDecodeError) -> str:
    """Return what is wrong with bytes that are not JSON, and where."""
    try:
        body.decode()
    except UnicodeDecodeError as fault:
        line = body.count(b"\n", 0, fault.start) + 1
        return f"This is not UTF-8: byte {fault.start}, in line {line}, cannot be read."
    if not body.strip():
        return "This is empty."
    if body.startswith(BOM_UTF8):
        return "This begins with a byte order mark; JSON has none (RFC 8259, section 8.1)."
    return f"This is not JSON: {error.msg} at line {error.lineno}, column {error.colno}."
