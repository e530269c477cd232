"""Every probe by its name, as ``privacy/safeguards/rule`` asks for it."""

from collections.abc import Iterable

from wardround.bootstrap.evidence import assets, incidents, keeping, people, sharing, trail
from wardround.bootstrap.evidence.probe import Probe, look
from wardround.bootstrap.house import Wardround
from wardround.privacy.safeguards import Fact

PROBES: dict[str, Probe] = {
    **assets.PROBES,
    **incidents.PROBES,
    **keeping.PROBES,
    **people.PROBES,
    **sharing.PROBES,
    **trail.PROBES,
}


LONG_PROBES = frozenset({"sealing", "software"})
"""Those that look at every row or file there is; a page that is opened often leaves them out."""


def probe_safeguards(
    wardround: Wardround, names: Iterable[str] = tuple(PROBES)
) -> dict[str, tuple[Fact, ...]]:
    """Return what the probes find now; each looks once, however many clauses ask for it."""
    return {name: look(PROBES[name], wardround) for name in names if name in PROBES}
