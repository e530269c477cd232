"""Letters drafted for the officer: what 45 CFR 164.404(c)(1) wants in them, in plain language.

A draft says what is known and leaves a gap in brackets where only a person can say it. Each text
that is saved is a version; with it a clinic shows what was in the notices it gave (164.414(b)).
"""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from pydantic import Field, ValidationError
from sqlalchemy import Connection, Row, insert, select
from sqlalchemy.exc import IntegrityError

from wardround.kernel import Actor, Clock, Conflict, Noun, system_clock
from wardround.privacy.breaches.incident import Incident, Phi, what_is_wrong
from wardround.privacy.breaches.tables import letter_place, letters
from wardround.security import NOBODY, AuditTrail, PurposeOfUse, utc, vault_of

GAP = "["
"""What a draft leaves to be written stands in brackets."""


class LetterKind(StrEnum):
    """For whom a letter is."""

    INDIVIDUAL = "individual"
    NEXT_OF_KIN = "next-of-kin"
    """Of somebody who died, where the address is known (164.404(d)(1)(ii))."""
    SUBSTITUTE = "substitute"
    MEDIA = "media"


class Letter(Noun):
    """A letter: its five contents, and which version it is; version 0 is what was drafted."""

    happened: str = Field(max_length=4000)
    kinds: str = Field(max_length=4000)
    steps: str = Field(max_length=4000)
    doing: str = Field(max_length=4000)
    contact: str = Field(max_length=4000)
    version: int = 0
    at: datetime | None = None
    by: str | None = None

    @property
    def lacks(self) -> tuple[str, ...]:
        """Which contents are empty, or have a gap left."""
        return tuple(name for name, text in self.parts.items() if not text.strip() or GAP in text)

    @property
    def parts(self) -> dict[str, str]:
        """The five contents by name, in the order of the rule."""
        return self.model_dump(include={"happened", "kinds", "steps", "doing", "contact"})

    @property
    def is_draft(self) -> bool:
        """Whether nobody went over it yet, or something is missing."""
        return self.version == 0 or bool(self.lacks)


class Letters:
    """The letters of incidents, within one transaction; what was saved before stays."""

    def __init__(self, tx: Connection, clock: Clock = system_clock) -> None:
        self._tx = tx
        self._clock = clock

    def latest(self, incident: Incident, kind: LetterKind) -> Letter:
        """Return a letter as it was saved last, or as it is drafted."""
        found = self.history(incident, kind)
        return found[0] if found else draft_letter(incident, kind)

    def history(self, incident: Incident, kind: LetterKind) -> Sequence[Letter]:
        """Return every version that was saved, newest first."""
        whose = (letters.c.breach == incident.id, letters.c.kind == kind.value)
        query = select(letters).where(*whose).order_by(letters.c.version.desc())
        return [self._read(row) for row in self._tx.execute(query)]

    def keep(
        self, incident: Incident, kind: LetterKind, version: int, parts: dict[str, str], by: Actor
    ) -> Letter:
        """Save a letter; raise ``Conflict`` where ``version`` is no longer the last."""
        if self.latest(incident, kind).version != version:
            raise _changed()
        try:
            letter = Letter.model_validate(parts)
        except ValidationError as error:
            raise what_is_wrong(error) from None
        place = letter_place(incident.id, kind.value, version + 1)
        content = letter.model_dump_json(exclude={"version", "at", "by"}).encode()
        values = {"breach": incident.id, "kind": kind.value, "version": version + 1}
        try:
            self._tx.execute(
                insert(letters).values(
                    **values,
                    at=self._clock(),
                    by=by.id,
                    sealed=vault_of(self._tx).seal(self._tx, NOBODY, content, place),
                )
            )
        except IntegrityError:
            raise _changed() from None
        AuditTrail(self._tx, self._clock).record(
            "change-breach-letter",
            "success",
            actor=by,
            entity=f"breach/{incident.id}",
            purpose=PurposeOfUse.COMPLIANCE,
            detail={"letter": kind.value, "version": str(version + 1)},
        )
        return self.latest(incident, kind)

    def _read(self, row: Row[Any]) -> Letter:
        place = letter_place(row.breach, row.kind, row.version)
        content = Letter.model_validate_json(vault_of(self._tx).open(self._tx, row.sealed, place))
        values = {"version": row.version, "at": utc(row.at), "by": row.by}
        return content.model_copy(update=values)


