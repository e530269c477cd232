from itertools import pairwise

import pytest

from wardround.privacy.deid.evaluation.document import Document
from wardround.privacy.deid.evaluation.halves import PARTS
from wardround.privacy.deid.evaluation.handwritten import documents
from wardround.privacy.deid.kind import Kind


@pytest.fixture(scope="module", params=PARTS)
def made(request: pytest.FixtureRequest) -> list[Document]:
    return documents(request.param)


def test_spans_are_in_order_apart_and_without_blanks(made: list[Document]) -> None:
    for document in made:
        for start, end, _ in document.spans:
            assert document.text[start:end].strip() == document.text[start:end] != ""
        assert all(first[1] <= second[0] for first, second in pairwise(document.spans))


def test_no_mark_is_left_in_a_text(made: list[Document]) -> None:
    assert not [one.id for one in made if "{{" in one.text or "}}" in one.text or "===" in one.text]


def test_every_kind_is_there_and_texts_without_any(made: list[Document]) -> None:
    assert {kind for one in made for _, _, kind in one.spans} >= set(Kind) - {
        Kind.BIOMETRIC,
        Kind.IP,
    }
    assert sum(not one.spans for one in made) > 20


def test_each_document_is_of_one_part() -> None:
    dev, test = ({one.text for one in documents(part)} for part in PARTS)
    assert dev
    assert test
    assert not dev & test


def test_there_is_no_third_part() -> None:
    with pytest.raises(ValueError, match="there are dev, test"):
        documents("train")  # type: ignore[arg-type]
