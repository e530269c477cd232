"""``manifest.yaml`` read strictly: no key twice or unknown, and each fault with its place."""

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from wardround.engines.vision.manifest import Manifest
from wardround.kernel import InvalidInput, TooLarge, Unavailable

MANIFEST = "manifest.yaml"
LARGEST = 1_000_000
"""Bytes of a manifest; more is none that a person wrote."""


def read_manifest(data: bytes, where: str = MANIFEST) -> Manifest:
    """Return what a manifest says; raise ``InvalidInput`` with the place of its first fault."""
    return checked(read_keys(data, where), where)


def checked(said: dict[str, Any], where: str = MANIFEST) -> Manifest:
    """Return the manifest that keys and values are; raise ``InvalidInput`` naming what is not."""
    try:
        return Manifest.model_validate(said)
    except ValidationError as error:
        first, *others = error.errors(include_url=False, include_input=False)
        steps = [str(step) for step in first["loc"] if not _of_a_union(step)]
        place = ": ".join(filter(None, (where, ".".join(steps))))
        what = first["msg"].removeprefix("Value error, ")
        mend = "See docs/imaging-models.md for what a manifest says."
        if first["type"] == "extra_forbidden":
            what, mend = "there is no such key", "Take it out, or look how it is written."
        elif first["type"] == "missing":
            what, mend = "this is missing", "Write it; nothing is guessed."
        elif first["type"] == "string_type":
            what, mend = "this is no text", "Put it in quotes."
        more = f" {len(others)} more such faults follow." if others else ""
        raise InvalidInput(
            f"{what[:1].upper()}{what[1:]}.", where=place, mend=f"{mend}{more}"
        ) from None


def read_keys(data: bytes, where: str = MANIFEST) -> dict[str, Any]:
    """Return the keys and values of a YAML file, whether or not they are a manifest."""
    import yaml  # type: ignore[import-untyped]

    if len(data) > LARGEST:
        raise TooLarge("This is too long for a manifest.", where=where, mend="Shorten it.")
    try:
        text = data.decode("utf-8-sig")
        _refuse_silent(yaml.compose(text, Loader=yaml.SafeLoader), where, set())
        said = yaml.safe_load(text)
    except UnicodeDecodeError:
        raise InvalidInput("This is no text.", where=where, mend="Save it as UTF-8.") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise InvalidInput(
            f"This is no YAML: {error.problem or error.context}.",
            where=_line(where, mark),
            mend="Look at the line, and at how it is indented.",
        ) from None
    except (yaml.YAMLError, RecursionError, ValueError):
        raise InvalidInput("This is no YAML that can be read.", where=where) from None
    if not isinstance(said, dict):
        raise InvalidInput("This is no manifest.", where=where, mend="Begin with name: and task:.")
    return said


def bytes_of(path: Path, most: int) -> bytes:
    """Return a file's bytes; raise ``Unavailable`` or ``TooLarge`` by its name."""
    try:
        if path.stat().st_size > most:
            raise TooLarge(f"This is more than {most:,} bytes.", where=path.name)
        return path.read_bytes()
    except OSError as error:
        raise Unavailable(
            f"This file cannot be read: {error.strerror}.", where=path.name, mend="Check the path."
        ) from None


def _refuse_silent(node: Any, where: str, seen: set[int]) -> None:
    """Raise ``InvalidInput`` for what YAML passes over in silence: a key twice, an alias."""
    if node is None:
        return
    if id(node) in seen:
        raise InvalidInput(
            "An alias stands here.", where=_line(where, node.start_mark), mend="Write it in full."
        )
    seen.add(id(node))
    below = node.value if node.id == "sequence" else []
    if node.id == "mapping":
        keys: set[str] = set()
        for key, _ in node.value:
            if key.value in keys:
                raise InvalidInput(
                    f"{key.value} is written twice.",
                    where=_line(where, key.start_mark),
                    mend="Write it once.",
                )
            keys.add(key.value)
        below = [value for _, value in node.value]
    for one in below:
        _refuse_silent(one, where, seen)


def _of_a_union(step: int | str) -> bool:
    """Tell whether a step of a place is pydantic's own name of one of several forms."""
    return isinstance(step, str) and ("[" in step or step == "Percentiles")


def _line(where: str, mark: Any) -> str:
    return where if mark is None else f"{where}, line {mark.line + 1}"
