"""An event of the audit trail as a sentence: who did what to whose chart."""

from wardround.interfaces.web.people import Names
from wardround.kernel import Noun
from wardround.security import Event

DEEDS = {
    "answer": "answered the question",
    "ask": "sent the question",
    "acknowledge": "acknowledged a finding of",
    "add-agreement": "entered",
    "add-answer": "read a payer's answer:",
    "add-breach": "entered",
    "add-claim": "entered",
    "add-complaint": "entered",
    "add-payment": "posted",
    "add-refund": "returned money of",
    "change-batch": "changed",
    "change-claim": "changed",
    "change-complaint": "changed",
    "export-batch": "downloaded",
    "export-claims": "made of claims",
    "export-complaint": "exported",
    "change-breach": "changed",
    "change-breach-letter": "wrote a letter about",
    "export-outlines": "downloaded the outlines of nuclei of",
    "export-breach-letter": "exported a letter about",
    "export-breaches": "exported the log of breaches",
    "add-disclosure": "entered a disclosure of",
    "add-disclosure-request": "entered",
    "change-disclosure-request": "changed",
    "add-suspension": "entered",
    "remove-suspension": "lifted",
    "export-disclosures": "exported the account of",
    "add-outcomes": "entered outcomes of predictions",
    "add-hold": "placed",
    "remove-hold": "lifted",
    "add-asset": "entered",
    "add-model-file": "added a file to",
    "approve-model": "approved",
    "register-model": "registered",
    "send-report": "sent to the image archive",
    "roll-back-model": "rolled back",
    "switch-model": "switched",
    "change-asset": "changed",
    "remove-asset": "retired",
    "review-inventory": "looked through the inventory",
    "set-statement": "wrote",
    "export-feedback": "exported what coders changed",
    "export-research": "exported charts without PHI for research, of",
    "export-safeguards": "made the report of the safeguards",
    "check-backup": "checked a backup",
    "add-agreement-document": "added a document to",
    "amend": "began to amend",
    "backup": "made a backup",
    "break-glass": "opened in an emergency",
    "change-agreement": "changed",
    "end-emergency": "ended",
    "review-emergency": "reviewed",
    "denied": "was refused",
    "destroy-recordings": "destroyed, its time over, the recording of",
    "destroy-registers": "destroyed, its time over,",
    "destroy-unsigned": "destroyed, its time over,",
    "edit": "edited",
    "egress": "called",
    "export-audit": "exported the audit trail",
    "import": "imported records",
    "load-sample": "loaded the sample clinic",
    "order": "ordered",
    "read": "opened",
    "read-audit": "read the audit trail",
    "reject": "rejected",
    "restore": "restored a backup",
    "retain": "destroyed what is past its time",
    "retry": "ordered again",
    "search": "searched",
    "set-consent": "entered",
    "sign": "signed",
    "sign-in": "signed in",
    "sign-out": "signed out",
    "add-watched": "put on the watch list",
    "remove-watched": "took off the watch list",
    "review-access": "reviewed",
    "export-access": "exported who opened the record of",
    "sweep-access": "looked for unusual access",
    "verify-audit": "verified the audit trail",
    "watch-models": "looked at the models in use",
}
"""What is said of each action; what has no words of its own is named as it is recorded."""

FAILED = {
    "check-backup": "found that a backup is not whole",
    "egress": "was refused a call to",
    "sign-in": "could not sign in",
    "verify-audit": "found the audit trail changed",
}


class Sentence(Noun):
    """The parts of the sentence; ``codes`` are what else the event says."""

    event: Event
    who: str
    did: str
    what: str | None
    whose: str | None
    codes: tuple[tuple[str, str], ...]


def sentence(event: Event, names: Names) -> Sentence:
    """Return what an event tells."""
    did = DEEDS.get(event.action, f"did “{event.action.replace('-', ' ')}” to")
    if event.outcome == "failure":
        did = FAILED.get(event.action, did)
    what = event.detail.get("route", "a page") if event.action == "denied" else event.entity
    if event.subject is not None and what in {None, event.subject}:
        what = "the chart"
    elif what is None:
        did = did.removesuffix(" to").removesuffix(" of")
    return Sentence(
        event=event,
        who=names.of(event.actor) if event.actor else "Nobody signed in",
        did=did,
        what=what,
        whose=event.subject,
        codes=tuple((k, v) for k, v in event.detail.items() if k != "route"),
    )
