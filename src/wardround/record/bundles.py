"""Transaction bundles: many resources at once, all or nothing, each by its own bytes.

The one thing that is ever rewritten in received bytes is a ``urn:uuid:`` reference to another entry
of the same bundle: it becomes ``Type/id``, as FHIR asks of a server (R4, section 3.1.0.11.2).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs
from uuid import UUID, uuid4

import orjson

from wardround.kernel import InvalidInput, NotFound, StaleVersion, TooLarge
from wardround.record.body import check, require_id, why_not_json
from wardround.record.spans import items, member
from wardround.record.stored import Stored

if TYPE_CHECKING:
    from wardround.record.chart import Chart

LIMIT = 256 * 1024 * 1024
"""The most bytes of one bundle."""

_URN = re.compile(r'"urn:uuid:([0-9a-fA-F-]{36})"')
_CONDITIONAL = re.compile(r'"reference"\s*:\s*"([A-Z][A-Za-z]+)\?([^"]+)"')


@dataclass
class Entry:
    """One entry of a bundle: where it stands, what it asks, and its resource as it was sent."""

    where: str
    full_url: str
    method: str
    url: str
    if_none_exist: str | None
    if_match: str | None
    text: str
    resource: dict[str, Any]


def transact(chart: "Chart", bundle: bytes, where: str) -> list[Stored]:
    """Do what a transaction bundle asks; any error says which entry, and undoes the whole."""
    entries = list(_entries(bundle, where))
    urls: dict[str, str] = {}
    fresh: dict[str, Entry] = {}
    for entry in entries:
        if entry.method == "DELETE":
            _delete(chart, entry)
            continue
        kind = entry.resource["resourceType"]
        known = _existing(chart, entry)
        reference = known or f"{kind}/{_id(entry)}"
        if known is None and reference in fresh:
            raise InvalidInput("Two entries are the same resource.", where=entry.where)
        if known is None:
            fresh[reference] = entry
        if entry.full_url in urls:
            raise InvalidInput("Two entries have this fullUrl.", where=f"{entry.where}.fullUrl")
        if entry.full_url:
            urls[entry.full_url] = reference
    return chart.keep_all(
        (reference.partition("/")[2], _resolved(chart, entry, urls), entry.resource)
        for reference, entry in fresh.items()
    )


def _entries(bundle: bytes, where: str) -> Iterator[Entry]:
    if len(bundle) > LIMIT:
        raise TooLarge(f"A bundle is at most {LIMIT // 2**20} MB.", where=where)
    whole = _bundle(bundle, where)
    text = bundle.decode()
    place = member(text, "entry", text.index("{"))
    if place is None:
        return
    for number, ((start, end), entry) in enumerate(
        zip(items(text, place[0]), whole["entry"], strict=True)
    ):
        at = f"{where}.entry[{number}]"
        if not isinstance(entry, dict) or not isinstance(entry.get("request"), dict):
            raise InvalidInput(
                "This entry does not say what to do.", where=at, mend="Give it a request."
            )
        yield _entry(at, entry, text[start:end])


def _bundle(bundle: bytes, where: str) -> dict[str, Any]:
    try:
        whole = orjson.loads(bundle)
    except orjson.JSONDecodeError:
        raise InvalidInput(
            why_not_json(bundle), where=where, mend="Send a FHIR transaction bundle."
        ) from None
    if not isinstance(whole, dict) or whole.get("resourceType") != "Bundle":
        raise InvalidInput("This is not a FHIR Bundle.", where=where)
    if whole.get("type") != "transaction":
        raise InvalidInput(
            "Only bundles of type transaction can be taken in.", where=f"{where}.type"
        )
    if not isinstance(whole.get("entry", []), list):
        raise InvalidInput("The entries are a list.", where=f"{where}.entry")
    return whole


def _entry(at: str, entry: dict[str, Any], text: str) -> Entry:
    request, resource = entry["request"], entry.get("resource")
    method, url = request.get("method"), request.get("url")
    if method not in {"POST", "PUT", "DELETE"} or not isinstance(url, str):
        raise InvalidInput(
            "This request is not one we know.",
            where=f"{at}.request",
            mend="Use POST, PUT or DELETE with a url.",
        )
    body = ""
    if method != "DELETE":
        check(resource, f"{at}.resource")
        place = member(text, "resource")
        body = text[place[0] : place[1]] if place else ""
        if url.partition("/")[0].partition("?")[0] != entry["resource"]["resourceType"]:
            raise InvalidInput(
                "The request's url is for another type than the resource.",
                where=f"{at}.request.url",
            )
    full_url = entry.get("fullUrl")
    return Entry(
        where=at,
        full_url=full_url if isinstance(full_url, str) else "",
        method=method,
        url=url,
        if_none_exist=request.get("ifNoneExist"),
        if_match=request.get("ifMatch"),
        text=body,
        resource=resource if isinstance(resource, dict) else {},
    )


def _existing(chart: "Chart", entry: Entry) -> str | None:
    """Return the reference of what a conditional create finds in the chart already."""
    if entry.method != "POST" or not isinstance(entry.if_none_exist, str):
        return None
    found = _found(chart, entry.resource["resourceType"], entry.if_none_exist, entry.where)
    return found[0].reference if found else None


def _id(entry: Entry) -> str:
    """Return the id to keep an entry under.

    A created resource keeps the id it came with where that is its own ``urn:uuid``: so a bundle
    taken in twice is the same resources, not copies of them.
    """
    own = entry.resource.get("id")
    if entry.method == "PUT":
        asked = require_id(entry.url.partition("/")[2], f"{entry.where}.request.url")
        if own != asked:
            raise InvalidInput(
                "The resource's id is not the one in the request's url.",
                where=f"{entry.where}.resource.id",
            )
        return asked
    if isinstance(own, str) and entry.full_url == f"urn:uuid:{own}" and _is_uuid(own):
        return own
    return str(uuid4())


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def _resolved(chart: "Chart", entry: Entry, urls: dict[str, str]) -> bytes:
    """Return the entry's resource with references inside the bundle turned into the record's."""
    _require_version(chart, entry)

    def by_urn(found: re.Match[str]) -> str:
        reference = urls.get(f"urn:uuid:{found[1]}")
        return found[0] if reference is None else f'"{reference}"'

    def by_search(found: re.Match[str]) -> str:
        matches = _found(chart, found[1], found[2], entry.where)
        if len(matches) != 1:
            raise InvalidInput(
                f"A conditional reference finds {len(matches)} resources, not one.",
                where=entry.where,
            )
        return found[0].replace(f"{found[1]}?{found[2]}", matches[0].reference)

    text = _URN.sub(by_urn, entry.text)
    entry.resource = orjson.loads(text := _CONDITIONAL.sub(by_search, text))
    return text.encode()


def _require_version(chart: "Chart", entry: Entry) -> None:
    if not isinstance(entry.if_match, str):
        return
    version = entry.if_match.removeprefix("W/").strip('"')
    standing = chart.read(f"{entry.resource['resourceType']}/{entry.resource.get('id')}").version
    if version != str(standing):
        raise StaleVersion(
            f"The version that stands is {standing}.", where=f"{entry.where}.request.ifMatch"
        )


def _delete(chart: "Chart", entry: Entry) -> None:
    try:
        chart.delete(entry.url)
    except NotFound:
        return  # Deleting what is not there succeeds (R4, section 3.1.0.7).


def _found(chart: "Chart", kind: str, query: str, where: str) -> list[Stored]:
    parameters = {
        name: tuple(values) for name, values in parse_qs(query.partition("?")[2] or query).items()
    }
    if not parameters:
        raise InvalidInput("This condition has no parameters.", where=where)
    return chart.search(kind, parameters)
