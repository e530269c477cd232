"""Trees asked by crossing out leaves say what the trees themselves say."""

import lightgbm
import numpy as np
from scripts.train_coding import arrays_of

from wardround.capabilities.coding.ranking.forest import LEAVES, Forest


def test_the_trees_as_arrays_answer_as_their_grower_does() -> None:
    random = np.random.default_rng(5)
    rows = random.normal(size=(900, 6)).astype(np.float32)
    rows[:, 3] = np.round(rows[:, 3])  # many rows stand exactly on a threshold
    right = (rows[:, 0] * rows[:, 1] + rows[:, 3] > 0.3).astype(float)
    settings = {"objective": "binary", "num_leaves": LEAVES, "verbose": -1, "num_threads": 1}
    trees = lightgbm.train(settings, lightgbm.Dataset(rows, right), 30)
    answers = Forest(arrays_of(trees)).probabilities(rows)
    assert np.allclose(answers, trees.predict(rows, num_threads=1), atol=1e-12)
    assert answers.std() > 0.2


def test_no_rows_have_no_answers() -> None:
    content = {
        "tree": np.array([0]), "feature": np.array([0]), "threshold": np.array([0.5]),
        "mask": np.array([0xFFFFFFFE], dtype=np.uint32), "value": np.array([[-1.0, 1.0]]),
    }  # fmt: skip
    forest = Forest(content)
    assert forest.probabilities(np.zeros((0, 1), dtype=np.float32)).tolist() == []
    low, high = forest.probabilities(np.array([[0.5], [0.6]], dtype=np.float32)).tolist()
    assert low < 0.5 < high
