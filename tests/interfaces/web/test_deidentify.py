"""The page that takes PHI out of a text, and keeps nothing of it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.interfaces.web.house import House, Person

OFFICER = "ruth.okafor"
LETTER = "Seen by Dr. Maria Lopez on March 3, 2023. MRN: 4471823. <b>Well</b>."


@pytest.fixture
def officer(somebody: Callable[[str | None], Person]) -> Person:
    person = somebody(OFFICER)
    assert person.get("/deidentify").status_code == 200
    return person


def sent(person: Person, **fields: str) -> str:
    form = {"text": LETTER, "mode": "safe-harbor", "operator": "tag"} | fields
    csrf = person.get("/deidentify").text.partition('name="csrf" value="')[2].partition('"')[0]
    answer = person.post("/deidentify", data={"csrf": csrf, **form})
    return answer.text


def test_what_is_found_and_why(officer: Person) -> None:
    page = sent(officer)
    assert "Seen by [NAME] on [DATE]. MRN: [MRN]." in page
    assert "Dr. Maria Lopez" in page
    assert "A date with its month in words" in page
    assert "<b>Well" not in page
    assert "&lt;b&gt;Well" in page


@pytest.mark.parametrize(
    ("chosen", "there", "gone"),
    [
        ({"operator": "mask"}, "**. ***** *****", "by [NAME]"),
        ({"operator": "redact"}, "Seen by  on .", "by [NAME]"),
        ({"mode": "limited-data-set"}, "on March 3, 2023. MRN: [MRN]", "[DATE]"),
        ({"operator": "nothing-such"}, "not made by this page", "by [NAME]"),
        ({"mode": "x"}, "not made by this page", "by [NAME]"),
        ({"text": "x" * 200_001}, "more than 200,000 characters", "by [NAME]"),
    ],
)
def test_how_it_is_taken_out(
    officer: Person, chosen: dict[str, str], there: str, gone: str
) -> None:
    page = sent(officer, **chosen)
    assert there in page
    assert gone not in page


def test_a_file(officer: Person) -> None:
    csrf = officer.get("/deidentify").text.partition('name="csrf" value="')[2].partition('"')[0]
    form = {"csrf": csrf, "mode": "safe-harbor", "operator": "tag", "text": ""}
    answer = officer.post("/deidentify", data=form, files={"file": ("a.txt", LETTER.encode())})
    assert "Seen by [NAME]" in answer.text
    answer = officer.post("/deidentify", data=form, files={"file": ("a.txt", b"\xff\x00")})
    assert answer.status_code in {400, 422}
    assert "UTF-8" in answer.text


def test_nothing_of_it_is_kept(officer: Person, house: House) -> None:
    sent(officer, text="Mrs. Heliotropia Quarrystone is well.")
    event = house.events(action="deidentify")[0]
    assert event.detail == {"found": "1"}
    home = house.wardround.settings.home
    for path in Path(home).rglob("*"):
        assert not path.is_file() or b"Quarrystone" not in path.read_bytes()
