"""Every error has its HTTP status and OperationOutcome code, and says how to mend it."""

import pytest

from wardround.kernel import InvalidInput, WardroundError, errors


def kinds(root: type[WardroundError]) -> list[type[WardroundError]]:
    return [root, *(kind for child in root.__subclasses__() for kind in kinds(child))]


OURS = [kind for kind in kinds(WardroundError) if kind.__module__ == errors.__name__]


@pytest.mark.parametrize("kind", OURS)
def test_the_tree_in_the_docstring_is_the_tree(kind: type[WardroundError]) -> None:
    drawn = [line.split() for line in (errors.__doc__ or "").splitlines()]
    row = next(words for words in drawn if kind.__name__ in words)
    place = row.index(kind.__name__)
    assert row[place + 1 : place + 3] == [str(kind.status), kind.code]


def test_an_outcome_says_what_where_and_how_to_mend() -> None:
    error = InvalidInput(
        "This is not WebVTT.", where="visit.vtt, line 1", mend="Start with WEBVTT."
    )
    assert str(error) == "visit.vtt, line 1: This is not WebVTT. Start with WEBVTT."
    assert error.outcome() == {
        "resourceType": "OperationOutcome",
        "issue": [
            {
                "severity": "error",
                "code": "invalid",
                "diagnostics": "This is not WebVTT. Start with WEBVTT.",
                "expression": ["visit.vtt, line 1"],
            }
        ],
    }
