"""Bundles as they are sent: what each entry asks, with the exact bytes of its resource."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from wardround.kernel import InvalidInput, TooLarge, WardroundError
from wardround.record import body
from wardround.record.spans import Walk

LIMIT = 256 * 1024 * 1024
"""The most bytes of one bundle."""

TYPES = ("transaction", "batch")
METHODS = ("DELETE", "POST", "PUT")

_AROUND = 4
"""How deep an entry's resource stands in its bundle."""


@dataclass(frozen=True)
class Place:
    """Where an entry stands: its number in the bundle, and its line where that came from a file."""

    text: str
    file: str | None
    number: int
    at: int

    def __str__(self) -> str:
        here = f"Bundle.entry[{self.number}]"
        if self.file is None:
            return here
        return f"{self.file}, line {_line(self.text, self.at)}: {here}"

    @contextmanager
    def named(self, part: str | None = None) -> Iterator[None]:
        """Say of an error which entry it is about, and which ``part``, or as its ``where`` says."""
        try:
            yield
        except WardroundError as error:
            where = ".".join(filter(None, (str(self), part or error.where)))
            raise type(error)(error.what, where=where, mend=error.mend) from None


@dataclass
class Entry:
    """One entry of a bundle: what it asks, and its resource as it was sent."""

    place: Place
    full_url: str
    method: str
    url: str
    if_none_exist: str | None
    if_match: int | None
    text: str
    resource: dict[str, Any]

    @property
    def kind(self) -> str:
        """The type of its resource."""
        kind: str = self.resource["resourceType"]
        return kind


def read_entries(bundle: bytes, file: str | None = None) -> list[Entry]:
    """Return the entries of a transaction or batch; an error says which of them, and the line."""
    where = f"{file}: Bundle" if file else "Bundle"
    mend = "Send a FHIR R4 bundle of type transaction."
    if len(bundle) > LIMIT:
        raise TooLarge(f"A bundle is at most {LIMIT // 2**20} MB.", where=where)
    text = body.json_text(bundle, where, mend, body.DEPTH + _AROUND)
    walk = Walk(text)
    if walk.first != "{":
        raise InvalidInput("This is not a FHIR Bundle.", where=where, mend=mend)
    whole: dict[str, Any] = {}
    found: list[tuple[Place, dict[str, Any], str]] = []
    try:
        for name in walk.members():
            if name == "entry" and walk.first == "[":
                found = list(_found(walk, file))
            else:
                whole[name] = walk.value()
    except InvalidInput as error:
        raise InvalidInput(error.what, where=error.where or where, mend=error.mend) from None
    if whole.get("resourceType") != "Bundle":
        raise InvalidInput("This is not a FHIR Bundle.", where=f"{where}.resourceType", mend=mend)
    if whole.get("type") not in TYPES:
        raise InvalidInput(
            "Only bundles of type transaction or batch ask for something.",
            where=f"{where}.type",
            mend=mend,
        )
    if "entry" in whole:
        raise InvalidInput("The entries are a list.", where=f"{where}.entry", mend=mend)
    return [_entry(*one) for one in found]


def _found(walk: Walk, file: str | None) -> Iterator[tuple[Place, dict[str, Any], str]]:
    for number in walk.items():
        place = Place(walk.text, file, number, walk.at)
        with place.named():
            if walk.first != "{":
                raise InvalidInput("An entry is a JSON object.")
            entry, span = {}, slice(0)
            for name in walk.members():
                begin = walk.at
                entry[name] = walk.value()
                if name == "resource":
                    span = slice(begin, walk.at)
        yield place, entry, walk.text[span]


def _entry(place: Place, entry: dict[str, Any], text: str) -> Entry:
    with place.named():
        request, resource, full_url = (entry.get(n) for n in ("request", "resource", "fullUrl"))
        if not isinstance(request, dict):
            raise InvalidInput(
                "This entry does not say what to do.", where="request", mend="Give it a request."
            )
        method, url = request.get("method"), request.get("url")
        if method not in METHODS or not isinstance(url, str):
            raise InvalidInput(
                "This request is not one we know.",
                where="request",
                mend=f"Use one of {', '.join(METHODS)}, with a url.",
            )
        if method != "DELETE":
            _check(resource, text, method, url)
        return Entry(
            place=place,
            full_url=full_url if isinstance(full_url, str) else "",
            method=method,
            url=url,
            if_none_exist=_if_none_exist(request),
            if_match=_if_match(request),
            text=text,
            resource=resource if isinstance(resource, dict) else {},
        )


def _check(resource: object, text: str, method: str, url: str) -> None:
    if len(text) > body.LIMIT:
        raise TooLarge(f"A resource is at most {body.LIMIT // 2**20} MB.", where="resource")
    found = body.check(resource, "resource")
    kind, _, resource_id = url.partition("/")
    if kind.partition("?")[0] != found["resourceType"]:
        raise InvalidInput(
            "The request's url is for another type than the resource.", where="request.url"
        )
    if method == "POST" and kind != url:
        raise InvalidInput(
            "A new resource is posted to its type.", where="request.url", mend="Write Patient."
        )
    if method == "PUT" and found.get("id") != body.require_id(resource_id, "request.url"):
        raise InvalidInput(
            "The resource's id is not the one in the request's url.", where="resource.id"
        )


def _if_none_exist(request: dict[str, Any]) -> str | None:
    condition = request.get("ifNoneExist")
    if condition is None:
        return None
    if not isinstance(condition, str) or "=" not in condition:
        raise InvalidInput(
            "This condition has no parameters.", where="request.ifNoneExist", mend="Write a=b."
        )
    return condition.rpartition("?")[2]


def _if_match(request: dict[str, Any]) -> int | None:
    version = request.get("ifMatch")
    if version is None:
        return None
    number = str(version).removeprefix("W/").strip('"')
    if not number.isascii() or not number.isdigit() or len(number) > 9:
        raise InvalidInput("This is not a version.", where="request.ifMatch", mend='Write W/"1".')
    return int(number)


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1
