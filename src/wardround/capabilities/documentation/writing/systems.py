"""The review of systems: each system with what the patient endorses and denies."""

import re
from collections.abc import Iterable, Sequence

from wardround.capabilities.documentation.writing.claims import Claim, claim
from wardround.capabilities.documentation.writing.exchanges import Exchange
from wardround.capabilities.documentation.writing.segments import Segment
from wardround.capabilities.documentation.writing.symptoms import SYSTEMS, Symptom, find

_NEGATED = re.compile(
    r"\b(?:no|not|never|without|denies|denied|deny|none|nothing|neither|nor|do not|does not|is not)\b"
)
_SCOPE_ENDS = frozenset("but except although though because and".split())
_UNCERTAIN = re.compile(
    r"\b(?:if|could|might|may|can cause|side effects?|risk|prevent|watch for|in case|unless|when you|should"
    r"|would|used to|years? ago|in the past|history of|mother|father|brother|sister|wife|husband|son|daughter"
    r"|kids?|family|resolved|went away|gone)\b"
)
_REVIEWED = re.compile(
    r"\b(?:you (?:were )?(?:endors\w+|had|have|report\w*|mention\w*|said|complain\w*|note\w*|put)"
    r"|you (?:were |have been )?(?:feel\w+|having|experienc\w+))\b"
)


class Review:
    """What has been said of symptoms; the last word on each holds."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], tuple[bool, list[Segment]]] = {}

    def hear(self, exchange: Exchange) -> None:
        """Take in one exchange."""
        statement = exchange.statement
        asked = [*exchange.also, exchange.question] if exchange.question else []
        if statement.speaker == "doctor":
            if _REVIEWED.search(" ".join(statement.words)) and not asked:
                self._hear_statement(statement.words, [statement])
            return
        if exchange.polarity is not None:
            for question in asked:
                if question and not _UNCERTAIN.search(" ".join(question.words)):
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
        present, absent = [], []
        for item in find(words):
            (absent if is_negated(words, item.start) else present).append(item)
        self._note(present, True, sources)
        self._note(absent, False, sources)

    def _note(self, symptoms: Iterable[Symptom], present: bool, sources: list[Segment]) -> None:
        for item in symptoms:
            known = self._found.get((item.system, item.name))
            if known and known[0] == present:
                continue
            self._found[item.system, item.name] = (present, sources)


def is_negated(words: Sequence[str], place: int) -> bool:
    """Return whether what stands at ``place`` of ``words`` is said not to be."""
    before = list(words[max(0, place - 7) : place])
    for index in range(len(before) - 1, -1, -1):
        if before[index] in _SCOPE_ENDS and before[index] != "and":
            before = before[index + 1 :]
            break
    return bool(_NEGATED.search(" ".join(before)))


def _listed(names: Sequence[str], word: str) -> str:
    if len(names) < 3:
        return f" {word} ".join(names)
    return f"{', '.join(names[:-1])}, {word} {names[-1]}"
