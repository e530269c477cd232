"""The lists of this folder, by the shapes their files have."""

from functools import cache
from pathlib import Path

from wardround.privacy.deid.evaluation.halves import Halves, Part

HERE = Path(__file__).parent
_HALVES = Halves(HERE, even="test")
half, every_other = _HALVES.half, _HALVES.every_other


@cache
def lines_of(name: str) -> tuple[str, ...]:
    """Return the lines of a file that hold anything."""
    return tuple(line for line in _HALVES.text(name).splitlines() if line.strip())


@cache
def groups_of(name: str) -> dict[str, tuple[str, ...]]:
    """Return the words of a file whose lines are ``group: word, word, ...``."""
    groups: dict[str, tuple[str, ...]] = {}
    for line in lines_of(name):
        group, _, words = line.partition(":")
        listed = tuple(word.strip() for word in words.split(",") if word.strip())
        groups[group.strip()] = groups.get(group.strip(), ()) + listed
    return groups


@cache
def layouts(form: str, part: Part) -> tuple[str, ...]:
    """Return the layouts of a form, parted by lines of ``====``, that belong to a part."""
    found = f"\n{_HALVES.text(f'forms/{form}.txt')}".split("\n====\n")
    return every_other((one.strip("\n") for one in found), part)


@cache
def sentences(topic: str, part: Part) -> tuple[str, ...]:
    """Return the sentences of a topic that belong to a part."""
    return half(lines_of(f"phrases/{topic}.txt"), part)


@cache
def forms() -> tuple[str, ...]:
    """Return the names of all forms, in order."""
    return tuple(sorted(path.stem for path in (HERE / "forms").glob("*.txt")))
