import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

import pytest
from argon2 import PasswordHasher

from wardround.kernel import InvalidInput
from wardround.security import passwords

GOOD = "seven quiet corridors"


def test_a_password_matches_its_own_hash_alone() -> None:
    stored = passwords.hashed(GOOD)
    assert passwords.matches(stored, GOOD)
    assert not passwords.matches(stored, GOOD + "x")
    assert GOOD not in stored
    assert stored.startswith("$argon2id$")


def test_the_same_password_is_hashed_differently_each_time() -> None:
    assert passwords.hashed(GOOD) != passwords.hashed(GOOD)


def test_the_same_characters_typed_otherwise_are_the_same_password() -> None:
    composed, decomposed = "caf\u00e9 au lait chaud", "cafe\u0301 au lait chaud"
    assert passwords.matches(passwords.hashed(composed), decomposed)


@pytest.mark.parametrize("password", ["", "short", "eleven char", "x" * 1025])
def test_too_short_and_too_long_are_refused(password: str) -> None:
    with pytest.raises(InvalidInput):
        passwords.hashed(password)


def test_twelve_characters_are_enough() -> None:
    assert passwords.matches(passwords.hashed("twelve chars"), "twelve chars")


def test_nobody_has_no_password() -> None:
    assert not passwords.matches(None, "no person has this password")


def test_a_password_that_goes_on_after_the_longest_allowed_does_not_match() -> None:
    longest = "x" * 1024
    assert not passwords.matches(passwords.hashed(longest), longest + "y")


@pytest.mark.parametrize("stored", ["", "not a hash", "$argon2id$v=19$m=1$broken"])
def test_a_damaged_hash_matches_nothing(stored: str) -> None:
    assert not passwords.matches(stored, GOOD)


def test_no_more_than_a_few_are_hashed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    at_work, most, lock = [0], [0], Lock()

    class Slow:
        def verify(self, stored: str, password: str) -> bool:
            with lock:
                at_work[0] += 1
                most[0] = max(most[0], at_work[0])
            time.sleep(0.02)
            with lock:
                at_work[0] -= 1
            return True

    monkeypatch.setattr(passwords, "_hasher", Slow())
    with ThreadPoolExecutor(20) as pool:
        assert all(pool.map(lambda _: passwords.matches("stored", "some words"), range(20)))
    assert most[0] == passwords.AT_ONCE


def test_other_parameters_are_outdated() -> None:
    assert not passwords.outdated(passwords.hashed(GOOD))
    assert passwords.outdated(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(GOOD))


def test_an_unknown_person_costs_the_same_work() -> None:
    stored = passwords.hashed(GOOD)
    passwords.matches(None, GOOD)

    def taken(known: str | None) -> float:
        began = time.process_time()
        passwords.matches(known, "a wrong password")
        return time.process_time() - began

    known = statistics.median(taken(stored) for _ in range(5))
    unknown = statistics.median(taken(None) for _ in range(5))
    assert known / 3 < unknown < known * 3
