"""A draft made once, without a route: for bulk runs, the command line and evaluations."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from hashlib import sha256

from wardround.kernel.capability import Capability, Context, Order, Resource
from wardround.kernel.clock import Clock, system_clock
from wardround.kernel.draft import Drafted, Input, Part
from wardround.kernel.errors import NotFound

NOBODY = "Patient/unknown"
"""The subject where no patient was named."""


class InMemory:
    """A ``Context`` over parts held in memory, with the chart of another context behind it."""

    def __init__(self, parts: Sequence[Part], chart: Context | None = None) -> None:
        self._chart = chart
        self._data = {sha256(part.data).hexdigest(): part for part in parts}

    @property
    def inputs(self) -> tuple[Input, ...]:
        """The parts as inputs of an order."""
        return tuple(
            Input(
                name=part.name,
                reference=f"Binary/{digest}",
                sha256=digest,
                media_type=part.media_type,
            )
            for digest, part in self._data.items()
        )

    def read(self, reference: str) -> Resource:
        """Return a resource of the chart behind; raise ``NotFound``."""
        if self._chart is None:
            raise NotFound("There is no chart here.", where=reference)
        return self._chart.read(reference)

    def search(self, kind: str, **parameters: str) -> Sequence[Resource]:
        """Return what the chart behind finds; nothing where there is none."""
        return () if self._chart is None else self._chart.search(kind, **parameters)

    def open(self, item: Input) -> bytes:
        """Return the bytes of a part."""
        return self._data[item.sha256].data

    def file(self, item: Input) -> AbstractContextManager[str]:
        """Raise ``NotFound``: what is held in memory is no file."""
        raise NotFound("This is held in memory and is no file.", where=item.name)


def draft_once(
    capability: Capability,
    parts: Sequence[Part],
    *,
    subject: str = NOBODY,
    chart: Context | None = None,
    clock: Clock = system_clock,
) -> tuple[Order, Drafted]:
    """Draft from accepted ``parts`` and run the guardrails; nothing is saved anywhere."""
    context = InMemory(parts, chart)
    order = Order(
        id="once",
        capability=capability.name,
        subject=subject,
        inputs=context.inputs,
        ordered_by="-",
        ordered_at=clock(),
    )
    drafted = capability.draft(order, context)
    if drafted.abstained is not None:
        return order, drafted
    found = [
        f for guardrail in capability.guardrails for f in guardrail.check(drafted, order, context)
    ]
    return order, drafted.model_copy(update={"findings": (*drafted.findings, *found)})
