"""The CDC's tabular list in XML, read in one pass.

Without a tree: 10 MB in a third of a second.
"""

from wardround.engines.terminology.rows import Rows
from wardround.engines.terminology.xml import read_xml
from wardround.kernel import InvalidInput

_NOTES = {
    "inclusionTerm": "inclusion_terms",
    "includes": "includes",
    "excludes1": "excludes1",
    "excludes2": "excludes2",
    "codeFirst": "code_first",
    "useAdditionalCode": "use_additional",
    "codeAlso": "code_also",
    "notes": "notes",
    "sevenChrNote": "seventh_note",
}
_DEEPEST = 10
"""A chapter, a section, and at most a level for each character from the third to the seventh."""
_RANKS = {"chapter": 0, "section": 1}


class _Reader:
    """Collects the nodes as expat tells of them."""

    def __init__(self) -> None:
        self.rows = Rows()
        self.open: list[int] = []
        self.text: list[str] = []
        self.name = ""
        self.kind: str | None = None
        self.char = ""
        self.root = ""
        self.skipping = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.text.clear()
        if tag in {"name", "desc", "note"}:
            return
        if tag == "diag":
            self._down("", 2 if self.rows.ranks[self._parent()] < 2 else 3)
        elif tag in _NOTES:
            self.kind = _NOTES[tag]
        elif tag == "extension":
            self.char = attributes.get("char", "")
        elif tag in _RANKS:
            self._down(attributes.get("id", ""), _RANKS[tag])
        elif not self.root:
            self.root = tag

    def end(self, tag: str) -> None:
        if self.open:
            self._end_within(tag, self.open[-1])
        elif tag == "version" and not self.rows.version:
            self.rows.version = self._said()

    def _end_within(self, tag: str, place: int) -> None:
        if tag == "note":
            if self.kind:
                held = self.rows.notes.setdefault(place, {})
                held.setdefault(self.kind, []).append(self._said())
        elif tag == "desc":
            self.rows.displays[place] = self._said()
        elif tag == "name":
            self.rows.codes[place] = self._said()
        elif tag == "diag" or tag in _RANKS:
            self.open.pop()
        elif tag == "extension":
            self.rows.sevenths.setdefault(place, {})[self.char] = self._said()
        elif tag in _NOTES:
            self.kind = None

    def _parent(self) -> int:
        if not self.open:
            raise InvalidInput("A diagnosis stands outside any chapter.")
        return self.open[-1]

    def _down(self, code: str, rank: int) -> None:
        if len(self.open) >= _DEEPEST:
            raise InvalidInput("Diagnoses are nested deeper than codes have characters.")
        self.open.append(self.rows.add(code, "", self.open[-1] if self.open else -1, rank))

    def _said(self) -> str:
        return " ".join("".join(self.text).split())


def read_tabular_xml(content: bytes, where: str) -> Rows:
    """Return the nodes of a tabular list; raise ``InvalidInput`` with the line of a fault."""
    reader = _Reader()
    read_xml(content, where, reader.start, reader.end, reader.text.append)
    if reader.root != "ICD10CM.tabular" or not reader.rows.codes:
        raise InvalidInput(
            "This is no ICD-10-CM tabular list.",
            where=where,
            mend="The CDC's file begins with <ICD10CM.tabular>.",
        )
    return _named(reader.rows, where)


def _named(rows: Rows, where: str) -> Rows:
    """Give a section that is a single category a name of its own; check that all have one."""
    seen: set[str] = set()
    for place, code in enumerate(rows.codes):
        if not code or not rows.displays[place]:
            raise InvalidInput("An entry lacks its code or its description.", where=where)
        name = f"{code}-{code}" if rows.ranks[place] == 1 and "-" not in code else code
        if name in seen:
            raise InvalidInput(f"The code {name} stands there twice.", where=where)
        rows.codes[place] = name
        seen.add(name)
    return rows
