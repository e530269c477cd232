"""How sentences stand on the page: as prose, in turns, as messages, as a letter."""

from collections.abc import Callable

from wardround.privacy.deid.evaluation.document import Piece
from wardround.privacy.deid.evaluation.voices.case import Case
from wardround.privacy.deid.evaluation.voices.forms import SENDERS, SPEAKERS, STAMPS, Form
from wardround.privacy.deid.evaluation.voices.lists import every_other
from wardround.privacy.deid.evaluation.voices.style import dress

Body = list[tuple[str, str]]
"""Sentences, each with the name of its list."""


def lay_out(case: Case, form: Form, opening: str, body: Body, closing: str) -> list[Piece]:
    """Lay out the whole document."""
    page = _Page(case)
    _LAYOUTS[form.layout](page, opening, body, closing)
    return page.pieces


class _Page:
    """Where sentences of one case are put down in its style."""

    def __init__(self, case: Case) -> None:
        self.case, self.rng = case, case.rng
        self.pieces: list[Piece] = []
        self.labels: dict[str, list[Piece]] = {}

    def put(self, carrier: str, after: str = " ") -> None:
        """Put down a sentence, and what parts it from the next."""
        pieces = dress(self.rng, self.case.style, _capital(self.case.fill(carrier), carrier))
        self.pieces += [*pieces, Piece(after)]

    def label(self, label: str) -> None:
        """Put down a speaker's name or mark, the same each time, which keeps its points."""
        if label not in self.labels:
            self.labels[label] = self.case.fill(label)
        self.pieces += [*self.labels[label], Piece(" ")]

    def plain(self, text: str) -> None:
        """Put down what is no sentence and tells of nobody."""
        self.pieces.append(Piece(text))


def _capital(pieces: list[Piece], carrier: str) -> list[Piece]:
    """Give a sentence that begins with a slot its capital."""
    if pieces and carrier.startswith(("{rel", "{man", "{age90")) and carrier.rstrip()[-1:] == ".":
        text, kind = pieces[0]
        return [Piece(text[:1].upper() + text[1:], kind), *pieces[1:]]
    return pieces


def _prose(page: _Page, opening: str, body: Body, closing: str) -> None:
    rows = page.rng.choice((3, 4, 5, 99))
    if not page.case.style.points:
        rows = 99
    page.put(opening.replace(" / ", "\n"), page.rng.choice((" ", "\n")))
    for number, (sentence, _) in enumerate(body, 1):
        page.put(sentence.replace(" || ", " "), "\n\n" if number % rows == 0 else " ")
    page.put(closing, "\n")


def _turns(page: _Page, opening: str, body: Body, closing: str) -> None:
    labels = page.rng.choice(every_other(SPEAKERS, page.case.part)).split("|")
    if "{" in labels[0]:
        body = body[:12]
    if not page.case.style.points and page.rng.random() < 0.5:
        labels = ["", ""]
    for sentence, name in [(opening, ""), *body, (closing, "")]:
        alone = " || " not in sentence
        first = 1 if alone and name in {"says", "rare_says", "clinical_patient"} else 0
        for number, turn in enumerate(sentence.split(" || "), first):
            if labels[0]:
                page.label(labels[number % 2])
            page.put(turn, "\n")


def _message(page: _Page, opening: str, body: Body, closing: str) -> None:
    if page.rng.random() < 0.4:
        page.plain(page.rng.choice(("Subject: question", "Re: refill", "Subject: my visit")))
        page.plain("\n\n")
    page.put(opening, "\n")
    half_way = len(body) // 2
    for number, (sentence, _) in enumerate(body):
        page.put(sentence, "\n\n" if number == half_way else " ")
    page.put(closing, "\n")


def _letter(page: _Page, opening: str, body: Body, closing: str) -> None:
    for line in opening.split(" / "):
        page.put(line, "\n")
    page.plain("\n")
    rows = page.rng.choice((2, 3, 4))
    for number, (sentence, _) in enumerate(body, 1):
        page.put(sentence, "\n\n" if number % rows == 0 else " ")
    page.plain("\n")
    for line in closing.split(" / "):
        page.put(line, "\n")


def _entries(page: _Page, opening: str, body: Body, closing: str) -> None:
    page.put(opening, "\n")
    rows = max(1, len(body) // page.rng.choice((3, 4, 5)))
    stamps = every_other(STAMPS, page.case.part)
    for number, (sentence, _) in enumerate(body):
        if number % rows == 0:
            stamp = stamps[(number // rows) % len(stamps)]
            page.plain(f"\n{stamp} ")
        page.put(sentence)
    page.put(f"\n{closing}", "\n")


def _minutes(page: _Page, opening: str, body: Body, closing: str) -> None:
    mark = page.rng.choice(("- ", "* ", "", "\u2022 "))
    page.put(opening, "\n")
    for sentence, _ in body:
        page.plain(mark)
        page.put(sentence, "\n" if mark else " ")
    page.put(f"\n{closing}" if not mark else closing, "\n")


def _chat(page: _Page, opening: str, body: Body, closing: str) -> None:
    senders = page.rng.sample(every_other(SENDERS, page.case.part), 3)
    hour, minute = page.rng.randrange(7, 15), page.rng.randrange(10)
    clock = page.rng.random() < 0.6
    for sentence in (opening, *(sentence for sentence, _ in body[:14]), closing):
        minute += page.rng.randrange(1, 9)
        hour, minute = hour + minute // 60, minute % 60
        if clock:
            page.plain(f"[{hour:02d}:{minute:02d}] ")
        page.label(page.rng.choice(senders))
        page.put(sentence, "\n")


def _lines(page: _Page, opening: str, body: Body, closing: str) -> None:
    end = "\n" if page.rng.random() < 0.6 else " "
    page.put(opening, "\n")
    for sentence, _ in body:
        page.put(sentence, end)
    page.put(closing, "\n")


_LAYOUTS: dict[str, Callable[[_Page, str, Body, str], None]] = {
    "prose": _prose,
    "turns": _turns,
    "message": _message,
    "letter": _letter,
    "entries": _entries,
    "minutes": _minutes,
    "chat": _chat,
    "lines": _lines,
}
