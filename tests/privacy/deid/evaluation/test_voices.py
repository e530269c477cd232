import re
from itertools import pairwise

import pytest

from wardround.privacy.deid.evaluation.document import Document, planted
from wardround.privacy.deid.evaluation.halves import PARTS, Part
from wardround.privacy.deid.evaluation.spoken import number
from wardround.privacy.deid.evaluation.voices import documents
from wardround.privacy.deid.evaluation.voices.case import Case
from wardround.privacy.deid.evaluation.voices.forms import FORMS
from wardround.privacy.deid.evaluation.voices.lists import entries, section, words
from wardround.privacy.deid.evaluation.voices.style import STYLES, dress
from wardround.privacy.deid.kind import Kind

LISTS = {name for form in FORMS for name in form.carriers}
CLINICAL = {f"clinical_{name}" for form in FORMS for name in form.clinical}


@pytest.fixture(scope="module", params=PARTS)
def made(request: pytest.FixtureRequest) -> list[Document]:
    return documents(7, 130, request.param)


def test_spans_are_in_order_apart_and_without_blanks(made: list[Document]) -> None:
    for document in made:
        assert document.spans
        for start, end, _ in document.spans:
            marked = document.text[start:end]
            assert marked
            assert marked == marked.strip()
        assert all(first[1] <= second[0] for first, second in pairwise(document.spans))


def test_no_slot_is_left(made: list[Document]) -> None:
    assert not [document.id for document in made if re.search(r"[{}]|\|\|", document.text)]


def test_every_kind_and_form_is_there(made: list[Document]) -> None:
    assert {kind for document in made for _, _, kind in document.spans} == set(Kind)
    assert {document.form for document in made} == {form.name for form in FORMS}


def test_addresses_of_mail_stand_where_they_are_said_to(made: list[Document]) -> None:
    for document in made:
        for match in re.finditer(r"\S+@\S+\.(?:com|net|org)", document.text):
            assert any(
                start <= match.start() and match.group().startswith(document.text[start:end])
                for start, end, kind in document.spans
                if kind is Kind.EMAIL
            ), f"{document.id}: {match.group()}"


def test_ages_are_marked_from_ninety_on(made: list[Document]) -> None:
    ages = [
        document.text[start:end].lower()
        for document in made
        for start, end, kind in document.spans
        if kind is Kind.AGE
    ]
    old = {str(age) for age in range(90, 105)} | {number(age) for age in range(90, 105)}
    assert set(ages) <= old
    assert len(set(ages)) > 5


def test_a_seed_makes_the_same_documents() -> None:
    assert documents(3, 20, "dev") == documents(3, 20, "dev")
    assert documents(3, 20, "dev") != documents(4, 20, "dev")


def test_only_its_two_parts_are_known() -> None:
    with pytest.raises(ValueError, match="dev, test"):
        documents(1, 1, "train")  # type: ignore[arg-type]


def test_the_parts_share_nothing() -> None:
    for name in sorted(LISTS | CLINICAL):
        assert not set(entries(f"carriers/{name}", "dev")) & set(
            entries(f"carriers/{name}", "test")
        )
    for name in ("women", "men", "last", "roads", "counties"):
        assert not set(words(name, "dev")) & set(words(name, "test"))
    for form in FORMS:
        for end in ("open", "close"):
            dev, test = (set(section(f"{form.name}.{end}", part)) for part in PARTS)
            assert dev
            assert test
            assert not dev & test


def test_there_is_enough_of_everything() -> None:
    def count(names: set[str]) -> int:
        return sum(len(entries(f"carriers/{name}", part)) for name in names for part in PARTS)

    assert count(LISTS) >= 650
    assert count(CLINICAL) >= 300
    assert sum(len(words(name, part)) for name in ("women", "men") for part in PARTS) >= 800
    assert sum(len(words("last", part)) for part in PARTS) >= 800


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("style", STYLES)
def test_every_carrier_fills_in_every_style(part: Part, style: str) -> None:
    import random

    case = Case(random.Random(1), part, STYLES[style])
    for name in sorted(LISTS):
        for carrier in entries(f"carriers/{name}", part):
            assert planted(dress(case.rng, case.style, case.fill(carrier))), carrier


def test_clinical_sentences_have_no_slot() -> None:
    for name in CLINICAL:
        for part in PARTS:
            assert not [line for line in entries(f"carriers/{name}", part) if "{" in line]
