import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardround.interfaces.web.json_view import lay_out


def written(body: bytes) -> str:
    return "".join(piece.text for piece in lay_out(body))


def test_numbers_and_texts_stay_as_they_are() -> None:
    body = b'{"value":7.80,"low":1e2,"text":"caf\\u00e9 \\"x\\"","none":null}'
    assert written(body) == (
        '{\n  "value": 7.80,\n  "low": 1e2,\n  "text": "caf\\u00e9 \\"x\\"",\n  "none": null\n}'
    )


def test_empty_things_take_one_line() -> None:
    assert written(b'{"a":[],"b":{}}') == '{\n  "a": [],\n  "b": {}\n}'


def test_references_are_links_and_other_texts_are_not() -> None:
    pieces = lay_out(b'{"reference":"Patient/1","display":"Patient/1"}')
    assert [piece.link for piece in pieces if piece.kind == "string"] == ["Patient/1", None]


trees = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


# Drafting in the background, which other tests left running, may use the random module meanwhile.
@pytest.mark.filterwarnings("ignore:Do not use the `random` module")
@given(trees)
def test_what_is_laid_out_reads_the_same(tree: object) -> None:
    assert json.loads(written(json.dumps(tree).encode())) == tree
