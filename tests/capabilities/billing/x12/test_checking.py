"""Files held against the guides' maps: ours are accepted; what is wrong is told with its place."""

import io
import logging

import pytest

from tests.capabilities.billing.x12.made import Maker
from tests.capabilities.billing.x12.plain import CLAIM, STAY, with_
from tests.capabilities.billing.x12.texts import ACCEPTED, CLAIMS, REJECTED, REMITTANCE, file
from tests.capabilities.billing.x12.words import ENVELOPE
from wardround.capabilities.billing import Claim
from wardround.capabilities.billing.scrubbing.measure.sample import Sample
from wardround.capabilities.billing.x12 import check, export_837, read_837, write_837
from wardround.capabilities.billing.x12.syntax import segments
from wardround.kernel import InvalidInput

TEXT = write_837([CLAIM], ENVELOPE)


def accepted_by_pyx12(text: str) -> bool:
    """Ask pyx12's own document function, envelopes and all."""
    from pyx12.params import ParamsBase
    from pyx12.x12n_document import x12n_document

    logging.disable(logging.CRITICAL)
    try:
        return bool(x12n_document(ParamsBase(), io.StringIO(text), None, None))
    finally:
        logging.disable(logging.NOTSET)


@pytest.mark.slow
def test_a_thousand_made_claims_are_accepted() -> None:
    text = write_837(Maker(2026).claims(1000), ENVELOPE)
    assert text.count("\nCLM*") == 1000
    assert check(text) == []
    assert accepted_by_pyx12(text)


@pytest.mark.requirement("BILL-04")
def test_made_claims_of_every_kind_are_accepted() -> None:
    text = write_837(Maker(1).claims(60), ENVELOPE)
    assert check(text) == []
    assert accepted_by_pyx12(text)


@pytest.mark.slow
def test_a_thousand_claims_that_the_scrubber_finds_clean_are_accepted_and_come_back() -> None:
    text = write_837(Sample(2026).claims(1000), ENVELOPE)
    assert check(text) == []
    read = read_837(text)
    assert [one.claim.id for one in read if one.unheld] == []
    assert write_837([one.claim for one in read], ENVELOPE) == text


@pytest.mark.parametrize(
    ("kind", "text"),
    [("835", REMITTANCE), ("999", ACCEPTED), ("999", REJECTED), ("277", CLAIMS)],
)
def test_what_the_other_tests_read_is_right(kind: str, text: str) -> None:
    told = check(file(kind, text))
    # IK3 of an unknown segment has no loop, which the map asks for; a 999 of it has none to give.
    assert [one for one in told if one.element != "IK303"] == []


@pytest.mark.parametrize(
    ("old", "new", "segment", "element", "code"),
    [
        ("DMG*D8*19610407*F", "DMG*D8*19610407*Q", "DMG", "DMG03", "7"),
        ("DMG*D8*19610407*F", "DMG*D8*19611307*F", "DMG", "DMG02", "8"),
        ("CLM*WR-1*210*", "CLM*WR-1**", "CLM", "CLM02", "1"),
        ("11:B:1*Y*A", "11:B:1*Y*Z", "CLM", "CLM07", "7"),
        ("N4*ALBANY*NY*12207~", "N4*ALBANY*XX*12207~", "N4", "N402", "7"),
        ("CLM*WR-1*210***11:B:", "CLM*WR-1*210***11:Z:", "CLM", "CLM05-02", "7"),
        ("LX*1~", "LX*2~", "LX", "LX01", "7"),
        ("HL*2*1*22*0", "HL*2*3*22*0", "HL", "HL02", "7"),
        ("HI*ABK:E119*ABF:I10~\n", "", "HI", "", "3"),
        ("DTP*472*D8*20261102~\n", "", "DTP", "", "3"),
        ("LX*1~", "ZZ9*1~\nLX*1~", "ZZ9", "", "1"),
        ("REF*EI*012345678~", "REF*EI*012345678~\nREF*EI*012345678~", "REF", "", "5"),
    ],
)
def test_what_is_wrong_is_told_with_its_place_and_without_its_value(
    old: str, new: str, segment: str, element: str, code: str
) -> None:
    assert TEXT.count(old) >= 1
    text = TEXT.replace(old, new, 1)
    count = text.count("\n") - 4
    text = text.replace("SE*23*", f"SE*{count}*")
    told = check(text)
    assert [(one.segment, one.element, one.code) for one in told] == [(segment, element, code)]
    (fault,) = told
    assert fault.set_control == "0001"
    if code != "3":
        numbered = [one for one in segments(text) if one.id == segment]
        assert fault.position in [one.number - 2 for one in numbered]
    assert fault.says.endswith(".")
    assert not any(value in fault.says for value in ("1961", "ALBANY", "LINDQVIST", "99214"))


def test_a_rule_on_several_elements_names_the_first() -> None:
    told = check(TEXT.replace("****MI*M1~", "****MI~"))
    assert [(one.element, one.code) for one in told] == [("NM109", "1"), ("NM108", "2")]


def test_nothing_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        check(TEXT.replace("DMG*D8*19610407*F", "DMG*D8*19611307*Q"))
    assert "1961" not in caplog.text


def test_asking_twice_gives_the_same_answer() -> None:
    wrong = TEXT.replace("19610407*F", "19610407*Q")
    assert check(wrong) == check(wrong) != []
    assert check(TEXT) == []


def test_a_guide_that_is_not_known_is_told() -> None:
    (fault,) = check(TEXT.replace("005010X222A1", "005010X224A2"))
    assert (fault.segment, fault.code) == ("ST", "1")


def test_an_export_is_the_file_if_the_guides_accept_it() -> None:
    assert export_837([CLAIM], ENVELOPE) == TEXT


@pytest.mark.requirement("BILL-04")
@pytest.mark.parametrize("claim", [CLAIM, STAY])
def test_an_export_that_the_guides_refuse_names_claim_segment_and_element(claim: Claim) -> None:
    wrong = with_(claim, patient=claim.patient.model_dump() | {"sex": "Q"})
    with pytest.raises(InvalidInput) as refused:
        export_837([wrong], ENVELOPE)
    said = str(refused.value)
    assert "DMG03: The code is not one of the list: Subscriber Gender Code." in said
    coded = with_(claim, accept_assignment="A", id="WR-9", admission_type="1234")
    if claim is STAY:
        with pytest.raises(InvalidInput, match=r"claim WR-9, set 0001, segment 21, CL101: "):
            export_837([coded], ENVELOPE)


def test_an_export_refuses_what_is_unfinished_whatever_else_is_asked() -> None:
    with pytest.raises(InvalidInput, match="WR-1: the place of service; because"):
        export_837([with_(CLAIM, place="")], ENVELOPE, lambda _: ["because"])
