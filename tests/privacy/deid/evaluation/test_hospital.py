"""The imagined hospital: what is marked is where it is said to be, and nothing else is."""

import re
from collections import Counter
from functools import cache
from random import Random

import pytest

from wardround.privacy.deid import Kind
from wardround.privacy.deid.evaluation.document import Document, Piece, joined
from wardround.privacy.deid.evaluation.halves import PARTS, Part
from wardround.privacy.deid.evaluation.hospital.documents import documents
from wardround.privacy.deid.evaluation.hospital.lists import (
    HERE,
    forms,
    groups_of,
    half,
    layouts,
    lines_of,
    sentences,
)
from wardround.privacy.deid.evaluation.hospital.speech import recognised
from wardround.privacy.deid.evaluation.hospital.wear import scanned
from wardround.privacy.deid.evaluation.hospital.world import World
from wardround.privacy.deid.evaluation.wear import capitals

NUMBER = 140
VISITS = {
    "death_summary",
    "discharge_summary",
    "ed_triage",
    "history_physical",
    "legacy_report",
    "referral_letter",
    "social_work_note",
    "visit_note",
}
TOPICS = sorted(path.stem for path in (HERE / "phrases").glob("*.txt"))
WITHOUT = {"clinical", "decoys", "prose"}
"""Topics whose sentences tell of nobody."""


@cache
def written(part: Part) -> list[Document]:
    return documents(7, NUMBER, part)


@cache
def carriers(part: Part) -> list[str]:
    return [one for topic in TOPICS if topic not in WITHOUT for one in sentences(topic, part)]


@pytest.mark.parametrize("part", PARTS)
def test_spans_lie_in_order_and_hold_whole_words(part: Part) -> None:
    for document in written(part):
        last = 0
        for start, end, kind in document.spans:
            words = document.text[start:end]
            assert last <= start < end <= len(document.text)
            assert words == words.strip()
            assert kind in set(Kind)
            last = end


@pytest.mark.parametrize("part", PARTS)
def test_what_is_marked_has_the_shape_of_its_kind(part: Part) -> None:
    shapes = {"ssn": r"[\d. -]{4,11}", "ip": r"[\da-fA-F.:-]+", "fax": r"[\d() .+/-]+"}
    seen: Counter[str] = Counter()
    for document in written(part):
        for start, end, kind in document.spans:
            if kind in shapes and document.form not in {"dictation", "scan"}:
                seen[kind] += 1
                assert re.fullmatch(shapes[kind], document.text[start:end]), kind
    assert seen.keys() == shapes.keys()


@pytest.mark.parametrize("part", PARTS)
def test_every_kind_and_every_form_is_there(part: Part) -> None:
    assert {kind for one in written(part) for _, _, kind in one.spans} == set(Kind)
    assert {one.form for one in written(part)} == set(forms())
    assert len(forms()) >= 24


def test_the_same_seed_writes_the_same_documents() -> None:
    assert documents(3, 40, "dev") == documents(3, 40, "dev")
    assert documents(3, 40, "dev")[0].text != documents(4, 40, "dev")[0].text


def test_the_halves_share_no_sentence_no_layout_and_no_name() -> None:
    dev, test = PARTS
    assert not set(carriers(dev)) & set(carriers(test))
    for form in forms():
        assert layouts(form, dev)
        assert layouts(form, test)
        assert not set(layouts(form, dev)) & set(layouts(form, test))
    for names in groups_of("words/people.txt").values():
        assert half(names, dev)
        assert half(names, test)
        assert set(half(names, dev)).isdisjoint(half(names, test))


def test_there_are_as_many_sentences_as_a_reader_would_not_know_by_heart() -> None:
    both = [len(carriers(part)) for part in PARTS]
    assert sum(both) >= 400
    assert min(both) >= 0.4 * sum(both)
    assert sum(len(lines_of(f"phrases/{topic}.txt")) for topic in WITHOUT) >= 150


@pytest.mark.parametrize("part", PARTS)
def test_notes_of_visits_hold_many_identifiers(part: Part) -> None:
    for document in written(part):
        if document.form in VISITS:
            assert len(document.spans) >= 14


