"""What coders changed, for learning: codes and decisions, without a word of a note.

A record holds no identifier, no date and no free text (45 CFR 164.514(b)): of a coder's reason only
its kind.
"""

from collections.abc import Iterator
from typing import Any

from wardround.capabilities.coding.deciding import REASONS
from wardround.capabilities.coding.model import Code, Coded, State
from wardround.kernel import Draft, Status

_DECIDED = frozenset({Status.SIGNED, Status.SUPERSEDED})


def records(first: Draft, now: Draft, visit: int) -> Iterator[dict[str, Any]]:
    """Yield what a coder did with each code of a signed draft; nothing where none is signed.

    ``first`` is the draft as it was made; ``visit`` tells which records are of one visit.
    """
    if now.status not in _DECIDED:
        return
    suggested = {code.id: code for code in Coded.model_validate(first.content).codes}
    coded = Coded.model_validate(now.content)
    for rank, (_, code) in enumerate(coded.ordered, start=1):
        was = suggested.get(code.id)
        yield {
            "visit": visit,
            "model": now.model.name,
            "version": now.model.version,
            "setting": coded.setting,
            "suggested": "" if was is None else was.code,
            "score": None if was is None else was.score,
            "auto": was is not None and was.auto,
            "did": _did(code),
            "code": code.code if code.stands else "",
            "rank": rank,
            "reason": _kind(code.why),
        }


def _did(code: Code) -> str:
    """Return what was done: what was taken as sure is ``kept``, what nobody took is ``left``."""
    if code.state is State.SUGGESTED:
        return "kept" if code.stands else "left"
    return str(code.state)


def _kind(why: str) -> str:
    """Return the kind of a reason, never the words behind it."""
    kind = why.partition(":")[0].strip()
    return kind if kind in REASONS else ""
