"""What follows what on the route: a signed note has its codes drafted, signed codes a claim.

A signed claim, and a signed appeal, are entered into the ledger.
"""

from base64 import b64decode
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson

from wardround.database import Transaction
from wardround.kernel import Actor, Capability, Clock, Draft, NotAllowed, Part
from wardround.rounds import Next

REQUEST = "request.json"
NOTE = "note.txt"


class Following:
    """Hands what one capability signed to the next; the two never know each other.

    What is handed on is what signing wrote to the chart: the text of the note for its codes, the
    references of the conditions and charges for the claim.
    """

    def __init__(self, capabilities: Mapping[str, Capability], clock: Clock) -> None:
        self._capabilities = capabilities
        self._clock = clock

    def after(self, signed: Draft, made: Sequence[Mapping[str, Any]]) -> Iterable[Next]:
        """Return what is drafted next, of the capabilities that are here."""
        found = {"documentation": _codes, "coding": _claim}.get(signed.capability)
        for following in () if found is None else found(signed, made):
            if following.capability in self._capabilities:
                yield following

    def enter(self, tx: Transaction, signed: Draft, by: Actor) -> None:
        """Write a signed claim, or that a denial is appealed, into the ledger of claims."""
        if signed.capability == "billing":
            from wardround.capabilities.billing import Billed
            from wardround.revenue import enter_signed, pass_on

            made, clock = Billed.model_validate(signed.content), self._clock
            if made.follows and signed.supersedes is None:
                pass_on(tx, made.claim, signed.id, made.follows, made.item, by, clock)
            else:
                enter_signed(tx, made.claim, signed.id, signed.subject, by, clock)
        elif signed.capability == "appeal":
            from wardround.capabilities.appeal import Letter
            from wardround.revenue import Deeds, Ledger

            letter = Letter.model_validate(signed.content)
            if self._clock().astimezone().date() > letter.due:
                raise NotAllowed(
                    f"The last day to appeal was {letter.due:%Y-%m-%d}.",
                    mend="Reject the letter. If the contract says another day, ask for it anew.",
                )
            if signed.supersedes is None:
                said = f"Letter signed; it is to be there by {letter.due:%Y-%m-%d}."
                Deeds(tx, self._clock).appeal(letter.item, said, by, letter=signed.id)
            else:
                Ledger(tx, self._clock).note(letter.claim, by, "The letter was signed anew.")


def _codes(signed: Draft, made: Sequence[Mapping[str, Any]]) -> Iterable[Next]:
    """Yield the coding of a signed note: its text, and where it is."""
    if signed.encounter is None:
        return
    document = next(one for one in made if _is_note(one))
    asked = {
        "note": _reference(document),
        "draft": signed.id,
        "encounter": signed.encounter,
    }
    yield Next(
        "coding",
        (
            Part(name=REQUEST, data=orjson.dumps(asked), media_type="application/json"),
            Part(name=NOTE, data=_text(document), media_type="text/plain"),
        ),
    )


def _is_note(resource: Mapping[str, Any]) -> bool:
    kinds = [c.get("code") for c in resource.get("type", {}).get("coding", [])]
    is_current = resource.get("status") == "current"
    return resource["resourceType"] == "DocumentReference" and is_current and bool(kinds)


def _text(document: Mapping[str, Any]) -> bytes:
    """Return the plain text that a note carries inside itself."""
    attachments = [one["attachment"] for one in document["content"]]
    found = [one for one in attachments if one.get("contentType", "").startswith("text/plain")]
    return b64decode(found[0]["data"])


def _claim(signed: Draft, made: Sequence[Mapping[str, Any]]) -> Iterable[Next]:
    """Yield the claim of signed codes: the conditions and charges they became, in their order."""
    if signed.encounter is None:
        return
    asked = {
        "draft": signed.id,
        "encounter": signed.encounter,
        "conditions": [_reference(one) for one in made if _stands(one, "Condition")],
        "charges": [_reference(one) for one in made if _stands(one, "ChargeItem")],
    }
    yield Next("billing", (Part(name=REQUEST, data=orjson.dumps(asked)),))


def _stands(resource: Mapping[str, Any], kind: str) -> bool:
    """Whether a resource is of a kind, and not one that was withdrawn."""
    verified = resource.get("verificationStatus", {}).get("coding", [])
    withdrawn = {one.get("code") for one in verified} | {resource.get("status")}
    return resource["resourceType"] == kind and "entered-in-error" not in withdrawn


def _reference(resource: Mapping[str, Any]) -> str:
    return f"{resource['resourceType']}/{resource['id']}"
