"""A claim is read from the record, part by part, and each part says where it stands."""

from decimal import Decimal

from tests.capabilities.billing.chart import (
    DAY,
    DIABETES,
    LEVEL,
    PATIENT,
    PRESSURE,
    VISIT,
    Charts,
)
from wardround.capabilities.billing import Claim
from wardround.capabilities.billing.reading import Asked, read_claim
from wardround.kernel import ChartPath, Evidence

ASKED = Asked(PATIENT, VISIT, ("Condition/c1", "Condition/c2"), ("ChargeItem/i1",))


def fee(code: str, modifiers: tuple[str, ...], on: object) -> Decimal | None:
    return {"99214": Decimal("218.00")}.get(code)


def read(charts: Charts, asked: Asked = ASKED) -> tuple[Claim, tuple[Evidence, ...]]:
    found = read_claim("W1", asked, charts, fee)
    return found.claim, found.evidence


def test_the_claim_of_a_visit() -> None:
    claim, _ = read(Charts(DIABETES, PRESSURE, LEVEL))
    assert [one.code for one in claim.diagnoses] == ["E11.9", "I10"]
    (line,) = claim.lines
    assert (line.procedure, line.charge, line.pointers) == ("99214", Decimal("218.00"), (1, 2))
    assert line.begins == DAY
    assert claim.place == "11"
    assert (claim.patient.last, claim.patient.sex) == ("Vega-Thornhill", "F")
    (subscriber,) = claim.subscribers
    assert (subscriber.filing, subscriber.payer.id) == ("CI", "EHP01")
    assert subscriber.member_id.startswith("EHP")
    assert claim.billing.address.zip == "049990001"
    assert claim.rendering is not None
    assert (claim.rendering.name, claim.rendering.taxonomy) == ("Osei", "207Q00000X")


def test_every_part_says_where_it_stands() -> None:
    _, evidence = read(Charts(DIABETES, PRESSURE, LEVEL))
    named = {
        item.claim: source.resource
        for item in evidence
        for source in item.sources
        if isinstance(source, ChartPath)
    }
    assert named == {
        "/claim/patient": PATIENT,
        "/claim/diagnoses/0": "Condition/c1",
        "/claim/diagnoses/1": "Condition/c2",
        "/claim/lines/0": "ChargeItem/i1",
        "/claim/subscribers/0": "Coverage/marisol-vega",
        "/claim/billing": "Organization/harbour-lane",
        "/claim/rendering": "Practitioner/amara-osei",
    }


def test_a_child_is_billed_under_whoever_is_insured() -> None:
    child, visit = "Patient/wren-castellanos", f"Encounter/castellanos-{DAY}"
    claim, _ = read(Charts(), Asked(child, visit, (), ()))
    (subscriber,) = claim.subscribers
    assert claim.patient.relationship == "19"
    assert (subscriber.first, subscriber.last) == ("Ines", "Castellanos-Pike")
    assert claim.patient.first == "Wren"


def test_what_the_record_does_not_know_stays_empty() -> None:
    charts = Charts(DIABETES)
    charts.drop("Coverage/marisol-vega")
    charts.drop("Organization/harbour-lane")
    claim, _ = read(charts, Asked(PATIENT, VISIT, ("Condition/c1",), ()))
    assert claim.subscribers == ()
    assert claim.lines == ()
    assert claim.billing.npi == ""


def test_a_procedure_without_a_fee_has_no_charge() -> None:
    unknown = {**LEVEL, "code": {"coding": [{"code": "99499"}]}}
    claim, _ = read(Charts(DIABETES, PRESSURE, unknown))
    assert claim.total == Decimal("0.00")