@pytest.mark.parametrize("topic", sorted(WITHOUT))
def test_no_decoy_holds_a_slot_that_is_marked(topic: str) -> None:
    for at, line in enumerate(lines_of(f"phrases/{topic}.txt")):
        world = World(Random(at), "dev", said=False)
        for slot in re.findall(r"\{([^{}]+)\}", line):
            assert not [piece for piece in world.slot(slot) if piece.kind], line


@pytest.mark.parametrize("part", PARTS)
def test_no_decoy_is_marked_in_a_document(part: Part) -> None:
    decoys = [line for line in lines_of("phrases/decoys.txt") if "{" not in line]
    found = 0
    for document in written(part):
        for decoy in decoys:
            if (at := document.text.find(decoy)) >= 0:
                found += 1
                ends = at + len(decoy)
                assert not [s for s in document.spans if s[0] < ends and s[1] > at], decoy
    assert found > 20


@pytest.mark.parametrize("part", PARTS)
def test_a_name_that_is_marked_once_is_marked_wherever_it_is_written(part: Part) -> None:
    for document in written(part):
        names = {document.text[s:e] for s, e, kind in document.spans if kind == "name"}
        full = [name for name in names if name.count(" ") == 1 and len(name) > 8]
        for name in full:
            for found in re.finditer(rf"\b{re.escape(name)}\b", document.text):
                assert any(s < found.end() and found.start() < e for s, e, _ in document.spans)


@pytest.mark.parametrize("part", PARTS)
def test_ages_are_marked_from_ninety_on(part: Part) -> None:
    seen = set()
    for document in written(part):
        for found in re.finditer(r"\b(\d+)[- ]year[- ]old (?:wo)?man\b", document.text):
            old = int(found[1]) > 89
            seen.add(old)
            assert old == any(s <= found.start() < e for s, e, _ in document.spans)
    assert False in seen


def test_states_stand_in_clear() -> None:
    states = {name for (name,) in groups_of("words/states.txt").values() if " " not in name}
    told = Counter[str]()
    for document in written("dev"):
        for found in re.finditer(r"(?<=, )(\w+)(?= in a two-story house)", document.text):
            told[found[1]] += 1
            assert not [s for s in document.spans if s[0] <= found.start() < s[1]]
    assert not set(told) - states - set(groups_of("words/states.txt"))
    assert told


def test_check_digits_are_right() -> None:
    world = World(Random(5), "dev", said=False)
    for _ in range(50):
        (npi,) = world.slot("npi")
        figures = [int(figure) for figure in "80840" + npi.text]
        doubled = [sum(divmod(2 * f, 10)) if at % 2 else f for at, f in enumerate(figures[::-1])]
        assert sum(doubled) % 10 == 0
        (dea,) = world.slot("dea")
        digits = [int(figure) for figure in dea.text[2:]]
        assert (sum(digits[0:6:2]) + 2 * sum(digits[1:6:2])) % 10 == digits[6]


def test_speech_has_neither_case_nor_figures_apart() -> None:
    said = recognised(
        [Piece("Seen by "), Piece("Dr. Vu", "name"), Piece(". Call "), Piece("555-0100", "phone")],
        Random(2),
    )
    text, spans = joined(said)
    assert text == text.lower()
    assert [kind for _, _, kind in spans] == ["name", "phone"]
    assert "-" not in text


def test_capitals_and_scans_keep_what_is_marked() -> None:
    pieces = [Piece("He lives in a house at "), Piece("12 Elm Street, Apt 4", "place")] * 5
    for worn in (capitals(pieces), scanned(pieces, Random(1))):
        text, spans = joined(worn)
        assert len(spans) == 5
        assert all(text[s:e].startswith("12") for s, e, _ in spans)
    assert "\n" in joined(scanned(pieces, Random(1)))[0]


def test_an_unknown_slot_is_named() -> None:
    with pytest.raises(KeyError, match="nowhere"):
        World(Random(1), "dev", said=False).slot("nowhere")


def test_relatives_have_a_relation_and_doctors_a_title() -> None:
    world = World(Random(1), "dev", said=False)
    assert world.slot("rel.is")[0].kind == ""
    assert world.slot("doc.title")[0].text.startswith(("Dr", "Doctor"))
    assert world.slot("nurse.sig")[1].kind == ""
