"""Numbers that are told by what is around them."""

from datetime import UTC, datetime

import pytest

from wardround.privacy.deid import Kind, find_phi
from wardround.privacy.deid.text.figures import CLASSES, Figures, candidates, features, load_figures
from wardround.privacy.deid.text.lexicon import load_lexicon
from wardround.privacy.deid.text.reading import Reading


def reading_of(text: str) -> Reading:
    return Reading(text, load_lexicon())


def numbers(text: str) -> list[str]:
    return [text[start:end] for start, end in candidates(reading_of(text))]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ref #AB-12/7, then 4.5 mg.", ["AB-12/7", "4.5"]),
        ("at fe80::1b:22, yes", ["fe80::1b:22"]),
        ("she is ninety-three now", ["ninety-three"]),
        ("four five. Six", ["four five", "Six"]),
        ("none here", []),
        ("--7--", ["7"]),
    ],
)
def test_numbers_stand_with_the_letters_and_signs_within(text: str, wanted: list[str]) -> None:
    assert numbers(text) == wanted


def test_a_name_beside_a_number_is_not_seen_by_itself() -> None:
    one, other = (f"Ask {name} for 55 things" for name in ("Oyelaran", "Kowalski"))
    seen = [
        features(reading_of(text), text.index("55"), text.index("55") + 2) for text in (one, other)
    ]
    assert seen[0] == seen[1]
    assert not any("oyelaran" in feature for feature in seen[0])


def test_chances_add_up_and_follow_the_weights() -> None:
    reading = reading_of("code 4411")
    plain = Figures({}, [0.0] * len(CLASSES)).chances(reading, 5, 9)
    assert plain == pytest.approx([1 / (1 + len(CLASSES))] * len(CLASSES))
    told = Figures({"-0code": [0.0, 0.0, 0.0, 9.0]}, [-5.0] * len(CLASSES))
    assert told.chances(reading, 5, 9)[3] > 0.95


def test_what_is_kept_already_is_left_alone() -> None:
    text = "MRN 4411882"
    (span,) = find_phi(text)
    assert span.kind is Kind.MRN
    sure = Figures({}, [9.0] * len(CLASSES))
    reading = reading_of(text)
    assert [find.start for find in sure.find(reading, [])] == [4]
    taken = next(iter(sure.find(reading, [])))
    assert list(sure.find(reading, [taken])) == []


@pytest.mark.parametrize(
    "text", ["BP 142/88", "gain of +250", "from 0700-1900", "NDC 00093104801", "weighs 4411882 kg"]
)
def test_what_cannot_be_somebody_s_is_left_however_sure_the_model_is(text: str) -> None:
    sure = Figures({}, [9.0] * len(CLASSES))
    assert list(sure.find(reading_of(text), [])) == []


def test_an_age_up_to_89_is_none() -> None:
    sure = Figures({}, [9.0, -9.0, -9.0, -9.0])
    assert list(sure.find(reading_of("She is 89 now"), [])) == []
    (age,) = sure.find(reading_of("She is 90 now"), [])
    assert age.kind is Kind.AGE


def test_a_year_of_birth_that_tells_of_more_than_89_years_goes() -> None:
    year = datetime.now(UTC).year
    for born, hidden in ((year - 91, True), (year - 60, False)):
        found = find_phi(f"She was born in {born} on a farm.")
        assert (Kind.AGE in {span.kind for span in found}) is hidden


def test_the_weights_are_read_as_they_were_written() -> None:
    assert load_figures() is load_figures()
    reading = reading_of("Her mother, 94, lives alone.")
    assert load_figures().chances(reading, 12, 14)[0] > 0.5
