"""Calls, reliance, agreement, time and marks against examples worked elsewhere or by hand."""

from math import exp
from pathlib import Path

import numpy as np
import pytest

from tests.governance.readers.made import HEAD, lines, study
from wardround.governance.readers import analyse
from wardround.governance.readers.agreement import agreement, cohen, fleiss, krippendorff
from wardround.governance.readers.calls import paired, right_calls
from wardround.governance.readers.reliance import clustered, switches
from wardround.kernel import InvalidInput


def flags(*runs: tuple[int, int]) -> np.ndarray:
    return np.repeat([bool(value) for value, _ in runs], [count for _, count in runs])


def test_the_paired_difference_holds_its_value_as_often_as_promised() -> None:
    chance = np.random.default_rng(11)
    held = 0
    for _ in range(600):
        easy = chance.random(60)
        one, two = (easy * 0.5 + chance.random((2, 60)) * 0.5) < np.array([[0.62], [0.5]])
        found = paired(one, two)
        assert found.low is not None
        assert found.high is not None
        held += found.low <= 0.2144 <= found.high
    assert 0.93 <= held / 600 <= 0.99


def test_a_pair_that_never_differs_has_an_interval_around_nothing() -> None:
    same = flags((1, 30), (0, 10))
    found = paired(same, same)
    assert found.value == 0
    assert found.low == pytest.approx(-(found.high or 0), abs=1e-9)


def test_swapped_arms_swap_the_sign() -> None:
    one, two = flags((1, 20), (0, 10)), flags((0, 6), (1, 10), (0, 14))
    found, back = paired(one, two), paired(two, one)
    assert found.low == pytest.approx(-(back.high or 0))
    assert found.high == pytest.approx(-(back.low or 0))


def test_sensitivity_of_a_reader_and_of_all() -> None:
    right = np.array([[flags((1, 6), (0, 4)), flags((1, 5), (0, 5))]] * 2)
    right[1, 0] = flags((1, 10))
    found = right_calls(("A", "B"), right)
    assert found.readers[0].unaided.value == pytest.approx(0.6)
    assert found.readers[0].p == pytest.approx(2 * 0.5**4)
    assert found.readers[1].p == 1
    assert found.unaided.value == pytest.approx(0.55)
    assert found.aided.value == pytest.approx(0.75)


@pytest.mark.requirement("GOV-08")
def test_automation_bias_and_under_reliance_are_counted() -> None:
    truth = np.array([1, 1, 1, 1, 0, 0, 0, 0], dtype=bool)
    calls = np.array([0, 0, 1, 1, 1, 1, 0, 0], dtype=bool)
    unaided = np.array([[1, 0, 0, 1, 1, 1, 1, 0]], dtype=bool)
    aided = np.array([[0, 1, 0, 1, 0, 1, 0, 1]], dtype=bool)
    found = {
        one.name: one.overall for one in switches(("A",), np.array([unaided, aided]), calls, truth)
    }
    counted = {name: (one.hits, one.n) for name, one in found.items()}
    assert counted == {
        "automation bias": (2, 3),
        "automation bias: false alarms followed": (1, 2),
        "automation bias: misses followed": (1, 1),
        "under-reliance": (1, 2),
        "wrong AI, wrong reader, mended all the same": (1, 1),
        "right AI, right reader, spoilt all the same": (1, 2),
    }


@pytest.mark.requirement("GOV-08")
def test_a_rate_holds_the_truth_where_answers_are_alike() -> None:
    chance = np.random.default_rng(12)
    held = blind = 0
    for _ in range(300):
        pull = chance.normal(0, 0.9, (1, 80)) + chance.normal(0, 0.3, (8, 1))
        hit = pull + chance.logistic(0, 0.6, (8, 80)) > 0
        stake = chance.random((8, 80)) < 0.5
        share = clustered(hit, stake).share
        assert share is not None
        assert share.low is not None
        assert share.high is not None
        held += share.low <= 0.5 <= share.high
        n = int(stake.sum())
        blind += abs((hit & stake).sum() / n - 0.5) <= 1.96 * (0.25 / n) ** 0.5
    assert held / 300 >= 0.9
    assert blind / 300 < 0.8


@pytest.mark.requirement("GOV-08")
def test_none_at_stake_has_no_share_and_no_hit_is_not_certain() -> None:
    nobody = np.zeros((3, 10), dtype=bool)
    assert clustered(nobody, nobody).share is None
    found = clustered(nobody, ~nobody).share
    assert found is not None
    assert found.value == 0
    assert found.high == pytest.approx(0.2775, abs=1e-3)


def test_kappas_of_worked_examples() -> None:
    one, two = flags((1, 25), (0, 25)), flags((1, 20), (0, 5), (1, 10), (0, 15))
    assert cohen(np.array([one, two]).astype(float)) == pytest.approx(0.4)
    both = np.array([[1, 1, 0, 0], [1, 0, 0, 0], [1, 1, 0, 1]], dtype=float)
    seen, share = (1 + 1 / 3 + 1 + 1 / 3) / 4, 6 / 12
    assert fleiss(both) == pytest.approx((seen - 0.5) / 0.5)
    assert share == 0.5
    assert krippendorff(both * 80 + 10) == pytest.approx(krippendorff(both) or 0)
    # On two values alpha is Fleiss' kappa with the correction for few: (1 - kappa) (1 - 1/N).
    assert krippendorff(both) == pytest.approx(1 - (1 - (fleiss(both) or 0)) * (1 - 1 / 12))


