"""How quick writing, reading and checking are: `make bench` measures it."""

from typing import Any

from tests.capabilities.billing.x12.made import Maker
from tests.capabilities.billing.x12.texts import REMITTANCE, file
from tests.capabilities.billing.x12.words import ENVELOPE
from wardround.capabilities.billing.x12 import check, read_835, read_837, write_837

CLAIMS = Maker(2026).claims(500)


def test_five_hundred_claims_are_written_quickly(benchmark: Any) -> None:
    assert benchmark(write_837, CLAIMS, ENVELOPE).count("\nCLM*") == 500


def test_five_hundred_claims_are_read_quickly(benchmark: Any) -> None:
    assert len(benchmark(read_837, write_837(CLAIMS, ENVELOPE))) == 500


def test_fifty_claims_are_checked_quickly(benchmark: Any) -> None:
    assert benchmark(check, write_837(CLAIMS[:50], ENVELOPE)) == []


def test_a_remittance_is_read_quickly(benchmark: Any) -> None:
    claims = REMITTANCE[REMITTANCE.index("CLP*") : REMITTANCE.index("PLB*")]
    text = file("835", REMITTANCE.replace(claims, claims * 1000))
    assert len(benchmark(read_835, text)[0].claims) == 1000
