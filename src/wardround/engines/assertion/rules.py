"""The rules as data: cues, what ends their scope, and what headings change."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from wardround.engines.assertion.phrases import TOKEN, Phrases

AXES = frozenset(
    {"negated", "possible", "historical", "family", "other", "hypothetical", "conditional"}
)


class Role(NamedTuple):
    """What one phrase does.

    ``act`` is ``cue``, ``stop`` (ends the scope of ``axes``), ``verb``, ``order``, ``state``,
    ``opening``, ``subject`` or ``nothing`` (a trap: it looks like a cue and is none).
    A cue stands ``before`` or ``after`` the mention, reaches a ``noun``, a ``pair`` or a ``list``,
    and crosses ``verbs`` or does not; one that is ``touching`` stands right beside it,
    one that is ``final`` also ends its part of the sentence.
    """

    act: str
    axes: frozenset[str] = frozenset()
    side: str = ""
    reach: str = "list"
    verbs: bool = False
    touching: bool = False
    final: bool = False


class Heading(NamedTuple):
    """A section's name, and the labels it gives to what stands in it."""

    name: str
    labels: tuple[str, ...]


class Rules(NamedTuple):
    """Every phrase with its roles; headings; answers; and beginnings that leave a section."""

    phrases: Phrases[Role]
    headings: Phrases[Heading]
    answers: Phrases[frozenset[str]]
    fresh: Phrases[bool]


@cache
def load_rules() -> Rules:
    """Return the rules of this room's ``rules`` folder, read once."""
    rules = Rules(Phrases(), Phrases(), Phrases(), Phrases())
    folder = files(__package__).joinpath("rules")
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        read = tomllib.loads(file.read_text(encoding="utf-8"))
        for group in read.get("group", ()):
            axes = frozenset(group.get("axes", ()))
            role = Role(
                **{key: group[key] for key in group if key not in ("phrases", "axes")}, axes=axes
            )
            for pattern in group["phrases"]:
                rules.phrases.add(pattern, role)
        for pattern in read.get("fresh", ()):
            rules.fresh.add(pattern, True)
        for answer in read.get("answer", ()):
            for pattern in answer["phrases"]:
                rules.answers.add(pattern, frozenset(answer["labels"]))
        for section in read.get("section", ()):
            heading = Heading(section["name"], tuple(section.get("labels", ())))
            for pattern in section["headings"]:
                rules.headings.add(pattern, heading)
    return rules


def heading_of(rules: Rules, name: str) -> Heading | None:
    """Return the heading that the whole of ``name`` is, if any."""
    words = TOKEN.findall(name.lower())
    last, found = rules.headings.longest(words, 0, len(words))
    return found[0] if found and last == len(words) else None
