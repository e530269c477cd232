"""Service tokens: for programs, with a name, an end, and the few actions they are for.

Only the sha256 of a token is stored; its beginning is shown, so that it is told from others.
"""

import hashlib
import re
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Connection, Row, insert, select, update

from wardround.kernel import (
    Actor,
    Clock,
    Conflict,
    Forbidden,
    InvalidInput,
    NotFound,
    NotSignedIn,
    Noun,
    Role,
    system_clock,
)
from wardround.security.action import Action
from wardround.security.policy import Policies, load_policies
from wardround.security.tables import tokens, utc

START = "wrd_"
"""What every token begins with, so that scanners for secrets know one."""
LONGEST = timedelta(days=366)
"""How long a token may last."""

_NAME = re.compile(r"[a-z][a-z0-9-]{1,39}")
_STALE = timedelta(minutes=1)


class ServiceToken(Noun):
    """A token as it is shown: never the token itself."""

    id: str
    name: str
    prefix: str
    scopes: tuple[str, ...]
    made_by: str | None
    made: datetime
    ends: datetime
    used: datetime | None
    revoked: datetime | None

    def require(self, action: Action, policies: Policies) -> None:
        """Raise ``Forbidden`` unless it is for ``action`` and the policies let programs do that."""
        policies.require(self.actor, action)
        if action.name not in self.scopes:
            raise Forbidden(
                f"This token is not for this: {action}.", mend=f"Make one with {action.name}."
            )

    @property
    def actor(self) -> Actor:
        """Who acts with it, as the audit trail names them."""
        return Actor(
            id=f"service.{self.name}",
            name=self.name,
            role=Role.SERVICE,
            reference=f"Device/{self.name}",
        )


class ServiceTokens:
    """The tokens of this installation, within one transaction."""

    def __init__(self, tx: Connection, clock: Clock = system_clock) -> None:
        self._tx = tx
        self._clock = clock

    def make(
        self,
        name: str,
        scopes: Iterable[str],
        life: timedelta,
        by: Actor | None,
        policies: Policies | None = None,
    ) -> str:
        """Make a token and return it; it is not to be had again.

        ``scopes`` are actions by name, such as ``READ_CHART``. Raise ``InvalidInput`` for an
        unknown one, for one that the policies (ours, unless given) permit no program, and for a
        life over a year; ``Conflict`` where the name is in use.
        """
        chosen = sorted({scope.strip().upper() for scope in scopes if scope.strip()})
        _require_fit(name, chosen, life)
        _require_permitted(chosen, policies or load_policies())
        now = self._clock()
        if any(known.name == name and known.revoked is None for known in self.list()):
            raise Conflict("A token of this name is in use.", where="name", mend="Revoke it first.")
        token = START + secrets.token_urlsafe(32)
        self._tx.execute(
            insert(tokens).values(
                id=secrets.token_hex(8),
                name=name,
                token_sha256=_digest(token),
                prefix=token[:10],
                scopes=chosen,
                made_by=None if by is None else by.id,
                made=now,
                ends=now + life,
            )
        )
        return token

    def look(self, token: str) -> ServiceToken:
        """Return what a token is for; raise ``NotSignedIn`` where it is not, or no longer, one."""
        query = select(tokens).where(tokens.c.token_sha256 == _digest(token[:128]))
        row = self._tx.execute(query).one_or_none()
        found = None if row is None else _service_token(row)
        now = self._clock()
        if found is None or found.revoked is not None or not found.made <= now < found.ends:
            raise NotSignedIn("This token opens nothing.", mend="Ask an administrator for one.")
        return found

    def stale(self, token: ServiceToken) -> bool:
        """Whether its last use is to be noted anew: to the minute, so that most calls only read."""
        return token.used is None or self._clock() - token.used >= _STALE

    def note_use(self, token: ServiceToken) -> None:
        """Note that it was used now."""
        self._tx.execute(update(tokens).where(tokens.c.id == token.id).values(used=self._clock()))

    def revoke(self, token_id: str) -> ServiceToken:
        """End a token at once; raise ``NotFound``."""
        query = select(tokens).where(tokens.c.id == token_id)
        row = self._tx.execute(query).one_or_none()
        if row is None:
            raise NotFound("There is no such token.")
        if row.revoked is None:
            known = tokens.c.id == token_id
            self._tx.execute(update(tokens).where(known).values(revoked=self._clock()))
        return _service_token(row)

    def list(self) -> list[ServiceToken]:
        """Return every token, those in use first, newest first."""
        query = select(tokens).order_by(tokens.c.revoked.is_not(None), tokens.c.made.desc())
        return [_service_token(row) for row in self._tx.execute(query)]


def _require_fit(name: str, scopes: list[str], life: timedelta) -> None:
    if not _NAME.fullmatch(name):
        raise InvalidInput(
            "A token's name has 2 to 40 small letters, figures and hyphens.", where="name"
        )
    unknown = [scope for scope in scopes if scope not in Action.__members__]
    if unknown:
        raise InvalidInput("There is no such action.", where="scopes", mend="See docs/settings.md.")
    if not timedelta(0) < life <= LONGEST:
        raise InvalidInput("A token lasts from a day to a year.", where="days")


def _require_permitted(scopes: list[str], policies: Policies) -> None:
    for scope in scopes:
        if not policies.permit(Role.SERVICE, Action[scope]):
            raise InvalidInput(f"No program may {Action[scope]}.", where="scopes")


def _service_token(row: Row[tuple[str, ...]]) -> ServiceToken:
    read = dict(row._mapping)  # noqa: SLF001 (SQLAlchemy's own name for a row's columns)
    for name in ("made", "ends", "used", "revoked"):
        read[name] = None if read[name] is None else utc(read[name])
    return ServiceToken.model_validate({name: read[name] for name in ServiceToken.model_fields})


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
