import pytest

from wardround.kernel import InvalidInput
from wardround.security.strength import require_hard_to_guess


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "P@ssw0rd1234",
        "passwordpassword",
        "qwertyuiop12",
        "123456789012",
        "aaaaaaaaaaaaaaaa",
        "administrator1",
        "wardround2026",
        "amara.osei2026",
    ],
)
def test_what_others_would_guess_is_refused(password: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        require_hard_to_guess(password, ("amara.osei", "Dr Amara Osei"))
    assert refused.value.where == "password"
    assert password not in str(refused.value)


@pytest.mark.parametrize(
    "password",
    ["seven quiet corridors", "correct horse battery", "tT8#kQz0!mWx", "é" * 3 + "zkqjxvwyt"],
)
def test_a_sentence_is_taken(password: str) -> None:
    require_hard_to_guess(password, ("amara.osei", "Dr Amara Osei"))


def test_a_very_long_password_is_judged_quickly_by_its_beginning() -> None:
    with pytest.raises(InvalidInput):
        require_hard_to_guess("a" * 1024)
