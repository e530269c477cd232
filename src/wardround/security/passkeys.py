"""Passkeys (WebAuthn level 2): kept on a device or a security key, bound to this site by it.

A passkey that checked its owner (a finger, a PIN) is two factors by itself and opens a session
without a password; one that only proved presence is a second factor after it.
"""

import hashlib
import json
from typing import NamedTuple

import webauthn
from sqlalchemy import Connection, Row, select
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from wardround.kernel import Actor, Clock, InvalidInput, NotSignedIn, system_clock
from wardround.security.factors import FactorKind, Factors
from wardround.security.tables import factors
from wardround.security.vault import vault_of

_UNREADABLE = (WebAuthnException, ValueError, KeyError, TypeError, AttributeError, RecursionError)
"""What an answer raises that was not made by a browser."""


class Site(NamedTuple):
    """Where the browser is: the name passkeys are bound to, and the origin it speaks for."""

    name: str
    origin: str


class Asked(NamedTuple):
    """What the browser is asked: its options (JSON), and the challenge to expect an answer to."""

    options: str
    challenge: str


class Passkeys:
    """The passkeys of everybody, within one transaction."""

    def __init__(self, tx: Connection, site: Site, clock: Clock = system_clock) -> None:
        self._tx = tx
        self._site = site
        self._factors = Factors(tx, clock)

    def ask_new(self, actor: Actor) -> Asked:
        """Ask a browser for a new passkey, on a device that has none of this person's yet."""
        options = webauthn.generate_registration_options(
            rp_id=self._site.name,
            rp_name="Wardround",
            user_id=vault_of(self._tx).blind("passkey owner", actor.id).encode(),
            user_name=actor.id,
            user_display_name=actor.name,
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.PREFERRED,
                user_verification=UserVerificationRequirement.PREFERRED,
            ),
            exclude_credentials=self._known(actor),
        )
        return Asked(webauthn.options_to_json(options), bytes_to_base64url(options.challenge))

    def add(self, actor: Actor, name: str, challenge: str, answer: str) -> None:
        """Keep a new passkey; raise ``InvalidInput`` where the answer does not prove one."""
        try:
            made = webauthn.verify_registration_response(
                credential=answer,
                expected_challenge=base64url_to_bytes(challenge),
                expected_rp_id=self._site.name,
                expected_origin=self._site.origin,
            )
        except _UNREADABLE:
            raise InvalidInput("The passkey could not be made.", mend="Try again.") from None
        lookup = _lookup(made.credential_id)
        if self._row(lookup) is not None:
            raise InvalidInput("This passkey is known already.")
        secret = json.dumps(
            {
                "id": bytes_to_base64url(made.credential_id),
                "key": bytes_to_base64url(made.credential_public_key),
            }
        )
        name = " ".join(name.split())[:64] or "Passkey"
        self._factors.keep(
            actor, FactorKind.PASSKEY, name, secret.encode(), lookup, made.sign_count
        )

    def ask(self, actor: Actor | None = None) -> Asked:
        """Ask a browser for a passkey: one of this person's, or whichever it has."""
        options = webauthn.generate_authentication_options(
            rp_id=self._site.name,
            allow_credentials=self._known(actor) if actor else None,
            user_verification=UserVerificationRequirement.PREFERRED
            if actor
            else UserVerificationRequirement.REQUIRED,
        )
        return Asked(webauthn.options_to_json(options), bytes_to_base64url(options.challenge))

    def use(self, challenge: str, answer: str, *, alone: bool) -> str:
        """Return the id of whom an answer proves; raise ``NotSignedIn``.

        ``alone`` says that no password was given: the device must have checked its owner.
        """
        try:
            given = json.loads(answer)
            row = self._row(_lookup(base64url_to_bytes(given["id"])))
            if row is None:
                raise _unknown()
            kept = json.loads(self._factors.opened(row))
            used = webauthn.verify_authentication_response(
                credential=answer,
                expected_challenge=base64url_to_bytes(challenge),
                expected_rp_id=self._site.name,
                expected_origin=self._site.origin,
                credential_public_key=base64url_to_bytes(kept["key"]),
                credential_current_sign_count=row.counter,
                require_user_verification=alone,
            )
        except _UNREADABLE:
            raise _unknown() from None
        # Many passkeys do not count their uses and always say 0.
        counts = used.new_sign_count > 0 or row.counter > 0
        if counts and not self._factors.advance(row.id, used.new_sign_count):
            raise _unknown()
        if not counts:
            self._factors.note_use(row.id)
        return str(row.person_id)

    def _known(self, actor: Actor) -> list[PublicKeyCredentialDescriptor]:
        rows = self._tx.execute(
            select(factors).where(
                factors.c.person_id == actor.id, factors.c.kind == FactorKind.PASSKEY
            )
        )
        kept = (json.loads(self._factors.opened(row)) for row in rows)
        return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(one["id"])) for one in kept]

    def _row(self, lookup: str) -> Row[tuple[str, ...]] | None:
        found = select(factors).where(
            factors.c.lookup == lookup, factors.c.kind == FactorKind.PASSKEY
        )
        return self._tx.execute(found).one_or_none()


def _lookup(credential_id: bytes) -> str:
    return hashlib.sha256(credential_id).hexdigest()


def _unknown() -> NotSignedIn:
    return NotSignedIn(
        "This passkey does not open a session here.", mend="Sign in with your password."
    )