def test_readers_who_all_say_the_same_have_no_kappa() -> None:
    calls = np.ones((2, 3, 8), dtype=bool)
    found = agreement(("A", "B", "C"), calls * 70.0, calls)
    assert found is not None
    assert set(found.fleiss.values()) == {None}
    assert found.pairs[0].aided is None
    assert agreement(("A",), calls[:, :1] * 70.0, calls[:, :1]) is None


def test_the_interval_of_kappa_leaves_each_case_out_in_turn() -> None:
    calls = np.random.default_rng(6).random((2, 2, 30)) < 0.4
    said = agreement(("A", "B"), calls.astype(np.float64), calls)
    assert said is not None
    found = said.pairs[0].unaided
    assert found is not None
    assert found.high is not None
    one, two = calls[0].astype(float)
    kept = [np.arange(30) != at for at in range(30)]
    without = np.array(
        [cohen(np.array([one[these], two[these]])) for these in kept], dtype=np.float64
    )
    error = (29 / 30 * ((without - without.mean()) ** 2).sum()) ** 0.5
    assert found.high == pytest.approx(found.value + 1.959964 * error)


def test_time_is_a_ratio_of_geometric_means(tmp_path: Path) -> None:
    rows = lines()
    timed = [f"{rows[0]},seconds"]
    timed += [
        f"{row},{(40 if 'unaided' in row else 30) + at % 7}" for at, row in enumerate(rows[1:])
    ]
    found = analyse(study(tmp_path, timed)).time
    assert found is not None
    assert found.random is not None
    assert exp(found.random.difference.value) == pytest.approx(0.768, abs=0.01)
    timed[1] = f"{rows[1]},"
    assert analyse(study(tmp_path, timed)).timed == 15


def marked(tmp_path: Path) -> list[str]:
    """Two cases of each kind: unaided one lesion of three is found, aided all of them."""
    rows = [f"{HEAD},marks,lesions"]
    lesions = {"a": "10 10 5; 60 60 5", "b": "30 30 5", "c": "", "d": ""}
    unaided = {"a": "12 10 80; 13 10 90", "b": "90 90 40", "c": "5 5 50", "d": ""}
    aided = {"a": "11 11 70; 60 60 60", "b": "30 31 75", "c": "5 5 65", "d": ""}
    for arm, marks in (("unaided", unaided), ("aided", aided)):
        rows += [
            f"{case},A,{arm},50,{int(case in 'ab')},{marks[case]},{lesions[case]}"
            for case in "abcd"
        ]
    return rows


def test_marks_find_lesions_and_the_area_is_counted_by_hand(tmp_path: Path) -> None:
    found = analyse(study(tmp_path, marked(tmp_path))).located
    assert found is not None
    # Lesions 90, none, none against false marks 50, none: (2 + 0 + ½ + 0 + ½) of 6.
    assert found.afroc.unaided.value == pytest.approx(3 / 6)
    # Lesions 70, 60, 75 against 65, none: (2 + 1 + 2) of 6.
    assert found.afroc.aided.value == pytest.approx(5 / 6)
    assert found.froc["unaided"].x[-1] == pytest.approx(2 / 4)
    assert found.froc["unaided"].y[-1] == pytest.approx(1 / 3)
    assert found.froc["aided"].y[-1] == 1
    for arm, area in (("unaided", 3 / 6), ("aided", 5 / 6)):
        curve = found.curve[arm]
        assert float(np.trapezoid(curve.y, curve.x)) == pytest.approx(area)


def test_thresholds_are_given_or_told(tmp_path: Path) -> None:
    made = study(tmp_path, lines())
    found = analyse(made)
    assert not found.threshold_given
    assert found.threshold == (made.ratings.min() + made.ratings.max()) / 2
    assert analyse(made, threshold=55).threshold == 55
    with pytest.raises(InvalidInput, match="all calls are the same"):
        analyse(made, threshold=200)
    with pytest.raises(InvalidInput, match="no ai_score"):
        analyse(made, ai_threshold=0.5)
    with pytest.raises(InvalidInput, match="no such method"):
        analyse(made, method="bootstrap")


def test_the_ai_alone_is_measured(tmp_path: Path) -> None:
    rows = lines()
    scored = [f"{rows[0]},ai_score", *(f"{row},{0.2 + 0.6 * int(row[-1])}" for row in rows[1:])]
    found = analyse(study(tmp_path, scored), ai_threshold=0.5)
    assert found.alone.auc is not None
    assert found.alone.auc.value == 1
    assert found.alone.sensitivity is not None
    assert (found.alone.sensitivity.hits, found.alone.sensitivity.n) == (8, 8)
    assert found.switches[0].overall.n == 0
    assert found.switches[3].overall.n > 0
