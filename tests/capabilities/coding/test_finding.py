"""Words in their one form, and the terms that a dictionary finds among them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardround.capabilities.coding.finding.language import is_english
from wardround.capabilities.coding.finding.lexicon import Lexicon, company_of, numbers_of
from wardround.capabilities.coding.finding.words import form_of, forms_of, words_of


def lexicon(terms: dict[str, list[str]]) -> Lexicon:
    """Return a dictionary of a few terms."""
    vocabulary = sorted({word for term in terms for word in forms_of(term)})
    number = dict(zip(vocabulary, numbers_of(len(vocabulary)), strict=True))
    codes = sorted({code for own in terms.values() for code in own})
    total = {t: sum(number[word] for word in forms_of(t)) % 2**64 for t in terms}
    company = company_of([number[word] for word in forms_of(term)] for term in terms)
    starts, links = [0], []
    for own in terms.values():
        links += [codes.index(code) for code in own]
        starts.append(len(links))
    return Lexicon(
        {
            "vocabulary": vocabulary,
            "company": np.array(
                [list(company.get(number[word], 0).to_bytes(32)) for word in vocabulary], np.uint8
            ),
            "codes": codes,
            "sums": np.array([total[term] for term in terms], dtype=np.uint64),
            "lengths": np.array([len(forms_of(term)) for term in terms]),
            "starts": np.array(starts),
            "links": np.array(links),
        }
    )


TERMS = lexicon({"knee pain": ["M25.569"], "right knee pain": ["M25.561"], "pain": ["R52"]})
NAMES = ("knee pain", "right knee pain", "pain")


def found(text: str) -> list[tuple[str, str, bool, bool]]:
    words = words_of(text)
    return [
        (NAMES[m.key], text[words[m.first].start : words[m.last - 1].end], m.gap, m.inside)
        for m in TERMS.find(words)
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Oedema", "edema"),
        ("tumours", "tumor"),
        ("metastases", "metastasis"),
        ("diagnoses", "diagnosis"),
        ("Crohn's", "crohn"),
        ("anaemia", "anemia"),
        ("biopsies", "biopsy"),
        ("kidneys", "renal"),
        ("Sjögren", "sjogren"),
    ],
)
def test_spellings_and_numbers_of_one_word_have_one_form(one: str, other: str) -> None:
    assert form_of(one) == form_of(other)


@pytest.mark.parametrize("word", ["pus", "gas", "pelvis", "virus", "abscess", "mass"])
def test_a_word_that_ends_in_s_is_no_plural_for_it(word: str) -> None:
    assert form_of(word).endswith("s")


def test_a_point_in_a_number_or_behind_an_initial_ends_no_sentence() -> None:
    begins = [word.form for word in words_of("Hb 13.5 low. E. coli grew; fever") if word.begins]
    assert begins == ["hb", "e", "fever"]


def test_a_term_is_found_in_any_order_with_small_words_between() -> None:
    assert ("right knee pain", "pain in the right knee", False, False) in found(
        "Has pain in the right knee."
    )


def test_a_term_inside_a_longer_one_is_told_to_be() -> None:
    told = {term: inside for term, _, _, inside in found("right knee pain")}
    assert told == {"right knee pain": False, "knee pain": True, "pain": True}


def test_one_foreign_word_may_stand_within_a_term_and_is_told() -> None:
    assert ("knee pain", "knee severe pain", True, False) in found("knee severe pain")
    assert not any(term == "knee pain" for term, *_ in found("knee very severe pain"))


def test_no_term_reaches_across_the_end_of_a_sentence() -> None:
    assert [term for term, *_ in found("Swollen knee. Pain elsewhere.")] == ["pain"]


@given(st.text(max_size=300))
def test_words_stand_where_they_say_in_any_text(text: str) -> None:
    words = words_of(text)
    assert all(0 <= word.start < word.end <= len(text) for word in words)
    assert all(form_of(text[word.start : word.end]) == word.form for word in words)
    assert [word.start for word in words] == sorted(word.start for word in words)


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("Type 2 diabetes, obesity.", True),
        ("The patient was seen for a cough and has no fever.", True),
        ("El paciente presenta dolor en la rodilla y fiebre de tres días con tos.", False),
        ("Le patient se plaint de douleurs dans la poitrine et une toux avec fièvre.", False),
        ("Der Patient klagt über Schmerzen in der Brust und hat Fieber mit Husten.", False),
        ("患者主诉胸痛三天,伴有发热。", False),
        ("", True),
    ],
)
def test_the_language_of_a_text(text: str, english: bool) -> None:
    assert is_english(text) is english


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("It burns when I urinate.", "burn"),
        ("I don't think it burns.", "burn"),
        ("How is your heart burn doing?", "burn"),
        ("I walk to burn calories.", "burn"),
        ("He gets fall allergies.", "fall"),
        ("She could not fall asleep.", "fall"),
        ("Worse in the fall.", "fall"),
        ("Put a cold pack on it.", "cold"),
        ("His hands feel cold.", "cold"),
        ("Drink plenty of water.", "drink"),
        ("The stroke volume is normal.", "stroke"),
        ("ST depression in V5.", "depression"),
        ("Use a heating pad.", "pad"),
    ],
)
def test_a_word_within_an_idiom_names_no_illness(text: str, form: str) -> None:
    words = words_of(text)
    assert form not in [word.form for word in words]
    assert "" in [word.form for word in words], "it still stands between the others"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("A burn of the left hand.", "burn"),
        ("Second-degree burns on both legs.", "burn"),
        ("After a fall from a ladder.", "fall"),
        ("She has had a cold since Monday.", "cold"),
        ("Admitted for a stroke.", "stroke"),
        ("Major depression.", "depression"),
        ("PAD of both legs.", "pad"),
    ],
)
def test_the_same_word_as_an_illness_stays(text: str, form: str) -> None:
    assert form in [word.form for word in words_of(text)]


def test_a_term_by_itself_has_no_idiom() -> None:
    assert forms_of("exposure to cold weather") == ("exposure", "cold", "weather")


def test_words_that_share_no_term_end_the_search() -> None:
    terms = lexicon({"knee pain": ["M25.569"], "heart failure": ["I50.9"]})
    for text, spots in (
        ("knee pain", [(0, 2)]),
        ("knee heart pain", [(0, 3)]),
        ("knee heart failure pain", [(1, 3)]),
        ("knee foreign heart pain", []),
    ):
        assert [(m.first, m.last) for m in terms.find(words_of(text))] == spots
