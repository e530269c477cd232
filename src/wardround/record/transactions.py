"""Doing what a bundle asks: many resources at once, all or nothing, each by its own bytes.

A batch is done like a transaction, as a whole or not at all.
"""

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qs
from uuid import UUID, uuid4

from wardround.kernel import Conflict, InvalidInput, NotFound
from wardround.record.bundles import Entry, read_entries
from wardround.record.links import Links
from wardround.record.stored import Incoming, Stored

if TYPE_CHECKING:
    from wardround.record.chart import Chart


class Planned(NamedTuple):
    """An entry with where its resource is to be kept, and what is there if it is not to be."""

    entry: Entry
    reference: str
    found: Stored | None


def transact(chart: "Chart", bundle: bytes, file: str | None = None) -> list[Stored]:
    """Do what a bundle asks, and return what its entries are now, in their order.

    Deletions come first, and are not among what is returned. An error says which entry it is about;
    the caller's transaction then undoes the whole.
    """
    entries = read_entries(bundle, file)
    chart.take_turns(entry.kind for entry in entries if entry.if_none_exist is not None)
    deletions = [entry for entry in entries if entry.method == "DELETE"]
    for entry in deletions:
        _delete(chart, entry)
    plan = [_planned(chart, entry) for entry in entries if entry.method != "DELETE"]
    _require_apart(plan, {entry.url for entry in deletions})
    links = Links(_urls(plan), lambda kind, query: _search(chart, kind, query))
    stand = {planned.reference: planned.found for planned in plan if planned.found is not None}
    fresh = [planned for planned in plan if planned.found is None]
    # Those that refer by a search come last: it may find what the others bring.
    for last in (False, True):
        part = [planned for planned in fresh if links.searches(planned.entry) is last]
        kept = chart.keep_all([_incoming(planned, links) for planned in part])
        stand |= {stored.reference: stored for stored in kept}
    return [stand[planned.reference] for planned in plan]


def _delete(chart: "Chart", entry: Entry) -> None:
    with entry.place.named():
        if entry.url.count("/") != 1 or "?" in entry.url:
            raise InvalidInput(
                "A deletion names one resource.", where="request.url", mend="Write Patient/1."
            )
        try:
            chart.delete(entry.url, entry.if_match)
        except NotFound:
            if entry.if_match is not None:
                raise
            # Deleting what is not there succeeds (R4, section 3.1.0.7).


def _planned(chart: "Chart", entry: Entry) -> Planned:
    if entry.method == "POST" and entry.if_none_exist is not None:
        with entry.place.named("request.ifNoneExist"):
            found = _search(chart, entry.kind, entry.if_none_exist)
            if len(found) > 1:
                raise Conflict("This condition finds more than one.")
        if found:
            return Planned(entry, found[0].reference, found[0])
    return Planned(entry, f"{entry.kind}/{_id(entry)}", None)


def _id(entry: Entry) -> str:
    """Return the id to keep a resource under.

    A created resource keeps the id it came with where that is its own ``urn:uuid``: so a bundle
    taken in twice is the same resources, not copies of them.
    """
    own = entry.resource.get("id")
    if entry.method == "PUT":
        return str(own)
    if isinstance(own, str) and entry.full_url == f"urn:uuid:{own}" and _is_uuid(own):
        return own
    return str(uuid4())


def _is_uuid(text: str) -> bool:
    with suppress(ValueError):
        return str(UUID(text)) == text.lower()
    return False


def _require_apart(plan: list[Planned], deleted: set[str]) -> None:
    """Raise ``InvalidInput`` where two entries are one resource (R4, section 3.1.0.11.2).

    Which of the two it is to be would hang on their order, and that means nothing in a transaction.
    """
    found: set[str] = set()
    written = set(deleted)
    conditions: set[tuple[str, str]] = set()
    for entry, reference, already in plan:
        condition = (entry.kind, entry.if_none_exist or "")
        with entry.place.named():
            if reference in written or (already is None and reference in found):
                raise InvalidInput("Two entries are the same resource.", mend="Keep one of them.")
            if already is None and condition in conditions:
                raise InvalidInput(
                    "Two entries create what is not there yet by this condition.",
                    where="request.ifNoneExist",
                    mend="Keep one of them.",
                )
        (written if already is None else found).add(reference)
        if condition[1]:
            conditions.add(condition)


def _urls(plan: list[Planned]) -> dict[str, str]:
    """Return what each ``fullUrl`` of the bundle becomes."""
    urls: dict[str, str] = {}
    for entry, reference, _ in plan:
        if entry.full_url in urls:
            with entry.place.named("fullUrl"):
                raise InvalidInput("Two entries have this fullUrl.")
        if entry.full_url:
            urls[entry.full_url] = reference
    return urls


def _incoming(planned: Planned, links: Links) -> Incoming:
    entry = planned.entry
    body, resource = links.resolved(entry)
    resource_id = planned.reference.partition("/")[2]
    return Incoming(entry.kind, resource_id, body, resource, entry.if_match, entry.place)


def _search(chart: "Chart", kind: str, query: str) -> list[Stored]:
    return chart.search(kind, {**parse_qs(query, keep_blank_values=True), "_count": "2"})
