"""What a sentence can say of a denial, each fact with the places that it stands at."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from wardround.capabilities.appeal import sources
from wardround.capabilities.appeal.model import Asked
from wardround.capabilities.appeal.sources import Line
from wardround.kernel import ChartPath, Source, TextSpan


class Fact(NamedTuple):
    """A value, and where it stands."""

    value: str
    sources: tuple[Source, ...]


Facts = Mapping[str, Fact]
"""Facts by the names by which a template calls them."""


class Known(NamedTuple):
    """The facts that are told once, and those of which there are several, by their name."""

    once: Facts
    several: Mapping[str, Sequence[Facts]]

    def has(self, name: str) -> bool:
        """Whether there is such a fact, or at least one of such."""
        return name in self.once or bool(self.several.get(name))


def known_of(asked: Asked, lines: Sequence[Line]) -> Known:
    """Return all that is known of a denial."""
    keys = [line.key for line in lines if line.key]
    once = {key: fact for key in keys if (fact := _at(lines, key)) is not None}
    return Known(
        once,
        {
            "remarks": list(_remarks(asked, lines)),
            "diagnoses": list(_diagnoses(asked, lines)),
            "level": list(_level(asked, lines)),
            "sendings": list(_sendings(asked, lines)),
        },
    )


def _at(lines: Sequence[Line], key: str) -> Fact | None:
    span = sources.span_of(lines, key)
    return None if span is None else Fact(sources.words(lines, span), (span,))


def _named(lines: Sequence[Line], keys: Mapping[str, str]) -> dict[str, Fact]:
    """Return facts by other names, as far as they are told."""
    found = {name: _at(lines, key) for name, key in keys.items()}
    return {name: fact for name, fact in found.items() if fact is not None}


def _remarks(asked: Asked, lines: Sequence[Line]) -> Iterator[Facts]:
    for one in asked.denial.remarks:
        key = f"remark {one.code}"
        yield _named(lines, {"remark": key, "remark_says": f"{key} says"})


def _diagnoses(asked: Asked, lines: Sequence[Line]) -> Iterator[Facts]:
    """Yield each diagnosis that words of the note support, with those words."""
    for place, one in enumerate(asked.diagnoses):
        spans = sources.quoted(lines, one.places)
        if spans:
            condition = (ChartPath(resource=one.source, path="code"),) if one.source else ()
            code = _named(lines, {"diagnosis": f"diagnosis {place}"})["diagnosis"]
            yield {
                "diagnosis": Fact(code.value, (*code.sources, *condition)),
                "words": _quotation(lines, spans),
            }


def _level(asked: Asked, lines: Sequence[Line]) -> Iterator[Facts]:
    """Yield each sentence of the note that the level of the visit rests on."""
    for span in sources.quoted(lines, asked.level):
        yield {"words": _quotation(lines, (span,))}


def _sendings(asked: Asked, lines: Sequence[Line]) -> Iterator[Facts]:
    for place, _ in enumerate(asked.sent):
        keys = {name: f"{name} {place}" for name in ("sent", "file", "accepted")}
        yield _named(lines, keys)


def _quotation(lines: Sequence[Line], spans: Sequence[TextSpan]) -> Fact:
    said = "; ".join(f"\u201c{sources.words(lines, span)}\u201d" for span in spans)
    return Fact(said, tuple(spans))
