"""Who is compared with whom: names, homes, numbers, labels."""

from typing import Any

import pytest

from wardround.privacy.oversight import identity_of
from wardround.privacy.oversight.surnames import parts, share


@pytest.mark.parametrize(
    ("family", "found"),
    [
        ("Vega-Thornhill", {"vega", "thornhill"}),
        ("MÜLLER", {"muller"}),
        ("Müller", {"muller"}),
        ("Strauß", {"strauss"}),
        ("de la Cruz", {"cruz"}),
        ("O'Brien", {"obrien"}),
        ("O\N{RIGHT SINGLE QUOTATION MARK}Brien", {"obrien"}),
        ("García Márquez", {"garcia", "marquez"}),
        ("Łukasz", {"lukasz"}),
        ("van der Berg", {"berg"}),
        ("Li", {"li"}),
        ("", set()),
    ],
)
def test_the_names_within_a_name(family: str, found: set[str]) -> None:
    assert parts(family) == found


def test_common_names_are_known_to_be() -> None:
    assert share("smith") > share("miller") > 0.1 > share("hayes") > 0.01 > share("thornhill")
    assert share("no-such-name") == 0


def test_a_desk_s_telephone_is_no_home() -> None:
    contact = [
        {"system": "phone", "use": "work", "value": "612-555-0100"},
        {"system": "phone", "value": "+1 (612) 555-0101"},
        {"system": "phone", "value": "911"},
        {"system": "email", "use": "home", "value": "Ada@Example.org "},
    ]
    place = [
        {"use": "work", "line": ["1 Clinic Road"], "postalCode": "55401"},
        {"line": ["12 Elm St."], "postalCode": "55401-1234"},
        {"city": "Minneapolis", "postalCode": "55401"},
    ]
    found = identity_of("Patient/1", {"telecom": contact, "address": place})
    assert found.telecoms == {"5550101", "ada@example.org"}
    assert found.homes == {"12 elm st 55401"}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"birthDate": "1980-01-01"}, {"birthDate": "1980-01-01"}, True),
        ({"birthDate": "1980-01-01"}, {"birthDate": "1980-01-02"}, False),
        ({}, {}, False),
        (
            {"identifier": [{"system": "s", "value": "7"}], "name": []},
            {"identifier": [{"system": "s", "value": "7"}]},
            True,
        ),
        (
            {"identifier": [{"system": "s", "value": "7"}]},
            {"identifier": [{"system": "t", "value": "7"}]},
            False,
        ),
        (
            {"telecom": [{"value": "612-555-0101"}]},
            {"telecom": [{"value": "(612) 555 0101"}]},
            True,
        ),
    ],
)
def test_when_two_are_one(one: dict[str, Any], other: dict[str, Any], same: bool) -> None:
    name = {"name": [{"family": "Osei", "given": ["Amara"]}]}
    assert identity_of("P/1", name | one).is_same(identity_of("P/2", name | other)) is same


def test_labels_and_death() -> None:
    meta = {"security": [{"code": "VIP"}, {"code": "N"}, {"code": "R"}, {"code": "VIP"}]}
    found = identity_of("Patient/1", {"meta": meta, "deceasedDateTime": "2026-03-01T10:00:00Z"})
    assert found.labels == ("VIP", "restricted")
    assert found.died is not None
    assert found.died.date().isoformat() == "2026-03-01"
    for said in ("2026", True, None, "soon"):
        assert identity_of("Patient/1", {"deceasedDateTime": said}).died is None


@pytest.mark.parametrize("noise", [None, 5, "x", [], [5], {"a": 1}, [{"given": "x"}]])
def test_what_is_no_fhir_is_nobody(noise: Any) -> None:
    keys = ("name", "telecom", "address", "identifier", "meta")
    identity_of("Patient/1", dict.fromkeys(keys, noise))
