import json

import pytest

from tests.record.conftest import body
from wardround.kernel import InvalidInput, TooLarge
from wardround.record.body import DEPTH, LIMIT, parse
from wardround.record.kinds import KINDS

PATIENT = b'{"resourceType": "Patient", "name": [{"family": "Chalmers"}]}'


def test_a_resource() -> None:
    assert parse(PATIENT) == json.loads(PATIENT)


def test_the_types_of_r4() -> None:
    assert len(KINDS) == 146  # R4 (4.0.1): 148 with the abstract Resource and DomainResource
    assert {"Patient", "MedicationRequest", "VisionPrescription"} <= KINDS
    assert not {"Resource", "DomainResource", "NutritionProduct", "ActorDefinition"} & KINDS


@pytest.mark.parametrize(
    ("sent", "what"),
    [
        (b"", "This is empty."),
        (b" \n ", "This is empty."),
        (PATIENT[:-1], "at line 1, column"),
        (b'{\n"resourceType": "Patient",\n"id": }', "at line 3, column 7"),
        (PATIENT + b"{}", "This is not JSON"),
        (b"[1, 2", "This is not JSON"),
        (b'{"a": NaN}', "This is not JSON"),
        (b'{"a": 1e999}', "This is not JSON"),
        (b'{"a": 01}', "This is not JSON"),
        (b"{'a': 1}", "This is not JSON"),
        (b'{"a": "\\ud800"}', "This is not JSON"),
        (b'{"a": "\x01"}', "This is not JSON"),
        (b"\xef\xbb\xbf" + PATIENT, "begins with a byte order mark"),
        (PATIENT.decode().encode("utf-16"), "not UTF-8: byte 0, in line 1,"),
        (b'{\n"name": "Ren\xe9e"}', "not UTF-8: byte 14, in line 2,"),
        (b"[" * 100_000, "This is not JSON"),
        (b"PK\x03\x04\x00\x00", "This is not JSON"),
    ],
)
def test_what_is_not_json(sent: bytes, what: str) -> None:
    with pytest.raises(InvalidInput) as told:
        parse(sent)
    assert what in told.value.what
    assert told.value.where == "resource"
    assert told.value.mend


@pytest.mark.parametrize(
    ("sent", "where"),
    [
        (b"[]", "resource"),
        (b"null", "resource"),
        (b'"Patient"', "resource"),
        (b"7", "resource"),
        (b"{}", "resource.resourceType"),
        (b'{"resourceType": "patient"}', "resource.resourceType"),
        (b'{"resourceType": "NutritionProduct"}', "resource.resourceType"),
        (b'{"resourceType": ["Patient"]}', "resource.resourceType"),
        (body("Patient", id=""), "resource.id"),
        (body("Patient", id="a b"), "resource.id"),
        (body("Patient", id="a/b"), "resource.id"),
        (body("Patient", id="ü"), "resource.id"),
        (body("Patient", id="x\n"), "resource.id"),
        (body("Patient", id="x" * 65), "resource.id"),
        (body("Patient", id=7), "resource.id"),
        (body("Patient", id=None), "resource.id"),
    ],
)
def test_what_is_not_a_resource(sent: bytes, where: str) -> None:
    with pytest.raises(InvalidInput) as told:
        parse(sent)
    assert told.value.where == where


@pytest.mark.parametrize(
    "sent",
    [
        b'{"resourceType": "Patient", "id": "a", "id": "b"}',
        b'{"resourceType": "Patient", "resourceType": "Group"}',
        b'{"resourceType": "Patient", "name": [{"given": ["A"], "given": ["B"]}]}',
        b'{"resourceType": "Patient", "id": "a", "\\u0069d": "b"}',
    ],
)
def test_a_name_that_stands_twice(sent: bytes) -> None:
    with pytest.raises(InvalidInput, match="stands twice in one object"):
        parse(sent)


def test_an_id_as_long_as_may_be() -> None:
    assert parse(body("Patient", id="x" * 64))["id"] == "x" * 64


def test_too_large() -> None:
    with pytest.raises(TooLarge, match="16 MB"):
        parse(b" " * (LIMIT + 1))


def nested(levels: int) -> bytes:
    """Return a resource with this many objects and arrays inside one another."""
    return b'{"resourceType": "Basic", "x": ' + b"[" * (levels - 1) + b"]" * (levels - 1) + b"}"


def test_nested_too_deeply() -> None:
    assert parse(nested(DEPTH))
    with pytest.raises(InvalidInput, match="nested too deeply"):
        parse(nested(DEPTH + 1))


def test_brackets_in_words_are_not_nesting() -> None:
    assert parse(body("Basic", x="[{" * 1000, y='\\"[[[' * 100, z=[[]] * 1000))
