"""What is shown of people: their roles, accounts, second factors, passwords and sign-ins."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from wardround.bootstrap.evidence.probe import MONTH, WEEK, Probe, counted, few, on, wrong
from wardround.bootstrap.house import Wardround
from wardround.kernel import Role
from wardround.privacy.safeguards import Fact
from wardround.security import (
    Account,
    Accounts,
    People,
    ServiceTokens,
    count_events,
    last_sign_ins,
)

UNUSED = timedelta(days=90)
"""After how long without a sign-in an account is asked about."""
_MUST = frozenset({Role.ADMINISTRATOR, Role.PRIVACY_OFFICER})
"""Who reaches keys, accounts or the trail signs in with a second factor, whatever is set."""


def officer(wardround: Wardround) -> Iterator[Fact]:
    """Who is the privacy officer."""
    names = [one.actor.name for one in _open(wardround) if one.actor.role is Role.PRIVACY_OFFICER]
    if names:
        yield Fact(says=f"Privacy officer: {few(names)}.")
    else:
        yield wrong("Nobody has the role of privacy officer.", "Give it to somebody.", "/people")


def roles(wardround: Wardround) -> Iterator[Fact]:
    """How many have which role, and by whose policies it is decided."""
    found = Counter(one.actor.role for one in _open(wardround))
    listed = ", ".join(f"{number} {role}" for role, number in sorted(found.items()))
    yield Fact(says=f"People by role: {listed or 'none'}.")
    folder = wardround.settings.policies
    whose = "those that come with Wardround" if folder is None else "the clinic's own beside ours"
    yield Fact(says=f"Access is decided by policies: {whose}.")


def identification(wardround: Wardround) -> Iterator[Fact]:
    """How many accounts and tokens there are; each is one person's, or one program's."""
    now = wardround.clock()
    with wardround.database.read() as tx:
        tokens = ServiceTokens(tx, wardround.clock).list()
    live = [one for one in tokens if one.revoked is None and one.ends > now]
    yield Fact(says=f"Accounts: {len(_open(wardround))}, each of one person by name.")
    yield Fact(says=f"Tokens of programs: {len(live)}, each with a name and an end.")


def unused_accounts(wardround: Wardround) -> Iterator[Fact]:
    """Which accounts are closed, and which nobody uses."""
    since = wardround.clock() - UNUSED
    with wardround.database.read() as tx:
        everybody = Accounts(tx, None, wardround.clock).list()
        seen, added = last_sign_ins(tx, since), People(tx, wardround.clock).added()
    closed = sum(one.disabled for one in everybody)
    yield Fact(says=f"Closed accounts: {closed}; whoever had one gets in no more.")
    unused = [
        one.actor.name
        for one in everybody
        if not one.disabled and one.actor.id not in seen and added[one.actor.id] < since
    ]
    if unused:
        yield wrong(
            f"Not used for {UNUSED.days} days: {few(unused)}.",
            "Close the accounts of those who have left.",
            "/people",
        )
    else:
        yield Fact(says=f"Every open account was used, or made, in the last {UNUSED.days} days.")


def second_factors(wardround: Wardround) -> Iterator[Fact]:
    """Who has a second factor, by role, and who lacks one that their role demands."""
    everybody, demanding = _open(wardround), wardround.door.demanding
    if not everybody:
        yield Fact(says="There are no accounts yet.", state="nothing")
    for role in Role:
        theirs = [one for one in everybody if one.actor.role is role]
        lacking = [one.actor.name for one in theirs if not one.factors]
        if not theirs:
            continue
        with_one = f"{len(theirs) - len(lacking)} of {len(theirs)}"
        without = f"; without: {few(lacking)}" if lacking else ""
        have = f"{role.capitalize()}: {with_one} have a second factor{without}"
        if role in demanding and lacking:
            yield wrong(
                f"{have}.",
                "They are asked to set one up at their next sign-in; see that they do.",
                "/people",
            )
        elif role in _MUST - demanding:
            yield wrong(
                f"{have}. None is demanded.",
                "Add the role to WARDROUND_SECOND_FACTOR_FOR.",
                "/people",
            )
        else:
            yield Fact(says=f"{have}.")
    if wardround.provider is not None:
        yield Fact(says="Others may show theirs to the clinic's identity provider.")


def passwords(wardround: Wardround) -> Iterator[Fact]:
    """Whose password is still the one that was handed to them."""
    now = wardround.clock()
    with wardround.database.read() as tx:
        handed = People(tx, wardround.clock).handed_out()
    open_ids = {one.actor.id: one.actor.name for one in _open(wardround)}
    old = [open_ids[one] for one, at in handed.items() if one in open_ids and now - at > WEEK]
    if old:
        yield wrong(
            f"Handed a password over a week ago, and never changed it: {few(old)}.",
            "Close the account, or reset it when they come.",
            "/people",
        )
    else:
        yield Fact(says="No password that was handed over is older than a week.")


def sign_ins(wardround: Wardround) -> Iterator[Fact]:
    """How many sign-ins failed in a month, and how many had to wait."""
    since = wardround.clock() - MONTH
    with wardround.database.read() as tx:
        done = count_events(tx, "sign-in", since, "success")
        failed = count_events(tx, "sign-in", since, "failure")
        locked = count_events(tx, "sign-in", since, "failure", "too-many-attempts")
        last = last_sign_ins(tx, since)
    yield Fact(
        says=f"In 30 days: {counted(done, 'sign-in')}, {counted(failed, 'failed attempt')}, "
        f"{counted(locked, 'attempt')} turned away because too many had failed before.",
        address="/privacy/audit",
    )
    if last:
        yield Fact(says=f"The last was on {on(max(last.values()))}.")


def _open(wardround: Wardround) -> list[Account]:
    with wardround.database.read() as tx:
        found = Accounts(tx, None, wardround.clock).list()
    return [one for one in found if not one.disabled]


PROBES: dict[str, Probe] = {
    "officer": officer,
    "roles": roles,
    "identification": identification,
    "unused-accounts": unused_accounts,
    "second-factors": second_factors,
    "passwords": passwords,
    "sign-ins": sign_ins,
}
