import json

import pytest
from hypothesis import given

from tests.record.json_texts import objects, padded
from wardround.kernel import InvalidInput
from wardround.record.spans import Walk, member, with_member


@given(objects)
def test_a_walk_finds_every_member_as_it_stands(text: str) -> None:
    walk = Walk(text)
    found = {}
    for name in walk.members():
        begin = walk.at
        walk.value()
        found[name] = text[begin : walk.at]
    assert {name: json.loads(part) for name, part in found.items()} == json.loads(text)
    assert text[walk.at :].strip() == ""
    for name, part in found.items():
        place = member(text, name)
        assert place is not None
        assert text[slice(*place)] == part


@given(padded(objects, max_size=5))
def test_a_walk_finds_every_item_as_it_stands(text: str) -> None:
    walk = Walk(text)
    found = []
    for number in walk.items():
        begin = walk.at
        walk.value()
        found.append(text[begin : walk.at])
        assert number == len(found) - 1
    assert [json.loads(part) for part in found] == json.loads(text)


@given(objects)
def test_setting_a_member_leaves_the_rest_as_it_was(text: str) -> None:
    changed = with_member(text, "id", "new-1")
    assert json.loads(changed) == {**json.loads(text), "id": "new-1"}
    again = with_member(changed, "id", "x")
    assert len(again) == len(changed) - len("new-1") + 1
    place = member(text, "id")
    if place is not None:
        assert changed.startswith(text[: place[0]])
        assert changed.endswith(text[place[1] :])


@pytest.mark.parametrize(
    "text", ['{"a": 1, "b": 2, "a": 3}', '{"a": {"b": 1, "b": 1}}', '{"a": [{"": 1, "": 2}]}']
)
def test_a_name_that_stands_twice(text: str) -> None:
    walk = Walk(text)
    with pytest.raises(InvalidInput, match="stands twice"):
        list(zip(walk.members(), iter(walk.value, None), strict=False))


def test_a_name_that_could_be_anything_is_not_repeated() -> None:
    with pytest.raises(InvalidInput) as told:
        Walk('{"Ada Lovelace": 1, "Ada Lovelace": 2}').value()
    assert "Ada" not in str(told.value)
