"""Every proof that the threat model names is there."""

import re

from tests.house.sources import ROOT

PAGE = ROOT / "docs" / "security.md"


def test_every_proof_is_there() -> None:
    rows = [line for line in PAGE.read_text().splitlines() if re.match(r"\| [STRIDE] \|", line)]
    assert len(rows) > 20
    for row in rows:
        proofs = re.findall(r"`(tests/[\w/.]+)`", row.rpartition("|")[0].rpartition("|")[2])
        assert proofs, row
        for proof in proofs:
            place = ROOT / proof
            assert place.is_file() or any(place.glob("**/test_*.py")), proof


def test_every_letter_is_thought_of() -> None:
    letters = {line[2] for line in PAGE.read_text().splitlines() if re.match(r"\| \w \|", line)}
    assert letters == set("STRIDE")
