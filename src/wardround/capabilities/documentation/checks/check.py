"""What the checks on a note have in common."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import ClassVar

from wardround.capabilities.documentation.reading.review import Line
from wardround.kernel import Context, Drafted, Finding, Order, Severity


class Check(ABC):
    """A guardrail with one finding at most for a sentence; its docstring is its clinical reason."""

    rule: ClassVar[str]
    severity: ClassVar[Severity] = Severity.WARN

    @abstractmethod
    def check(self, drafted: Drafted, order: Order, context: Context) -> Iterable[Finding]:
        """Yield what is wrong with ``drafted``."""

    def finding(
        self, message: str, mend: str, *, line: Line | None = None, own: bool = False
    ) -> Finding:
        """Return a finding of this rule; a block warns instead where a person wrote the line."""
        return Finding(
            rule=self.rule,
            severity=Severity.WARN if own and self.severity is Severity.BLOCK else self.severity,
            message=message,
            claim=line.claim if line else None,
            mend=mend,
        )
