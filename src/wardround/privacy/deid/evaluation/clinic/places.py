"""Places: towns and streets, and wherever people are treated, work, learn and pray."""

import random

from wardround.privacy.deid.evaluation.clinic.pools import listed
from wardround.privacy.deid.evaluation.halves import Part
from wardround.privacy.deid.evaluation.spoken import th

STATES = (
    "California Texas Ohio Georgia Arizona Michigan Florida Oregon Maine Montana Nevada Kansas Iowa Utah "
    "Alabama Tennessee Kentucky Wisconsin Minnesota Colorado Louisiana Nebraska"
).split()


def town(rng: random.Random, part: Part) -> tuple[str, str, str]:
    """Return a town, the letters of its state, and one of its ZIP codes."""
    name, state, start = rng.choice(listed("places.txt", "towns", part)).rsplit(" ", 2)
    code = f"{start}{rng.randrange(1, 99):02}"
    return name, state, f"{code}-{rng.randrange(1, 9999):04}" if rng.random() < 0.12 else code


def road(rng: random.Random, part: Part) -> str:
    """Return a street without a number."""
    name = rng.choice(listed("places.txt", "streets", part))
    make = rng.choice(listed("places.txt", "makes", part))
    side = (
        rng.choice(["N", "S", "E", "W", "NW", "SE", "North", "West"]) if rng.random() < 0.2 else ""
    )
    draw = rng.random()
    if draw < 0.08:
        return f"{rng.choice(['Highway', 'County Road', 'State Route', 'Route', 'FM'])} {rng.randrange(2, 999)}"
    if draw < 0.15:
        number = rng.randrange(3, 99)
        side = rng.choice(["E", "W", "North", "SW"])
        return f"{side} {th(number)} {rng.choice(['St', 'Ave', 'Street'])}"
    return f"{side} {name} {make}".strip()


def street(rng: random.Random, part: Part) -> str:
    """Return a street with its number, and often a door."""
    if rng.random() < 0.06:
        return f"{rng.choice(['PO Box', 'P.O. Box', 'RR 2 Box', 'HC 61 Box'])} {rng.randrange(11, 9999)}"
    door = ""
    if rng.random() < 0.25:
        kind = rng.choice([" Apt ", ", Apt ", " #", ", Unit ", " Apt. ", ", Lot ", " Trlr "])
        door = f"{kind}{rng.randrange(1, 40)}{rng.choice(['', 'A', 'B', 'C'])}"
    return f"{rng.randrange(2, 19_999)} {road(rng, part)}{door}"


def facility(rng: random.Random, part: Part, kind: str) -> str:
    """Return a hospital, clinic or home, real or invented."""
    if kind == "hospital" and rng.random() < 0.35:
        return rng.choice(listed("places.txt", "hospitals", part))
    draw = rng.random()
    if draw < 0.2:
        stem = town(rng, part)[0]
    elif draw < 0.4:
        stem = rng.choice(listed("places.txt", "saints", part))
    elif draw < 0.5:
        stem = f"{rng.choice(listed('places.txt', 'counties', part))} County"
    else:
        stem = rng.choice(listed("places.txt", "stems", part))
    return f"{stem} {rng.choice(listed('places.txt', f'{kind} types', part))}"


def church(rng: random.Random, part: Part) -> str:
    """Return a congregation."""
    if rng.random() < 0.3:
        return rng.choice(listed("places.txt", "congregations", part))
    stem = rng.choice(
        [*listed("places.txt", "saints", part), "First", "Second", "Greater New Hope"]
    )
    return f"{stem} {rng.choice(listed('places.txt', 'church types', part))}"
