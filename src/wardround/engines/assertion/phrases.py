"""Phrases with choices, matched word by word: ``{is|was} not {clearly|} seen``.

Written out, the rules would be a hundred thousand phrases. They are kept as the steps of an
automaton instead, whose joint states are made when a text first needs them.
"""

import re
from collections.abc import Container, Iterable, Sequence
from typing import Generic, TypeVar

Role = TypeVar("Role")

TOKEN = re.compile(
    r"\(-\)|\(\+\)|[^\W_]+(?:(?!-free\b)['/\-](?=[^\W_])[^\W_]+|\.(?=[^\W_]\.)[^\W_]|\.(?=\d)\d+)*|[^\w\s]"
)
"""A word with its inner hyphens, slashes and apostrophes (*r/o*, *isn't*), or one sign."""

_NESTED = re.compile(r"\{[^{}]*\{")
_PARTS = re.compile(r"\{([^{}]*)\}|([^{}]+)")


class _State(Generic[Role]):
    """What was matched so far: the steps it is at, and by which words it goes on."""

    __slots__ = ("following", "means", "nodes")

    def __init__(self, nodes: frozenset[int], steps: list[dict[str, list[int]]]) -> None:
        self.nodes = nodes
        self.following: dict[str, _State[Role] | None] = {
            word: None for node in nodes for word in steps[node]
        }
        self.means: tuple[Role, ...] = ()


class Phrases(Generic[Role]):
    """What phrases mean: each may have several roles; of those that match, the longest counts."""

    def __init__(self) -> None:
        """Begin without a phrase."""
        self._steps: list[dict[str, list[int]]] = [{}]
        self._roles: dict[int, list[Role]] = {}
        self._states: dict[frozenset[int], _State[Role]] = {}
        self._start: _State[Role] | None = None

    def add(self, pattern: str, role: Role) -> None:
        """Add a pattern; an empty choice may be left out. After the first match none is added."""
        if _NESTED.search(pattern) or pattern.count("{") != pattern.count("}"):
            raise ValueError(f"Choices in braces may not hold others: {pattern}")
        ends = {0}
        for found in _PARTS.finditer(pattern.lower()):
            choices = found.group(1).split("|") if found.group(1) is not None else [found.group(2)]
            words = [TOKEN.findall(choice) for choice in choices]
            if not any(words):
                continue
            end = self._node()
            for path in filter(None, words):
                self._path(ends, path, end)
            ends = {end} | (ends if not all(words) else set())
        for end in ends:
            self._roles.setdefault(end, []).append(role)

    def begins(self) -> Container[str]:
        """Return the words that begin a phrase."""
        return self._steps[0]

    def longest(self, words: Sequence[str], at: int, limit: int) -> tuple[int, tuple[Role, ...]]:
        """Return where the longest phrase from ``at`` ends (``at`` if none), and its roles."""
        if self._start is None:
            self._start = self._state(frozenset({0}))
        state, last = self._start, at
        means: tuple[Role, ...] = ()
        for place in range(at, limit):
            word = words[place]
            if word not in state.following:
                break
            step = state.following[word]
            if step is None:
                nodes = (node for here in state.nodes for node in self._steps[here].get(word, ()))
                step = state.following[word] = self._state(frozenset(nodes))
            state = step
            if state.means:
                last, means = place + 1, state.means
        return last, means

    def _state(self, nodes: frozenset[int]) -> _State[Role]:
        state = self._states.get(nodes)
        if state is None:
            state = _State(nodes, self._steps)
            found = (role for node in sorted(nodes) for role in self._roles.get(node, ()))
            state.means = tuple(dict.fromkeys(found))
            self._states[nodes] = state
        return state

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
