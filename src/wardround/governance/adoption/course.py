"""What became of one draft: as it was first shown, as it stands, and what was told of it."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from wardround.governance.adoption.distance import Changed, changes, length
from wardround.kernel import Draft, Severity, Status


@dataclass(frozen=True)
class Course:
    """A draft from its first revision to where it stands now."""

    first: Draft
    now: Draft
    retries: int = 0
    """How often its order was drafted again."""
    reports: int = 0
    """Problems reported of it."""

    @property
    def group(self) -> tuple[str, str, str]:
        """The capability, and the model with its version."""
        return self.now.capability, self.now.model.name, self.now.model.version

    @property
    def status(self) -> Status:
        """Where it is; what was signed and replaced later counts as signed."""
        return Status.SIGNED if self.now.status is Status.SUPERSEDED else self.now.status

    @cached_property
    def changed(self) -> list[Changed]:
        """What a person changed, section by section."""
        return changes(self.first.content, self.now.content)

    @property
    def words(self) -> int:
        """How many words the first revision has."""
        return length(self.first.content)

    @property
    def took(self) -> timedelta | None:
        """From the moment it was drafted to the signature."""
        return None if self.now.decided_at is None else self.now.decided_at - self.now.created

    @property
    def warned(self) -> dict[str, bool]:
        """The rules that warned at first, and whether a person signed over the warning."""
        over = {f.rule for f in self.now.findings if f.acknowledged_by is not None}
        rules = {f.rule for f in self.first.findings if f.severity is Severity.WARN}
        return {rule: rule in over for rule in rules | over}

    @property
    def alerts(self) -> int:
        """How many findings stood in the way at first."""
        return sum(finding.severity is not Severity.NOTE for finding in self.first.findings)
