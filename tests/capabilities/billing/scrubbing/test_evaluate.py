from pathlib import Path

import pytest

from wardround.batches import benchmark_of
from wardround.capabilities.billing.scrubbing import evaluate
from wardround.capabilities.billing.scrubbing.evaluate import BREAKS, Clean, Sum, measure
from wardround.capabilities.billing.scrubbing.measure.breaking import Break
from wardround.capabilities.billing.scrubbing.measure.sample import Sample


@pytest.mark.requirement("BILL-02")
def test_what_is_broken_is_found_and_what_is_clean_is_left_alone() -> None:
    report = measure(len(BREAKS), seed=11)
    (whole,) = [one for one in report.measured if isinstance(one, Sum)]
    assert whole.ways == len(BREAKS)
    assert whole.found == whole.claims
    for one in report.measured:
        if isinstance(one, Clean):
            assert (one.blocked, one.warned) == (0, 0)
    assert report.met


def test_the_measure_can_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    idle = Break("nothing is broken", "none", ("npi-form",), BREAKS[0].kinds, lambda c, _: c)
    monkeypatch.setattr(evaluate, "BREAKS", (idle,))
    report = measure(20, seed=3)
    (whole,) = [one for one in report.measured if isinstance(one, Sum)]
    assert whole.found == 0
    assert not report.met


def test_a_seed_makes_the_same_claims_again_and_another_others() -> None:
    first, again, other = (list(Sample(seed).claims(20)) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_the_command_finds_it_by_name() -> None:
    assert benchmark_of("scrubbing") == evaluate.__name__
    assert callable(evaluate.evaluate)
    assert Path(str(evaluate.__file__)).is_file()
