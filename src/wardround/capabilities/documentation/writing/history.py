"""The history: what the patient said, and what question and answer say together."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from wardround.capabilities.documentation.writing.claims import Claim, claim
from wardround.capabilities.documentation.writing.exchanges import Exchange
from wardround.capabilities.documentation.writing.numbers import digits
from wardround.capabilities.documentation.writing.questions import GENERIC, fuse, label_fragment
from wardround.capabilities.documentation.writing.rewriting import Rewriter
from wardround.capabilities.documentation.writing.segments import Segment
from wardround.capabilities.documentation.writing.statements import (
    is_chatter,
    is_command,
    is_complete,
    is_instruction,
)

_NO_SUBJECTS = frozenset({"you", "if", "whether"})
_SPEAKS_OF_SELF = re.compile(
    r"\bi (?!had|put|gave|started|saw|believe)\b|\blet\b|\bwe (?:will|can|are)\b"
)


@dataclass(frozen=True, slots=True)
class Denial:
    """Things denied in one breath; neighbours are told in one sentence."""

    things: tuple[str, ...]
    segments: tuple[Segment, ...]


def tell(exchange: Exchange, rewriter: Rewriter) -> list[Claim | Denial]:
    """Return what ``exchange`` says of the patient's history."""
    told: list[Claim | Denial] = []
    statement = exchange.statement
    if is_command(statement.words):
        return []
    fused = False
    if exchange.polarity is not None and statement.speaker != "doctor":
        for question in exchange.asked:
            item = _answered(question, exchange, rewriter) if question else None
            if item:
                told.append(item)
                fused = True
    rest = exchange.rest if exchange.question else statement.words
    said = _said(rest, exchange, rewriter, fused=fused)
    if said:
        told.append(said)
    return told


def merge(told: Iterable[Claim | Denial], rewriter: Rewriter) -> list[Claim]:
    """Return claims, neighbouring denials told as one."""
    claims: list[Claim] = []
    waiting: list[Denial] = []
    for item in [*told, None]:
        if isinstance(item, Denial):
            waiting.append(item)
            continue
        if waiting:
            claims.append(_denied(waiting, rewriter))
            waiting = []
        if item:
            claims.append(item)
    return claims


def _answered(question: Segment, exchange: Exchange, rewriter: Rewriter) -> Claim | Denial | None:
    yes = bool(exchange.polarity)
    if is_chatter(question.words) or is_command(question.words):
        return None
    claimed = fuse(question.words, yes=yes, who=rewriter.who, patient=rewriter.patient)
    if not claimed:
        return None
    if claimed.thing and not yes:
        return Denial(tuple(digits(claimed.thing)), (question, exchange.statement))
    if yes and len(exchange.rest) > 4 and claimed.thing and " or " in " ".join(claimed.thing):
        return None
    if not is_complete(claimed.words):
        return None
    return claim(rewriter.sentence(digits(claimed.words)), (question, exchange.statement))


def _said(
    words: tuple[str, ...], exchange: Exchange, rewriter: Rewriter, *, fused: bool
) -> Claim | None:
    statement = exchange.statement
    if not words or is_chatter(words):
        return None
    guides = is_instruction(words) or bool(_SPEAKS_OF_SELF.search(" ".join(words)))
    if statement.speaker == "doctor" and guides:
        return None
    clause = rewriter.clause(words, statement.speaker)
    text = rewriter.sentence(clause)
    if is_complete(clause) and len(text.split()) > 2 and clause[0] not in _NO_SUBJECTS:
        return claim(text, (statement,))
    if exchange.question and clause and not fused:
        labelled = label_fragment(exchange.question.words, clause)
        if labelled:
            text = f"{labelled[0]}: {rewriter.casing.write(labelled[1])}."
            return claim(text, exchange.segments)
    return None


def _denied(waiting: list[Denial], rewriter: Rewriter) -> Claim:
    things: list[str] = []
    for denial in waiting:
        for thing in re.split(r"(?: ,)? or |(?: ,)? nor | ,", " ".join(denial.things)):
            bare = re.sub(r"^(?:any|some|a|an|the) ", "", thing.strip(" ,"))
            if bare and bare not in things and bare not in GENERIC:
                things.append(bare)
    segments = [segment for denial in waiting for segment in denial.segments]
    things = things or [" ".join(waiting[0].things)]
    listed = things[0] if len(things) == 1 else f"{', '.join(things[:-1])} or {things[-1]}"
    words = f"{rewriter.patient.subject} denies {listed}".replace(",", " ,").split()
    return claim(rewriter.sentence(words), segments)
