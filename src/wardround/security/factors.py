"""Second factors: codes of an authenticator app, passkeys, and recovery codes on paper.

What proves them is sealed by the vault, or kept as a keyed hash. Whoever uses one takes it by a
condition of the update, so that of two who come with the same code one gets in.
"""

import secrets
from base64 import b32encode
from datetime import datetime
from enum import StrEnum

import pyotp
from sqlalchemy import Connection, Row, delete, func, insert, select, update

from wardround.kernel import Actor, Clock, InvalidInput, NotFound, Noun, system_clock
from wardround.security.sealing import NOBODY
from wardround.security.tables import factor_place, factors, utc
from wardround.security.vault import vault_of

STEP = 30
"""Seconds that a code of an authenticator app is for (RFC 6238 section 5.2)."""
DRIFT = 1
"""How many steps a clock may be off, either way; RFC 6238 section 6 advises no more."""
CODES = 10
"""How many recovery codes are made at once."""
_CODE = 15
"""Random bytes of one: over the 112 bits from which a hash alone keeps it (ASVS 5.0, 6.5.2)."""


class FactorKind(StrEnum):
    """What a second factor is; ``app-new`` is one whose first code was not seen yet."""

    APP = "app"
    APP_NEW = "app-new"
    PASSKEY = "passkey"
    RECOVERY = "recovery"


class Factor(Noun):
    """A second factor of a person, without what proves it."""

    id: str
    kind: FactorKind
    name: str
    added: datetime
    used: datetime | None = None


