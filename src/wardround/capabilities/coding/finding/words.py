"""The words of a note, each as the one form that dictionary and text share."""

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

_PIECE = re.compile(r"([^\W_]+(?:['\u2019][^\W_]+)*)|[;:!?\n\r\u2022|]|\.(?=\s|$)")
"""A word, or what ends a sentence or an item; the point of 13.5 does not."""
_KNOWN = 100_000
"""Words whose form is kept ready."""
_NEAR = 40
"""Characters to either side of a word in which an idiom is sought."""
_SHORTEST = 4
"""Letters below which a word keeps its ending: gas, pus, os are no plurals."""

_SPELLING = (
    # British spelling and Latin plurals, as American notes write them.
    (re.compile(r"^(o)edem"), r"edem"),
    (re.compile(r"oedem"), r"edem"),
    (re.compile(r"^oesoph"), r"esoph"),
    (re.compile(r"^oestr"), r"estr"),
    (re.compile(r"haem"), r"hem"),
    (re.compile(r"aemi"), r"emi"),
    (re.compile(r"anaes"), r"anes"),
    (re.compile(r"^paed"), r"ped"),
    (re.compile(r"^gynaec"), r"gynec"),
    (re.compile(r"^caec"), r"cec"),
    (re.compile(r"^faec"), r"fec"),
    (re.compile(r"rrhoea"), r"rrhea"),
    (re.compile(r"pnoea"), r"pnea"),
    (re.compile(r"^leuca"), r"leuka"),
    (re.compile(r"^leuco"), r"leuko"),
    (re.compile(r"^foet"), r"fet"),
    (re.compile(r"^coel"), r"cel"),
    (re.compile(r"tumour"), r"tumor"),
    (re.compile(r"colour"), r"color"),
    (re.compile(r"isch?aem"), r"ischem"),
    (re.compile(r"isation$"), r"ization"),
    (re.compile(r"litre$"), r"liter"),
    (re.compile(r"fibre"), r"fiber"),
    (re.compile(r"sulph"), r"sulf"),
)
_ENDINGS = (
    (re.compile(r"(neoplas|metasta|diagno|stenos|thrombos|sclero|cirrho|fibro)(s?)es$"), r"\1sis"),
    (re.compile(r"(?<=[a-z]{3})oses$"), r"osis"),
    (re.compile(r"(?<=[a-z]{3})ases$"), r"asis"),
    (re.compile(r"(?<=[a-z]{3})yses$"), r"ysis"),
    (re.compile(r"(?<=[a-z]{3})itides$"), r"itis"),
    (re.compile(r"(?<=[a-z]{3})omata$"), r"oma"),
    (re.compile(r"(?<=[a-z]{3})ae$"), r"a"),
    (re.compile(r"(?<=[a-z]{2})ices$"), r"ix"),
    (re.compile(r"(?<=[a-z]{2})ies$"), r"y"),
    (re.compile(r"(?<=ss|sh|ch)es$"), r""),
    (re.compile(r"(?<=x)es$"), r""),
    (re.compile(r"(?<=[a-z]{3})(?<![siu])s$"), r""),
)


class Word(NamedTuple):
    """One word: its shared form, where it stands, and whether a sentence or item begins with it."""

    form: str
    start: int
    end: int
    begins: bool


def words_of(text: str, *, plain: bool = False) -> list[Word]:
    """Return the words that mean something, in order; small words are left out.

    A word that is part of an idiom has no form, so that no term is found there; ``plain`` text, a
    term by itself, has no idioms.
    """
    found = []
    begins = True
    initial = False
    small, idioms = _rules().small, _rules().idioms
    for match in _PIECE.finditer(text):
        written = match[1]
        if written is None:
            # The point of "E. coli" ends no sentence.
            begins = begins or not (initial and match[0] == ".")
            continue
        initial = len(written) == 1
        form = form_of(written)
        if form in small:
            continue
        start, end = match.span()
        if form in idioms and not plain and idioms[form].holds(text, start, end):
            form = ""
        found.append(Word(form, start, end, begins))
        begins = False
    return found


def forms_of(term: str) -> tuple[str, ...]:
    """Return the forms of a term's words."""
    return tuple(word.form for word in words_of(term, plain=True))


@lru_cache(_KNOWN)
def form_of(word: str) -> str:
    """Return the form of one word: no case, accent, plural or British spelling."""
    plain = unicodedata.normalize("NFKD", word.lower().replace("\u2019", "'"))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = plain.removesuffix("'s").replace("'", "")
    if len(plain) > _SHORTEST - 1 and plain.isalpha():
        for pattern, put in _SPELLING:
            plain = pattern.sub(put, plain)
        for pattern, put in _ENDINGS:
            changed = pattern.sub(put, plain)
            if changed != plain:
                plain = changed
                break
    return _rules().same.get(plain, plain)


class _Idiom(NamedTuple):
    """What stands before or behind a word where it names no illness: "it burns", "fall asleep"."""

    before: re.Pattern[str] | None
    behind: re.Pattern[str] | None

    def holds(self, text: str, start: int, end: int) -> bool:
        """Tell whether the word at ``start`` to ``end`` is one of these."""
        if self.before and self.before.search(text, max(0, start - _NEAR), start):
            return True
        return bool(self.behind and self.behind.match(text, end, end + _NEAR))


class _Rules(NamedTuple):
    small: frozenset[str]
    same: dict[str, str]
    idioms: dict[str, _Idiom]


@cache
def _rules() -> _Rules:
    table = tomllib.loads(files(__package__).joinpath("words.toml").read_text("utf-8"))
    same = {word: form for form, others in table["same"].items() for word in others.split()}
    idioms = {word: _idiom(**sides) for word, sides in table["idioms"].items()}
    return _Rules(frozenset(table["small"].split()), same, idioms)


def _idiom(before: str = "", behind: str = "") -> _Idiom:
    return _Idiom(
        re.compile(rf"\b(?:{before})[\s-]+\Z", re.IGNORECASE) if before else None,
        re.compile(rf"[\s-]+(?:{behind})\b", re.IGNORECASE) if behind else None,
    )
