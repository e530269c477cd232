import pytest

from tests.interfaces.web.house import Person


@pytest.mark.parametrize("theme", ["light", "dark", "auto"])
def test_the_choice_is_kept(osei: Person, theme: str) -> None:
    answer = osei.submit("/theme", theme=theme, back="/inbox")
    assert answer.headers["location"] == "/inbox"
    assert f'data-theme="{theme}"' in osei.get("/visits").text


def test_there_are_no_other_themes(osei: Person) -> None:
    assert osei.submit("/theme", theme="neon").status_code == 400
    osei.cookies.set("wardround_theme", '"><script>')
    assert 'data-theme="auto"' in osei.get("/visits").text
