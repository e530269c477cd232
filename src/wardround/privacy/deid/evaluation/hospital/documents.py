"""Documents of many forms with planted PHI, each offset known; see ``forms/`` and ``phrases/``.

In a template ``{slot}`` is filled, ``[one|other]`` chosen from, and ``{*topic+topic 2-4}`` becomes
sentences of those topics (``{-...}`` a list of them). A line that begins with ``? `` may be left
out. Between ``%repeat 3-5``, ``%shuffle`` or ``%pick 2-3`` and ``%end`` lines are repeated, put in
any order, or drawn from.
"""

import re
from random import Random

from wardround.privacy.deid.evaluation.document import Document, Piece, document
from wardround.privacy.deid.evaluation.halves import Part, known
from wardround.privacy.deid.evaluation.hospital.lists import forms, layouts, sentences
from wardround.privacy.deid.evaluation.hospital.speech import recognised
from wardround.privacy.deid.evaluation.hospital.wear import careless, scanned
from wardround.privacy.deid.evaluation.hospital.world import World
from wardround.privacy.deid.evaluation.wear import capitals

_CHOICE = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")
_SLOT = re.compile(r"\{([^{}]*)\}")
_SENTENCES = re.compile(r"([*-])([\w+]+) (\d+)-(\d+)")
_BLOCK = re.compile(r"%(repeat|shuffle|pick)(?: (\d+)-(\d+))?")
_WORN = {
    "dictation": recognised,
    "legacy_report": lambda pieces, _: capitals(pieces),
    "scan": scanned,
}
_TYPED = {"hl7_message", "clinic_list", "device_export", "lab_report"}
"""Forms that machines write, without carelessness."""


def documents(seed: int, number: int, part: Part = "dev") -> list[Document]:
    """Return so many documents, of every form in turn; the same for the same seed."""
    known(part)
    every = forms()
    return [_document(every[at % len(every)], at, seed, part) for at in range(number)]


def _document(form: str, at: int, seed: int, part: Part) -> Document:
    rng = Random(f"{seed}/{part}/{at}")
    writer = _Writer(World(rng, part, form == "dictation", form == "newborn_note"))
    pieces = writer.write(rng.choice(layouts(form, part)))
    if form in _WORN:
        pieces = _WORN[form](pieces, rng)
    elif form not in _TYPED and rng.random() < 0.35:
        pieces = careless(pieces, rng)
    return document(f"{part}-{seed}-{at:04d}", form, pieces)


class _Writer:
    """Fills one layout from one world, no sentence twice."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._rng = world.rng
        self._used: set[str] = set()

    def write(self, layout: str) -> list[Piece]:
        pieces: list[Piece] = []
        for line in self._arranged(layout.split("\n")):
            if line == "%new":
                self._world.renew()
            else:
                pieces += [*self._filled(line), Piece("\n")]
        return pieces[:-1]

    def _arranged(self, lines: list[str]) -> list[str]:
        """Return the lines with their blocks carried out."""
        out: list[str] = []
        block: re.Match[str] | None = None
        inside: list[str] = []
        for line in lines:
            if started := _BLOCK.fullmatch(line):
                block, inside = started, []
            elif line == "%end" and block:
                out += self._carried_out(block, inside)
                block = None
            elif line.startswith("? ") and self._rng.random() < 0.4:
                continue
            else:
                (inside if block else out).append(line.removeprefix("? "))
        return out

    def _carried_out(self, block: re.Match[str], lines: list[str]) -> list[str]:
        times = self._rng.randint(int(block[2]), int(block[3])) if block[2] else len(lines)
        if block[1] == "repeat":
            return [line for _ in range(times) for line in ("%new", *lines)]
        chosen = self._rng.sample(range(len(lines)), min(times, len(lines)))
        return [lines[at] for at in (chosen if block[1] == "shuffle" else sorted(chosen))]

    def _filled(self, template: str) -> list[Piece]:
        while _CHOICE.search(template):
            template = _CHOICE.sub(lambda m: self._rng.choice(m[1].split("|")), template)
        pieces, at = [], 0
        for slot in _SLOT.finditer(template):
            pieces.append(Piece(template[at : slot.start()]))
            pieces += self._slot(slot[1])
            at = slot.end()
        pieces.append(Piece(template[at:]))
        return [piece for piece in pieces if piece.text]

    def _slot(self, name: str) -> list[Piece]:
        asked = _SENTENCES.fullmatch(name)
        if not asked:
            return self._world.slot(name)
        pieces: list[Piece] = []
        for count in range(self._rng.randint(int(asked[3]), int(asked[4]))):
            if asked[1] == "-":
                pieces.append(Piece("\n- " if count else "- "))
            elif count:
                pieces.append(Piece(" "))
            pieces += self._filled(self._sentence(self._rng.choice(asked[2].split("+"))))
        return pieces

    def _sentence(self, topic: str) -> str:
        left = [one for one in sentences(topic, self._world.part) if one not in self._used]
        chosen = self._rng.choice(left or sentences(topic, self._world.part))
        self._used.add(chosen)
        return chosen
