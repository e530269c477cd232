"""The CDC's alphabetic indexes in XML: what a coder looks up, and the code it leads to.

The main index, that of external causes, and the tables of neoplasms and drugs have one form. Words
in parentheses (``nemod``) may be there or not; they help a search and are kept apart.
"""

from wardround.engines.terminology.xml import read_xml
from wardround.kernel import InvalidInput

_TERMS = {"mainTerm", "term"}
_NONE = {"", "-", "--"}


class _Reader:
    """Collects terms as expat tells of them: the path of titles, and the codes at its end."""

    def __init__(self) -> None:
        self.root = ""
        self.path: list[tuple[str, str]] = []
        self.columns: dict[str, str] = {}
        self.text: list[str] = []
        self.aside: list[str] = []
        self.within = ""
        self.column = ""
        self.rows: dict[str, None] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if not self.root:
            self.root = tag
        if tag == "nemod":
            self.within = tag
            return
        self.text.clear()
        if tag in _TERMS:
            self.path.append(("", ""))
        elif tag == "title":
            self.aside.clear()
        elif tag in {"cell", "head"}:
            self.column = attributes.get("col", "")

    def end(self, tag: str) -> None:
        if tag == "nemod":
            self.within = ""
        elif tag == "title" and self.path:
            self.path[-1] = (_words(self.text), _words(self.aside))
        elif tag == "head":
            self.columns[self.column] = _words(self.text)
        elif tag in {"code", "manif"} and self.path:
            self._lead(_words(self.text), "")
        elif tag == "cell" and self.path:
            self._lead(_words(self.text), self.columns.get(self.column, ""))
        elif tag in _TERMS:
            self.path.pop()

    def data(self, text: str) -> None:
        (self.aside if self.within else self.text).append(text)

    def _lead(self, code: str, column: str) -> None:
        if code in _NONE:
            return
        titles = [title for title, _ in self.path]
        asides = " ".join(aside for _, aside in self.path if aside)
        if column:
            titles.append(column)
        self.rows.setdefault(f"{', '.join(titles)}\t{code}\t{asides}")


def read_index(content: bytes, where: str) -> list[str]:
    """Return term, code and the words that may be left out, with tabs between."""
    reader = _Reader()
    read_xml(content, where, reader.start, reader.end, reader.data)
    if reader.root != "ICD10CM.index" or not reader.rows:
        raise InvalidInput(
            "This is no ICD-10-CM index.", where=where, mend="It begins with <ICD10CM.index>."
        )
    return list(reader.rows)


def _words(parts: list[str]) -> str:
    return " ".join("".join(parts).replace("\t", " ").split())
