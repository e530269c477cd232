"""Every error Wardround raises on purpose, with what a client is told.

    WardroundError        500  exception      something we did not foresee, named
    ├── InvalidInput      400  invalid        the input cannot be read or lacks something
    ├── NotSignedIn       401  login          nobody is signed in, or the session ended
    ├── Forbidden         403  forbidden      this person may not do this
    ├── NotFound          404  not-found      no such thing
    │   └── Deleted       410  deleted        there was one, and it was deleted
    ├── Conflict          409  conflict       somebody else was first
    │   └── StaleVersion  412  conflict       the thing changed since it was read
    ├── TooLarge          413  too-long       more than the limit
    ├── NotAllowed        422  business-rule  the rules of the round forbid it
    ├── TooManyAttempts   429  throttled      tried too often; wait
    └── Unavailable       503  transient      a part is not ready; try again

Each says what was wrong, where, and how to mend it. None may carry PHI: they end in logs.
"""

from typing import ClassVar


class WardroundError(Exception):
    """An error with a meaning: ``what`` was wrong, ``where``, and how to ``mend`` it."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "exception"

    def __init__(self, what: str, *, where: str | None = None, mend: str | None = None) -> None:
        self.what = what
        self.where = where
        self.mend = mend
        super().__init__(str(self))

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        mend = f" {self.mend}" if self.mend else ""
        return f"{place}{self.what}{mend}"

    def outcome(self) -> dict[str, object]:
        """Return the error as a FHIR R4 ``OperationOutcome``."""
        issue: dict[str, object] = {
            "severity": "error",
            "code": self.code,
            "diagnostics": " ".join(part for part in (self.what, self.mend) if part),
        }
        if self.where:
            issue["expression"] = [self.where]
        return {"resourceType": "OperationOutcome", "issue": [issue]}


class InvalidInput(WardroundError):
    """The input cannot be read, or lacks something that is needed."""

    status = 400
    code = "invalid"


class NotSignedIn(WardroundError):
    """Nobody is signed in, or the session has ended."""

    status = 401
    code = "login"


class Forbidden(WardroundError):
    """The person may not do this."""

    status = 403
    code = "forbidden"


class NotFound(WardroundError):
    """There is no such thing."""

    status = 404
    code = "not-found"


class Deleted(NotFound):
    """There was such a thing, and it was deleted."""

    status = 410
    code = "deleted"


class Conflict(WardroundError):
    """Somebody else was first."""

    status = 409
    code = "conflict"


class StaleVersion(Conflict):
    """The thing changed since it was read."""

    status = 412


class TooLarge(WardroundError):
    """The input is larger than the limit."""

    status = 413
    code = "too-long"


class NotAllowed(WardroundError):
    """The rules of the round forbid it."""

    status = 422
    code = "business-rule"


class TooManyAttempts(WardroundError):
    """It was tried too often; a wait is needed before the next."""

    status = 429
    code = "throttled"


class Unavailable(WardroundError):
    """A part that is needed is not ready."""

    status = 503
    code = "transient"
