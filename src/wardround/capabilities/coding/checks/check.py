"""What the checks on codes have in common."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from typing import ClassVar

from wardround.capabilities.coding.found import Span
from wardround.capabilities.coding.model import Coded
from wardround.capabilities.coding.reading import request_in, spans_of, text_in
from wardround.kernel import Context, Drafted, Finding, Order, Resource, Severity


class Case:
    """What a check looks at: the codes, the note, and the words each code rests on."""

    def __init__(self, drafted: Drafted, order: Order, context: Context) -> None:
        self.coded = Coded.model_validate(drafted.content)
        self.text = text_in(order.inputs, context)
        self._order = order
        self._context = context
        self._evidence = drafted.evidence

    def spans(self, place: int) -> tuple[Span, ...]:
        """Return the words that the code at ``place`` rests on."""
        return spans_of(self._evidence, f"/codes/{place}")

    def task(self, reference: str) -> Resource | None:
        """Return the task of a question that was sent, where it is in the chart."""
        found = self._context.search("Task", _id=reference.partition("/")[2])
        return found[0] if found else None

    def note(self) -> Resource | None:
        """Return the document of the note, where it is in the chart."""
        reference = request_in(self._order.inputs, self._context).note
        kind, _, name = reference.partition("/")
        found = self._context.search(kind, _id=name)
        return found[0] if found else None


class Check(ABC):
    """A guardrail on codes; its docstring is its reason."""

    rule: ClassVar[str]

    def check(self, drafted: Drafted, order: Order, context: Context) -> Iterable[Finding]:
        """Yield what is wrong with ``drafted``."""
        return self.look(Case(drafted, order, context))

    @abstractmethod
    def look(self, case: Case) -> Iterator[Finding]:
        """Yield what is wrong with the codes of a case."""

    def found(
        self, severity: Severity, message: str, mend: str, place: int | None = None
    ) -> Finding:
        """Return a finding of this rule, about the code at ``place`` where it is about one."""
        claim = None if place is None else f"/codes/{place}"
        return Finding(rule=self.rule, severity=severity, message=message, claim=claim, mend=mend)
