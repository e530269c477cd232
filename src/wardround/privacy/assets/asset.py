"""Assets of the clinic: what a person enters, what the system finds in itself, and what flows.

NPRM 90 FR 898 would demand both as a written inventory and a network map (164.308(a)(1)); a risk
analysis (164.308(a)(1)(ii)(A)) starts from them today.
"""

from datetime import date, datetime, timedelta
from enum import StrEnum

from wardround.kernel import Noun

YEAR = timedelta(days=365)
"""How long a review holds: the proposal asks for one at least every 12 months."""


class AssetKind(StrEnum):
    """What an asset is."""

    WORKSTATION = "workstation"
    MOBILE = "mobile device"
    SERVER = "server"
    DEVICE = "medical device"
    NETWORK = "network equipment"
    MEDIA = "removable media"
    SOFTWARE = "software"
    INTERFACE = "interface"
    VENDOR = "vendor"


class Described(Noun):
    """What a person says of an asset; ``sends`` and ``receives`` name the other ends."""

    name: str
    kind: AssetKind
    owner: str
    place: str = ""
    version: str = ""
    phi: bool
    sends: str = ""
    receives: str = ""
    protected: str = ""
    """How PHI on it, or on its way, is protected."""


class Asset(Noun):
    """An entry of the inventory: one version of it, with who wrote it and when."""

    id: str
    version: int
    described: Described
    reviewed: date
    retired: bool
    at: datetime
    by: str

    def is_due(self, today: date) -> bool:
        """Whether its yearly review is due."""
        return not self.retired and self.reviewed + YEAR <= today


class Found(Noun):
    """What the system finds in itself: never typed, so never out of date."""

    name: str
    kind: str
    version: str = ""
    place: str = ""
    phi: bool = False
    protected: str = ""
    digest: str = ""
    """The sha256 of a file that must not change, such as a model's."""


class Flow(Noun):
    """Health information on its way: from where, to where, what of it, and protected how."""

    source: str
    target: str
    what: str
    protected: str
    safe: bool = True


class Inventory(Noun):
    """What the system found, and how health information flows through it."""

    found: tuple[Found, ...]
    flows: tuple[Flow, ...]


def flows_of(assets: list[Asset]) -> list[Flow]:
    """Return the flows that a person entered: what each asset in use sends and receives."""
    flows = []
    for one in assets:
        said = one.described
        protected = said.protected or "Not said"
        ends = [(said.receives, said.name), (said.name, said.sends)]
        flows += [
            Flow(
                source=source,
                target=target,
                what="Health information" if said.phi else "No health information",
                protected=protected,
                safe=bool(said.protected) or not said.phi,
            )
            for source, target in ends
            if source and target and not one.retired
        ]
    return flows
