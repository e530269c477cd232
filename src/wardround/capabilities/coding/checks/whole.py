"""Checks on the codes of a visit as a whole."""

from collections.abc import Iterator

from wardround.capabilities.coding.asking import Question, settles
from wardround.capabilities.coding.checks.check import Case, Check
from wardround.capabilities.coding.drafting import suggestions
from wardround.kernel import Finding, Severity

_SHORT = 30
"""Words below which a note rarely holds all that was treated."""


class NotTaken(Check):
    """What the engine is not sure of is on the claim only where a person puts it there."""

    rule = "not-taken"

    def look(self, case: Case) -> Iterator[Finding]:
        """Say how many suggestions the signature leaves out."""
        left = case.coded.untaken
        if left:
            them = "them" if len(left) > 1 else "it"
            message = f"{suggestions(len(left))} not taken; signing leaves {them} out."
            mend = "Accept those that the note supports."
            yield self.found(Severity.NOTE, message, mend, left[0][0])


class LevelUndecided(Check):
    """A level that is not clear from the note is confirmed by itself, as it is charged."""

    rule = "level"

    def look(self, case: Case) -> Iterator[Finding]:
        """Say that it is not confirmed, and of a level that the note does not support."""
        level = case.coded.level
        if level is None:
            return
        if level.undecided:
            message, mend = "The note supports no level of the visit.", "Choose one, or bill none."
            if level.code:
                message = f"The level of the visit, {level.code}, is not confirmed."
                mend = f"{level.worksheet.unsure[0]} Confirm it, choose another, or bill none."
            yield self.found(Severity.BLOCK, message, mend)
        elif level.code and level.code != level.worksheet.code:
            supported = level.worksheet.code or "no level"
            message = f"The note supports {supported}, and {level.code} is billed: {level.why}"
            yield self.found(Severity.WARN, message, "Acknowledge it if that is right.")


class NoCodes(Check):
    """A visit without a diagnosis cannot be billed; what was seen can always be coded (IV.A)."""

    rule = "no-codes"

    def look(self, case: Case) -> Iterator[Finding]:
        """Say that nothing stands."""
        if not case.coded.standing:
            message = "No code stands for this visit."
            taken = "Accept a suggestion, or add" if case.coded.untaken else "Add"
            mend = f"{taken} the reason of the visit, or reject the draft."
            yield self.found(Severity.BLOCK, message, mend)


class ShortNote(Check):
    """A note of a few words may not hold what was treated, and codes of it are then too few."""

    rule = "short-note"

    def look(self, case: Case) -> Iterator[Finding]:
        """Warn of a short note."""
        words = len(case.text.split())
        if words < _SHORT:
            message = f"The note has only {words} words."
            yield self.found(Severity.WARN, message, "Look whether it is all there is.")


class NoteReplaced(Check):
    """Codes of a note that was amended since may code what is no longer so."""

    rule = "note-replaced"

    def look(self, case: Case) -> Iterator[Finding]:
        """Say that the note these codes come from no longer stands."""
        note = case.note()
        if note is not None and note.get("status") in {"superseded", "entered-in-error"}:
            message = "The note was amended after these codes were drafted."
            mend = "Reject this draft; the amended note has one of its own."
            yield self.found(Severity.BLOCK, message, mend)


class OpenQuestion(Check):
    """A question that is neither sent nor dropped leaves a code less specific than it could be."""

    rule = "open-question"

    def look(self, case: Case) -> Iterator[Finding]:
        """Say how many questions wait, once for all."""
        waiting = [one for one in case.coded.queries if one.state == "open"]
        if waiting:
            many = f"{len(waiting)} questions" if len(waiting) > 1 else "1 question"
            message = f"{many} to the clinician could be asked."
            yield self.found(Severity.NOTE, message, "Send it, or drop it.")


class Unanswered(Check):
    """Codes that are signed before a question is answered may have to be signed again."""

    rule = "unanswered"

    def look(self, case: Case) -> Iterator[Finding]:
        """Warn of a question without an answer; block where the answer brought codes of its own."""
        for query in case.coded.queries:
            task = case.task(query.task) if query.task else None
            if task is None:
                continue
            if task["status"] == "requested":
                message = "A question to the clinician is not answered yet."
                mend = "Wait for the answer, or acknowledge and sign without it."
                yield self.found(Severity.WARN, message, mend)
            elif settles(Question.of(task).answer):
                message = "A question was answered after these codes were drafted."
                mend = "Reject this draft; another, drafted with the answer, is in the inbox."
                yield self.found(Severity.BLOCK, message, mend)
