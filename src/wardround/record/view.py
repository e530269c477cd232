"""Views: which parts of a chart a role sees, and a resource with the rest left out.

What is left of a resource stands byte for byte as it was kept, and is marked ``SUBSETTED``, so that
nobody takes it for the whole (R4, section 3.1.1.5.2).
"""

import json
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from wardround.kernel import Forbidden, Role
from wardround.record.kinds import KINDS
from wardround.record.owner import OF_NOBODY
from wardround.record.parameters import parameters_of
from wardround.record.spans import Walk, member, with_member
from wardround.record.stored import Stored

WHOLE = "*"
FINDING = "finding a patient"
"""The view of whoever looks for a patient whose chart is not theirs to open yet."""

_ALWAYS = frozenset(
    {"resourceType", "id", "meta", "implicitRules", "language", "status", "modifierExtension"}
)
"""What every view shows: without it a resource could not be told, or would be misread."""

_SUBSETTED = {
    "system": "http://terminology.hl7.org/CodeSystem/v3-ObservationValue",
    "code": "SUBSETTED",
}

_Parts = str | frozenset[str]


class View:
    """What of each type of resource is shown: the whole, some elements, or nothing."""

    def __init__(self, name: str, kinds: str | Mapping[str, str | Collection[str]]) -> None:
        self.name = name
        self._kinds: dict[str, _Parts] | None = None
        if isinstance(kinds, Mapping):
            self._kinds = {
                kind: parts if isinstance(parts, str) else frozenset(parts)
                for kind, parts in kinds.items()
            }

    def sees(self, kind: str) -> bool:
        """Whether anything of resources of this type is shown."""
        return self._parts(kind) is not None

    def require(self, kind: str, parameters: Collection[str] = ()) -> None:
        """Raise ``Forbidden`` where a type is not shown, or is searched by what is not shown.

        A search by a hidden element would tell what it says.
        """
        parts = self._parts(kind)
        if parts is None:
            raise Forbidden(f"Your role does not see resources of type {kind}.")
        if parts == WHOLE:
            return
        shown = {part.partition(":")[0] for part in parts} | _ALWAYS
        known = parameters_of(kind)
        for written in parameters:
            name = written.partition(":")[0]
            paths = known[name].paths if name in known else ()
            if not {path.partition(".")[0] for path in paths} <= shown:
                raise Forbidden(f"Your role does not search {kind} by {name}.")

    def of(self, stored: Stored) -> Stored:
        """Return a resource as it is shown; raise ``Forbidden`` where its type is not."""
        self.require(stored.kind)
        parts = self._parts(stored.kind)
        if parts == WHOLE or parts is None or stored.deleted:
            return stored
        return replace(stored, body=_subset(stored.body.decode(), parts).encode())

    def _parts(self, kind: str) -> _Parts | None:
        if self._kinds is None or kind in OF_NOBODY:
            return WHOLE
        return self._kinds.get(kind)


@cache
def load_views() -> Mapping[str, View]:
    """Return the views of ``views.toml`` by their names: roles, and ``FINDING``."""
    text = (files("wardround.record") / "views.toml").read_text("utf-8")
    found = tomllib.loads(text)
    for name, kinds in found.items():
        known = {*Role, FINDING}
        unknown = [name] if name not in known else [k for k in kinds if k not in {*KINDS, WHOLE}]
        if unknown:
            raise ValueError(f"views.toml names what there is none of: {unknown[0]}")
    return {name: View(name, kinds) for name, kinds in found.items()}


def view_of(role: Role) -> View:
    """Return what a role sees of a chart: nothing, where no view is written for it."""
    return load_views().get(role) or View(role, {})


def _subset(text: str, parts: Collection[str]) -> str:
    """Return the members of a resource that a view shows, each as it stands."""
    kept = []
    walk = Walk(text)
    for name in walk.members():
        begin = walk.at
        value = walk.value()
        shown = text[begin : walk.at]
        codes = {part.partition(":")[2] for part in parts if part.startswith(f"{name}:")}
        if codes:
            shown = _of_types(shown, value, codes)
            if shown == "[]":
                continue
        elif not ({name, name.removeprefix("_")} & {*parts, *_ALWAYS}):
            continue
        kept.append(f"{json.dumps(name)}:{shown}")
    left = "{" + ",".join(kept) + "}"
    place = member(left, "meta")
    meta: dict[str, Any] = {} if place is None else json.loads(left[slice(*place)])
    meta["security"] = [*meta.get("security", []), _SUBSETTED]
    return with_member(left, "meta", meta)


def _of_types(text: str, value: Any, codes: Collection[str]) -> str:
    """Return those items of a list whose type has one of the codes."""
    items, walk = [], Walk(text)
    if not isinstance(value, list):
        return "[]"
    for number in walk.items():
        begin = walk.at
        walk.value()
        kind = value[number].get("type", {}) if isinstance(value[number], dict) else {}
        if any(coding.get("code") in codes for coding in kind.get("coding", [])):
            items.append(text[begin : walk.at])
    return "[" + ",".join(items) + "]"
