"""YAML that people write, read strictly: no key twice or unknown; each fault has its place."""

from typing import Annotated, Any, TypeVar

import yaml  # type: ignore[import-untyped]
from pydantic import BaseModel, StringConstraints, ValidationError

from wardround.kernel import InvalidInput, TooLarge

LARGEST = 1_000_000
"""Characters. A card has some ten thousand."""

Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.-]{0,79}$")]
"""As it stands in an address: small letters, figures, hyphens."""

Line = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=r"^[^\x00-\x1f]+$")]

_T = TypeVar("_T", bound=BaseModel)


class _Loader(yaml.SafeLoader):  # type: ignore[misc]
    """Plain values alone; a key that stands twice, or an alias, is a fault."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()
            raise yaml.MarkedYAMLError(problem="an alias", problem_mark=event.start_mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        seen = set()
        for key, _ in node.value:
            if key.value in seen:
                mark = key.start_mark
                raise yaml.MarkedYAMLError(problem=f"{key.value} twice", problem_mark=mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


def read_yaml(text: str, kind: type[_T], where: str) -> _T:
    """Return what a text says as a ``kind``; ``where`` names the file in errors."""
    if len(text) > LARGEST:
        raise TooLarge("The file is too long.", where=where, mend=f"At most {LARGEST:,} letters.")
    try:
        said = _Loader(text).get_single_data()
    except yaml.MarkedYAMLError as error:
        mark, problem = error.problem_mark, error.problem or "not YAML"
        place = where if mark is None else f"{where}, line {mark.line + 1}"
        raise InvalidInput(
            f"This is not the YAML that is read here: {problem}.",
            where=place,
            mend="Mend the line.",
        ) from None
    except (yaml.YAMLError, RecursionError):
        raise InvalidInput("This is no YAML.", where=where, mend="Write it as text.") from None
    if not isinstance(said, dict):
        raise InvalidInput("This is no list of keys and values.", where=where)
    try:
        return kind.model_validate(said)
    except ValidationError as error:
        raise _wrong(error, where) from None


def _wrong(error: ValidationError, where: str) -> InvalidInput:
    """Return the first fault, with its place, and how many others there are."""
    first, *others = error.errors(include_url=False, include_input=False)
    place = ": ".join(filter(None, (where, ".".join(str(step) for step in first["loc"]))))
    what = first["msg"].removeprefix("Value error, ")
    if first["type"] == "extra_forbidden":
        what = "there is no such key"
    elif first["type"] == "string_type":
        what = "this is no text; put it in quotes"
    mend = f"{len(others)} more such faults follow." if others else None
    return InvalidInput(f"{what[:1].upper()}{what[1:]}.", where=place, mend=mend)
