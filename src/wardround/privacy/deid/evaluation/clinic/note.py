"""A visit note: its head, sections, table and foot, with identifiers among clinical prose."""

import random
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from wardround.privacy.deid.evaluation.clinic.pools import blocks, lines
from wardround.privacy.deid.evaluation.clinic.scene import Scene, scene
from wardround.privacy.deid.evaluation.clinic.slots import fill
from wardround.privacy.deid.evaluation.document import Piece, length, planted
from wardround.privacy.deid.evaluation.halves import Part

HEADINGS = ("{}:", "{}: ", "{}\n", "** {} **\n", "{} -", "# {}\n", "[{}]\n", "<{}>\n", "{}.")
BULLETS = ("- ", "* ", "• ", "> ", "", "", "", "", "")
GENERAL = ("narrative", "rare", "admin", "device", "records", "family")
"""Where sentences are that fit any section."""

PLAIN = ("symptoms", "thinking", "talk", "exam", "hard")
"""Where sentences without identifiers are that fit any section."""

RARE = tuple(
    "age.old ssn vin plate bio photo serial ip url handle plan acct dl lic email id npi fax p clergy".split()
)
"""Places for identifiers that sentences chosen at random would seldom have."""

RARELY = 0.3
SHORT, LONG = 1650, 3700
"""Between how many characters a note is made."""


@dataclass(frozen=True)
class Habits:
    """How one writer lays a note out."""

    heading: str
    bullet: str
    capitals: bool


def note(
    rng: random.Random, part: Part, form: dict[str, Any], voice: bool = False
) -> tuple[Scene, list[Piece]]:
    """Return whom a note is of, and the note."""
    of = scene(rng, part, tuple(form["ages"]), form.get("sex", ""), voice)
    if voice:
        return of, _dictated(of, form)
    title = rng.choice(form["titles"])
    head = fill(rng.choice(blocks("heads.txt", part)).replace("{TITLE}", _cased(title, rng)), of)
    foot = fill(rng.choice(blocks("feet.txt", part)), of)
    table: list[Piece] = []
    if planted([*head, *foot]) < 14 and rng.random() < 0.7:
        table = fill(rng.choice(blocks("tables.txt", part)), of)
    fixed = planted([*head, *foot, *table])
    wanted = max(9, rng.randint(16, 28) - fixed)
    size = rng.randint(SHORT, LONG) - length([*head, *foot, *table])
    return of, [
        *head,
        Piece("\n\n"),
        *_body(of, form, wanted, size, table),
        Piece("\n\n"),
        *foot,
    ]


def forms() -> list[dict[str, Any]]:
    """Return the kinds of note."""
    found: list[dict[str, Any]] = _outline()["form"]
    return found


@cache
def _outline() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "data" / "forms.toml").read_text(encoding="utf-8"))


def _body(
    of: Scene, form: dict[str, Any], wanted: int, size: int, table: list[Piece]
) -> list[Piece]:
    rng = of.rng
    habits = Habits(rng.choice(HEADINGS), rng.choice(BULLETS), rng.random() < 0.4)
    names: list[str] = form["sections"]
    texts: dict[str, list[list[Piece]]] = {name: [] for name in names}
    used: set[str] = set()
    while wanted > 0:
        section = rng.choice([name for name in names if name != "exam" or rng.random() < 0.1])
        sentence = _rare(of, used) if rng.random() < RARELY else _sentence(of, section, 0, used)
        wanted -= planted(sentence)
        size -= length(sentence)
        texts[section].append(sentence)
    while size > 0:
        section = rng.choice([*names, "exam"] if "exam" in names else names)
        sentence = _sentence(of, section, 1, used)
        size -= length(sentence)
        texts[section].append(sentence)
    after = rng.randrange(len(names)) if table else -1
    body: list[Piece] = []
    for number, name in enumerate(names):
        if texts[name]:
            rng.shuffle(texts[name])
            body += [
                *_headed(name, habits, rng),
                *_joined(texts[name], habits.bullet, rng),
                Piece("\n\n"),
            ]
        if number == after:
            body += [*table, Piece("\n\n")]
    return body[:-1]


def _sentence(of: Scene, section: str, column: int, used: set[str]) -> list[Piece]:
    sources = _outline()["sources"][section.rstrip("2")][column]
    names = (
        [sources[0]]
        if column and section == "exam"
        else [*sources, *(["hard"] if column and of.rng.random() < 0.4 else [])]
    )
    fresh = _unused(of.rng.choice(names), of, used)
    if not fresh:
        fresh = [
            line for name in (PLAIN if column else GENERAL) for line in _unused(name, of, used)
        ]
    line = of.rng.choice(fresh)
    used.add(line)
    return fill(line, of)


def _unused(name: str, of: Scene, used: set[str]) -> list[str]:
    return [line for line in lines(f"{name}.txt", of.part) if line not in used]


def _rare(of: Scene, used: set[str]) -> list[Piece]:
    sought = of.rng.choice(RARE)
    pool = [
        line
        for name in GENERAL
        for line in lines(f"{name}.txt", of.part)
        if f"{{{sought}}}" in line
    ]
    line = of.rng.choice([line for line in pool if line not in used] or pool)
    used.add(line)
    return fill(line, of)


def _headed(name: str, habits: Habits, rng: random.Random) -> list[Piece]:
    key = {"ed": "hpi", "ed2": "course"}.get(name, name.rstrip("2"))
    word = rng.choice(_outline()["headings"][key])
    made = habits.heading.format(word.upper() if habits.capitals else word)
    return [Piece(made if made.endswith(("\n", " ")) or habits.bullet == "" else made + "\n")]


def _joined(sentences: list[list[Piece]], bullet: str, rng: random.Random) -> list[Piece]:
    between = f"\n{bullet}" if bullet else rng.choice([" ", " ", "  ", "\n"])
    made = [Piece(bullet or " ")]
    for number, sentence in enumerate(sentences):
        made += [Piece(between), *sentence] if number else sentence
    return made


def _dictated(of: Scene, form: dict[str, Any]) -> list[Piece]:
    rng = of.rng
    opening = (
        f"{{author.docfull}} dictating a {rng.choice(form['titles'])} on {{pt}}, {{date.visit}}. "
    )
    made, used = fill(opening, of), set[str]()
    wanted, size = rng.randint(16, 30), rng.randint(SHORT, LONG)
    names = [*form["sections"], *form["sections"]]
    while planted(made) < wanted or length(made) < size:
        if rng.random() < 0.5 and planted(made) < wanted:
            pool = [line for line in lines("spoken.txt", of.part) if line not in used]
            line = rng.choice(pool or list(lines("spoken.txt", of.part)))
            used.add(line)
            made += [*fill(line, of), Piece(". ")]
        else:
            column = int(planted(made) >= wanted or rng.random() < 0.4)
            made += [*_sentence(of, rng.choice(names), column, used), Piece(" ")]
        if rng.random() < 0.12:
            made.append(
                Piece(rng.choice(["next paragraph ", "um ", "okay ", "period new line ", "uh so "]))
            )
    return made


def _cased(title: str, rng: random.Random) -> str:
    return title.upper() if rng.random() < 0.5 else title