class Factors:
    """The second factors of everybody, within one transaction."""

    def __init__(self, tx: Connection, clock: Clock = system_clock) -> None:
        self._tx = tx
        self._clock = clock

    def of(self, actor: Actor) -> list[Factor]:
        """Return the app and the passkeys of a person, oldest first."""
        shown = (FactorKind.APP, FactorKind.PASSKEY)
        return [_factor(row) for row in self._rows(actor, *shown)]

    def codes_left(self, actor: Actor) -> int:
        """Return how many recovery codes a person has not used."""
        return sum(row.used is None for row in self._rows(actor, FactorKind.RECOVERY))

    def counted(self) -> dict[str, int]:
        """Return how many apps and passkeys each person has who has any."""
        shown = factors.c.kind.in_((FactorKind.APP, FactorKind.PASSKEY))
        query = select(factors.c.person_id, func.count()).where(shown)
        return {row[0]: row[1] for row in self._tx.execute(query.group_by(factors.c.person_id))}

    def begin_app(self, actor: Actor) -> str:
        """Make a new secret for an authenticator app, and return it (base32, 160 bits)."""
        self._drop(actor, FactorKind.APP_NEW)
        secret = pyotp.random_base32()
        self.keep(actor, FactorKind.APP_NEW, "Authenticator app", secret.encode())
        return secret

    def confirm_app(self, actor: Actor, code: str) -> None:
        """Take the new secret into use once the app has shown a code of it."""
        rows = self._rows(actor, FactorKind.APP_NEW)
        if not rows:
            raise NotFound("There is no new authenticator app.", mend="Begin again.")
        step = self._step(rows[0], code)
        if step is None:
            raise InvalidInput(
                "The code is not the one of the app.",
                where="code",
                mend="Type the six figures it shows now; check the clock of the telephone.",
            )
        self._drop(actor, FactorKind.APP)
        taken = update(factors).where(factors.c.id == rows[0].id)
        self._tx.execute(taken.values(kind=FactorKind.APP, counter=step, used=self._clock()))

    def use_code(self, actor: Actor, code: str) -> FactorKind | None:
        """Use a code of the app or a recovery code; return which it was, or None."""
        plain = "".join(code.split()).replace("-", "")
        if plain.isascii() and plain.isdigit() and self._use_app(actor, plain):
            return FactorKind.APP
        return FactorKind.RECOVERY if self._use_recovery(actor, plain) else None

    def make_codes(self, actor: Actor) -> list[str]:
        """Make ten recovery codes in place of those there were, and return them (120 bits each)."""
        self._drop(actor, FactorKind.RECOVERY)
        codes = [b32encode(secrets.token_bytes(_CODE)).decode().lower() for _ in range(CODES)]
        for code in codes:
            self.keep(actor, FactorKind.RECOVERY, "", lookup=self._hash(actor, code))
        return ["-".join(code[i : i + 4] for i in range(0, len(code), 4)) for code in codes]

    def remove(self, actor: Actor, factor_id: str) -> Factor:
        """Remove one of a person's own; with the last one their recovery codes go."""
        row = next((row for row in self._rows(actor) if row.id == factor_id), None)
        if row is None:
            raise NotFound("There is no such second factor.")
        self._tx.execute(delete(factors).where(factors.c.id == factor_id))
        if not self.of(actor):
            self._drop(actor, FactorKind.RECOVERY)
        return _factor(row)

    def reset(self, actor: Actor) -> None:
        """Remove all of them: for somebody who lost theirs."""
        self._drop(actor, *FactorKind)

    def keep(
        self,
        actor: Actor,
        kind: FactorKind,
        name: str,
        secret: bytes | None = None,
        lookup: str | None = None,
        counter: int = 0,
    ) -> None:
        """Keep a factor; ``secret`` is sealed, ``lookup`` (a hash) finds it."""
        factor_id = secrets.token_hex(12)
        sealed = None
        if secret is not None:
            sealed = vault_of(self._tx).seal(self._tx, NOBODY, secret, factor_place(factor_id))
        values = {"name": name, "lookup": lookup, "sealed": sealed, "counter": counter}
        self._tx.execute(
            insert(factors).values(
                id=factor_id, person_id=actor.id, kind=kind, added=self._clock(), **values
            )
        )

    def opened(self, row: Row[tuple[str, ...]]) -> bytes:
        """Return the secret of a row."""
        return vault_of(self._tx).open(self._tx, row.sealed, factor_place(row.id))

    def advance(self, factor_id: str, counter: int) -> bool:
        """Note a use, and return whether its counter is later than that of every use before."""
        later = update(factors).where(factors.c.id == factor_id, factors.c.counter < counter)
        return self._tx.execute(later.values(counter=counter, used=self._clock())).rowcount == 1

    def note_use(self, factor_id: str) -> None:
        """Note a use of one that has no counter."""
        theirs = factors.c.id == factor_id
        self._tx.execute(update(factors).where(theirs).values(used=self._clock()))

    def _use_app(self, actor: Actor, code: str) -> bool:
        for row in self._rows(actor, FactorKind.APP):
            step = self._step(row, code)
            if step is not None and self.advance(row.id, step):
                return True
        return False

    def _use_recovery(self, actor: Actor, code: str) -> bool:
        theirs = factors.c.lookup == self._hash(actor, code.lower())
        taken = update(factors).where(theirs, factors.c.used.is_(None))
        return self._tx.execute(taken.values(used=self._clock())).rowcount == 1

    def _step(self, row: Row[tuple[str, ...]], code: str) -> int | None:
        """Return the step of time that ``code`` is for, where it is about now."""
        totp = pyotp.TOTP(self.opened(row).decode(), interval=STEP)
        now = int(self._clock().timestamp()) // STEP
        steps = range(now - DRIFT, now + DRIFT + 1)
        found = [s for s in steps if pyotp.utils.strings_equal(totp.generate_otp(s), code)]
        return max(found, default=None)

    def _hash(self, actor: Actor, code: str) -> str:
        return vault_of(self._tx).blind(f"recovery code of {actor.id}", code)

    def _rows(self, actor: Actor, *kinds: FactorKind) -> list[Row[tuple[str, ...]]]:
        query = select(factors).where(factors.c.person_id == actor.id)
        if kinds:
            query = query.where(factors.c.kind.in_(kinds))
        return list(self._tx.execute(query.order_by(factors.c.added, factors.c.id)))

    def _drop(self, actor: Actor, *kinds: FactorKind) -> None:
        theirs = factors.c.person_id == actor.id
        self._tx.execute(delete(factors).where(theirs, factors.c.kind.in_(kinds)))


def app_address(actor: Actor, secret: str) -> str:
    """Return what an authenticator app reads from the QR code (an ``otpauth`` address)."""
    return pyotp.TOTP(secret, interval=STEP).provisioning_uri(
        name=actor.id, issuer_name="Wardround"
    )


def _factor(row: Row[tuple[str, ...]]) -> Factor:
    return Factor(
        id=row.id,
        kind=FactorKind(row.kind),
        name=row.name,
        added=utc(row.added),
        used=None if row.used is None else utc(row.used),
    )
