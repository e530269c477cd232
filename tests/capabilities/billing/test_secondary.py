"""The claim to the next insurer: what the one before decided stands in it, by the guide."""

from datetime import UTC, date, datetime
from decimal import Decimal

import orjson
import pytest
from fhir.resources.R4B.claim import Claim as FhirClaim
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.capabilities.billing.chart import PATIENT, VISIT, Charts
from tests.capabilities.billing.x12.test_checking import accepted_by_pyx12
from tests.capabilities.billing.x12.words import ENVELOPE
from tests.revenue.made import claim, decided, less, line, subscriber
from wardround.capabilities.billing import (
    Billed,
    Claim,
    Known,
    PaidClaim,
    Payer,
    Scrubber,
    Second,
    claim_from_fhir,
    claim_to_fhir,
    load_billing,
    secondary_of,
)
from wardround.capabilities.billing.scrubbing import Loaded
from wardround.capabilities.billing.x12 import check, read_837, write_837
from wardround.engines.terminology import Tables, load_icd10cm
from wardround.kernel import Input, InvalidInput, NotAllowed, Order, Part, TextSpan

ON = date(2026, 11, 28)
TABLES = Loaded(load_icd10cm(), Tables(None))
OTHER = subscriber(
    responsibility="S",
    member_id="ZX-77",
    filing="CI",
    payer=Payer(name="Acme Health", id="60054"),
    relationship="18",
)
FIRST = claim(subscribers=(subscriber(), OTHER), authorization="AUTH1")
DECIDED = decided(
    "WR-1",
    line("99214", "150.00", less("CO", "45", "40.00"), less("PR", "2", "22.00")),
    line("93000", "50.00", less("CO", "45", "10.00"), less("PR", "1", "40.00")),
)


def second(decision: PaidClaim = DECIDED, first: Claim = FIRST) -> Second:
    services = tuple(range(1, len(decision.lines) + 1))
    return Second(
        first=first,
        decision=decision,
        services=services,
        paid_on=date(2026, 11, 18),
        trace="T1",
        item="item-1",
        resource="Claim/c1",
    )


def edits(one: Claim, known: Known | None = None) -> set[str]:
    found = Scrubber(TABLES).scrub(one, known, ON)
    return {edit.rule for edit in found if edit.severity != "note"}


@pytest.mark.requirement("BILL-06")
def test_what_the_first_insurer_decided_stands_in_the_file() -> None:
    made = secondary_of(second(), "WR-9")
    text = write_837([made], ENVELOPE)
    assert check(text) == []
    assert accepted_by_pyx12(text)
    rows = text.replace("\n", "").split("~")
    start = next(n for n, row in enumerate(rows) if row.startswith("SBR*S"))
    assert "CI" in rows[start]
    for row in (
        "AMT*D*88",
        "REF*F8*ICNWR-1",
        "SVD*00831*88*HC:99214**1",
        "CAS*CO*45*40",
        "CAS*PR*2*22",
        "DTP*573*D8*20261118",
        "AMT*EAF*22",
        "SVD*00831*0*HC:93000**1",
        "AMT*EAF*40",
    ):
        assert row in rows, row
    assert not [row for row in rows if row.startswith("REF*G1")]
    assert rows.index("AMT*D*88") < next(n for n, row in enumerate(rows) if row == "LX*1")
    (read,) = read_837(text)
    assert write_837([read.claim], ENVELOPE) == text
    assert read.unheld == ()


@pytest.mark.requirement("BILL-03")
def test_its_fhir_claim_has_the_insurers_in_their_order_and_reads_back_whole() -> None:
    made = secondary_of(second(), "WR-9")
    fhir = claim_to_fhir(made)
    FhirClaim.model_validate({**fhir, "patient": {"reference": PATIENT}})
    assert [(one["sequence"], one["focal"]) for one in fhir["insurance"]] == [(1, True), (2, False)]
    assert claim_from_fhir(fhir) == made


@pytest.mark.requirement("BILL-06")
def test_a_decision_of_the_claim_as_a_whole() -> None:
    whole = PaidClaim(
        id="WR-1",
        status="1",
        charge=Decimal("200.00"),
        paid=Decimal("120.00"),
        patient_owes=Decimal("80.00"),
        adjustments=(less("PR", "1", "80.00"),),
    )
    made = secondary_of(second(whole), "WR-9")
    before = made.subscribers[1]
    assert (before.paid, before.owed) == (Decimal(120), Decimal(80))
    assert before.paid_on == date(2026, 11, 18)
    text = write_837([made], ENVELOPE)
    assert accepted_by_pyx12(text)
    assert "SVD*" not in text


