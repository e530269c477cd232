"""How many claims a minute the scrubber takes, tables loaded: `make bench` measures it."""

import pytest

from tests.capabilities.billing.scrubbing.made import loaded
from wardround.capabilities.billing.scrubbing import Scrubber
from wardround.capabilities.billing.scrubbing.measure.sample import FILED, Sample


@pytest.mark.benchmark(group="billing")
def test_a_hundred_claims(benchmark: object) -> None:
    claims = list(Sample(7).claims(100))
    scrubber = Scrubber(loaded())

    def scrub() -> int:
        return sum(len(scrubber.scrub(claim, None, FILED)) for claim in claims)

    assert benchmark(scrub) > 0  # type: ignore[operator]
