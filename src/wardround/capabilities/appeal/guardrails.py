"""The checks on a letter: nothing is said that the note, the claim or the answer does not say."""

import re
from collections.abc import Iterable, Iterator

from wardround.capabilities.appeal.grounds import letters
from wardround.capabilities.appeal.model import Asked, Letter
from wardround.capabilities.appeal.reading import asked_in, lines_in
from wardround.capabilities.appeal.sources import day
from wardround.kernel import Context, Drafted, Evidence, Finding, Order, Severity, Statement

_QUOTED = re.compile('[\u201c"]([^\u201c\u201d"]+)[\u201d"]')
_NUMBER = re.compile(r"\d[\d.,/-]*\d|\d")


class Unsupported:
    """A payer acts on what a letter says, so a sentence that rests on nothing is not sent."""

    rule = "unsupported-sentence"

    def check(self, drafted: Drafted, order: Order, context: Context) -> Iterable[Finding]:
        """Yield sentences without a source, and those that rest on somebody's word alone."""
        del order, context
        known = {item.claim: item for item in drafted.evidence}
        for claim, _ in _sentences(drafted):
            item = known.get(claim)
            if item is None:
                yield Finding(
                    rule=self.rule,
                    severity=Severity.BLOCK,
                    message="Nothing in the note, the claim or the payer's answer says this.",
                    claim=claim,
                    mend="Remove the sentence, or write what a source says.",
                )
            elif _is_word_alone(item):
                yield Finding(
                    rule=self.rule,
                    severity=Severity.WARN,
                    message="This rests on your word alone.",
                    claim=claim,
                    mend="Acknowledge that you answer for it, or remove it.",
                )


class Misquoted:
    """What stands in quotation marks is what the note says, letter by letter."""

    rule = "misquoted"

    def check(self, drafted: Drafted, order: Order, context: Context) -> Iterable[Finding]:
        """Yield quotations that are in no line of the note."""
        note = [_flat(one.text) for one in lines_in(order.inputs, context) if one.of == "note"]
        for claim, text in _sentences(drafted):
            for words in _QUOTED.findall(text):
                if not any(_flat(words) in line for line in note):
                    yield Finding(
                        rule=self.rule,
                        severity=Severity.BLOCK,
                        message="These words in quotation marks are not in the signed note.",
                        claim=claim,
                        mend="Quote the note as it is, or take the marks away.",
                    )


class UnknownNumber:
    """A wrong amount, code or day makes a letter of another claim."""

    rule = "unknown-number"

    def check(self, drafted: Drafted, order: Order, context: Context) -> Iterable[Finding]:
        """Yield numbers of sentences that stand in no source."""
        told = "\n".join(one.text for one in lines_in(order.inputs, context))
        known = set(_NUMBER.findall(told))
        for claim, text in _sentences(drafted):
            strange = [one for one in _NUMBER.findall(text) if one.rstrip(".,") not in known]
            if strange:
                yield Finding(
                    rule=self.rule,
                    severity=Severity.WARN,
                    message="A number here is in no source of this letter.",
                    claim=claim,
                    mend="Look at it, and mend or acknowledge it.",
                )


class OtherClaim:
    """A letter about another claim or patient tells a payer what it must not know."""

    rule = "other-claim"

    def check(self, drafted: Drafted, order: Order, context: Context) -> Iterable[Finding]:
        """Yield where the head of the letter is not that of the denial."""
        letter, asked = Letter.model_validate(drafted.content), asked_in(order.inputs, context)
        lines = {one.key: one.value for one in lines_in(order.inputs, context) if one.key}
        if (letter.claim, letter.item) != (asked.claim, asked.item):
            yield self._found("The letter names another claim than the one denied.", "/claim")
        for place, one in enumerate(letter.about):
            if one.value not in lines.values():
                yield self._found(f"{one.label} is not that of the denial.", f"/about/{place}")
        if letter.to[:1] != (asked.payer,):
            yield self._found("The letter goes to another payer.", "/to")

    def _found(self, message: str, claim: str) -> Finding:
        mend = "Undo the change, or reject the draft."
        return Finding(
            rule=self.rule, severity=Severity.BLOCK, message=message, claim=claim, mend=mend
        )


class Limit:
    """A letter that comes late is not read; until when it may come is often the contract's."""

    rule = "appeal-limit"

    def check(self, drafted: Drafted, order: Order, context: Context) -> Iterable[Finding]:
        """Yield that the last day is over, or that nobody looked it up."""
        del drafted
        denial = asked_in(order.inputs, context).denial
        if order.ordered_at.astimezone().date() > denial.due:
            yield Finding(
                rule=self.rule,
                severity=Severity.BLOCK,
                message=f"The last day to appeal was {day(denial.due)}.",
                mend="Reject the draft. The contract may say another day: ask for it with that.",
            )
        elif denial.assumed:
            yield Finding(
                rule=self.rule,
                severity=Severity.NOTE,
                message=f"By {day(denial.due)}: a short time that we take where none is known.",
                mend="The payer's contract decides. Look there.",
            )


class Standing:
    """What weakens an appeal is said before somebody signs it."""

    rule = "standing"

    def check(self, drafted: Drafted, order: Order, context: Context) -> Iterable[Finding]:
        """Yield another way that is tried first, codes signed anew, diagnoses without words."""
        asked = asked_in(order.inputs, context)
        said = _weak(asked, Letter.model_validate(drafted.content))
        for rule, message in said:
            yield Finding(
                rule=rule,
                severity=Severity.WARN,
                message=message,
                mend="Acknowledge it, or reject the letter.",
            )


def _weak(asked: Asked, letter: Letter) -> Iterator[tuple[str, str]]:
    if first := letters().first.get(asked.denial.first):
        yield "other-way-first", f"Such a refusal is usually met otherwise: {first}."
    if asked.superseded:
        yield "codes-signed-anew", "The codes of this visit were signed anew since the claim."
    if asked.codes and (bare := [one.code for one in asked.diagnoses if not one.places]):
        said = ", ".join(bare)
        yield "diagnosis-without-words", f"No words of the note stand behind {said}."
    if letter.ground == "timely" and not any(one.accepted for one in asked.sent):
        yield "no-receipt", "No acknowledgment (277CA) proves that the payer took the claim up."


GUARDRAILS = (Unsupported(), Misquoted(), UnknownNumber(), OtherClaim(), Limit(), Standing())
"""The checks that run on every letter and after every edit."""


def _sentences(drafted: Drafted) -> Iterator[tuple[str, str]]:
    letter = Letter.model_validate(drafted.content)
    for section, part in enumerate(letter.sections):
        for place, one in enumerate(part.sentences):
            yield f"/sections/{section}/sentences/{place}", one.text


def _is_word_alone(item: Evidence) -> bool:
    return all(isinstance(source, Statement) for source in item.sources)


def _flat(text: str) -> str:
    return " ".join(text.split())
