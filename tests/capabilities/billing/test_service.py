"""Billing on the route: from signed codes to a claim that can be signed, and what it becomes."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import orjson
import pytest
from fhir.resources.R4B.claim import Claim as FhirClaim

from tests.capabilities.billing.chart import (
    DAY,
    DIABETES,
    LEVEL,
    PATIENT,
    PRESSURE,
    VISIT,
    Charts,
)
from wardround.capabilities.billing import Beside, Billed, Billing, OnFile, load_billing
from wardround.capabilities.billing.fhir import claim_from_fhir
from wardround.capabilities.billing.scrubbing import Loaded
from wardround.engines.terminology import Tables, load_icd10cm
from wardround.kernel import (
    Actor,
    Draft,
    Drafted,
    Edit,
    Input,
    InvalidInput,
    Order,
    Part,
    Role,
    Severity,
    Statement,
    Work,
    apply,
    work_of,
)

NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)
DELGADO = Actor(
    id="rosa.delgado",
    name="Rosa Delgado",
    role=Role.BILLER,
    reference="Practitioner/rosa-delgado",
)
ASKED = {
    "draft": "codes-1",
    "encounter": VISIT,
    "conditions": ["Condition/c1", "Condition/c2"],
    "charges": ["ChargeItem/i1"],
}


def fee(code: str, modifiers: tuple[str, ...], on: object) -> Decimal | None:
    return {"99214": Decimal("218.00")}.get(code)


@pytest.fixture(scope="module")
def billing() -> Billing:
    tables = Loaded(load_icd10cm(), Tables(None))
    return load_billing(lambda: tables, fee)


def order(request: bytes = orjson.dumps(ASKED)) -> tuple[Order, dict[str, bytes]]:
    item = Input(name="request", reference="Binary/1", sha256="1", media_type="application/json")
    made = Order(
        id="6b0c6a5e-6f0b-5c5e-9f0a-0123456789ab",
        capability="billing",
        subject=PATIENT,
        encounter=VISIT,
        inputs=(item,),
        ordered_by="x",
        ordered_at=NOW,
    )
    return made, {"request": request}


def drafted(billing: Billing, **asked: Any) -> tuple[Drafted, Order, Charts]:
    wanted = ASKED | asked
    made, inputs = order(orjson.dumps(wanted))
    charged = (LEVEL,) if wanted["charges"] else ()
    charts = Charts(DIABETES, PRESSURE, *charged, inputs=inputs)
    return billing.draft(made, charts), made, charts


def findings(billing: Billing, found: Drafted, asked: Order, charts: Charts) -> list[str]:
    scrubbed, _ = billing.guardrails
    seen = scrubbed.check(found, asked, charts)
    return [one.rule for one in seen if one.severity is not Severity.NOTE]


def draft_of(found: Drafted) -> Draft:
    return Draft(
        id="d1",
        capability="billing",
        subject=PATIENT,
        encounter=VISIT,
        content=found.content,
        evidence=found.evidence,
        model=found.model,
        created=NOW,
        updated=NOW,
    )


def edited(billing: Billing, found: Drafted, edit: Edit) -> Drafted:
    said = Statement(by=DELGADO.id, at=NOW)
    content, evidence = apply(edit, found.content, found.evidence, said)
    return found.model_copy(update={"content": billing.validate(content), "evidence": evidence})


@pytest.mark.requirement("BILL-01")
def test_signed_codes_become_a_claim_that_nothing_stands_in_the_way_of(billing: Billing) -> None:
    found, asked, charts = drafted(billing)
    billed = Billed.model_validate(found.content)
    assert billed.headline == "$218.00: 99214"
    assert billed.codes == "codes-1"
    assert findings(billing, found, asked, charts) == []
    assert work_of(billing) is Work.BILLING


def test_the_number_of_a_claim_tells_nothing_of_the_patient(billing: Billing) -> None:
    found, _, _ = drafted(billing)
    assert Billed.model_validate(found.content).claim.id == "W6B0C6A5E6F0B5C5"


@pytest.mark.requirement("BILL-02")
def test_an_incomplete_claim_is_blocked_at_its_place(billing: Billing) -> None:
    found, asked, charts = drafted(billing, charges=[])
    scrubbed, _ = billing.guardrails
    blocks = [f for f in scrubbed.check(found, asked, charts) if f.severity is Severity.BLOCK]
    assert blocks
    assert all(str(one.claim).startswith("/claim") for one in blocks)


def test_a_service_is_added_as_a_biller_types_it(billing: Billing) -> None:
    found, _, _ = drafted(billing, charges=[])
    typed = {
        "procedure": "99213",
        "modifiers": "25, 95",
        "pointers": "1 2",
        "units": "1",
        "charge": "156",
        "begins": DAY.isoformat(),
        "number": "1",
    }
    after = edited(billing, found, Edit(op="add", path="/claim/lines/-", value=typed))
    (line,) = Billed.model_validate(after.content).claim.lines
    assert (line.modifiers, line.pointers, line.charge) == (("25", "95"), (1, 2), Decimal(156))
    assert after.content["headline"] == "$156.00: 99213"
    (said,) = [e for e in after.evidence if e.claim == "/claim/lines/0"]
    assert isinstance(said.sources[0], Statement)


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        ("/claim/lines/0/charge", "two hundred", "/claim/lines/0/charge"),
        ("/claim/patient/birth_date", "yesterday", "/claim/patient/birth_date"),
        ("/claim/lines/0/modifiers", "1 2 3 4 5", "/claim/lines/0/modifiers"),
    ],
)
def test_what_cannot_stand_in_a_claim_is_told_with_its_place(
    billing: Billing, path: str, value: str, where: str
) -> None:
    found, _, _ = drafted(billing)
    with pytest.raises(InvalidInput) as caught:
        edited(billing, found, Edit(op="replace", path=path, value=value))
    assert caught.value.where == where
    assert value not in str(caught.value)


def test_nothing_signed_is_nothing_to_bill(billing: Billing) -> None:
    found, _, _ = drafted(billing, conditions=[])
    assert found.abstained == "No diagnosis was signed for this visit."


@pytest.mark.requirement("BILL-03")
def test_a_signed_claim_is_a_fhir_claim_that_reads_back_whole(billing: Billing) -> None:
    found, _, charts = drafted(billing)
    (made,) = billing.resources(draft_of(found), DELGADO, NOW, charts)
    FhirClaim.model_validate(orjson.loads(orjson.dumps(made)))
    assert made["patient"] == {"reference": PATIENT}
    assert claim_from_fhir(made) == Billed.model_validate(found.content).claim


def test_an_amended_claim_cancels_the_one_before(billing: Billing) -> None:
    found, _, charts = drafted(billing)
    (first,) = billing.resources(draft_of(found), DELGADO, NOW, charts)
    charts = Charts(DIABETES, PRESSURE, LEVEL, first)
    again = draft_of(found).model_copy(update={"id": "d2", "supersedes": "d1"})
    made = billing.resources(again, DELGADO, NOW, charts)
    assert [one["status"] for one in made] == ["active", "cancelled"]
    assert made[1]["id"] == first["id"] != made[0]["id"]


def test_the_same_services_twice_are_a_duplicate(billing: Billing) -> None:
    found, asked, _ = drafted(billing)
    billed = Billed.model_validate(found.content)
    other = billed.model_copy(update={"claim": billed.claim.model_copy(update={"id": "W0"})})
    before = found.model_copy(update={"content": other.model_dump(mode="json")})
    (earlier,) = billing.resources(draft_of(before), DELGADO, NOW, Charts())
    charts = Charts(DIABETES, PRESSURE, LEVEL, earlier)
    assert findings(billing, found, asked, charts) == ["duplicate-claim"]


def test_the_page_shows_each_diagnosis_with_its_words(billing: Billing) -> None:
    found, _, charts = drafted(billing)
    shown = billing.review(draft_of(found), charts)
    assert [(row.diagnosis.code, row.words) for row in shown["rows"]] == [
        ("E11.9", ("diabetes",)),
        ("I10", ("blood pressure",)),
    ]
    assert shown["total"] == "$218.00"


@pytest.mark.parametrize("data", [b"", b"[]", b'{"encounter": 3}', b'{"encounter": "Patient/1"}'])
def test_an_order_that_names_no_visit_is_refused(billing: Billing, data: bytes) -> None:
    with pytest.raises(InvalidInput, match="of which visit"):
        billing.accept([Part(name="request.json", data=data)])


@pytest.mark.requirement("BILL-02")
def test_what_ledger_and_contract_know_is_held_against_a_claim() -> None:
    tables = Loaded(load_icd10cm(), Tables(None))
    first, _, _ = drafted(load_billing(lambda: tables, fee))
    before = Billed.model_validate(first.content).claim.model_copy(update={"id": "OLD-1"})
    known = OnFile(claims=(before,), numbers=frozenset({"OLD-1"}))

    def rules(on_file: OnFile, limits: dict[str, int]) -> set[str]:
        beside = Beside(lambda *_: on_file, lambda: limits)
        one = load_billing(lambda: tables, fee, beside)
        found, asked, charts = drafted(one)
        return set(findings(one, found, asked, charts))

    payer = before.subscribers[0].payer.id
    assert rules(OnFile(), {payer: 30}) == set()
    assert rules(known, {}) == {"duplicate-claim"}
    assert rules(OnFile(strange=True), {}) == {"control-twice"}
    late = load_billing(lambda: tables, fee, Beside(limits=lambda: {payer: 30})).scrubber
    told = late.scrub(before, None, DAY + timedelta(days=31))
    assert "filing-late-payer" in {edit.rule for edit in told}


def test_a_bulk_record_is_scrubbed(billing: Billing) -> None:
    found, _, _ = drafted(billing)
    claim = found.content["claim"]
    answer = billing.batch({"id": "1", "claim": claim})
    assert (answer["id"], answer["status"]) == ("1", "clean")
    with pytest.raises(InvalidInput, match="not a claim"):
        billing.batch({"id": "2", "claim": {"id": ""}})
