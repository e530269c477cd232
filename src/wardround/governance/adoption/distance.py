"""How far a draft was changed before it was signed: words taken out and put in, by section."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from wardround.kernel import Json

Content = Mapping[str, Json]

_NOT_READ = frozenset({"headline", "trend", "reasons", "contributions", "result", "inputs"})
"""What follows from the rest and is no person's to write."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One section: its words at first, and how many of them went, came, or were replaced."""

    section: str
    words: int
    removed: int
    added: int
    replaced: int

    @property
    def distance(self) -> int:
        """The words that had to be touched."""
        return self.removed + self.added + self.replaced


_LABELS = frozenset({"title", "code"})


def changes(first: Content, now: Content) -> list[Changed]:
    """Return what was changed of each section, in the order in which they stand."""
    before, after = dict(_sections(first)), dict(_sections(now))
    return [
        _changed(name, before.get(name, []), after.get(name, []))
        for name in dict.fromkeys((*before, *after))
    ]


def length(content: Content) -> int:
    """Return how many words there are to read."""
    return sum(len(words) for _, words in _sections(content))


def _changed(section: str, before: list[str], after: list[str]) -> Changed:
    removed = added = replaced = 0
    for kind, start, end, begin, until in SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        gone, came = end - start, until - begin
        if kind == "replace":
            replaced += min(gone, came)
            removed += max(gone - came, 0)
            added += max(came - gone, 0)
        elif kind == "delete":
            removed += gone
        elif kind == "insert":
            added += came
    return Changed(section, len(before), removed, added, replaced)


def _sections(content: Content) -> Iterator[tuple[str, list[str]]]:
    """Yield each section's name and words: of a list with titles each item is one."""
    for name, value in content.items():
        if name in _NOT_READ:
            continue
        if isinstance(value, list) and any(isinstance(v, dict) and "title" in v for v in value):
            for item in value:
                if isinstance(item, dict):
                    words = [
                        word for key, v in item.items() if key not in _LABELS for word in _words(v)
                    ]
                    yield str(item.get("title")), words
        elif isinstance(value, list) and any(isinstance(v, dict) and "state" in v for v in value):
            coded = [v for v in value if isinstance(v, dict) and "code" in v]
            yield name.capitalize(), [str(v["code"]) for v in coded if v["state"] != "rejected"]
        elif isinstance(value, dict):
            words = [word for key, v in value.items() for word in (key, *_words(v))]
            yield name.capitalize(), words
        elif isinstance(value, str) and name == "comment":
            yield "Comment", value.split()


def _words(value: Json) -> Iterator[str]:
    if isinstance(value, str):
        yield from value.split()
    elif isinstance(value, list):
        for item in value:
            yield from _words(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _words(item)
