"""Edits: how a person changes a draft, with the evidence kept true.

An edit is one JSON Patch operation (RFC 6902: add, remove or replace). Claims are elements of
arrays; when one is added or removed the pointers behind it move along. What a person wrote carries
that person's ``Statement`` as its source, whether something stood there before or not; beside it
stand the places that they named for it.
"""

from collections.abc import Mapping
from copy import deepcopy
from typing import Literal, TypeVar

from pydantic import ValidationError

from wardround.kernel.base import Json, Noun, Pointer, first_fault
from wardround.kernel.errors import InvalidInput
from wardround.kernel.evidence import Evidence, Source, Statement

Content = dict[str, Json]
N = TypeVar("N", bound=Noun)


class Edit(Noun):
    """One change: ``op`` at ``path``, with the new ``value`` for add and replace.

    ``sources`` are the places that the person names for it, where they name any; for a claim that
    is replaced they stand instead of those it had.
    """

    op: Literal["add", "remove", "replace"]
    path: Pointer
    value: Json = None
    sources: tuple[Source, ...] = ()


def apply(
    edit: Edit, content: Content, evidence: tuple[Evidence, ...], by: Statement
) -> tuple[Content, tuple[Evidence, ...]]:
    """Return content and evidence after ``edit``; ``InvalidInput`` where the path leads nowhere."""
    changed = deepcopy(content)
    parent, _, last = edit.path.rpartition("/")
    holder = resolve(changed, parent)
    if edit.op == "replace":
        _replace(holder, last, edit)
        restated = tuple(_restated(item, edit, by) for item in evidence)
        if not any(_about(item, edit.path) for item in evidence):
            restated = (*evidence, Evidence(claim=edit.path, sources=(*edit.sources, by)))
        return changed, restated
    if not isinstance(holder, list):
        raise InvalidInput("Only items of a list can be added or removed.", where=edit.path)
    if edit.op == "remove":
        index = _index(holder, last, edit.path)
        del holder[index]
        return changed, _shifted(evidence, parent, index, removed=True)
    index = len(holder) if last == "-" else _index(holder, last, edit.path, adding=True)
    holder.insert(index, edit.value)
    added = Evidence(claim=f"{parent}/{index}", sources=(*edit.sources, by))
    return changed, (*_shifted(evidence, parent, index, removed=False), added)


def as_edited(kind: type[N], content: Mapping[str, Json], what: str, mend: str) -> N:
    """Return edited content as the noun of its room; raise ``InvalidInput`` where it cannot be.

    ``what`` and ``mend`` are the room's own words; the place is that of the first fault.
    """
    try:
        return kind.model_validate(content)
    except ValidationError as error:
        raise InvalidInput(what, where=first_fault(error), mend=mend) from None


def resolve(content: Json, pointer: str) -> Json:
    """Return what ``pointer`` points to in ``content``."""
    here = content
    for token in pointer.split("/")[1:]:
        name = token.replace("~1", "/").replace("~0", "~")
        if isinstance(here, dict) and name in here:
            here = here[name]
        elif isinstance(here, list):
            here = here[_index(here, name, pointer)]
        else:
            raise InvalidInput("There is nothing at this place of the draft.", where=pointer)
    return here


def _replace(holder: Json, last: str, edit: Edit) -> None:
    if isinstance(holder, dict) and last in holder:
        holder[last] = edit.value
    elif isinstance(holder, list):
        holder[_index(holder, last, edit.path)] = edit.value
    else:
        raise InvalidInput("There is nothing at this place of the draft.", where=edit.path)


def _index(items: list[Json], token: str, path: str, *, adding: bool = False) -> int:
    limit = len(items) + (1 if adding else 0)
    if not token.isascii() or not token.isdigit() or int(token) >= limit:
        raise InvalidInput("There is nothing at this place of the draft.", where=path)
    return int(token)


def _restated(item: Evidence, edit: Edit, by: Statement) -> Evidence:
    if not _about(item, edit.path):
        return item
    before = tuple(source for source in item.sources if not isinstance(source, Statement))
    kept = edit.sources or before
    return Evidence(claim=item.claim, sources=(*kept, by))


def _about(item: Evidence, path: str) -> bool:
    return path == item.claim or path.startswith(f"{item.claim}/")


def _shifted(
    evidence: tuple[Evidence, ...], parent: str, index: int, *, removed: bool
) -> tuple[Evidence, ...]:
    moved = []
    for item in evidence:
        inside = item.claim.removeprefix(f"{parent}/")
        place, slash, rest = inside.partition("/")
        if inside == item.claim or not place.isdigit() or int(place) < index:
            moved.append(item)
        elif not (removed and int(place) == index):
            step = -1 if removed else 1
            claim = f"{parent}/{int(place) + step}{slash}{rest}"
            moved.append(item.model_copy(update={"claim": claim}))
    return tuple(moved)
