"""What stands in each place of a sentence: text, and the kind of identifier that it is."""

import random
from collections.abc import Callable
from datetime import date

from wardround.privacy.deid.evaluation.clinic import dates, numbers, places
from wardround.privacy.deid.evaluation.clinic.people import Person, misspelt, somebody
from wardround.privacy.deid.evaluation.clinic.pools import listed
from wardround.privacy.deid.evaluation.clinic.scene import Scene
from wardround.privacy.deid.evaluation.document import Piece
from wardround.privacy.deid.evaluation.spoken import number, ordinal, read_address, read_out

_NUMBERS = {
    "plan": ("health plan", "health-plan"),
    "acct": ("account", "account"),
    "lic": ("licence", "licence"),
    "dl": ("driving", "licence"),
    "plate": ("plate", "vehicle"),
    "serial": ("serial", "device"),
    "id": ("other", "other"),
    "bio": ("biometric", "biometric"),
    "photo": ("photo", "photo"),
}
_FACILITIES = {"hosp": "hospital", "clinic": "clinic", "home": "home"}
_LISTED = {
    "school": "schools",
    "employer": "employers",
    "hood": "hoods",
    "jail": "custody",
    "abroad": "abroad",
}
_PRONOUNS = {
    "he": ("she", "he"),
    "his": ("her", "his"),
    "him": ("her", "him"),
    "man": ("woman", "man"),
}
_PRONOUNS |= {"boy": ("girl", "boy"), "self": ("herself", "himself"), "sex": ("female", "male")}
_PRONOUNS |= {"s": ("F", "M"), "mf": ("Female", "Male")}
_OFFICERS = (
    "Officer",
    "Deputy",
    "Sgt.",
    "Detective",
    "Judge",
    "Attorney",
    "Coach",
    "Principal",
    "Capt.",
)
_CLERGY = (
    "Pastor",
    "Rev.",
    "Father",
    "Rabbi",
    "Imam",
    "Sister",
    "Deacon",
    "Chaplain",
    "Bishop",
    "Elder",
)


def value(slot: str, scene: Scene) -> Piece:
    """Return what stands in a place; a place that nobody knows is a mistake in the data."""
    head, _, how = slot.partition(".")
    if (sexed := _PRONOUNS.get(head.lower())) is not None:
        word = sexed[scene.patient.sex == "m"]
        return Piece(word[0].upper() + word[1:] if head[0].isupper() else word)
    if head in _NUMBERS:
        heading, kind = _NUMBERS[head]
        return Piece(_said(numbers.printed(heading, scene.rng, scene.part), scene), kind)
    if head in _FACILITIES:
        return Piece(places.facility(scene.rng, scene.part, _FACILITIES[head]), "place")
    if head in _LISTED:
        return Piece(scene.rng.choice(listed("places.txt", _LISTED[head], scene.part)), "place")
    return _RULES[head](scene, how)


def _said(text: str, scene: Scene) -> str:
    return read_out(text, "zero") if scene.voice and scene.rng.random() < 0.6 else text


def _written(who: Person, how: str, rng: random.Random) -> str:
    title = "Mr." if who.sex == "m" else rng.choice(["Ms.", "Mrs.", "Ms.", "Miss"])
    forms: dict[str, Callable[[], str]] = {
        "": lambda: who.plain,
        "full": lambda: who.full,
        "rev": lambda: who.reversed,
        "first": lambda: who.first,
        "last": lambda: who.last,
        "nick": lambda: who.nick,
        "ini": lambda: who.initials,
        "init": lambda: f"{who.first[0]}. {who.last}",
        "mr": lambda: f"{rng.choice([title, title.rstrip('.')])} {who.last}",
        "doc": lambda: f"{rng.choice(['Dr. ', 'Dr. ', 'Dr ', 'Doctor '])}{who.last}",
        "docfull": lambda: f"Dr. {who.plain}",
        "miss": lambda: misspelt(who.last, rng),
    }
    return forms[how]()


def _name(get: Callable[[Scene], Person]) -> Callable[[Scene, str], Piece]:
    return lambda scene, how: Piece(_written(get(scene), how, scene.rng), "name")


def _stranger(scene: Scene, how: str) -> Piece:
    sex, _, form = how.partition(".")
    if sex not in {"f", "m"}:
        sex, form = "", how
    return Piece(_written(somebody(scene.rng, scene.part, sex), form, scene.rng), "name")


def _titled(titles: tuple[str, ...]) -> Callable[[Scene, str], Piece]:
    def made(scene: Scene, _how: str) -> Piece:
        who = somebody(scene.rng, scene.part)
        return Piece(
            f"{scene.rng.choice(titles)} {scene.rng.choice([who.last, who.plain])}", "name"
        )

    return made


def _date(scene: Scene, how: str) -> Piece:
    rng = scene.rng
    day = {"visit": scene.day, "dob": scene.born}.get(how)
    if how == "holiday":
        return Piece(rng.choice(dates.HOLIDAYS), "date")
    if how == "adm":
        day = dates.before(scene.day, rng, days=12)
    if day is None:
        day = (
            dates.after(scene.day, rng) if how.startswith("next") else dates.before(scene.day, rng)
        )
    brief = how.endswith("md")
    if how == "my":
        return Piece(dates.written(day, rng.choice(dates.MONTHLY)), "date")
    if scene.voice and rng.random() < 0.7:
        return Piece(_spoken_day(day, with_year=not brief), "date")
    patterns, usual = (dates.SHORTENED, scene.shortened) if brief else (dates.WHOLE, scene.whole)
    return Piece(dates.written(day, usual if rng.random() < 0.6 else rng.choice(patterns)), "date")


