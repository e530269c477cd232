"""What a card's file may say, and how it is read."""

from pathlib import Path

import pytest

from wardround.governance.cards import FILLED_BY_SOFTWARE, State, attributes_of, counted, read_card
from wardround.kernel import InvalidInput, TooLarge

PACKAGE = Path("src/wardround")
CARDS = sorted(PACKAGE.rglob("card.yaml"))
HEAD = 'name: sepsis\nversion: "1"\nlicence: MIT\nmade_by: hand\n'
FOUR = (
    HEAD
    + """details:
  funding: None.
  developer: {unknown: upstream undisclosed}
  output:
fairness:
  approach: {not_applicable: nothing is learned}
"""
)


def test_there_are_cards() -> None:
    assert len(CARDS) >= 6


@pytest.mark.parametrize("path", CARDS, ids=str)
def test_a_packaged_card_reads(path: Path) -> None:
    card = read_card(path.read_text("utf-8"), str(path))
    assert sum(counted(card)) == 31
    assert counted(card).answered >= 22


def test_attributes_are_those_of_the_rule() -> None:
    found = attributes_of(read_card(HEAD))
    assert [one.number for one in found] == list(range(1, 32))
    places = {one.number: (one.cite, one.key) for one in found}
    assert places[1] == ("(1)(i)", "developer")
    assert places[8] == ("(2)(iv)", "decision_role")
    assert places[12] == ("(4)(ii)", "demographics")
    assert places[25] == ("(7)(v)", "outcomes")
    assert places[31] == ("(9)(ii)", "correction")
    assert all(one.title and one.asks for one in found)
    assert len({one.title for one in found}) == 31
    assert len(FILLED_BY_SOFTWARE) == 13


def test_four_ways_to_write_an_attribute() -> None:
    card = read_card(FOUR)
    said = {one.key: one.answer for one in attributes_of(card)}
    assert said["funding"].state is State.ANSWERED
    assert said["developer"].said == "unknown (upstream undisclosed)"
    assert said["approach"].said == "not applicable: nothing is learned"
    assert said["output"].said == said["intended_use"].said == "not provided"
    assert counted(card) == (1, 1, 1, 28)
    assert str(counted(card)) == "1 answered, 1 unknown, 1 not applicable, 28 blank"


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        (HEAD + "details:\n  fundng: None.\n", "details.fundng", "no such key"),
        (HEAD + "colour: red\n", "colour", "no such key"),
        (HEAD.replace('"1"', "1"), "version", "quotes"),
        (HEAD.replace("sepsis", "Sepsis risk"), "name", "match"),
        (HEAD + "details:\n  funding: 5\n", "details.funding", "quotes"),
        (HEAD + 'details:\n  funding: " "\n', "details.funding", "leave it out"),
        (HEAD + "details:\n  funding: Not applicable.\n", "details.funding", "not_applicable"),
        (HEAD + "details:\n  funding: unknown\n", "details.funding", "unknown"),
        (
            HEAD + "details:\n  funding: {unknown: x, not_applicable: y}\n",
            "funding",
            "an answer is",
        ),
        (HEAD + "details:\n  funding: {unknown: }\n", "funding", "an answer is"),
        (HEAD + 'details:\n  funding: "a\\x07b"\n', "details.funding", "printed"),
        (HEAD + "file: a.skops\n", "card.yaml", "has its digest"),
        (HEAD + f"file: ../a.skops\ndigest: {'0' * 64}\n", "file", "folder"),
        (HEAD + "file: a.skops\ndigest: 12\n", "digest", ""),
        (HEAD + "name: other\n", "line 5", "twice"),
        (HEAD + "details: &a\n  funding: x\npurpose: *a\n", "line 7", "alias"),
        (HEAD + "details: [\n", "line", "YAML"),
        (HEAD + "x: !!python/object/apply:os.system [id]\n", "line 5", "python"),
        ("- a\n- b\n", "card.yaml", "keys"),
        ("", "card.yaml", "keys"),
        ("name: \x00", "card.yaml", "YAML"),
        ("version: '1'\n", "name", "required"),
    ],
)
def test_a_wrong_card_names_the_place(text: str, place: str, what: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        read_card(text)
    assert "card.yaml" in (raised.value.where or "")
    assert place in (raised.value.where or "")
    assert what.casefold() in raised.value.what.casefold()


def test_how_many_faults_follow_is_said() -> None:
    with pytest.raises(InvalidInput) as raised:
        read_card(HEAD + "one: 1\ntwo: 2\nthree: 3\n")
    assert raised.value.mend == "2 more such faults follow."


def test_a_card_is_not_without_end() -> None:
    with pytest.raises(TooLarge):
        read_card(HEAD + "#" * 1_000_001)
    with pytest.raises(InvalidInput):
        read_card("[" * 100_000)
