"""Edits keep every claim tied to its own sources, wherever the claim moves."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardround.kernel import Edit, Evidence, InvalidInput, Json, Statement, TextSpan, apply, resolve

BY = Statement(by="p1", at=datetime(2026, 1, 5, tzinfo=UTC))


def note(*texts: str) -> tuple[dict[str, Json], tuple[Evidence, ...]]:
    content: dict[str, Json] = {"sections": [{"sentences": [{"text": text} for text in texts]}]}
    evidence = tuple(
        Evidence(
            claim=f"/sections/0/sentences/{i}",
            sources=(TextSpan(input="transcript", part=i, start=0, end=len(text)),),
        )
        for i, text in enumerate(texts)
    )
    return content, evidence


def texts_with_turns(
    content: dict[str, Json], evidence: tuple[Evidence, ...]
) -> list[tuple[str, int | None]]:
    pairs = []
    for item in sorted(evidence, key=lambda e: int(e.claim.rsplit("/", 1)[1])):
        text = resolve(content, f"{item.claim}/text")
        turn = next((s.part for s in item.sources if isinstance(s, TextSpan)), None)
        assert isinstance(text, str)
        pairs.append((text, turn))
    return pairs


@given(data=st.data())
def test_evidence_follows_its_sentence(data: st.DataObject) -> None:
    expected: list[tuple[str, int | None]] = [(f"s{i}", i) for i in range(4)]
    content, evidence = note(*(text for text, _ in expected))
    for step in range(data.draw(st.integers(1, 8))):
        op = data.draw(st.sampled_from(["add", "remove", "replace"]))
        size = len(expected) + (1 if op == "add" else 0)
        if size == 0:
            continue
        place = data.draw(st.integers(0, size - 1))
        path = f"/sections/0/sentences/{place}"
        edit = Edit.model_validate({"op": op, "path": path, "value": {"text": f"new{step}"}})
        content, evidence = apply(edit, content, evidence, BY)
        if op == "add":
            expected.insert(place, (f"new{step}", None))
        elif op == "remove":
            del expected[place]
        else:
            expected[place] = (f"new{step}", expected[place][1])
        assert texts_with_turns(content, evidence) == expected


def test_who_changed_a_sentence_is_part_of_its_evidence() -> None:
    content, evidence = note("Takes 20 mg.", "No cough.")
    edit = Edit(op="replace", path="/sections/0/sentences/0/text", value="Takes 40 mg.")
    for _ in range(2):
        content, evidence = apply(edit, content, evidence, BY)
    assert [type(s) for s in evidence[0].sources] == [TextSpan, Statement]
    assert [type(s) for s in evidence[1].sources] == [TextSpan]


def test_what_had_no_source_has_the_person_who_wrote_it() -> None:
    content, evidence = note("No cough.")
    edit = Edit(op="replace", path="/comment", value="Seen at home.")
    _, stated = apply(edit, {**content, "comment": ""}, evidence, BY)
    assert stated == (*evidence, Evidence(claim="/comment", sources=(BY,)))


def test_the_original_is_untouched() -> None:
    content, evidence = note("a", "b")
    apply(Edit(op="remove", path="/sections/0/sentences/0"), content, evidence, BY)
    assert content == note("a", "b")[0]


@pytest.mark.parametrize(
    "edit",
    [
        Edit(op="replace", path="/sections/0/sentences/9/text", value="x"),
        Edit(op="replace", path="/sections/0/nothing", value="x"),
        Edit(op="remove", path="/sections/0/sentences/2"),
        Edit(op="remove", path="/sections/0/sentences/-"),
        Edit(op="add", path="/sections/0/sentences/3", value={"text": "x"}),
        Edit(op="add", path="/sections/0/code", value="x"),
        Edit(op="remove", path=""),
        Edit(op="replace", path="", value={}),
    ],
)
def test_an_edit_that_leads_nowhere_says_where(edit: Edit) -> None:
    content, evidence = note("a", "b")
    with pytest.raises(InvalidInput):
        apply(edit, content, evidence, BY)
