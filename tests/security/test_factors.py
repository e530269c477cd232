"""Second factors: a code is for once, whoever comes with it and whatever the clock says."""

from concurrent.futures import ThreadPoolExecutor

import pyotp
import pytest
from sqlalchemy import select

from tests.security.quick import ON_SQLITE, Watch, add
from wardround.database import Database
from wardround.kernel import Actor, InvalidInput, NotFound
from wardround.security import FactorKind, Factors, app_address
from wardround.security.factors import CODES, STEP
from wardround.security.tables import factors

pytestmark = pytest.mark.usefixtures("quick_hash")


@pytest.fixture
def amara(database: Database) -> Actor:
    return add(database, "amara")


def code_of(secret: str, watch: Watch, steps: int = 0) -> str:
    return pyotp.TOTP(secret).at(watch.now, counter_offset=steps)


def with_app(database: Database, watch: Watch, actor: Actor) -> str:
    with database.begin() as tx:
        secret = Factors(tx, watch).begin_app(actor)
        Factors(tx, watch).confirm_app(actor, code_of(secret, watch))
    watch.wait(seconds=STEP)
    return secret


def use(database: Database, watch: Watch, actor: Actor, code: str) -> FactorKind | None:
    with database.begin() as tx:
        return Factors(tx, watch).use_code(actor, code)


@ON_SQLITE
def test_an_app_counts_once_it_has_shown_a_code(
    database: Database, watch: Watch, amara: Actor
) -> None:
    with database.begin() as tx:
        secret = Factors(tx, watch).begin_app(amara)
        assert Factors(tx, watch).of(amara) == []
        wrong = f"{(int(code_of(secret, watch)) + 1) % 1_000_000:06}"
        with pytest.raises(InvalidInput):
            Factors(tx, watch).confirm_app(amara, wrong)
        assert Factors(tx, watch).of(amara) == []
        Factors(tx, watch).confirm_app(amara, code_of(secret, watch))
        (app,) = Factors(tx, watch).of(amara)
        assert app.kind is FactorKind.APP
        with pytest.raises(NotFound):
            Factors(tx, watch).confirm_app(amara, code_of(secret, watch))


@ON_SQLITE
def test_a_code_is_for_once(database: Database, watch: Watch, amara: Actor) -> None:
    secret = with_app(database, watch, amara)
    code = code_of(secret, watch)
    assert use(database, watch, amara, f" {code[:3]} {code[3:]} ") is FactorKind.APP
    assert use(database, watch, amara, code) is None
    watch.wait(seconds=STEP)
    assert use(database, watch, amara, code) is None
    assert use(database, watch, amara, code_of(secret, watch)) is FactorKind.APP


@ON_SQLITE
@pytest.mark.parametrize(("steps", "taken"), [(-2, False), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_one_step_off(
    database: Database, watch: Watch, amara: Actor, steps: int, taken: bool
) -> None:
    secret = with_app(database, watch, amara)
    assert bool(use(database, watch, amara, code_of(secret, watch, steps))) is taken


@ON_SQLITE
def test_the_step_before_is_taken_unless_it_was_used(
    database: Database, watch: Watch, amara: Actor
) -> None:
    secret = with_app(database, watch, amara)
    watch.wait(seconds=STEP)
    assert use(database, watch, amara, code_of(secret, watch, -1)) is FactorKind.APP


@ON_SQLITE
def test_a_clock_set_back_brings_no_code_back(
    database: Database, watch: Watch, amara: Actor
) -> None:
    secret = with_app(database, watch, amara)
    old = code_of(secret, watch)
    assert use(database, watch, amara, old)
    watch.wait(hours=-1)
    assert use(database, watch, amara, code_of(secret, watch)) is None
    watch.wait(hours=1)
    assert use(database, watch, amara, old) is None


def test_recovery_codes_open_once_each(database: Database, watch: Watch, amara: Actor) -> None:
    ben = add(database, "ben")
    with database.begin() as tx:
        codes = Factors(tx, watch).make_codes(amara)
    assert len(set(codes)) == CODES
    assert {len(code.replace("-", "")) * 5 for code in codes} == {120}
    assert use(database, watch, ben, codes[0]) is None
    assert use(database, watch, amara, codes[0].upper()) is FactorKind.RECOVERY
    assert use(database, watch, amara, codes[0]) is None
    with database.begin() as tx:
        assert Factors(tx, watch).codes_left(amara) == CODES - 1
        Factors(tx, watch).make_codes(amara)
    assert use(database, watch, amara, codes[1]) is None


def test_of_two_who_come_with_one_recovery_code_one_gets_in(
    database: Database, watch: Watch, amara: Actor
) -> None:
    with database.begin() as tx:
        codes = Factors(tx, watch).make_codes(amara)
    with ThreadPoolExecutor(8) as pool:
        for code in codes[:3]:
            used = list(pool.map(lambda _, c=code: use(database, watch, amara, c), range(8)))
            assert used.count(FactorKind.RECOVERY) == 1


def test_of_two_who_come_with_one_code_of_the_app_one_gets_in(
    database: Database, watch: Watch, amara: Actor
) -> None:
    code = code_of(with_app(database, watch, amara), watch)
    with ThreadPoolExecutor(8) as pool:
        used = list(pool.map(lambda _: use(database, watch, amara, code), range(8)))
    assert used.count(FactorKind.APP) == 1


@ON_SQLITE
def test_with_the_last_factor_go_the_recovery_codes(
    database: Database, watch: Watch, amara: Actor
) -> None:
    with_app(database, watch, amara)
    with database.begin() as tx:
        kept = Factors(tx, watch)
        kept.make_codes(amara)
        (app,) = kept.of(amara)
        with pytest.raises(NotFound):
            kept.remove(add_other(tx), app.id)
        kept.remove(amara, app.id)
        assert kept.codes_left(amara) == 0


def add_other(tx: object) -> Actor:
    return Actor(id="ben", name="Ben", role="nurse", reference="Practitioner/ben")


@ON_SQLITE
def test_no_secret_stands_in_the_table(database: Database, watch: Watch, amara: Actor) -> None:
    secret = with_app(database, watch, amara)
    with database.begin() as tx:
        codes = Factors(tx, watch).make_codes(amara)
        rows = repr(tx.execute(select(factors)).all())
    assert secret not in rows
    assert not [code for code in codes if code in rows or code.replace("-", "") in rows]


@ON_SQLITE
def test_what_an_app_reads(database: Database, watch: Watch, amara: Actor) -> None:
    assert app_address(amara, "GEZDGNBVGY3TQOJQ" * 2).startswith(
        "otpauth://totp/Wardround:amara?secret=GEZDGNBVGY3TQOJQ"
    )
