"""What a capability is, seen from the route: it drafts, checks, and becomes FHIR when signed."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Protocol, runtime_checkable

from wardround.kernel.actor import Actor
from wardround.kernel.base import Json, Noun
from wardround.kernel.draft import Draft, Drafted, Input, Model, Part
from wardround.kernel.errors import WardroundError
from wardround.kernel.finding import Finding

Resource = Mapping[str, Any]
"""A FHIR R4 resource as parsed JSON, to read."""


class Order(Noun):
    """What was asked: which capability, about whom, from which saved inputs, by whom."""

    id: str
    capability: str
    subject: str
    encounter: str | None = None
    inputs: tuple[Input, ...] = ()
    ordered_by: str
    ordered_at: datetime
    shadow: bool = False
    """Asked of a model in shadow: what comes of it is measured, and nobody waits for it."""
    follows: str | None = None
    """The draft whose signature it follows; then nobody asked for it by themselves."""


class Context(Protocol):
    """What a capability may reach while it works: the chart and the order's inputs, read only."""

    def read(self, reference: str) -> Resource:
        """Return the resource ``Type/id``; raise ``NotFound``."""
        ...

    def search(self, kind: str, **parameters: str) -> Sequence[Resource]:
        """Return the resources of type ``kind`` that match FHIR search ``parameters``."""
        ...

    def open(self, item: Input) -> bytes:
        """Return the bytes of an input, checked against its sha256."""
        ...

    def file(self, item: Input) -> AbstractContextManager[str]:
        """Give the path of a file with the bytes of an input, which is gone afterwards.

        For what is too big to hold; checked against its sha256 before it is given.
        """
        ...


class Guardrail(Protocol):
    """One check on a draft, with one clinical reason."""

    @property
    def rule(self) -> str:
        """Its name in findings, such as ``unsupported-number``."""
        ...

    def check(self, drafted: Drafted, order: Order, context: Context) -> Iterable[Finding]:
        """Yield what is wrong with ``drafted``; it runs again after every edit."""
        ...


class Batch(Protocol):
    """What can be run over many records: a capability, or another part of the house."""

    def batch(self, line: Mapping[str, Any]) -> dict[str, Any]:
        """Turn one record of a bulk run into its answer; raise ``InvalidInput``."""
        ...


@runtime_checkable
class Blocks(Batch, Protocol):
    """What answers many records at once quicker than one by one."""

    def batch_many(
        self, lines: Sequence[Mapping[str, Any]]
    ) -> list[dict[str, Any] | WardroundError]:
        """Return for each record its answer, or the error that it costs."""
        ...


class Capability(Batch, Protocol):
    """One kind of healthcare AI on the route; adding one is a folder and a line in bootstrap."""

    @property
    def name(self) -> str:
        """Its name in addresses and commands, such as ``documentation``."""
        ...

    @property
    def title(self) -> str:
        """Its name for clinicians, such as ``Visit note``."""
        ...

    @property
    def guardrails(self) -> Sequence[Guardrail]:
        """The checks that run on every draft and after every edit."""
        ...

    def accept(self, parts: Sequence[Part]) -> list[Part]:
        """Return the parts to save for an order, under names that carry no PHI.

        Raise ``InvalidInput`` where what was handed in cannot be read; nothing is saved then.
        """
        ...

    def draft(self, order: Order, context: Context) -> Drafted:
        """Draft from the order's inputs, or abstain; never invent.

        A file among ``Drafted.files`` is kept, sealed, and then removed from where it was made.
        """
        ...

    def validate(self, content: Mapping[str, Json]) -> dict[str, Json]:
        """Return edited content in its canonical form; raise ``InvalidInput``."""
        ...

    def resources(
        self, draft: Draft, signer: Actor, at: datetime, context: Context
    ) -> list[dict[str, Any]]:
        """Return the FHIR resources that signing adds; each id follows from the draft's."""
        ...

    def review(self, draft: Draft, context: Context) -> dict[str, Any]:
        """Return what the room's ``review.html`` shows beside the draft, by name."""
        ...


@runtime_checkable
class NamesModel(Protocol):
    """A capability that can tell which model would draft, before anything is saved or drafted."""

    def model_for(self, parts: Sequence[Part]) -> Model:
        """Return the model that accepted ``parts`` would be drafted by."""
        ...
