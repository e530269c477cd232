"""Turns: side by side or alone, and nobody waits for ever."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from wardround.rounds.turns import Turns

LONGEST = 10


@contextmanager
def running(turns: Turns, *, alone: bool, begun: threading.Event) -> Iterator[None]:
    """Take a turn in another thread for as long as the block lasts."""
    done = threading.Event()

    def turn() -> None:
        with turns.alone() if alone else turns.beside_others():
            begun.set()
            assert done.wait(LONGEST)

    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(turn)
        try:
            yield
        finally:
            done.set()
        future.result(LONGEST)


def test_side_by_side() -> None:
    turns, first, second = Turns(), threading.Event(), threading.Event()
    with running(turns, alone=False, begun=first), running(turns, alone=False, begun=second):
        assert first.wait(LONGEST)
        assert second.wait(LONGEST)


@pytest.mark.parametrize(("alone", "other"), [(True, True), (True, False), (False, True)])
def test_alone_is_beside_nobody(alone: bool, other: bool) -> None:
    turns, first, second = Turns(), threading.Event(), threading.Event()
    with ThreadPoolExecutor(1) as pool:
        with running(turns, alone=alone, begun=first):
            assert first.wait(LONGEST)

            def later() -> None:
                with turns.alone() if other else turns.beside_others():
                    second.set()

            waiting = pool.submit(later)
            assert not second.wait(0.1)
        waiting.result(LONGEST)
    assert second.is_set()


def test_who_must_be_alone_goes_before_those_who_come_later() -> None:
    turns, first, order = Turns(), threading.Event(), list[str]()

    def turn(name: str) -> None:
        with turns.alone() if name == "alone" else turns.beside_others():
            order.append(name)

    with ThreadPoolExecutor(2) as pool:
        with running(turns, alone=False, begun=first):
            assert first.wait(LONGEST)
            alone = pool.submit(turn, "alone")
            while not turns._waiting:
                assert not alone.done()
            later = pool.submit(turn, "later")
        alone.result(LONGEST)
        later.result(LONGEST)
    assert order == ["alone", "later"]


def test_a_turn_that_raises_is_over() -> None:
    turns = Turns()
    for turn in (turns.alone, turns.beside_others):
        with pytest.raises(OSError, match="full"), turn():
            raise OSError("full")
    with turns.alone():
        pass
