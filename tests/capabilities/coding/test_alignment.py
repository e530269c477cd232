"""Which English words a Spanish mark stands for, learned from texts that nobody aligned."""

import pytest
from scripts.coding_alignment import Aligned, Mark, align, alike
from scripts.coding_counts import borne_out, content_of, counted, links_of, pieces_of

from wardround.capabilities.coding.finding.words import words_of

CASES = {
    "a": ("He has fever. Then cough and nephritis came.", [("fiebre", "R50.9", 9)]),
    "b": ("No cough today but fever at night.", [("fiebre", "R50.9", 22), ("tos", "R05", 4)]),
    "c": ("Cough, weakness and nephritis.", [("tos", "R05", 2), ("nefritis", "N05.9", 25)]),
    "d": ("After surgery she had fever and cough.", [("tos", "R05", 34), ("fiebre", "R50.9", 23)]),
}


@pytest.mark.parametrize(
    ("english", "spanish", "least"),
    [
        ("nephritis", "nefritis", 1.0),
        ("hypertension", "hipertension", 0.9),
        ("psychosis", "psicosis", 1.0),
        ("fever", "fiebre", 0.0),
    ],
)
def test_words_of_one_root_look_alike(english: str, spanish: str, least: float) -> None:
    assert alike(english, spanish) >= least
    assert alike(english, "zzzz") == 0.0


def test_marks_find_their_words_even_those_that_look_like_nothing() -> None:
    texts = {name: text for name, (text, _) in CASES.items()}
    marks = {
        name: [("DIAGNOSTICO", Mark(code, said, place), place + 5) for said, code, place in own]
        for name, (_, own) in CASES.items()
    }
    found = {
        (one.document, one.code): one.term
        for one in align(texts, marks, {"R05": ["cough"], "R50.9": ["fever"], "N05.9": []})
    }
    assert found["a", "R50.9"] == found["b", "R50.9"] == found["d", "R50.9"] == ("fever",)
    assert found["b", "R05"] == found["c", "R05"] == ("cough",)
    assert "nephritis" in found["c", "N05.9"]


def test_counts_are_of_documents_that_say_the_term() -> None:
    links = links_of([(("pain",), "R52", "title"), (("knee", "pain"), "M25.569", "title")])
    texts = {name: words_of(text) for name, text in
             {"1": "Knee pain.", "2": "Pain, pain.", "3": "None."}.items()}  # fmt: skip
    gold = {"1": {"M25.569"}, "2": {"R52"}, "3": {"R52"}}
    content = counted(content_of(links), texts, gold)
    rows = {
        content["codes"][place]: facts[-4:].tolist()
        for place, facts in zip(content["links"], content["facts"], strict=True)
    }
    assert rows["R52"] == [2.0, 1.0, 1.0, 1.0]  # of two that say it one is free of "knee pain"
    assert rows["M25.569"] == [1.0, 1.0, 1.0, 1.0]


def test_pieces_stand_in_two_documents() -> None:
    aligned = {
        "1": [(("enlarged", "right", "testis"), "N50.89")],
        "2": [(("enlarged", "left", "testis"), "N50.89")],
    }
    assert (("enlarged", "testis"), "N50.89") in pieces_of(aligned)
    assert (("right",), "N50.89") not in pieces_of(aligned)


def test_words_that_nothing_bears_out_are_believed_from_two_documents() -> None:
    strange = Aligned("a", "E88.9", ("write",), 1.0, rooted=False)
    rooted = Aligned("a", "N05.9", ("nephritis",), 1.0, rooted=True)
    learned = [Aligned(name, "R50.9", ("fever",), 1.0, rooted=False) for name in "ab"]
    kept = borne_out({"a": [strange, strange, rooted, learned[0]], "b": [learned[1]]})
    assert kept == {"a": [rooted, learned[0]], "b": [learned[1]]}
