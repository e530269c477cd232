"""Words lead to codes: measured on a list that the search was made with, and one that was not."""

from pathlib import Path

import pytest

from wardround.engines.terminology import Index, Tabular

HERE = Path(__file__).parent


def listed(name: str) -> list[tuple[str, list[str]]]:
    lines = (HERE / name).read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [(words, wanted.split("|")) for words, wanted in rows]


def recall(tabular: Tabular, name: str) -> dict[int, float]:
    """Return how often an expected code is the first, and among the first 5 and 10."""
    queries = listed(name)
    ranks = []
    for words, wanted in queries:
        codes = [hit.code.replace(".", "") for hit in tabular.search(words, 10)]
        ranks.append(
            next((n for n, code in enumerate(codes) if code.startswith(tuple(wanted))), 99)
        )
    return {n: sum(rank < n for rank in ranks) / len(ranks) for n in (1, 5, 10)}


@pytest.mark.requirement("TERM-09")
def test_what_the_search_was_made_with(tabular: Tabular) -> None:
    found = recall(tabular, "queries.tsv")
    assert found[1] >= 0.88
    assert found[5] >= 0.95


@pytest.mark.requirement("TERM-09")
def test_what_it_was_not_made_with(tabular: Tabular) -> None:
    found = recall(tabular, "held_out.tsv")
    assert found[1] >= 0.82
    assert found[5] >= 0.93


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("heart failure with preserved EF", "I50.3"),
        ("HFpEF", "I50.3"),
        ("type 2 diabetes with neuropathy", "E11.4"),
        ("broken wrist left", "S62."),
        ("UTI", "N39.0"),
        ("hart failure", "I50"),
        ("Ménière's disease", "H81.0"),
        ("Sjögren", "M35.0"),
        ("oesophagitis", "K20"),
        ("pre eclampsia", "O14"),
        ("umbilical hernia with obstruction", "K42.0"),
        ("umbilical hernia without gangrene or obstruction", "K42.9"),
    ],
)
def test_the_first_is_the_one_meant(tabular: Tabular, words: str, code: str) -> None:
    assert tabular.search(words, 1)[0].code.startswith(code)


@pytest.mark.parametrize("words", ["", "   ", "the of and", "!!!", "\0", "💊", "ஃ", "qxzqxz"])
def test_no_words_no_codes(tabular: Tabular, words: str) -> None:
    assert tabular.search(words) == []


def test_a_text_without_end_is_searched_by_its_beginning(tabular: Tabular) -> None:
    hits = tabular.search("diabetes type 2 " + "word " * 200_000, 3)
    assert hits[0].code.startswith("E11")


def test_scores_fall_and_codes_come_once(tabular: Tabular) -> None:
    hits = tabular.search("acute kidney failure", 50)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len({hit.code for hit in hits}) == len(hits) == 50
    assert all(0 < hit.score <= 1 for hit in hits)


def test_only_what_is_under_a_code(tabular: Tabular) -> None:
    hits = tabular.newest.search("acute", 50, under="I50")
    assert {hit.code for hit in hits} >= {"I50.21", "I50.31", "I50.41"}
    assert all(hit.code.startswith("I50") for hit in hits)


def test_an_index_of_few_terms() -> None:
    index = Index([("A", "One thing"), ("B", "Another thing"), ("A", "First")])
    assert [hit.code for hit in index.search("first thing")][:1] == ["A"]
    assert Index([]).search("thing") == []
