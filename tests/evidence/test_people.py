"""What is told of people, their accounts and second factors."""

from tests.evidence.looking import ADA, DAY, RUTH, facts, hire, later, settled, wrong
from wardround.bootstrap import (
    Wardround,
)
from wardround.security import (
    AuditTrail,
    FactorKind,
    Factors,
    ServiceTokens,
)
from wardround.security.people import People


def test_who_is_the_officer_and_who_has_which_role(house: Wardround) -> None:
    assert "Nobody" in wrong(house, "officer")
    hire(house, RUTH, ADA)
    assert wrong(house, "officer") == ""
    assert "Ruth O" in facts(house, "officer")[0].says
    assert "1 nurse, 1 privacy officer" in facts(house, "roles")[0].says
    with house.database.begin() as tx:
        People(tx).disable(RUTH)
    assert "Nobody" in wrong(house, "officer")


def test_who_has_a_second_factor_and_who_lacks_it(house: Wardround) -> None:
    hire(house, RUTH, ADA)
    assert "Privacy officer: 0 of 1" in wrong(house, "second-factors")
    assert "None is demanded" in wrong(house, "second-factors")
    demanding = settled(house, second_factor_for="privacy officer, administrator")
    assert "without: Ruth O" in wrong(demanding, "second-factors")
    with house.database.begin() as tx:
        Factors(tx).keep(RUTH, FactorKind.APP, "App", b"secret")
    assert wrong(demanding, "second-factors") == ""
    told_of = " ".join(fact.says for fact in facts(demanding, "second-factors"))
    assert "Privacy officer: 1 of 1" in told_of
    assert "Nurse: 0 of 1" in told_of


def test_accounts_that_nobody_uses(house: Wardround) -> None:
    hire(house, RUTH, ADA)
    assert wrong(house, "unused-accounts") == ""
    quarter = later(house, 91 * DAY)
    assert "Ada L, Ruth O" in wrong(quarter, "unused-accounts")
    with house.database.begin() as tx:
        AuditTrail(tx, quarter.clock).record("sign-in", "success", actor=RUTH)
        People(tx).disable(ADA)
    assert wrong(quarter, "unused-accounts") == ""
    assert facts(quarter, "unused-accounts")[0].says.startswith("Closed accounts: 1;")


def test_a_password_that_was_handed_over_is_changed_soon(house: Wardround) -> None:
    hire(house, ADA, once=True)
    assert wrong(later(house, 6 * DAY), "passwords") == ""
    assert "Ada L" in wrong(later(house, 8 * DAY), "passwords")
    with house.database.begin() as tx:
        People(tx).set_password(ADA, "another quiet morning")
    assert wrong(later(house, 8 * DAY), "passwords") == ""


def test_sign_ins_are_counted(house: Wardround) -> None:
    with house.database.begin() as tx:
        trail = AuditTrail(tx)
        trail.record("sign-in", "success", actor=ADA)
        trail.record("sign-in", "failure", detail={"reason": "wrong-password"})
        trail.record("sign-in", "failure", detail={"reason": "too-many-attempts"})
    says = facts(house, "sign-ins")[0].says
    assert "1 sign-in, 2 failed attempts, 1 attempt turned away" in says


def test_programs_have_tokens_of_their_own(house: Wardround) -> None:
    with house.database.begin() as tx:
        ServiceTokens(tx).make("collector", ["READ_AUDIT"], 9 * DAY, None)
    assert "Tokens of programs: 1" in facts(house, "identification")[1].says
    assert "Tokens of programs: 0" in facts(later(house, 10 * DAY), "identification")[1].says
