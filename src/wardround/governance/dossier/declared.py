"""What people wrote for a dossier, read from the files of a room and checked at the door.

``requirements.yaml`` says what must hold, ``hazards.yaml`` what could harm (ISO 14971), and
``dossier.yaml`` answers what no software can know. A room may have any of them or none.
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import Field, ValidationError

from wardround.kernel import InvalidInput, Noun

Severity = Literal["negligible", "minor", "serious", "critical", "catastrophic"]
Chance = Literal["improbable", "remote", "occasional", "probable", "frequent"]
"""The five steps each that ISO/TR 24971, 5.5, gives as examples."""


T = TypeVar("T", bound=Noun)


class Verification(StrEnum):
    """How a requirement is shown to hold."""

    TEST = "test"
    PEOPLE = "people"


class Requirement(Noun):
    """Something that must hold; ``source`` says where it comes from."""

    id: str = Field(pattern=r"^[A-Z]+-\d\d$")
    text: str
    source: str
    verified_by: Verification = Verification.TEST


class Estimate(Noun):
    """How grave a harm is and how likely, as its developers judge it."""

    severity: Severity
    probability: Chance


class Hazard(Noun):
    """A hazard, what leads from it to harm, and the control that stands against it (ISO 14971)."""

    id: str = Field(pattern=r"^H-[A-Z]+-\d\d$")
    hazard: str
    situation: str
    harm: str
    before: Estimate
    control: str
    requirements: list[str] = Field(min_length=1)
    after: Estimate
    remains: str


class Practice(Noun):
    """How one principle of Good Machine Learning Practice is met, and where that can be seen."""

    how: str
    evidence: tuple[str, ...] = ()


class Written(Noun):
    """What a ``dossier.yaml`` says."""

    title: str | None = None
    answers: dict[str, str] = Field(default_factory=dict)
    practices: dict[int, Practice] = Field(default_factory=dict)


class Declared(Noun):
    """All that was written of a capability and of the rooms that it lives under."""

    written: Written = Written()
    hazards: tuple[Hazard, ...] = ()
    requirements: tuple[Requirement, ...] = ()


def read_declared(folder: Path, shared: Iterable[Path] = ()) -> Declared:
    """Read what the folder of a capability declares; ``shared`` rooms add their requirements.

    Raise ``InvalidInput`` where a file cannot be understood, where an id is given twice, or where a
    hazard names a requirement that is none.
    """
    requirements = [one for room in (folder, *shared) for one in read_requirements(room)]
    hazards = _each(folder / "hazards.yaml", "hazards", Hazard)
    answers = folder / "dossier.yaml"
    written = _parsed(answers, Written, _mapping(answers)) if answers.is_file() else Written()
    known = {one.id for one in requirements}
    for names in ([one.id for one in requirements], [one.id for one in hazards]):
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise InvalidInput(f"{twice[0]} is given twice.", where=str(folder), mend="Number it.")
    for hazard in hazards:
        strange = sorted(set(hazard.requirements) - known)
        if strange:
            raise InvalidInput(
                f"{hazard.id} names {strange[0]}, which is no requirement.",
                where=str(folder / "hazards.yaml"),
                mend="Name one of a requirements.yaml.",
            )
    return Declared(written=written, hazards=tuple(hazards), requirements=tuple(requirements))


def read_requirements(room: Path) -> list[Requirement]:
    """Return the requirements that a room declares, none where it has no such file."""
    return _each(room / "requirements.yaml", "requirements", Requirement)


def read_yaml(path: Path) -> Any:
    """Return what a YAML file holds, by the loader that makes plain values alone."""
    import yaml  # type: ignore[import-untyped]

    try:
        return yaml.safe_load(path.read_text("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError):
        raise InvalidInput("This is no YAML.", where=str(path), mend="Mend the file.") from None


def read_mapping(data: bytes, where: str) -> list[tuple[str, str]]:
    """Return a YAML file's values under dotted keys, for people to read."""
    import yaml

    try:
        return list(flat(yaml.safe_load(data)))
    except yaml.YAMLError:
        raise InvalidInput("This is no YAML.", where=where, mend="Mend the file.") from None


def flat(value: object, before: str = "") -> Iterator[tuple[str, str]]:
    """Yield the texts of a mapping, each under the keys that lead to it; blanks are left out."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from flat(inner, f"{before}.{key}" if before else str(key))
    elif value is not None and (text := words(value)):
        yield before, text


def words(value: object) -> str:
    """Return a value as one line of words."""
    if isinstance(value, list):
        return "; ".join(map(words, value))
    if isinstance(value, dict):
        return ", ".join(f"{key}: {words(inner)}" for key, inner in value.items())
    return " ".join(str(value).split())


def _each(path: Path, key: str, kind: type[T]) -> list[T]:
    if not path.is_file():
        return []
    listed = _mapping(path).get(key)
    if not isinstance(listed, list):
        raise InvalidInput(f"There is no list of {key}.", where=str(path), mend=f"Begin: {key}:")
    return [_parsed(path, kind, one) for one in listed]


def _mapping(path: Path) -> dict[str, Any]:
    found = read_yaml(path)
    if not isinstance(found, dict):
        raise InvalidInput("The file has no keys.", where=str(path))
    return found


def _parsed(path: Path, kind: type[T], value: object) -> T:
    try:
        return kind.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or kind.__name__.lower()
        name = value.get("id", "") if isinstance(value, dict) else ""
        raise InvalidInput(
            f"{name} {place}: {first['msg']}.".strip(), where=str(path), mend="Mend the file."
        ) from None