def _spoken_day(day: date, with_year: bool) -> str:
    said = f"{dates.MONTHS[day.month - 1].lower()} {ordinal(day.day)}"
    return f"{said} {number(day.year)}" if with_year else said


def _year(scene: Scene, _how: str) -> Piece:
    return Piece(str(scene.day.year - scene.rng.randrange(1, 30)))


def _number(scene: Scene, how: str) -> Piece:
    low, _, high = how.partition(".")
    return Piece(str(scene.rng.randint(int(low), int(high))))


def _age(scene: Scene, how: str) -> Piece:
    age = {"": scene.age, "old": scene.rng.randint(90, 104)}.get(how) or scene.rng.randint(24, 88)
    said = number(age) if age < 100 and scene.voice and scene.rng.random() < 0.5 else str(age)
    return Piece(said, "age" if age > 89 else "")


def _old_in_words(scene: Scene, _how: str) -> Piece:
    said = number(scene.rng.randint(90, 99)).replace(" ", "-")
    return Piece(said, "age")


def _line(kind: str) -> Callable[[Scene, str], Piece]:
    def made(scene: Scene, how: str) -> Piece:
        rng = scene.rng
        usual = scene.phone if rng.random() < 0.6 else rng.choice(numbers.PHONES)
        printed = numbers.phone(rng, numbers.PHONES[-1] if how == "local" else usual)
        tail = numbers.extension(rng) if how == "ext" else ""
        return Piece(_said(printed, scene) if not tail else printed + tail, kind)

    return made


def _mail(scene: Scene, how: str) -> Piece:
    who = (
        scene.patient
        if how == "pt"
        else scene.author
        if how == "author"
        else somebody(scene.rng, scene.part)
    )
    made = numbers.mailbox(who, scene.rng, scene.part)
    return Piece(read_address(made) if scene.voice else made, "email")


def _web(heading: str, kind: str) -> Callable[[Scene, str], Piece]:
    def made(scene: Scene, _how: str) -> Piece:
        text = numbers.web(heading, scene.patient, scene.rng, scene.part)
        return Piece(read_address(text) if scene.voice else text, kind)

    return made


def _figures(length: int, kind: str, head: str = "") -> Callable[[Scene, str], Piece]:
    def made(scene: Scene, _how: str) -> Piece:
        return Piece(_said(numbers.filled(head + "#" * length, scene.rng), scene), kind)

    return made


_RULES: dict[str, Callable[[Scene, str], Piece]] = {
    "pt": _name(lambda scene: scene.patient),
    "kin": _name(lambda scene: scene.kin),
    "rel": lambda scene, how: Piece(scene.relation.capitalize() if how else scene.relation),
    "author": _name(lambda scene: scene.author),
    "att": _name(lambda scene: scene.attending),
    "pcp": _name(lambda scene: scene.primary),
    "p": _stranger,
    "officer": _titled(_OFFICERS),
    "clergy": _titled(_CLERGY),
    "date": _date,
    "year": _year,
    "n": _number,
    "age": _age,
    "oldword": _old_in_words,
    "town": lambda scene, how: Piece(
        places.town(scene.rng, scene.part)[0] if how else scene.town[0], "place"
    ),
    "st": lambda scene, _how: Piece(scene.town[1]),
    "zip": lambda scene, _how: Piece(scene.town[2], "place"),
    "state": lambda scene, _how: Piece(scene.rng.choice(places.STATES)),
    "county": lambda scene, _how: Piece(
        f"{scene.rng.choice(listed('places.txt', 'counties', scene.part))} County", "place"
    ),
    "road": lambda scene, _how: Piece(places.road(scene.rng, scene.part), "place"),
    "street": lambda scene, _how: Piece(places.street(scene.rng, scene.part), "place"),
    "here": lambda scene, _how: Piece(scene.here, "place"),
    "church": lambda scene, _how: Piece(places.church(scene.rng, scene.part), "place"),
    "mrn": lambda scene, how: Piece(
        _said(numbers.printed("mrn", scene.rng, scene.part) if how else scene.mrn, scene), "mrn"
    ),
    "phone": _line("phone"),
    "fax": _line("fax"),
    "email": _mail,
    "ssn": lambda scene, _how: Piece(_said(numbers.ssn(scene.rng), scene), "ssn"),
    "ssn4": _figures(4, "ssn"),
    "acct4": _figures(4, "account"),
    "npi": _figures(9, "licence", "1"),
    "dea": lambda scene, _how: Piece(
        _said(
            numbers.filled(
                f"{scene.rng.choice('ABFM')}{scene.author.last[0].upper()}#######", scene.rng
            ),
            scene,
        ),
        "licence",
    ),
    "vin": lambda scene, _how: Piece(_said(numbers.vin(scene.rng), scene), "vehicle"),
    "udi": lambda scene, _how: Piece(
        numbers.filled("(01)0##############(21)@#######", scene.rng), "device"
    ),
    "url": _web("url", "url"),
    "handle": _web("handle", "other"),
    "ip": lambda scene, _how: Piece(numbers.address(scene.rng), "ip"),
}
