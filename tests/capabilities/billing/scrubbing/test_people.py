from datetime import date

import pytest

from tests.capabilities.billing.scrubbing.made import PLAIN, changed, found
from wardround.capabilities.billing.scrubbing.identity import npi_is_valid, npi_of


@pytest.mark.parametrize("npi", ["1234567893", "1497758544", npi_of("212345678")])
def test_an_npi_with_its_check_digit_is_valid(npi: str) -> None:
    assert npi_is_valid(npi)


@pytest.mark.parametrize(
    "npi",
    [
        "1234567890",
        "123456789",
        "12345678933",
        "3234567893",
        "1234S67893",
        "",
        " 1234567893",
        "123456789\u0663",
    ],
)
def test_another_number_is_not(npi: str) -> None:
    assert not npi_is_valid(npi)


def _billing(**fields: object) -> set[str]:
    return found(changed(PLAIN, billing=PLAIN.billing.model_dump() | fields))


def _home(**fields: object) -> set[str]:
    billing = PLAIN.billing.model_dump()
    return found(changed(PLAIN, billing=billing | {"address": billing["address"] | fields}))


@pytest.mark.parametrize("tax_id", ["123456789", "12-3456789", "123-45-6789"])
def test_a_tax_id_may_have_its_hyphens(tax_id: str) -> None:
    assert not _billing(tax_id=tax_id)


@pytest.mark.parametrize("tax_id", ["12345678", "1234567890", "000000000", "12A456789"])
def test_a_tax_id_has_nine_digits(tax_id: str) -> None:
    assert _billing(tax_id=tax_id) == {"tax-id-form"}


@pytest.mark.parametrize(
    "line",
    [
        "PO Box 12",
        "P.O. Box 12",
        "p o box 12",
        "Post Office Box 12",
        "POB 12",
        "P O B 12",
        "Lock Box 9",
        "BOX 44",
        "PO Drawer 3",
        "Suite 4, P. O. BOX 7",
    ],
)
def test_a_post_office_box_is_no_billing_address(line: str) -> None:
    assert "post-box" in _home(line=line)


@pytest.mark.parametrize(
    "line", ["14 Elm St", "1 Boxwood Ln", "22 Post Rd", "9 Pobst Ave", "400 Box Elder Rd"]
)
def test_a_street_is_one_whatever_its_name(line: str) -> None:
    assert not _home(line=line)


@pytest.mark.parametrize(
    ("code", "rules"),
    [
        ("122071234", set()),
        ("12207-1234", set()),
        ("12207", {"zip-nine"}),
        ("", {"zip-missing"}),
        ("1220712", {"zip-nine"}),
    ],
)
def test_the_billing_zip_has_nine_digits(code: str, rules: set[str]) -> None:
    assert _home(zip=code) == rules


@pytest.mark.parametrize("taxonomy", ["207Q00000X", "363LF0000X", "2084P0800X"])
def test_a_taxonomy_of_the_nucc_passes(taxonomy: str) -> None:
    assert not _billing(taxonomy=taxonomy)


@pytest.mark.parametrize("taxonomy", ["207Q0000X", "207Q000000", "207q00000x", "207Q00000XX"])
def test_another_does_not(taxonomy: str) -> None:
    assert _billing(taxonomy=taxonomy) == {"taxonomy-form"}


def _covered(**fields: object) -> set[str]:
    return found(changed(PLAIN, subscribers=[PLAIN.subscribers[0].model_dump() | fields]))


@pytest.mark.parametrize("member", ["1EG4TE5MK73", "1EG4-TE5-MK73", "9AA9AA9AA99"])
def test_a_number_of_medicare_is_of_its_form(member: str) -> None:
    assert not _covered(filing="MB", member_id=member)


@pytest.mark.parametrize(
    "member", ["123456789A", "0EG4TE5MK73", "1SG4TE5MK73", "1EG4TE5MK7", "1EGLTE5MK73"]
)
def test_an_old_or_mistyped_number_of_medicare_is_warned_of(member: str) -> None:
    assert _covered(filing="MB", member_id=member) == {"mbi-form"}


def test_the_subscriber_may_be_told_again_where_it_is_the_patient() -> None:
    again = {"last": "MARSH", "first": "ana", "birth_date": date(1980, 2, 3), "sex": "F"}
    assert not _covered(**again)
    assert _covered(**again | {"birth_date": date(1980, 3, 2)}) == {"subscriber-self"}


def test_a_dependent_has_a_named_subscriber() -> None:
    patient = PLAIN.patient.model_dump() | {"relationship": "19"}
    assert found(changed(PLAIN, patient=patient)) == {"subscriber-name"}
    named = [PLAIN.subscribers[0].model_dump() | {"last": "Marsh", "first": "Eve"}]
    assert not found(changed(PLAIN, patient=patient, subscribers=named))


def test_a_name_may_have_any_letters() -> None:
    for last in ("O'Brien", "Smith-Jones", "Nguyễn", "de la Cruz", "Đặng", "St. John"):
        patient = PLAIN.patient.model_dump() | {"last": last}
        assert not found(changed(PLAIN, patient=patient))


def test_a_name_in_the_claims_number_is_warned_of() -> None:
    assert found(changed(PLAIN, id="MARSH20260602")) == {"control-name"}
    assert found(changed(PLAIN, id="19800203-1")) == {"control-name"}
    assert not found(changed(PLAIN, id="20260602-1"))


def test_one_who_bills_alone_needs_no_rendering_provider() -> None:
    alone = PLAIN.billing.model_dump() | {"name": "Okafor", "first": "Chidi"}
    assert not found(changed(PLAIN, billing=alone, rendering=None))
    assert found(changed(PLAIN, rendering=None)) == {"rendering-missing"}
