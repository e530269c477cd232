"""Every probe tells something, also when it fails."""

from collections.abc import Iterator

import pytest

from tests.evidence.looking import (
    facts,
)
from wardround.bootstrap import (
    PROBES,
    Wardround,
    probe_safeguards,
)
from wardround.kernel import InvalidInput
from wardround.privacy.safeguards import Fact


def test_every_probe_says_something_of_a_new_installation(house: Wardround) -> None:
    found = probe_safeguards(house)
    assert set(found) == set(PROBES)
    for name, said in found.items():
        assert said, name
        for fact in said:
            assert "could not be looked at" not in fact.says, name
            assert fact.state != "wrong" or fact.mend, fact


def test_a_probe_that_fails_has_found_something_wrong(
    house: Wardround, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(_: Wardround) -> Iterator[Fact]:
        raise RuntimeError("a word of a chart")

    def refused(_: Wardround) -> Iterator[Fact]:
        yield Fact(says="As it should be.")
        raise InvalidInput("No such thing.", mend="Name another.")

    for probe, says in ((failing, "RuntimeError."), (refused, "No such thing.")):
        monkeypatch.setitem(PROBES, "trail", probe)
        (fact,) = facts(house, "trail")
        assert fact.state == "wrong"
        assert fact.says == f"This could not be looked at: {says}"
        assert "chart" not in fact.says + fact.mend
