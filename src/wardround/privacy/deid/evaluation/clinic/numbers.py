"""Numbers, addresses of the net and names of files, as institutions print them."""

import random
import string

from wardround.privacy.deid.evaluation.clinic.people import Person
from wardround.privacy.deid.evaluation.clinic.pools import half, listed
from wardround.privacy.deid.evaluation.halves import Part

LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
PHONES = (
    "({a}) {b}-{c}",
    "({a}){b}-{c}",
    "{a}-{b}-{c}",
    "{a}.{b}.{c}",
    "{a} {b} {c}",
    "{a}/{b}-{c}",
    "+1 {a}-{b}-{c}",
    "1-{a}-{b}-{c}",
    "+1 ({a}) {b}-{c}",
    "{a}{b}{c}",
    "{b}-{c}",
)
AREAS = (
    "205 907 602 479 559 661 303 860 302 786 404 706 808 208 312 773 319 316 502 504 207 410 617 413 313 "
    "517 612 218 601 314 816 406 402 702 603 201 973 505 518 716 718 704 919 701 614 216 405 503 541 215 "
    "412 401 843 605 615 713 915 210 806 801 802 804 540 206 509 304 414 608 307 347 646 929 628"
).split()
DOMAINS = (
    "riverbend lakeside tricounty summit heartland mercyridge cascadia palmetto bluestem harborview pinewood "
    "northgate valleycare genesee uplands sagebrush copperline bayshore wellspring oakmont"
).split()


def filled(pattern: str, rng: random.Random) -> str:
    """Return a pattern with its places filled: ``#`` a figure, ``@`` a capital, ``~`` either."""
    places = {"#": string.digits, "@": LETTERS, "~": string.digits + LETTERS.lower()}
    return "".join(rng.choice(places[sign]) if sign in places else sign for sign in pattern)


def printed(heading: str, rng: random.Random, part: Part) -> str:
    """Return a number of a kind in one of a part's formats."""
    return filled(rng.choice(listed("formats.txt", heading, part)), rng)


def phone(rng: random.Random, pattern: str) -> str:
    """Return a telephone number; no exchange begins with 0 or 1."""
    exchange = f"{rng.randrange(2, 10)}{rng.randrange(10)}{rng.randrange(10)}"
    return pattern.format(a=rng.choice(AREAS), b=exchange, c=f"{rng.randrange(10_000):04}")


def extension(rng: random.Random) -> str:
    """Return what follows a number of a switchboard, or nothing."""
    return rng.choice([" x{}", " ext. {}", " ext {}", ", extension {}"]).format(
        rng.randrange(100, 9999)
    )


def ssn(rng: random.Random) -> str:
    """Return a number as the Social Security Administration gives them."""
    area = rng.choice([value for value in range(1, 900) if value != 666])
    group, serial = rng.randrange(1, 100), rng.randrange(1, 10_000)
    pattern = rng.choice(["{:03}-{:02}-{:04}"] * 5 + ["{:03} {:02} {:04}", "{:03}{:02}{:04}"])
    return pattern.format(area, group, serial)


def vin(rng: random.Random) -> str:
    """Return a vehicle's number of seventeen places, without I, O and Q."""
    signs = string.digits + "ABCDEFGHJKLMNPRSTUVWXYZ"
    head = rng.choice(["1FT", "1HG", "2T1", "3VW", "5YJ", "JTD", "KMH", "WBA", "1G1", "4T1"])
    return head + "".join(rng.choice(signs) for _ in range(8)) + f"{rng.randrange(10**6):06}"


def address(rng: random.Random) -> str:
    """Return an address of a machine, sometimes of the sixth version."""
    if rng.random() < 0.2:
        groups = [f"{rng.randrange(16, 65_536):x}" for _ in range(rng.choice([4, 7]))]
        return "2001:" + (":".join(groups) if len(groups) == 7 else "db8::" + ":".join(groups))
    head = rng.choice(["10", "172.16", "192.168", "73", "98", "24", "107", "203.0", "66"])
    parts = head.split(".")
    return ".".join(parts + [str(rng.randrange(1, 255)) for _ in range(4 - len(parts))])


def user(who: Person, rng: random.Random) -> str:
    """Return what someone calls themselves in an address."""
    first = "".join(sign for sign in who.first.lower() if sign.isascii() and sign.isalpha())
    last = "".join(sign for sign in who.last.lower() if sign.isascii() and sign.isalpha())
    nick = who.nick.lower()
    year = rng.randrange(50, 99)
    forms = [
        f"{first}.{last}",
        f"{first[0]}{last}",
        f"{first}{year}",
        f"{last}{first[0]}",
        f"{nick}{year}",
    ]
    return rng.choice(
        [*forms, f"{first}_{last}", f"{first}{last}{rng.randrange(10)}", f"{last}family"]
    )


def mailbox(who: Person, rng: random.Random, part: Part) -> str:
    """Return an electronic mail address, of a person's or of where they work."""
    if rng.random() < 0.25:
        ending = rng.choice(["health.org", "clinic.com", "med.edu", ".org", "hospital.org"])
        return f"{user(who, rng)}@{_domain(rng, part)}{ending}"
    return f"{user(who, rng)}@{rng.choice(listed('places.txt', 'mail', part))}"


def web(heading: str, who: Person, rng: random.Random, part: Part) -> str:
    """Return a web address, or what someone is called on one."""
    pattern = rng.choice(listed("webs.txt", heading, part))
    bare = pattern.replace("@", "\0") if heading == "handle" else pattern.replace("/@", "/\0")
    name = user(who, rng).replace(".", "")
    made = filled(bare.replace("{u}", "\1").replace("{d}", _domain(rng, part)), rng)
    return made.replace("\0", "@").replace("\1", name)


def _domain(rng: random.Random, part: Part) -> str:
    return rng.choice(half(DOMAINS, part))
