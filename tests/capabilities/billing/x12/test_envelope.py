"""Envelopes that are counted and numbered, and files whose envelopes are wrong."""

import pytest

from tests.capabilities.billing.x12.texts import (
    REMITTANCE,
    file,
    group,
    interchange,
    transaction,
)
from wardround.capabilities.billing.x12 import check_envelopes, kinds_of, read_835
from wardround.capabilities.billing.x12.syntax import segments
from wardround.kernel import InvalidInput

BODY = REMITTANCE.splitlines()
TEXT = file("835", REMITTANCE)
LAST = len(list(segments(TEXT)))


def refusal(text: str) -> str:
    with pytest.raises(InvalidInput) as refused:
        check_envelopes(text)
    return str(refused.value)


def test_sets_groups_and_interchanges_are_counted() -> None:
    sets = [transaction("835", BODY, control) for control in ("0001", "0002")]
    groups = [group("835", sets, 1), group("835", sets, 2)]
    text = interchange(groups, 1) + interchange(groups, 2)
    assert check_envelopes(text) == 8
    assert kinds_of(text) == {"835"}


@pytest.mark.requirement("BILL-05")
@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("SE*26*0001", "SE*25*0001", f"segment {LAST - 2}, SE01: The count"),
        ("SE*26*0001", "SE*26*0002", f"segment {LAST - 2}, SE02: The control number"),
        ("SE*26*0001", "SE*X*0001", f"segment {LAST - 2}, SE01: The count"),
        ("GE*1*7", "GE*2*7", f"segment {LAST - 1}, GE01: The count"),
        ("GE*1*7", "GE*1*8", f"segment {LAST - 1}, GE02: The control number"),
        ("IEA*1*", "IEA*3*", f"segment {LAST}, IEA01: The count"),
        ("IEA*1*000000123", "IEA*1*000000124", f"segment {LAST}, IEA02: The control number"),
        ("IEA*1*000000123~", "", "segment 1, ISA: The file ends before the IEA"),
        ("GE*1*7~", "", f"segment {LAST - 1}, IEA: Here should stand ST or GE"),
        ("SE*26*0001~", "", f"segment {LAST - 2}, GE: The transaction set that begins"),
        ("ST*835*0001~", "", "segment 3, BPR: Here should stand ST or GE"),
        ("GS*HP", "ZZ*HP", "segment 2, ZZ: Here should stand GS or IEA"),
        ("00501*", "00401*", "segment 1, ISA12: This is another version"),
        ("ST*835*0001", "ST*835", "segment 3, ST02: The control number is missing"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(old: str, new: str, where: str) -> None:
    assert old in TEXT
    assert refusal(TEXT.replace(old, new, 1)).startswith(where)


def test_a_control_number_comes_once() -> None:
    one = transaction("835", BODY)
    assert "ST02: This control number comes twice" in refusal(
        interchange([group("835", [one, one])])
    )
    same = group("835", [one])
    assert "GS06: This control number comes twice" in refusal(interchange([same, same]))
    whole = interchange([same])
    assert "ISA13: This control number comes twice" in refusal(whole + whole)


def test_nothing_is_read_of_a_file_that_is_broken_at_its_end() -> None:
    sets = [transaction("835", BODY, control) for control in ("0001", "0002")]
    text = interchange([group("835", sets)])
    with pytest.raises(InvalidInput, match="IEA01"):
        read_835(text.replace("IEA*1", "IEA*2"))
