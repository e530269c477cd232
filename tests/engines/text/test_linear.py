from pathlib import Path

import numpy as np
import pytest
import skops.io

from wardround.engines.text import LABELS, ROLES, Said, load
from wardround.engines.text.linear import MODEL
from wardround.kernel import Unavailable


def words(text: str) -> list[str]:
    return text.split()


def test_the_shipped_model_knows_a_plan_from_small_talk() -> None:
    plan = Said(
        "doctor",
        words("i am going to start you on lasix 40 mg a day"),
        position=0.8,
    )
    talk = Said("doctor", ["how", "was", "your", "weekend"], position=0.1)
    scores = load().sections([plan, talk])
    assert scores.shape == (2, len(LABELS))
    assert LABELS[int(scores[0].argmax())] == "plan"
    assert scores[1].max() < scores[0].max()


def test_roles_tell_treatment_from_reasoning() -> None:
    said = [
        Said(
            "doctor",
            words("we will increase the lisinopril to 40 mg"),
            position=0.9,
        ),
        Said(
            "doctor",
            words("your blood pressure is well controlled which is why you feel better"),
            position=0.9,
        ),
    ]
    first, second = (ROLES[i] for i in load().roles(said).argmax(axis=1))
    assert first == "treatment"
    assert second in {"problem", "reasoning"}


def test_sentences_end_where_a_listener_would_end_them() -> None:
    words = ["i", "feel", "fine", "okay", "any", "chest", "pain"]
    ends = load().ends(words)
    assert ends.shape == (len(words),)
    assert int(np.argmax(ends[:-1])) in {2, 3}


def test_nothing_in_is_nothing_out() -> None:
    assert load().sections([]).shape == (0, len(LABELS))


def test_the_model_file_is_small_and_has_a_digest() -> None:
    assert MODEL.stat().st_size < 3_000_000
    assert len(load().digest) == 64


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sections.skops"
    path.write_bytes(b"not a model")
    with pytest.raises(Unavailable, match=r"sections\.skops"):
        load(path)


def test_a_file_with_types_of_its_own_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sections.skops"
    path.write_bytes(skops.io.dumps({"name": Unavailable}))
    with pytest.raises(Unavailable):
        load(path)
