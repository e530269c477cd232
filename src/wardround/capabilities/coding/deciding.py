"""What a coder can do with codes, each as one edit of the draft.

The codes stay where they are, so that their evidence does; only ``order`` moves.
"""

import re
from collections.abc import Callable, Sequence
from uuid import uuid4

from wardround.capabilities.coding.level import choices
from wardround.capabilities.coding.model import NOTE, Code, Coded, Query, State
from wardround.kernel import Edit, InvalidInput, Json, TextSpan

Displays = Callable[[str], str]
"""Returns the title of a code, or raises ``InvalidInput`` where there is no such code."""


REASONS = (
    "Not in the note",
    "Denied or ruled out",
    "Only suspected",
    "History, not treated now",
    "A relative's, not the patient's",
    "Not part of this visit",
    "Part of another code",
    "Another code is more specific",
    "Wrong side, stage or encounter",
    "Other",
)
"""Why a suggested code is rejected: a few kinds, so that they can be counted and learned from."""


def accept(coding: Coded, code_id: str) -> Edit:
    """Take a code as it stands."""
    code = _code(coding, code_id)
    if code.state in {State.ADDED, State.REPLACED}:
        return _put(coding, code)
    return _put(coding, code, state=State.ACCEPTED, why="")


def reject(coding: Coded, code_id: str, why: str) -> Edit:
    """Leave a code out, and say why; what a person added goes altogether."""
    if coding.place(code_id) is not None and _code(coding, code_id).state is State.ADDED:
        return Edit(op="remove", path=f"/codes/{coding.place(code_id)}")
    if not why.strip():
        raise InvalidInput(
            "A suggested code is rejected with a reason.",
            where="why",
            mend="Say why in a few words.",
        )
    return _put(coding, _code(coding, code_id), state=State.REJECTED, why=why.strip())


def restore(coding: Coded, code_id: str) -> Edit:
    """Put a code back as it was suggested."""
    code = _code(coding, code_id)
    if code.state is State.ADDED:
        return _put(coding, code)
    changed = {"code": code.suggested, "replaces": "", "state": State.SUGGESTED, "why": ""}
    return _put(coding, code, **changed)


def replace(coding: Coded, code_id: str, by: str, why: str, display: Displays) -> Edit:
    """Put another code in the place of one; the words it rests on stay."""
    code = _code(coding, code_id)
    wanted = by.strip().upper()
    title = display(wanted)
    if code.state is State.ADDED:
        return _put(coding, code, code=wanted, display=title, why=why.strip())
    if wanted == code.suggested:
        return _put(coding, code, code=wanted, display=title, state=State.ACCEPTED, replaces="")
    return _put(
        coding,
        code,
        code=wanted,
        display=title,
        state=State.REPLACED,
        replaces=code.suggested,
        why=why.strip(),
    )


def add(code: str, why: str, words: Sequence[TextSpan], display: Displays) -> Edit:
    """Add a code, with the words of the note that support it, or why there are none."""
    wanted = code.strip().upper()
    new = Code(
        id=f"added-{uuid4().hex[:12]}",
        code=wanted,
        display=display(wanted),
        state=State.ADDED,
        why=why.strip(),
    )
    value = new.model_dump(mode="json")
    return Edit(op="add", path="/codes/-", value=value, sources=tuple(words))


def mark(coding: Coded, code_id: str, words: Sequence[TextSpan]) -> Edit:
    """Name the words of the note that support a code, instead of those it had."""
    if not words:
        raise InvalidInput("No words of the note are marked.", mend="Mark them in the note first.")
    edit = _put(coding, _code(coding, code_id))
    return edit.model_copy(update={"sources": tuple(words)})


def move(coding: Coded, code_id: str, to: int) -> Edit:
    """Move a code among those that stand: to place ``to`` of the claim, from 0.

    What is not on the claim keeps its place among its neighbours, for when it is accepted.
    """
    _code(coding, code_id)
    standing = [code.id for _, code in coding.standing if code.id != code_id]
    others = [code.id for _, code in coding.ordered if code.id != code_id]
    at = others.index(standing[max(to, 0)]) if max(to, 0) < len(standing) else len(others)
    ids: list[Json] = [*others[:at], code_id, *others[at:]]
    return Edit(op="replace", path="/order", value=ids)


def set_level(coding: Coded, code: str, why: str) -> Edit:
    """Confirm the level that the worksheet supports, or another of its setting; "" bills none.

    A level that the worksheet does not support needs a reason.
    """
    level = coding.level
    if level is None:
        raise InvalidInput("This visit has no level.", mend="Reload the page.")
    if code and code not in {one.code for one in choices(level.worksheet)}:
        raise InvalidInput("This is no code of the visit's setting.", mend="Choose one listed.")
    if code and code != level.worksheet.code and not why.strip():
        raise InvalidInput(
            "The worksheet supports another level.", where="why", mend="Say why in a few words."
        )
    state = "confirmed" if code else "none"
    changed = level.model_copy(update={"code": code, "state": state, "why": why.strip()})
    return Edit(op="replace", path="/level", value=changed.model_dump(mode="json"))


def send(coding: Coded, query_id: str, question: str, task: str) -> Edit:
    """Note that a question was sent to the clinician, in the words it was sent in."""
    query = asked(coding, query_id)
    changed = {"state": "sent", "question": question or query.question, "task": task}
    return _put_query(coding, query, **changed)


def drop(coding: Coded, query_id: str) -> Edit:
    """Leave a question unasked."""
    return _put_query(coding, asked(coding, query_id), state="dropped")


def asked(coding: Coded, query_id: str) -> Query:
    """Return a question that waits; raise ``InvalidInput`` where it does not."""
    for query in coding.queries:
        if query.id == query_id and query.state == "open":
            return query
    raise InvalidInput("There is no such question, or it was sent.", mend="Reload the page.")


def _put_query(coding: Coded, query: Query, /, **changes: object) -> Edit:
    value = query.model_copy(update=changes).model_dump(mode="json")
    return Edit(op="replace", path=f"/queries/{coding.queries.index(query)}", value=value)


def find_words(text: str, quoted: str, begin: int = 0) -> TextSpan:
    """Return where a quotation stands in the note, from ``begin`` on or else at all.

    Blanks and capitals are as they may be.
    """
    words = quoted.split()
    if not words:
        raise InvalidInput("No words of the note are given.", mend="Copy them from the note.")
    pattern = r"\s+".join(map(re.escape, words))
    sought = re.compile(pattern, re.IGNORECASE)
    found = sought.search(text, begin) or sought.search(text)
    if found is None:
        raise InvalidInput(
            "These words are not in the note.",
            where="quote",
            mend="Copy them from the note as they stand there.",
        )
    return TextSpan(input=NOTE, start=found.start(), end=found.end())


def _code(coding: Coded, code_id: str) -> Code:
    place = coding.place(code_id)
    if place is None:
        raise InvalidInput("There is no such code in this draft.", mend="Reload the page.")
    return coding.codes[place]


def _put(coding: Coded, code: Code, /, **changes: object) -> Edit:
    value = code.model_copy(update=changes).model_dump(mode="json")
    return Edit(op="replace", path=f"/codes/{coding.place(code.id)}", value=value)
