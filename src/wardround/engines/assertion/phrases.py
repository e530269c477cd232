"""Phrases with choices, matched word by word: ``{is|was} not {clearly|} seen``.

Written out, the rules would be a hundred thousand phrases. They are kept as the steps of an
automaton instead, whose joint states are made when a text first needs them.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

Role = TypeVar("Role")

TOKEN = re.compile(
    r"\(-\)|\(\+\)|[^\W_]+(?:['/\-](?=[^\W_])[^\W_]+|\.(?=[^\W_]\.)[^\W_]|\.(?=\d)\d+)*|[^\w\s]"
)
"""A word with its inner hyphens, slashes and apostrophes (*r/o*, *isn't*), or one sign."""

_PARTS = re.compile(r"\{([^{}]*)\}|([^{}]+)")


class Phrases(Generic[Role]):
    """What phrases mean: each may have several roles; of those that match, the longest counts."""

    def __init__(self) -> None:
        """Begin without a phrase."""
        self._steps: list[dict[str, list[int]]] = [{}]
        self._roles: dict[int, list[Role]] = {}
        self._states: dict[frozenset[int], int] = {frozenset({0}): 0}
        self._sets: list[frozenset[int]] = [frozenset({0})]
        self._next: list[dict[str, int]] = [{}]
        self._means: list[tuple[Role, ...]] = [()]

    def add(self, pattern: str, role: Role) -> None:
        """Add a pattern; an empty choice may be left out."""
        ends = {0}
        for found in _PARTS.finditer(pattern.lower()):
            choices = found.group(1).split("|") if found.group(1) is not None else [found.group(2)]
            words = [TOKEN.findall(choice) for choice in choices]
            end = self._node()
            for path in filter(None, words):
                self._path(ends, path, end)
            if not any(words):
                continue
            ends = {end} | (ends if not all(words) else set())
        for end in ends:
            self._roles.setdefault(end, []).append(role)

    def longest(self, words: Sequence[str], at: int, limit: int) -> tuple[int, tuple[Role, ...]]:
        """Return where the longest phrase from ``at`` ends, and its roles; ``at`` if there is none."""
        if words[at] not in self._steps[0]:
            return at, ()
        state, last = 0, at
        means: tuple[Role, ...] = ()
        for place in range(at, limit):
            word = words[place]
            step = self._next[state].get(word)
            if step is None:
                step = self._follow(state, word)
            if step is None:
                break
            state = step
            if self._means[state]:
                last, means = place + 1, self._means[state]
        return last, means

    def _node(self) -> int:
        self._steps.append({})
        return len(self._steps) - 1

    def _path(self, starts: Iterable[int], words: list[str], end: int) -> None:
        here = list(starts)
        for word in words[:-1]:
            node = self._node()
            for start in here:
                self._steps[start].setdefault(word, []).append(node)
            here = [node]
        for start in here:
            self._steps[start].setdefault(words[-1], []).append(end)

    def _follow(self, state: int, word: str) -> int | None:
        nodes = frozenset(
            node for here in self._sets[state] for node in self._steps[here].get(word, ())
        )
        if not nodes:
            return None
        known = self._states.get(nodes)
        if known is None:
            known = len(self._sets)
            roles = dict.fromkeys(
                role for node in sorted(nodes) for role in self._roles.get(node, ())
            )
            self._sets.append(nodes)
            self._next.append({})
            self._means.append(tuple(roles))
            self._states[nodes] = known
        self._next[state][word] = known
        return known