def draft_letter(incident: Incident, kind: LetterKind) -> Letter:
    """Return the letter as it can be written from what is known."""
    known = incident.circumstances
    return Letter(
        happened=f"{_opening(kind)}{known.what}\n\n{_when(known.happened)} We found it out on "
        f"{written(known.discovered)}.",
        kinds=_kinds(known.kinds),
        steps="\n".join(_steps(known.phi, kind)),
        doing="We looked into what happened. [What you do to learn more, to limit the harm, and "
        "so that it does not happen again.]",
        contact=_contact(kind),
    )


def written(day: date) -> str:
    """Return a day as a letter says it: ``2 March 2026``."""
    return f"{day.day} {day:%B %Y}"


def _opening(kind: LetterKind) -> str:
    if kind is not LetterKind.NEXT_OF_KIN:
        return ""
    return (
        "We write to you as the next of kin, or the personal representative, of somebody who has "
        "died and whose health information we keep.\n\n"
    )


def _when(happened: date | None) -> str:
    if happened is None:
        return "We do not know the day on which this happened."
    return f"This happened on {written(happened)}."


def _kinds(phi: Sequence[Phi]) -> str:
    if not phi:
        return "[Which kinds of information were involved.]"
    lines = "\n".join(f"- {kind}" for kind in phi)
    return f"These kinds of information were involved:\n{lines}"


def _steps(phi: frozenset[Phi], kind: LetterKind) -> list[str]:
    """Return what somebody may do whose PHI of these kinds is in other hands, or their kin."""
    if kind is LetterKind.NEXT_OF_KIN:
        steps = _steps_of_kin(phi)
        return steps or ["[What the next of kin can do.]"]
    steps = []
    if phi & {Phi.SSN, Phi.LICENCE, Phi.FINANCIAL}:
        steps += [
            "- Ask for your free credit reports at annualcreditreport.com or 1-877-322-8228, and "
            "look for accounts that you did not open.",
            "- You may place a fraud alert or a freeze, free of charge, with Equifax, Experian and "
            "TransUnion.",
            "- If you see that your identity was misused, report it at identitytheft.gov.",
        ]
    if Phi.FINANCIAL in phi:
        steps.append("- Tell your bank or card company, and check your statements.")
    if phi & {Phi.INSURANCE, Phi.SSN, Phi.RECORD}:
        steps.append(
            "- Read the statements of your health plan. Tell it of care that you did not get."
        )
    if phi & {Phi.CONTACT, Phi.ADDRESS, Phi.NAME}:
        steps.append(
            "- Be careful with calls and messages that ask for information and use our name. "
            "We do not ask for your Social Security number by telephone or e-mail."
        )
    return steps or ["[What people can do to protect themselves.]"]


def _steps_of_kin(phi: frozenset[Phi]) -> list[str]:
    steps = []
    if phi & {Phi.SSN, Phi.LICENCE, Phi.FINANCIAL}:
        steps += [
            "- Tell Equifax, Experian and TransUnion of the death, so that nobody opens an account "
            "in this name, and ask for the credit report.",
            "- If you see that the identity was misused, report it at identitytheft.gov.",
        ]
    if Phi.FINANCIAL in phi:
        steps.append("- Tell the bank or card company of the death, and check the statements.")
    if phi & {Phi.INSURANCE, Phi.SSN, Phi.RECORD}:
        steps.append(
            "- Read the statements of the health plan. Tell it of care that was not given."
        )
    if phi & {Phi.CONTACT, Phi.ADDRESS, Phi.NAME}:
        steps.append("- Be careful with calls and messages that ask for information on the person.")
    return steps


def _contact(kind: LetterKind) -> str:
    if kind is LetterKind.SUBSTITUTE:
        number = "[a toll-free telephone number that is answered for at least 90 days]"
        return f"To learn whether your information was involved, call {number}."
    ways = "[a toll-free telephone number, an e-mail address, a web site or a postal address]"
    return f"For questions, and to learn more: {ways}."


def _changed() -> Conflict:
    return Conflict("Somebody changed this letter meanwhile.", mend="Read it again first.")
