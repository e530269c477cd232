"""A claim of each form with no more than it needs, and how a test changes it."""

from wardround.capabilities.billing import Claim, ClaimKind, Diagnosis, Party

CLAIM = Claim.model_validate(
    {
        "id": "WR-1",
        "patient": {
            "last": "Lindqvist", "first": "Ana", "birth_date": "1961-04-07", "sex": "F",
            "address": {"line": "22 Rue Road", "city": "Albany", "state": "NY", "zip": "12207"},
        },
        "subscribers": [
            {"member_id": "M1", "filing": "CI", "payer": {"name": "Acme", "id": "P0001"}}
        ],
        "billing": {
            "name": "Vega Clinic", "npi": "1234567893", "tax_id": "01-2345678",
            "address": {"line": "1 Elm", "city": "Albany", "state": "NY", "zip": "12207-0001"},
        },
        "diagnoses": [{"code": "E11.9"}, {"code": "I10"}],
        "lines": [
            {"number": 1, "procedure": "99214", "modifiers": ["25"], "charge": "210.00",
             "pointers": [1, 2], "begins": "2026-11-02"},
        ],
        "place": "11",
    }
)  # fmt: skip

STAY = CLAIM.model_copy(
    update={
        "kind": ClaimKind.INSTITUTIONAL,
        "place": "",
        "bill_type": "0111",
        "begins": CLAIM.lines[0].begins,
        "ends": CLAIM.lines[0].begins,
        "admitted": CLAIM.lines[0].begins,
        "admission_type": "1",
        "admission_source": "1",
        "discharge_status": "01",
        "attending": Party(name="Okafor", first="Chidi", npi="1497758544"),
        "diagnoses": (*CLAIM.diagnoses, Diagnosis(code="R06.02", use="admitting")),
        "lines": (
            CLAIM.lines[0].model_copy(update={"revenue": "0510", "pointers": (), "modifiers": ()}),
        ),
    }
)


def with_(claim: Claim, **update: object) -> Claim:
    return Claim.model_validate(claim.model_dump() | update)


def line_with(claim: Claim, **update: object) -> Claim:
    return with_(claim, lines=[claim.lines[0].model_dump() | update])
