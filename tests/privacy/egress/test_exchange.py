import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.privacy.egress.parties import find_phi
from wardround.kernel import NotAllowed
from wardround.privacy.egress.exchange import Exchange

JSON = "application/json; charset=utf-8"


def out(exchange: Exchange, content: object) -> str:
    return exchange.out(json.dumps(content).encode(), JSON).decode()


def test_the_same_words_get_the_same_tag_everywhere() -> None:
    sent = json.loads(out(Exchange(find_phi), ["Ada is here", {"who": "Ada"}, "Ada Lovelace"]))
    assert sent == ["[NAME-1] is here", {"who": "[NAME-1]"}, "[NAME-2]"]


def test_what_a_field_is_called_helps_to_find_what_is_in_it() -> None:
    def by_name(text: str) -> list[object]:
        return [s for s in find_phi(text) if text.startswith("record number: ")]

    sent = json.loads(out(Exchange(by_name), {"record_number": 1234567, "n": 7654321}))  # type: ignore[arg-type]
    assert sent == {"record_number": "[MRN-1]", "n": 7654321}


def test_what_was_found_once_is_found_everywhere() -> None:
    def only_first(text: str) -> list[object]:
        return list(find_phi(text)) if text.startswith("Patient") else []

    sent = json.loads(out(Exchange(only_first), ["Patient Ada", "for Ada; Adam"]))  # type: ignore[arg-type]
    assert sent == ["Patient [NAME-1]", "for [NAME-1]; Adam"]


def test_fields_of_the_protocol_are_left_but_not_what_hides_in_them() -> None:
    exchange = Exchange(find_phi, {"model", "seed"})
    sent = json.loads(out(exchange, {"model": "Ada", "seed": 1234567, "who": "Ada"}))
    assert sent == {"model": "Ada", "seed": 1234567, "who": "[NAME-1]"}
    assert json.loads(out(Exchange(find_phi, {"model"}), {"model": "of Ada Lovelace"})) == {
        "model": "of [NAME-1]"
    }


def test_short_finds_are_taken_out_where_they_stand() -> None:
    sent = out(Exchange(find_phi), ["J.S., aged 93", "93 mg"])
    assert "93" not in json.loads(sent)[0]
    assert "J.S." not in sent


def test_a_tag_that_was_in_the_text_is_not_taken_for_ours() -> None:
    exchange = Exchange(find_phi)
    sent = out(exchange, {"a": "[name-1] wrote to Ada"})
    assert json.loads(sent) == {"a": "[name-1] wrote to [NAME-2]"}
    assert exchange.back(b'"[NAME-1] and [ Name - 2 ]"', JSON) == b'"[NAME-1] and Ada"'


def test_words_that_hold_quotes_do_not_break_the_answer() -> None:
    exchange = Exchange(find_phi)
    exchange.out(b'"Ada"', JSON)
    exchange._words["NAME", 1] = 'A"da\n'
    assert json.loads(exchange.back(b'{"said": "[NAME-1]"}', JSON)) == {"said": 'A"da\n'}
    assert exchange.back(b"[NAME-1]", "text/plain") == b'A"da\n'
    assert exchange.back(b"\xff[NAME-1]", "image/png") == b"\xff[NAME-1]"
    assert exchange.back(b"{broken", JSON) == b"{broken"


@pytest.mark.parametrize(
    ("body", "media"),
    [(b"{broken", JSON), (b"\xff", JSON), (b"a=Ada", "application/x-www-form-urlencoded")],
)
def test_what_cannot_be_read_is_not_sent(body: bytes, media: str) -> None:
    with pytest.raises(NotAllowed, match="JSON and plain text"):
        Exchange(find_phi).out(body, media)


def test_a_name_as_a_fields_name_is_not_sent() -> None:
    with pytest.raises(NotAllowed, match="field's name"):
        out(Exchange(find_phi), {"visits": [{"Ada Lovelace": "well"}]})


WORD = st.sampled_from(["Ada", "Ada Lovelace", "1234567", "J.S.", "aged 93", "is", '"', "[NAME-1]"])
TEXT = st.lists(WORD, max_size=6).map(" ".join)
CONTENT = st.recursive(
    TEXT | st.integers(0, 99) | st.booleans() | st.none(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["content", "mrn", "role"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(CONTENT)
def test_there_and_back_again(content: object) -> None:
    exchange = Exchange(find_phi)
    sent = out(exchange, content)
    assert not any(word in sent for word in ("Ada", "Lovelace", "1234567", "J.S."))
    back = json.loads(exchange.back(sent.encode(), JSON))
    assert _as_words(back) == _as_words(content)


def _as_words(value: object) -> object:
    """Numbers that were found come back as words."""
    if isinstance(value, dict):
        return {key: _as_words(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_words(inner) for inner in value]
    return str(value)
