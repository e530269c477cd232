import pytest

from tests.capabilities.documentation.said import text_of
from wardround.capabilities.documentation.writing.examination import normal_form, system_of


@pytest.mark.parametrize(
    ("told", "form"),
    [
        ("i do not appreciate any murmurs", "no murmurs"),
        (
            "on his heart exam , i do appreciate a 3/6 systolic ejection murmur",
            "grade 3/6 systolic ejection murmur",
        ),
        ("he does have some tenderness over the left knee", "tenderness over the left knee"),
        ("there is no edema", "no edema"),
        ("the lungs sound nice and clear", "the lungs are clear"),
    ],
)
def test_findings_are_stated_in_short_form(told: str, form: str) -> None:
    assert normal_form(told) == form


@pytest.mark.parametrize(
    ("finding", "system"),
    [
        ("lungs are clear", "Respiratory"),
        ("grade 2/6 systolic murmur", "Cardiovascular"),
        ("blood pressure is 130/80", "Vital signs"),
        ("tenderness to palpation of the right knee", "Musculoskeletal"),
        ("something else", ""),
    ],
)
def test_findings_belong_to_an_organ_system(finding: str, system: str) -> None:
    assert system_of(finding) == system


def test_absent_findings_stay_absent() -> None:
    text = text_of(
        "d: how are you ?",
        "p: fine .",
        "d: on your heart exam i do not appreciate any murmurs and your "
        "lungs are clear with no wheezes .",
    )
    assert "murmur" not in text.replace("No murmur", "")
    assert "no wheezes" in text.lower()
