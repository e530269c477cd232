"""The plan: what is thought of each problem and done about it, in the order of the talk."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from wardround.capabilities.documentation.writing.claims import Claim, claim
from wardround.capabilities.documentation.writing.exchanges import Exchange
from wardround.capabilities.documentation.writing.problems import Block, diagnosis, named_problem
from wardround.capabilities.documentation.writing.rewriting import Rewriter
from wardround.capabilities.documentation.writing.rules import Rules
from wardround.capabilities.documentation.writing.segments import Segment
from wardround.capabilities.documentation.writing.selection import SHORT
from wardround.capabilities.documentation.writing.statements import (
    is_chatter,
    is_command,
    is_complete,
    is_instruction,
    order_to_device,
)
from wardround.engines.text import ROLES

_RULES = Rules("planning")

AGREEMENT = "The patient understands and agrees with the recommended medical treatment plan."
_P = r"(?:him|her|the patient)"
_S = r"(?:he|she|the patient)"
_FORMS = _RULES.forms("forms")


def plan(
    exchanges: Sequence[Exchange],
    picked: Sequence[Exchange],
    roles: NDArray[np.float64],
    rewriter: Rewriter,
) -> list[Claim]:
    """Return the assessment and plan, one block for each problem that is named."""
    wanted = {id(exchange) for exchange in picked}
    blocks = [Block()]
    supposing: Segment | None = None
    supposed = False
    for index, exchange in enumerate(exchanges):
        statement = exchange.statement
        early = index * 3 < len(exchanges) and len(exchanges) >= SHORT
        if statement.speaker.startswith(("patient", "guest")) or early:
            continue
        words: Sequence[str] = statement.words
        if is_command(words):
            words = order_to_device(words)
        name, rest = named_problem(statement)
        if name and not is_command(statement.words):
            title = rewriter.sentence(rewriter.clause(name, "doctor"))
            blocks.append(Block(claim(title, (statement,))))
            words = rest
        supposed = _is_supposed(statement, supposing, supposed=supposed)
        supposing = statement
        if id(exchange) in wanted and words and not supposed:
            text = sentence(words, rewriter)
            if text:
                blocks[-1].add(_role(text, roles[index]), claim(text, (statement,)))
    if not any(block.lines for block in blocks[1:]):
        blocks[0].title = _diagnosed(exchanges, rewriter)
    return [item for block in blocks if block.lines for item in block.claims(labelled=True)]


_SUPPOSES = _RULES.pattern("supposes")
_ACTS = _RULES.pattern("acts")


def _is_supposed(here: Segment, before: Segment | None, *, supposed: bool) -> bool:
    """Return whether ``here`` goes on with an "if" of the sentence before, and so says no fact."""
    if before is None or before.turn != here.turn or _ACTS.search(" ".join(here.words)):
        return False
    return supposed or bool(_SUPPOSES.search(" ".join(before.words)))


def _role(text: str, scores: NDArray[np.float64]) -> str:
    """Return what a sentence of the plan is for: plain words first, then the text engine."""
    for role, pattern in _SAID_ROLES.items():
        if pattern.search(text.lower()):
            return role
    role = ROLES[int(scores.argmax())]
    return "reasoning" if role == "problem" else role


_SAID_ROLES = _RULES.named("said_roles")


def _diagnosed(exchanges: Sequence[Exchange], rewriter: Rewriter) -> Claim | None:
    """Return the diagnosis that the doctor states after the first third of a visit."""
    for exchange in exchanges[len(exchanges) // 3 :]:
        statement = exchange.statement
        name = diagnosis(statement) if statement.speaker == "doctor" else []
        if name:
            return claim(rewriter.sentence(rewriter.clause(name, "doctor")), (statement,))
    return None


_AGREES = _RULES.pattern("agrees")
_PUT_TO = _RULES.pattern("put_to")
_OPPOSES = _RULES.pattern("opposes")


def agreement(exchanges: Sequence[Exchange], planned: Sequence[Claim]) -> list[Claim]:
    """Return that the patient agrees, where the patient says so in so many words of the plan."""
    if not planned:
        return []
    first = min(item.segments[0].turn for item in planned)
    for exchange in reversed(exchanges):
        said = exchange.statement
        if said.speaker != "patient" or said.turn <= first:
            continue
        text = " ".join(said.words)
        asked = " ".join(exchange.question.words) if exchange.question else ""
        agrees = bool(_AGREES.search(text)) or (
            bool(exchange.polarity) and bool(_PUT_TO.search(asked))
        )
        if agrees and len(said.words) < 16 and not _OPPOSES.search(text):
            return [claim(AGREEMENT, exchange.segments)]
    return []


def sentence(words: Sequence[str], rewriter: Rewriter) -> str:
    """Return what the doctor said of the plan as a sentence of a note, or nothing."""
    if is_chatter(words) or is_instruction(words):
        return ""
    text = " ".join(rewriter.clause(words, "doctor"))
    for pattern, form in _FORMS:
        text = pattern.sub(form, text)
    return rewriter.sentence(text.split()) if is_complete(text.split()) else ""
