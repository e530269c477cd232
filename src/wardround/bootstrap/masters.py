"""The master key, by the settings: a file, Vault's transit engine, or AWS KMS."""

from wardround.bootstrap.outside import egress_policy
from wardround.kernel import InvalidInput
from wardround.privacy.egress import Carries, Gate, Purpose, Recipient, Service
from wardround.security import KeyFile, KmsMaster, Master, TransitMaster
from wardround.settings import Settings

_WHERE = "WARDROUND_MASTER"
_ARN_PARTS = 6


def make_master(settings: Settings) -> Master:
    """Return the master key of a database that has none yet; a key file is made."""
    if settings.master == "file":
        return KeyFile.make(settings.master_key)
    return open_master(settings)


def open_master(settings: Settings) -> Master:
    """Return the master key, which must be there."""
    if settings.master == "file":
        return KeyFile(settings.master_key)
    kind, _, key = settings.master.partition(":")
    if kind == "vault" and key:
        return _transit(settings, key)
    if kind == "awskms" and key:
        return _kms(settings, key)
    raise InvalidInput(
        "There is no such kind of master key.",
        where=_WHERE,
        mend="Write file, vault:KEY or awskms:ARN.",
    )


def _transit(settings: Settings, key: str) -> Master:
    gate = Gate(egress_policy(settings))
    session = gate.requests_session(_keeper("vault", settings.vault_address))
    return TransitMaster(session, settings.vault_address, settings.vault_token, key)


def _kms(settings: Settings, arn: str) -> Master:
    parts = arn.split(":")
    if len(parts) < _ARN_PARTS or parts[2] != "kms":
        raise InvalidInput(
            "This is not the ARN of a key.",
            where=_WHERE,
            mend="Write awskms:arn:aws:kms:REGION:ACCOUNT:key/ID.",
        )
    address = settings.kms_address or f"https://kms.{parts[3]}.amazonaws.com"
    sender = Gate(egress_policy(settings)).aws_sender(_keeper("aws-kms", address))
    return KmsMaster(sender, address, parts[3], arn)


def _keeper(name: str, address: str) -> Recipient:
    """Return who keeps the master key: it is sent a wrapped key, and nothing of a patient."""
    return Recipient(
        name=name,
        address=address,
        service=Service.KEYS,
        purpose=Purpose.INFRASTRUCTURE,
        carries=Carries.NOTHING,
        seconds=10,
        most=64 * 1024,
    )
