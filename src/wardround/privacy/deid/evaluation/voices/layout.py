"""How sentences stand on the page: as prose, in turns, as messages, as a letter."""

from collections.abc import Callable

from wardround.privacy.deid.evaluation.voices.case import Case
from wardround.privacy.deid.evaluation.voices.document import Draft, Piece
from wardround.privacy.deid.evaluation.voices.forms import SENDERS, SPEAKERS, STAMPS, Form
from wardround.privacy.deid.evaluation.voices.lists import half
from wardround.privacy.deid.evaluation.voices.style import dress

Body = list[tuple[str, str]]
"""Sentences, each with the name of its list."""


def lay_out(case: Case, form: Form, opening: str, body: Body, closing: str) -> Draft:
    """Lay out the whole document."""
    draft = Draft()
    _LAYOUTS[form.layout](_Page(case, draft), opening, body, closing)
    return draft


class _Page:
    """Where sentences of one case are put down in its style."""

    def __init__(self, case: Case, draft: Draft) -> None:
        self.case, self.draft, self.rng = case, draft, case.rng
        self.labels: dict[str, list[Piece]] = {}

    def put(self, carrier: str, after: str = " ") -> None:
        """Put down a sentence, and what parts it from the next."""
        pieces = dress(self.rng, self.case.style, _capital(self.case.fill(carrier), carrier))
        self.draft.add(*pieces, (after, None))

    def label(self, label: str) -> None:
        """Put down a speaker's name or mark, the same each time, which keeps its points."""
        if label not in self.labels:
            self.labels[label] = self.case.fill(label)
        self.draft.add(*self.labels[label], (" ", None))


def _capital(pieces: list[Piece], carrier: str) -> list[Piece]:
    """Give a sentence that begins with a slot its capital."""
    if pieces and carrier.startswith(("{rel", "{man", "{age90")) and carrier.rstrip()[-1:] == ".":
        text, kind = pieces[0]
        return [(text[:1].upper() + text[1:], kind), *pieces[1:]]
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
    labels = page.rng.choice(half(SPEAKERS, page.case.part)).split("|")
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
        page.draft.add(
            (page.rng.choice(("Subject: question", "Re: refill", "Subject: my visit")), None)
        )
        page.draft.add(("\n\n", None))
    page.put(opening, "\n")
    half_way = len(body) // 2
    for number, (sentence, _) in enumerate(body):
        page.put(sentence, "\n\n" if number == half_way else " ")
    page.put(closing, "\n")


def _letter(page: _Page, opening: str, body: Body, closing: str) -> None:
    for line in opening.split(" / "):
        page.put(line, "\n")
    page.draft.add(("\n", None))
    rows = page.rng.choice((2, 3, 4))
    for number, (sentence, _) in enumerate(body, 1):
        page.put(sentence, "\n\n" if number % rows == 0 else " ")
    page.draft.add(("\n", None))
    for line in closing.split(" / "):
        page.put(line, "\n")


def _entries(page: _Page, opening: str, body: Body, closing: str) -> None:
    page.put(opening, "\n")
    rows = max(1, len(body) // page.rng.choice((3, 4, 5)))
    stamps = list(half(list(STAMPS), page.case.part))
    for number, (sentence, _) in enumerate(body):
        if number % rows == 0:
            stamp = stamps[(number // rows) % len(stamps)]
            page.draft.add((f"\n{stamp} ", None))
        page.put(sentence)
    page.put(f"\n{closing}", "\n")


def _minutes(page: _Page, opening: str, body: Body, closing: str) -> None:
    mark = page.rng.choice(("- ", "* ", "", "\u2022 "))
    page.put(opening, "\n")
    for sentence, _ in body:
        page.draft.add((mark, None))
        page.put(sentence, "\n" if mark else " ")
    page.put(f"\n{closing}" if not mark else closing, "\n")


def _chat(page: _Page, opening: str, body: Body, closing: str) -> None:
    senders = page.rng.sample(half(SENDERS, page.case.part), 3)
    hour, minute = page.rng.randrange(7, 15), page.rng.randrange(10)
    clock = page.rng.random() < 0.6
    for sentence in (opening, *(sentence for sentence, _ in body[:14]), closing):
        minute += page.rng.randrange(1, 9)
        hour, minute = hour + minute // 60, minute % 60
        if clock:
            page.draft.add((f"[{hour:02d}:{minute:02d}] ", None))
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
