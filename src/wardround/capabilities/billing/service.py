"""The verbs of billing: make the claim of a visit from the record, scrub it, make it FHIR."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

import orjson
from pydantic import ValidationError

from wardround.capabilities.billing.billed import Billed, headline
from wardround.capabilities.billing.fhir import claim_to_fhir
from wardround.capabilities.billing.guardrails import Beside, ProposedServices, Scrubbed
from wardround.capabilities.billing.model import Claim
from wardround.capabilities.billing.reading import Asked, Fee, read_claim
from wardround.capabilities.billing.scrubbing import Scrubber, Tables, blocks, rules
from wardround.capabilities.billing.secondary import draft_second, second_in, second_parts
from wardround.capabilities.billing.showing import page
from wardround.kernel import (
    Actor,
    Context,
    Draft,
    Drafted,
    Guardrail,
    InvalidInput,
    Json,
    Model,
    NotFound,
    Order,
    Part,
    Work,
    first_fault,
    resource_id,
    system_clock,
)

REQUEST = "request"
"""The name of the one part of an order: the visit, and what its signed codes became."""

VERSION = "1"


class Billing:
    """Claims: the signed codes of a visit become a scrubbed claim, which a biller signs."""

    name = "billing"
    title = "Claim"
    work = Work.BILLING

    def __init__(
        self, tables: Callable[[], Tables], fee: Fee, beside: Beside | None = None
    ) -> None:
        """Scrub with ``tables``, which are loaded when first asked; charge by ``fee``.

        ``beside`` is what ledger and site know beside a claim.
        """
        self._fee = fee
        self._scrubbed = Scrubbed(tables, beside or Beside())
        self._model = claims_model()

    @property
    def scrubber(self) -> Scrubber:
        """What finds what a claim would come back for."""
        return self._scrubbed.scrubber

    @property
    def guardrails(self) -> Sequence[Guardrail]:
        """The scrubber, and what is only proposed, on every claim and after every edit."""
        return (self._scrubbed, ProposedServices())

    def accept(self, parts: Sequence[Part]) -> list[Part]:
        """Return the request as our JSON; raise ``InvalidInput`` where it names no visit.

        With the request of a claim to the next insurer go the lines of the decision before.
        """
        if len(parts) != 1:
            raise InvalidInput("A claim is made of one visit.", mend='Send {"encounter": …}.')
        second = second_in(parts[0].data)
        if second is not None:
            return second_parts(REQUEST, second)
        data = orjson.dumps(_request(parts[0].data))
        return [Part(name=REQUEST, data=data, media_type="application/json")]

    def model_for(self, parts: Sequence[Part]) -> Model:
        """Return the rules that make claims, whatever was asked for."""
        del parts
        return self._model

    def draft(self, order: Order, context: Context) -> Drafted:
        """Make the claim as far as the record knows it, or abstain where nothing was signed."""
        second = second_in(context.open(order.inputs[0]))
        if second is not None:
            made, evidence = draft_second(second, _number(order.id))
            content = made.model_dump(mode="json")
            return Drafted(content=content, evidence=evidence, model=self._model)
        asked = _request(context.open(order.inputs[0]))
        conditions, charges = asked["conditions"], asked["charges"]
        if not conditions:
            nothing = "No diagnosis was signed for this visit."
            return Drafted(model=self._model, abstained=nothing)
        known = Asked(order.subject, asked["encounter"], conditions, charges)
        read = read_claim(_number(order.id), known, context, self._fee)
        made = Billed(
            headline=headline(read.claim),
            claim=read.claim,
            codes=asked["draft"],
            proposed=read.proposed,
        )
        content = made.model_dump(mode="json")
        return Drafted(content=content, evidence=read.evidence, model=self._model)

    def validate(self, content: Mapping[str, Json]) -> dict[str, Json]:
        """Return an edited claim with typed lists and dates read, and its total said anew."""
        try:
            made = Billed.model_validate(_typed(content))
        except ValidationError as error:
            said = error.errors()[0]["msg"].lower()
            raise InvalidInput(
                f"This cannot stand in a claim: {said}.",
                where=first_fault(error),
                mend="Type it as the field asks.",
            ) from None
        return made.model_copy(update={"headline": headline(made.claim)}).model_dump(mode="json")

    def resources(
        self, draft: Draft, signer: Actor, at: datetime, context: Context
    ) -> list[dict[str, Any]]:
        """Return the signed claim as a FHIR ``Claim``; one that it replaces is cancelled."""
        claim = Billed.model_validate(draft.content).claim
        made = claim_to_fhir(claim)
        made |= {
            "id": resource_id(draft.id, "claim"),
            "created": at.isoformat(),
            "patient": {"reference": draft.subject},
            "enterer": {"reference": signer.reference, "display": signer.name},
        }
        if draft.supersedes is None:
            return [made]
        old = f"Claim/{resource_id(draft.supersedes, 'claim')}"
        try:
            return [made, {**context.read(old), "status": "cancelled"}]
        except NotFound:
            return [made]

    def review(self, draft: Draft, context: Context) -> dict[str, Any]:
        """Return the claim, and what it rests on, as the page draws them."""
        return page(Billed.model_validate(draft.content), draft.inputs, context)

    def batch(self, line: Mapping[str, Any]) -> dict[str, Any]:
        """Answer one record of a bulk run: ``{"id", "claim"}`` → its edits."""
        try:
            claim = Claim.model_validate(line.get("claim"))
        except ValidationError as error:
            place = ".".join(str(part) for part in error.errors()[0]["loc"])
            raise InvalidInput("This is not a claim.", where=f"claim.{place}") from None
        edits = self._scrubbed.scrubber.scrub(claim, None, system_clock().date())
        return {
            "id": line.get("id"),
            "status": "blocked" if blocks(edits) else "clean",
            "edits": [edit.model_dump(mode="json") for edit in edits],
        }


def claims_model() -> Model:
    """Return the rules that make and scrub claims, by their version and the sha256 of them all."""
    declared = "".join(rule.model_dump_json() for rule in rules().values())
    digest = sha256(f"claims {VERSION} {declared}".encode()).hexdigest()
    return Model(name="wardround-claims", version=VERSION, digest=digest)


def load_billing(tables: Callable[[], Tables], fee: Fee, beside: Beside | None = None) -> Billing:
    """Return the capability over the code tables, charges and ledger of this house."""
    return Billing(tables, fee, beside)


def _number(order_id: str) -> str:
    """Return the patient control number of a claim: of its order, and of nothing of the patient."""
    return f"W{order_id.replace('-', '')[:15].upper()}"


def _request(data: bytes) -> dict[str, Any]:
    try:
        asked = orjson.loads(data)
    except orjson.JSONDecodeError:
        asked = None
    if not isinstance(asked, dict) or not str(asked.get("encounter", "")).startswith("Encounter/"):
        raise InvalidInput("This does not say of which visit.", mend='{"encounter": "Encounter/…"}')
    lists = {name: _references(asked.get(name, []), name) for name in ("conditions", "charges")}
    return {"draft": str(asked.get("draft", "")), "encounter": asked["encounter"], **lists}


def _references(found: object, where: str) -> list[str]:
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise InvalidInput("References are a list of texts.", where=where)
    return found


_LISTS = ("modifiers", "pointers")


def _typed(content: Mapping[str, Json]) -> dict[str, Any]:
    """Return content with what a person typed into a line read as lists: ``25 59``, ``1, 2``.

    An empty date or amount is none.
    """
    claim: Any = content.get("claim")
    if not isinstance(claim, dict):
        return dict(content)
    return {**content, "claim": _emptied({**claim, "lines": _lines(claim.get("lines"))})}


def _lines(lines: Any) -> Any:
    if not isinstance(lines, list):
        return lines
    return [
        _emptied({**line, "number": place} | {name: _listed(line.get(name, [])) for name in _LISTS})
        if isinstance(line, dict)
        else line
        for place, line in enumerate(lines, start=1)
    ]


def _listed(typed: Any) -> Any:
    return typed.replace(",", " ").upper().split() if isinstance(typed, str) else typed


_DATES = frozenset(
    {"begins", "ends", "onset", "accident_date", "admitted", "ndc_units", "patient_paid"}
)


def _emptied(found: dict[str, Any]) -> dict[str, Any]:
    return {
        name: None if value == "" and name in _DATES else value for name, value in found.items()
    }