def test_the_patient_is_the_next_subscribers_child() -> None:
    child = OTHER.model_copy(
        update={"relationship": "19", "first": "Carmen", "birth_date": date(1930, 1, 1)}
    )
    made = secondary_of(second(first=claim(subscribers=(subscriber(), child))), "WR-9")
    assert made.patient.relationship == "19"
    assert (made.subscribers[0].first, made.subscribers[1].relationship) == ("Carmen", "18")
    assert accepted_by_pyx12(write_837([made], ENVELOPE))


def test_a_third_insurer_is_told_of_both() -> None:
    third = OTHER.model_copy(
        update={"responsibility": "T", "payer": Payer(name="Third", id="70001")}
    )
    first = claim(subscribers=(subscriber(), OTHER, third))
    two = secondary_of(second(first=first), "WR-9")
    again = decided(
        "WR-9",
        line("99214", "150.00", less("OA", "23", "128.00"), less("PR", "2", "12.00")),
        line("93000", "50.00", less("OA", "23", "10.00"), less("PR", "1", "40.00")),
    )
    three = secondary_of(second(again, two), "WR-10")
    assert [one.responsibility for one in three.subscribers] == ["T", "S", "P"]
    assert [one.payer for one in three.lines[0].adjudications] == ["00831", "60054"]
    assert accepted_by_pyx12(write_837([three], ENVELOPE))
    with pytest.raises(NotAllowed, match="No further insurer"):
        secondary_of(second(again, three), "WR-11")


@pytest.mark.requirement("BILL-02")
def test_what_a_second_insurer_would_return_it_for() -> None:
    made = secondary_of(second(), "WR-9")
    assert edits(made, Known(claims=(FIRST,))) == set()
    assert "duplicate-claim" in edits(made, Known(claims=(made.model_copy(update={"id": "X"}),)))
    silent = made.subscribers[1].model_copy(update={"paid": None})
    bare = made.model_copy(update={"subscribers": (made.subscribers[0], silent)})
    assert edits(bare) == {"cob-undecided"}
    off = made.lines[0].adjudications[0].model_copy(update={"paid": Decimal("87.99")})
    lines = (made.lines[0].model_copy(update={"adjudications": (off,)}), made.lines[1])
    assert edits(made.model_copy(update={"lines": lines})) == {"cob-unbalanced"}


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(1, 999_999), st.integers(0, 100), st.integers(0, 100)),
        min_size=1,
        max_size=4,
    )
)
def test_whatever_was_decided_the_guide_accepts_it(told: list[tuple[int, int, int]]) -> None:
    charges = [Decimal(cents) / 100 for cents, _, _ in told]
    first = claim(charges=tuple(map(str, charges)), subscribers=(subscriber(), OTHER))
    lines = []
    for one, (cents, agreed, share) in zip(first.lines, told, strict=True):
        off = cents * agreed // 100
        left = (cents - off) * share // 100
        cas = [less("CO", "45", Decimal(off) / 100), less("PR", "2", Decimal(left) / 100)]
        lines.append(line(one.procedure, str(one.charge), *[each for each in cas if each.amount]))
    made = secondary_of(second(decided("WR-1", *lines), first), "WR-9")
    assert "cob-unbalanced" not in edits(made)
    text = write_837([made], ENVELOPE)
    assert check(text) == []
    (read,) = read_837(text)
    assert write_837([read.claim], ENVELOPE) == text


@pytest.mark.requirement("BILL-06")
def test_on_the_route_each_part_rests_on_the_decision() -> None:
    billing = load_billing(lambda: TABLES, lambda *_: None)
    parts = billing.accept([Part(name="request.json", data=second().model_dump_json().encode())])
    data = {part.name: part.data for part in parts}
    inputs = tuple(
        Input(name=name, reference="Binary/1", sha256="1", media_type="application/json")
        for name in data
    )
    order = Order(
        id="6b0c6a5e-6f0b-5c5e-9f0a-0123456789ab",
        capability="billing",
        subject=PATIENT,
        encounter=VISIT,
        inputs=inputs,
        ordered_by="x",
        ordered_at=datetime(2026, 11, 28, 9, tzinfo=UTC),
    )
    found = billing.draft(order, Charts(inputs=data))
    made = Billed.model_validate(found.content)
    assert (made.follows, made.item) == ("WR-1", "item-1")
    assert made.headline == "$200.00 to Acme Health: 99214, 93000"
    told = orjson.loads(data["decision"])
    assert told[1] == "99214: paid $88.00 of $150.00; CO-45 $40.00, PR-2 $22.00"
    where = {item.claim: item.sources for item in found.evidence}
    spans = [one for one in where["/claim/lines/1"] if isinstance(one, TextSpan)]
    assert [told[one.part].split(":")[0] for one in spans] == ["93000"]
    assert billing.validate(found.content)["follows"] == "WR-1"
    with pytest.raises(InvalidInput, match="no claim with a payer's decision"):
        billing.accept([Part(name="request.json", data=b'{"decision": 1}')])
