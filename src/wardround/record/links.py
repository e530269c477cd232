"""Links inside a bundle: they name entries, and become references to where those are kept.

Received bytes are rewritten in this one case, as FHIR asks of a server (R4, section 3.1.0.11.2).
``Type/id`` takes the place of a ``reference`` or a ``url`` that is the ``fullUrl`` of an entry of
the same bundle, and of a ``reference`` that is a search (``Practitioner?identifier=…``) and finds
one resource. All else in the resource stays as it was sent; a bundle inside a bundle is left alone,
since its links are its own.
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from wardround.kernel import InvalidInput
from wardround.record.bundles import Entry
from wardround.record.kinds import KINDS
from wardround.record.spans import DECODER
from wardround.record.stored import Stored

_VALUE = r'"\s*:\s*)"((?:[^"\\]|\\.)*)"'
_REFERENCE = re.compile('("reference' + _VALUE, re.DOTALL)
_URL = re.compile('("url' + _VALUE, re.DOTALL)
_SEARCH = re.compile(r"([A-Za-z]+)\?(.+)", re.DOTALL)
_PLACEHOLDER = "urn:uuid:"


class Links:
    """The links of one bundle: what each ``fullUrl`` becomes, and a search of the chart."""

    def __init__(self, urls: Mapping[str, str], search: Callable[[str, str], list[Stored]]) -> None:
        self._urls = urls
        self._search = search

    def searches(self, entry: Entry) -> bool:
        """Whether the entry refers to something by a search."""
        return "?" in entry.text and any(
            _SEARCH.fullmatch(_plain(found[2])) for found in _REFERENCE.finditer(entry.text)
        )

    def resolved(self, entry: Entry) -> tuple[bytes, dict[str, Any]]:
        """Return the entry's resource, as bytes and as a dictionary, with its links resolved."""
        if entry.kind == "Bundle":
            return entry.text.encode(), entry.resource
        # A relative link counts from where its entry stands (R4, Bundle, resolving references).
        base = entry.full_url.rpartition(f"{entry.kind}/")[0]

        def entry_of(link: str) -> str | None:
            return self._urls.get(link) or self._urls.get(base + link)

        with entry.place.named("resource"):
            text = _replace(_REFERENCE, entry.text, lambda x: entry_of(x) or self._by_search(x))
            text = _replace(_URL, text, entry_of)
        resource = entry.resource if text == entry.text else DECODER.decode(text)
        return text.encode(), resource

    def _by_search(self, link: str) -> str | None:
        if link.startswith(_PLACEHOLDER):
            raise InvalidInput(
                "A reference names no entry of this bundle.",
                mend="Send the whole bundle.",
            )
        searching = _SEARCH.fullmatch(link)
        if searching is None or searching[1] not in KINDS:
            return None
        found = self._search(searching[1], searching[2])
        if len(found) != 1:
            number = "more than one resource" if found else "no resource"
            raise InvalidInput(
                f"A reference by a search finds {number}.",
                mend="Import what it refers to first.",
            )
        return found[0].reference


def _replace(links: re.Pattern[str], text: str, target_of: Callable[[str], str | None]) -> str:
    def replaced(found: re.Match[str]) -> str:
        # Behind a backslash it is no name of a member, but words within a string.
        inside = text[found.start() - 1] == "\\"
        target = None if inside else target_of(_plain(found[2]))
        return found[0] if target is None else f'{found[1]}"{target}"'

    return links.sub(replaced, text)


def _plain(written: str) -> str:
    return str(json.loads(f'"{written}"')) if "\\" in written else written
