"""The review of systems: each system with what the patient endorses and denies."""

from collections.abc import Iterable, Sequence

from wardround.capabilities.documentation.writing.claims import Claim, claim
from wardround.capabilities.documentation.writing.cleaning import cleaned
from wardround.capabilities.documentation.writing.exchanges import Exchange
from wardround.capabilities.documentation.writing.questions import thing_asked
from wardround.capabilities.documentation.writing.rules import Rules
from wardround.capabilities.documentation.writing.segments import Segment
from wardround.capabilities.documentation.writing.symptoms import SYSTEMS, Symptom, find

_RULES = Rules("systems")

_NEGATIONS = _RULES.words("negations")
_SCOPE_ENDS = _RULES.words("scope_ends")
_UNCERTAIN = _RULES.pattern("uncertain")
_REVIEWED = _RULES.pattern("reviewed")


class Review:
    """What has been said of symptoms; what is reported once is no more denied."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], tuple[bool, list[Segment]]] = {}

    def hear(self, exchange: Exchange) -> None:
        """Take in one exchange."""
        statement = exchange.statement
        if statement.speaker == "doctor":
            told = _REVIEWED.search(" ".join(statement.words))
            if told and not exchange.question and not _NEGATIONS.intersection(statement.words):
                self._hear_statement(statement.words, [statement])
            return
        if exchange.question and _UNCERTAIN.search(" ".join(exchange.question.words)):
            return
        if exchange.polarity is not None:
            for question in exchange.asked:
                if _asks_of_symptoms(question.words):
                    self._hear_answer(question, exchange)
        if exchange.rest:
            self._hear_statement(exchange.rest, [statement])

    def claims(self) -> list[Claim]:
        """Return one claim for each system that something was said of."""
        return [item for system in SYSTEMS if (item := self._of(system)) is not None]

    def _of(self, system: str) -> Claim | None:
        said = {name: item for (of, name), item in self._found.items() if of == system}
        endorsed = _listed([name for name, (present, _) in said.items() if present], "and")
        denied = _listed([name for name, (present, _) in said.items() if not present], "or")
        parts = [f"Reports {endorsed}." if endorsed else "", f"Denies {denied}." if denied else ""]
        text = " ".join(part for part in parts if part)
        segments = [segment for _, sources in said.values() for segment in sources]
        return claim(f"{system}: {text}", segments) if text else None

    def _hear_answer(self, question: Segment, exchange: Exchange) -> None:
        present = bool(exchange.polarity)
        named = find(question.words)
        if present and len(named) > 1:
            confirmed = {item.name for item in find(exchange.rest)}
            named = [item for item in named if item.name in confirmed]
        self._note(named, present, [question, exchange.statement])

    def _hear_statement(self, words: Sequence[str], sources: list[Segment]) -> None:
        if _UNCERTAIN.search(" ".join(words)):
            return
        present: list[Symptom] = []
        absent: list[Symptom] = []
        for item in find(words):
            (absent if is_negated(words, item.start) else present).append(item)
        self._note(present, True, sources)
        self._note(absent, False, sources)

    def _note(self, symptoms: Iterable[Symptom], present: bool, sources: list[Segment]) -> None:
        for item in symptoms:
            known = self._found.get((item.system, item.name))
            if known and (known[0] or not present):
                continue
            self._found[item.system, item.name] = (present, sources)


def _asks_of_symptoms(question: Sequence[str]) -> bool:
    """Return whether a question asks the patient of symptoms, and not what to watch for."""
    text = " ".join(question)
    if _UNCERTAIN.search(text) or len(question) > 40:
        return False
    return bool(thing_asked(cleaned(question))) or bool(_ASKS.search(text))


_ASKS = _RULES.pattern("asks")


def is_negated(words: Sequence[str], place: int) -> bool:
    """Return whether what stands at ``place`` of ``words`` is said not to be."""
    negation = max((i for i in range(place) if words[i] in _NEGATIONS), default=-1)
    if negation < 0:
        return False
    between = list(words[negation + 1 : place])
    if between and between[0] in {"think", "notice", "noticed", "feel", "know", "say", "remember"}:
        between = between[2:]
    return not _SCOPE_ENDS.intersection(between)


def _listed(names: Sequence[str], word: str) -> str:
    if len(names) < 3:
        return f" {word} ".join(names)
    return f"{', '.join(names[:-1])}, {word} {names[-1]}"
