"""Names and numbers taken out of what is sent, and put back into what is answered.

Every find becomes a tag such as ``[NAME-1]``, the same for the same words throughout one call.
The table of tags lives in this object only, for as long as the call takes.
"""

import re
from collections.abc import Callable, Container, Sequence
from typing import Any

import orjson

from wardround.kernel import NotAllowed
from wardround.privacy.deid import Span

Finder = Callable[[str], Sequence[Span]]
"""Finds PHI in a text: sorted spans that do not overlap."""

_TAG = re.compile(r"\[\s*([A-Za-z]+)\s*-\s*(\d{1,9})\s*\]")
_SHORT = 3
"""Characters below which a find is not looked for elsewhere."""


class Exchange:
    """One call: what went out with tags, and what comes back with the words they stand for.

    Single words and numbers in fields named in ``plain`` are left as they are.
    """

    def __init__(self, finder: Finder, plain: Container[str] = ()) -> None:
        self._finder = finder
        self._plain = plain
        self._tags: dict[str, str] = {}
        self._words: dict[tuple[str, int], str] = {}
        self._foreign: set[tuple[str, int]] = set()
        """Tags that the text itself brought along: none of ours may be taken for one of them."""
        self._found: dict[tuple[str, str], list[tuple[int, int]]] = {}

    def out(self, body: bytes, media: str) -> bytes:
        """Return a body without PHI; raise ``NotAllowed`` where it cannot be read as text."""
        if not body:
            return body
        text = _text(body)
        self._foreign = {(found[1].upper(), int(found[2])) for found in _TAG.finditer(text)}
        if not _is_json(media):
            if not media.startswith("text/plain"):
                raise _unreadable()
            self._learn(text, "")
            return self._tagged(text, "").encode()
        try:
            content = orjson.loads(text)
        except orjson.JSONDecodeError:
            raise _unreadable() from None
        if isinstance(content, dict) and content.get("stream") is True:
            raise NotAllowed(
                "A streamed answer cannot be given back its names.", mend="Ask without streaming."
            )
        self._require_plain_names(content)
        self._each(content, self._learn, "")
        return orjson.dumps(self._each(content, self._tagged, ""))

    def require_clean(self, text: str) -> None:
        """Raise ``NotAllowed`` where an address holds PHI: it cannot be cleaned."""
        if self._finder(text):
            raise NotAllowed("The call's address seems to hold PHI.", mend="Put it in the body.")

    def back(self, body: bytes, media: str) -> bytes:
        """Return an answer with the words that its tags stand for; other bytes as they came."""
        if not self._words:
            return body
        if _is_json(media):
            try:
                content = orjson.loads(body)
            except orjson.JSONDecodeError:
                return body
            return orjson.dumps(self._each(content, lambda text, _: self._restored(text), ""))
        try:
            return self._restored(body.decode()).encode()
        except UnicodeDecodeError:
            return body

    def _each(self, value: Any, do: Callable[[str, str], Any], name: str) -> Any:
        """Return ``value`` with ``do`` done to every text in it, told the name it stands under."""
        if isinstance(value, dict):
            return {key: self._each(inner, do, key) for key, inner in value.items()}
        if isinstance(value, list):
            return [self._each(inner, do, name) for inner in value]
        if name in self._plain and not re.search(r"\s", str(value)):
            return value
        if isinstance(value, str):
            return do(value, name)
        if isinstance(value, int | float) and not isinstance(value, bool):
            # A record number may stand as a number: it stays one unless something is found.
            done = do(str(value), name)
            return value if done in {None, str(value)} else done
        return value

    def _require_plain_names(self, value: Any) -> None:
        if isinstance(value, dict):
            if any(self._finder(name) for name in value):
                raise NotAllowed("A field's name holds PHI.", mend="Put it into its value.")
            self._require_plain_names(list(value.values()))
        elif isinstance(value, list):
            for inner in value:
                self._require_plain_names(inner)

    def _learn(self, text: str, name: str) -> None:
        # What a value is called says much: "mrn: 4471" is found where "4471" is not.
        called = f"{re.sub(r'[_-]+', ' ', name)}: " if name else ""
        found: list[tuple[int, int]] = []
        for span in self._finder(called + text):
            start, end = max(span.start - len(called), 0), max(span.end - len(called), 0)
            if text[start:end].strip():
                found.append((start, end))
                self._name(text[start:end], span.kind.name.replace("_", ""))
        self._found[name, text] = found

    def _name(self, words: str, kind: str) -> None:
        if words in self._tags:
            return
        number = 1 + sum(known == kind for known, _ in self._words)
        while (kind, number) in self._foreign or (kind, number) in self._words:
            number += 1
        self._tags[words] = f"[{kind}-{number}]"
        self._words[kind, number] = words

    def _tagged(self, text: str, name: str) -> str:
        """Return ``text`` with what was found in it, and what was found elsewhere, as tags."""
        places = list(self._found.get((name, text), ()))
        known = sorted((w for w in self._tags if len(w) >= _SHORT), key=len, reverse=True)
        if known:
            pattern = "|".join(rf"(?<!\w){re.escape(words)}(?!\w)" for words in known)
            places += [
                found.span()
                for found in re.finditer(pattern, text)
                if not any(found.start() < end and start < found.end() for start, end in places)
            ]
        for start, end in sorted(places, reverse=True):
            text = text[:start] + self._tags[text[start:end]] + text[end:]
        return text

    def _restored(self, text: str) -> str:
        def words(found: re.Match[str]) -> str:
            return self._words.get((found[1].upper(), int(found[2])), found[0])

        return _TAG.sub(words, text)


def _is_json(media: str) -> bool:
    kind = media.partition(";")[0].strip().lower()
    return kind == "application/json" or kind.endswith("+json")


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise _unreadable() from None


def _unreadable() -> NotAllowed:
    return NotAllowed(
        "Only JSON and plain text can be de-identified on the way out.",
        mend="An agreement with the recipient lets the rest through.",
    )
