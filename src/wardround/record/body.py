"""What comes through the door of the record: the bytes of one FHIR R4 resource."""

import json
import re
from typing import Any

import orjson

from wardround.kernel import InvalidInput, TooLarge
from wardround.record.kinds import KINDS

LIMIT = 16 * 1024 * 1024
"""The most bytes of one resource."""

ID = re.compile(r"[A-Za-z0-9.\-]{1,64}")
"""A FHIR id (R4, datatype ``id``)."""


def parse(body: bytes, where: str = "resource") -> dict[str, Any]:
    """Return the resource as a dictionary to look into; raise ``InvalidInput``."""
    if len(body) > LIMIT:
        raise TooLarge(f"A resource is at most {LIMIT // 2**20} MB.", where=where)
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise InvalidInput(
            why_not_json(body), where=where, mend="Send one FHIR resource."
        ) from None
    return check(found, where)


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


def why_not_json(body: bytes) -> str:
    """Return what is wrong with bytes that are not JSON, and where."""
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        return f"This is not UTF-8: byte {error.start} cannot be read."
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        return f"This is not JSON: {error.msg} at line {error.lineno}, column {error.colno}."
    except RecursionError:
        return "This JSON is nested too deeply."
    return "This JSON cannot be read: a number or a character in it is out of range."
