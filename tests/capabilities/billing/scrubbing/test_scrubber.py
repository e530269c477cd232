from datetime import date

import pytest

from tests.capabilities.billing.scrubbing.made import (
    ON,
    PLAIN,
    STAY,
    changed,
    edits,
    found,
    loaded,
)
from wardround.capabilities.billing import Claim
from wardround.capabilities.billing.scrubbing import Scrubber, blocks
from wardround.kernel import InvalidInput, Severity


@pytest.mark.parametrize("claim", [PLAIN, STAY])
def test_a_claim_without_a_fault_has_no_edit(claim: Claim) -> None:
    assert not found(claim)
    assert not blocks(edits(claim))


def test_what_is_not_loaded_is_said_once_and_stops_nothing() -> None:
    notes = [one for one in edits(PLAIN) if one.rule == "tables-missing"]
    assert len(notes) == 1
    assert notes[0].severity is Severity.NOTE
    for table in ("CPT", "HCPCS", "procedure-to-procedure", "Medically Unlikely"):
        assert table in notes[0].says


def test_an_empty_claim_is_stopped_and_told_all_it_lacks() -> None:
    rules = found(Claim(id="C1"))
    assert {
        "billing-name", "npi-missing", "tax-id-missing", "billing-address", "patient-last",
        "birth-date", "sex-missing", "subscriber-missing", "lines-missing", "diagnosis-missing",
        "place-missing",
    } <= rules  # fmt: skip
    assert blocks(edits(Claim(id="C1")))


@pytest.mark.requirement("BILL-02")
def test_an_edit_tells_where_it_is_how_it_is_mended_and_whose_rule_it_is() -> None:
    broken = changed(PLAIN, billing=PLAIN.billing.model_copy(update={"npi": "1234567890"}))
    edit = edits(broken)[0]
    assert (edit.rule, edit.severity) == ("npi-form", Severity.BLOCK)
    assert (edit.where, edit.segment) == ("/billing/npi", "2010AA NM109")
    assert "billing provider" in edit.says
    assert "NPPES" in edit.mend
    assert "45 CFR 162.406" in edit.source


def test_edits_say_nothing_that_names_the_patient() -> None:
    claim = changed(PLAIN, lines=[], diagnoses=[], id="MARSH-1")
    told = " ".join(f"{one.says} {one.mend}" for one in edits(claim)).lower()
    for word in ("marsh", "ana ", "1980", "w123456789", "elm st"):
        assert word not in told


def test_what_stops_a_claim_comes_first() -> None:
    claim = changed(PLAIN, lines=[], signature_on_file=False)
    severities = [one.severity for one in edits(claim)]
    assert severities == sorted(severities, key=["block", "warn", "note"].index)


def test_the_place_of_an_institutional_line_is_told_in_its_own_segments() -> None:
    claim = changed(STAY, lines=[STAY.lines[0].model_dump() | {"charge": "0"}])
    (edit,) = [one for one in edits(claim) if one.rule == "charge"]
    assert edit.segment == "2400 SV203"


def test_a_site_may_leave_out_what_warns() -> None:
    claim = changed(PLAIN, signature_on_file=False)
    quiet = Scrubber(loaded(), off=frozenset({"signature-missing"}))
    assert "signature-missing" in found(claim)
    assert "signature-missing" not in {one.rule for one in quiet.scrub(claim, None, ON)}


@pytest.mark.parametrize("rule", ["npi-missing", "no-such-rule"])
def test_what_stops_a_claim_cannot_be_left_out(rule: str) -> None:
    with pytest.raises(InvalidInput, match=rule):
        Scrubber(loaded(), off=frozenset({rule}))


def test_the_fingerprint_is_one_for_the_same_rules() -> None:
    assert Scrubber.fingerprint() == Scrubber.fingerprint()
    assert len(Scrubber.fingerprint()) == 64


def test_a_day_outside_every_edition_is_said_and_the_nearest_is_only_a_hint() -> None:
    late = date(2026, 11, 2)
    claim = changed(PLAIN, lines=[PLAIN.lines[0].model_dump() | {"begins": late}])
    rules = {one.rule: one.severity for one in edits(claim, on=date(2026, 11, 20))}
    assert rules["edition-missing"] is Severity.NOTE
    wrong = changed(claim, diagnoses=[{"code": "M54.5"}])
    doubtful = {one.rule: one.severity for one in edits(wrong, on=date(2026, 11, 20))}
    assert doubtful["diagnosis-doubtful"] is Severity.WARN
