"""A side that was put right aloud is not told the wrong way."""

import pytest

from wardround.capabilities.documentation import Documentation, load_documentation

REST = """[doctor] Okay. On exam there is swelling of the knee. I think this is a meniscus tear. \
We will get an MRI and I will see you in two weeks. Take ibuprofen for the pain.
[patient] Okay, thank you."""


@pytest.fixture(scope="module")
def room() -> Documentation:
    return load_documentation()


@pytest.mark.requirement("DOC-04")
@pytest.mark.parametrize(
    "said",
    [
        "It's not the right knee, it's the left knee.",
        "No, the left one.",
        "Left, actually.",
        "No, my left knee.",
    ],
)
def test_the_wrong_side_is_let_go(room: Documentation, said: str) -> None:
    visit = (
        "[doctor] Hello. So you are here for right knee pain after a fall on the ice.\n"
        f"[patient] {said} I twisted it and it has been swollen for a week.\n{REST}"
    )
    answer = room.batch({"id": 1, "transcript": visit})
    assert answer["status"] == "drafted"
    assert "right knee" not in answer["note"].lower()


@pytest.mark.parametrize("said", ["Yeah, right.", "Right.", "Not right away.", "All right."])
def test_agreeing_is_not_putting_right(room: Documentation, said: str) -> None:
    visit = (
        "[doctor] Hello. So you are here for left knee pain after a fall on the ice.\n"
        f"[patient] {said} I twisted it and it has been swollen for a week.\n{REST}"
    )
    assert "left knee pain" in room.batch({"id": 1, "transcript": visit})["note"].lower()
