"""How often it was right here: counted among those alike, measured from fifty on."""

import numpy as np
import pytest

from wardround.governance.trust import Asked, Case, trust
from wardround.governance.trust.trust import FEWEST

CHANCE = np.random.default_rng(7)


def cases(n: int, risk: float = 0.25, predicted: float | None = None, **groups: str) -> list[Case]:
    said = risk if predicted is None else predicted
    return [
        Case(probability=said, outcome=bool(CHANCE.random() < risk), groups=groups)
        for _ in range(n)
    ]


def test_those_alike_are_counted_and_others_are_not() -> None:
    here = [*cases(400), *cases(300, 0.8)]
    (known,) = trust(Asked(probability=0.22), here)
    assert (known.n, known.hits) == (400, sum(case.outcome for case in here[:400]))
    assert known.whom == "a predicted risk of 20% to 30%"
    assert known.share is not None
    assert known.share.low is not None and known.share.low < 0.25 < (known.share.high or 0)  # noqa: PT018
    assert known.agrees is True


def test_what_does_not_come_true_does_not_agree() -> None:
    (known,) = trust(Asked(probability=0.25), cases(400, 0.6, predicted=0.25))
    assert known.agrees is False


def test_too_few_are_counted_and_not_measured() -> None:
    (known,) = trust(Asked(probability=0.25), cases(FEWEST - 1))
    assert (known.n, known.share, known.agrees) == (FEWEST - 1, None, None)
    (enough,) = trust(Asked(probability=0.25), cases(FEWEST))
    assert enough.share is not None


def test_the_patients_own_groups_are_told_apart() -> None:
    here = [*cases(200, 0.2, sex="female"), *cases(200, 0.3, predicted=0.2, sex="male")]
    everyone, women = trust(Asked(probability=0.2, groups={"sex": "female"}), here)
    assert (everyone.n, women.n) == (400, 200)
    assert women.whom == "sex female, a predicted risk of 20% to 30%"


def test_a_score_is_known_by_its_band() -> None:
    here = [Case(band="high", outcome=True)] * 60 + [Case(band="low", outcome=False)] * 90
    (known,) = trust(Asked(band="high"), here)
    assert (known.n, known.hits, known.agrees) == (60, 60, None)
    (nothing,) = trust(Asked(band=""), [Case(band="", outcome=True)] * 80)
    assert nothing.n == 0


@pytest.mark.parametrize("probability", [0.0, 0.02, 0.5, 0.9999, 1.0])
def test_every_probability_has_its_range(probability: float) -> None:
    (known,) = trust(Asked(probability=probability), cases(60, 0.5, predicted=probability))
    assert known.n == 60
