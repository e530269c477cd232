import json

import pytest

from wardround.capabilities.documentation.formats import turns
from wardround.kernel import InvalidInput


def test_turns_keep_text_and_times() -> None:
    said = [
        {"speaker": "Dr. Lind", "text": " Hello ", "start": 1, "end": 2.5, "confidence": 0.9},
        {"speaker": "patient", "text": "Hi", "start": None},
    ]
    for document in (said, {"turns": said}):
        first, second = turns.read(json.dumps(document), "v.json")
        assert (first.speaker, first.source, first.offset) == ("doctor", " Hello ", 0)
        assert (first.start, first.end) == (1.0, 2.5)
        assert (second.start, second.end) == (None, None)


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ('{"turns": [', "v.json, line 1, column 12", "not JSON"),
        ('[\n{"speaker": }]', "v.json, line 2, column 13", "not JSON"),
        ("{}", "v.json", "no turns"),
        ('{"turns": {}}', "v.json, turns", "no list"),
        ("[1]", "v.json, turns[0]", "no turn"),
        ('[{"text": "a"}]', "v.json, turns[0]", "no speaker"),
        ('[{"speaker": "a", "text": 3}]', "v.json, turns[0]", "other than text as text"),
        ('[{"speaker": "a", "text": "b", "start": "1"}]', "turns[0]", "number of seconds"),
        ('[{"speaker": "a", "text": "b", "start": true}]', "turns[0]", "number of seconds"),
        ('[{"speaker": "a", "text": "b", "start": -1}]', "turns[0]", "before the recording"),
        ('[{"speaker": "a", "text": "b", "start": 2, "end": 1}]', "turns[0]", "ends before"),
        ('[{"speaker": "a", "text": "\\ud800"}]', "v.json", "not JSON"),
    ],
)
def test_errors_name_the_place(text: str, where: str, what: str) -> None:
    with pytest.raises(InvalidInput) as error:
        list(turns.read(text, "v.json"))
    assert where in str(error.value.where)
    assert what in error.value.what
    assert error.value.mend


def test_text_that_is_no_unicode_is_refused() -> None:
    with pytest.raises(InvalidInput, match="not Unicode"):
        list(turns.parse([{"speaker": "doctor", "text": "\ud800"}], "record"))
