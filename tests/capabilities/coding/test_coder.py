"""The coder with the model that the package carries."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardround.capabilities.coding.coder import SPANS, Coder, load_coder
from wardround.capabilities.coding.ranking.model import load
from wardround.kernel import Unavailable

VISIT = (
    "Hypertension, well controlled on lisinopril. Type 2 diabetes with neuropathy. "
    "Follow-up of knee pain, right."
)
WORDS = st.sampled_from(
    "pain fever knee right left no history of diabetes with , . ; \n 12 mg the asthma é ☂".split(
        " "
    )
)


@pytest.fixture(scope="module")
def coder() -> Coder:
    return load_coder()


def suggested(coder: Coder, text: str, on: date | None = None) -> dict[str, list[str]]:
    return {
        one.code: [text[span.start : span.end] for span in one.spans]
        for one in coder.find(text, on)
        if one.score >= coder.thresholds.suggest
    }


def test_an_everyday_note_of_the_clinic(coder: Coder) -> None:
    found = suggested(coder, VISIT)
    assert {"I10", "E11.40", "M25.561"} <= set(found)
    assert found["I10"][0] == "Hypertension"
    assert found["M25.561"][0] == "knee pain, right"


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("COPD with chronic home oxygen.", "J44.9", "COPD"),
        ("Admitted with acute pancreatitis.", "K85.90", "acute pancreatitis"),
        ("Biopsy of the prostate: adenocarcinoma of the prostate.", "C61", "prostate"),
        ("She has had psoriasis since childhood.", "L40.9", "psoriasis"),
        ("Oedema of both legs.", "R60.0", "Oedema"),
    ],
)
def test_a_code_has_the_words_that_say_it(coder: Coder, text: str, code: str, words: str) -> None:
    found = {one.code: one for one in coder.find(text)}
    assert any(words in text[span.start : span.end] for span in found[code].spans)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=60).map(" ".join))
def test_every_code_rests_on_words_of_the_text(text: str) -> None:
    found = load_coder().find(text)
    scores = [one.score for one in found]
    assert all(0.0 < score <= 1.0 for score in scores)
    assert len({one.code for one in found}) == len(found)
    for one in found:
        assert 1 <= len(one.spans) <= SPANS
        assert all(0 <= span.start < span.end <= len(text) for span in one.spans)


def test_many_texts_get_what_each_gets_alone(coder: Coder) -> None:
    texts = [VISIT, "", "Asthma and eczema.", "No words that mean anything here."]
    assert coder.find_many(texts) == [coder.find(text) for text in texts]


def test_a_code_that_was_divided_since_is_given_as_its_successor(coder: Coder) -> None:
    text = "Low back pain for three weeks."
    assert "M54.5" in {one.code for one in coder.find(text)}
    found = {one.code: one for one in coder.find(text, date(2026, 5, 4))}
    assert "M54.5" not in found
    assert "M54.50" in found


def test_the_model_is_whole(coder: Coder) -> None:
    model = coder.model
    assert 0.0 < coder.thresholds.suggest < coder.thresholds.auto_accept <= 1.0
    assert len(model.displays) == len(model.lexicon.codes) == len(model.billable)
    assert (np.diff(model.calibration[1]) >= 0).all()


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "coding.npz"
    with pytest.raises(Unavailable, match="cannot be read"):
        load(path)
    path.write_bytes(b"not an archive")
    with pytest.raises(Unavailable):
        load(path)
    np.savez(path, vocabulary=np.array([{"a": 1}], dtype=object))
    with pytest.raises(Unavailable):
        load(path)
