"""What is shown of the inventory: whether it was looked through, and what software runs."""

import sys
from collections.abc import Iterator

from wardround.bootstrap.evidence.probe import Probe, few, on, wrong
from wardround.bootstrap.house import Wardround
from wardround.bootstrap.models import carried_models
from wardround.privacy.assets import AssetKind, Assets, installed_packages
from wardround.privacy.safeguards import Fact

_ASSETS = "/privacy/assets"
_SEATS = (AssetKind.WORKSTATION, AssetKind.MOBILE)


def inventory(wardround: Wardround) -> Iterator[Fact]:
    """When the inventory was last looked through, and what of it is due."""
    today = wardround.clock().astimezone().date()
    with wardround.database.read() as tx:
        register = Assets(tx, wardround.clock)
        entered, last = register.list(), register.reviewed()
        stale = register.is_due(today)
    live = [one for one in entered if not one.retired]
    yield Fact(says=f"Assets entered by hand: {len(live)}, beside what the system finds itself.")
    if last is None:
        yield wrong("The inventory was not looked through yet.", "Do so, every year.", _ASSETS)
    elif stale:
        yield wrong(f"It was last looked through on {on(last)}.", "Do so, every year.", _ASSETS)
    else:
        yield Fact(says=f"It was looked through on {on(last)}.", address=_ASSETS)
    due = [one.described.name for one in live if one.is_due(today)]
    if due:
        yield wrong(f"Not reviewed for a year: {few(due)}.", "Review each.", _ASSETS)


def workstations(wardround: Wardround) -> Iterator[Fact]:
    """How many workstations and mobile devices are known."""
    with wardround.database.read() as tx:
        entered = Assets(tx, wardround.clock).list()
    seats = [one for one in entered if not one.retired and one.described.kind in _SEATS]
    lost = [one.described.name for one in seats if not one.described.place]
    if not seats:
        yield Fact(
            says="No workstation is entered in the inventory yet.",
            state="nothing",
            address=_ASSETS,
        )
    elif lost:
        yield wrong(f"Nobody said where these are: {few(lost)}.", "Say where.", _ASSETS)
    else:
        yield Fact(
            says=f"Workstations and mobile devices: {len(seats)}, each with its owner and place.",
            address=_ASSETS,
        )


def software(wardround: Wardround) -> Iterator[Fact]:
    """Tell what software runs, and whether each model is the one that its card describes."""
    del wardround
    yield Fact(
        says=f"Packages: {len(installed_packages())}, under Python {sys.version.split()[0]}; the "
        "bill of materials lists them for a scanner.",
        address=_ASSETS,
    )
    changed = [one.name for one in carried_models() if not one.as_said]
    if changed:
        yield wrong(
            f"Not the model that its card describes: {few(changed)}.", "Install Wardround anew."
        )
    else:
        yield Fact(says="Every model is the one that its card describes, by its sha256.")


PROBES: dict[str, Probe] = {
    "inventory": inventory,
    "workstations": workstations,
    "software": software,
}
