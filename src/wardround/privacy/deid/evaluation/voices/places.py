"""Places below a state: streets, towns, and what stands in them."""

import random
import re

from wardround.privacy.deid.evaluation.halves import Part
from wardround.privacy.deid.evaluation.spoken import number, read_out
from wardround.privacy.deid.evaluation.voices.lists import entries, kinds_of, pick, words

_LISTED = {"facility": 0.7, "employer": 0.65, "school": 0.65, "church": 0.65, "pharmacy": 0.0}
"""How often a place comes from its list; else it is named for a family or a town."""


def town(rng: random.Random, part: Part) -> tuple[str, str]:
    """Draw a town and its state."""
    name, _, state = pick(rng, entries("lists/towns", part)).rpartition(", ")
    return name, state


def road(rng: random.Random, part: Part) -> str:
    """Draw a street as people speak of it."""
    if rng.random() < 0.08:
        return highway(rng, part)
    side = rng.choice(("", "", "", "", "North ", "S. ", "West ", "NE "))
    kind = f" {pick(rng, words('roadkinds', part))}" if rng.random() < 0.85 else ""
    return f"{side}{pick(rng, words('roads', part)).replace('-', ' ')}{kind}"


def highway(rng: random.Random, part: Part) -> str:
    """Draw a road with a number."""
    return pick(rng, entries("lists/highways", part))


def house(rng: random.Random, part: Part, spoken: bool) -> str:
    """Draw a house and its street, at times with a door."""
    at = rng.choice((rng.randrange(2, 100), rng.randrange(100, 1000), rng.randrange(1000, 9999)))
    door = rng.choice(("", "", "", f", Apt {rng.randrange(1, 30)}", f" #{rng.randrange(1, 400)}"))
    if rng.random() < 0.1:
        door = f", Unit {rng.choice('ABCDEF')}"
    if spoken:
        said = number(at)
        if 100 < at < 1000 and at % 100 > 9:
            said = f"{number(at // 100)} {number(at % 100)}"
        return f"{said} {road(rng, part)}"
    return f"{at} {road(rng, part)}{door}"


def zip_code(rng: random.Random, spoken: bool) -> str:
    """Five figures, at times nine."""
    made = f"{rng.randrange(1001, 99950):05d}"
    if spoken:
        return read_out(made)
    return made + (f"-{rng.randrange(1000, 9999)}" if rng.random() < 0.15 else "")


def county(rng: random.Random, part: Part) -> str:
    """Draw a county by its name."""
    return f"{pick(rng, words('counties', part)).replace('-', ' ')} County"


def abbreviate(state: str) -> str:
    """Give a state's two letters."""
    for part in ("dev", "test"):
        for line in entries("lists/states", part):
            if line[:-3] == state:
                return line[-2:]
    return state


def institution(rng: random.Random, part: Part, what: str) -> str:
    """Draw a hospital, employer, school, church or pharmacy."""
    if rng.random() < _LISTED[what]:
        return pick(rng, entries(f"lists/{_PLURALS[what]}", part))
    ending = pick(rng, kinds_of("endings", part)[what])
    if what != "employer" and rng.random() < 0.4:
        return f"{town(rng, part)[0]} {ending}"
    return f"{re.sub('-.*', '', pick(rng, words('last', part)))} {ending}"


_PLURALS = {
    "facility": "facilities",
    "employer": "employers",
    "school": "schools",
    "church": "churches",
}
