"""Whatever stands in a claim, the scrubber answers; it never fails."""

from random import Random
from typing import Any

from tests.capabilities.billing.scrubbing.made import loaded
from wardround.capabilities.billing import Claim
from wardround.capabilities.billing.fhir import claim_from_fhir, claim_to_fhir
from wardround.capabilities.billing.scrubbing import Scrubber
from wardround.capabilities.billing.scrubbing.measure.sample import FILED, Sample

JUNK = (
    "",
    " ",
    "{0}",
    "{line}",
    "%s",
    "\u0663",
    "é",
    "0",
    "-1",
    "X" * 20,
    "~*:^",
    "E11.9",
    "99213",
    "\x00",
)
"""Among them words that a template or a pattern could trip over."""


def _spoilt(value: Any, random: Random) -> Any:
    """Return a claim's values with some of its texts replaced, its dates and lists left out."""
    if isinstance(value, dict):
        return {name: _spoilt(one, random) for name, one in value.items()}
    if random.random() < 0.06:
        if isinstance(value, str):
            return random.choice(JUNK)
        if isinstance(value, list | tuple):
            return value[:0]
    if isinstance(value, list | tuple):
        return [_spoilt(one, random) for one in value]
    return value


def test_whatever_stands_in_a_claim_is_answered() -> None:
    random = Random(4)
    scrubber = Scrubber(loaded())
    answered = 0
    for claim in Sample(9).claims(400):
        told = claim.model_dump()
        spoilt = _spoilt({**told, "id": "", "kind": ""}, random)
        made = Claim.model_validate(spoilt | {"id": told["id"], "kind": told["kind"]})
        edits = scrubber.scrub(made, None, FILED)
        answered += bool(edits)
        assert all(edit.says and edit.mend for edit in edits)
        back = claim_from_fhir(claim_to_fhir(made))
        assert back.lines == made.lines
        assert [one.code for one in back.diagnoses] == [one.code for one in made.diagnoses]
    assert answered > 350
