"""Every capability, loaded with its models and with what it needs of the house."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from wardround.bootstrap.readers import readers_on, slide_readers_on
from wardround.bootstrap.registry import registered_models
from wardround.bootstrap.siting import SITES
from wardround.bootstrap.terms import fees_of, scrubbing_tables, tabular_of
from wardround.database import Database
from wardround.kernel import Capability, Unavailable

if TYPE_CHECKING:
    from wardround.capabilities.pathology import FindsSlideReaders
    from wardround.capabilities.radiology import FindsReaders
    from wardround.capabilities.risk import FindsLearned

CPU = "cpu"
CAPABILITIES = ("documentation", "risk", "coding", "billing", "appeal", "radiology", "pathology")
"""The names of all capabilities, in the order in which they are loaded."""


class Finders(NamedTuple):
    """What finds the models that are registered, and what onnxruntime runs models on."""

    learned: "FindsLearned | None" = None
    readers: "FindsReaders | None" = None
    slides: "FindsSlideReaders | None" = None
    provider: str = "cpu"

    @classmethod
    def of(cls, database: Database, home: Path, provider: str) -> "Finders":
        """Return what finds the models of a database and a home folder."""
        return cls(
            registered_models(database, home),
            readers_on(database, home, provider),
            slide_readers_on(database, home, provider),
            provider,
        )


PACKAGED = Finders()
"""The models of the package alone."""


def require_provider(provider: str) -> None:
    """Raise ``Unavailable`` where onnxruntime, as installed, cannot run models as is set."""
    if provider == CPU:
        return
    from wardround.engines.vision import provider_named

    try:
        provider_named(provider)
    except Unavailable as error:
        raise Unavailable(
            f"Models cannot be run on {provider}: this onnxruntime has no such provider.",
            where="WARDROUND_ONNX_PROVIDER",
            mend=error.mend,
        ) from None


def load_capabilities(
    find: Finders = PACKAGED,
    home: Path | None = None,
    only: str | None = None,
    database: Database | None = None,
) -> dict[str, Capability]:
    """Return every capability by its name, with its models loaded; adding one is a line here.

    With ``only``, that one alone is loaded, where there is one of this name.

    ``find`` finds the models that are registered; without it, there are those of the package.
    ``home`` is where the code tables are that the site loaded itself; without it, there are none.
    ``database`` has the ledger of claims, which new claims are held beside.
    """
    loads = (
        _documentation,
        partial(_risk, find.learned),
        partial(_coding, home),
        partial(_billing, home, database),
        _appeal,
        partial(_radiology, home, find),
        partial(_pathology, home, find),
    )
    rooms: dict[str, Callable[[], Capability]] = dict(zip(CAPABILITIES, loads, strict=True))
    return {name: load() for name, load in rooms.items() if only in {None, name}}


def _documentation() -> Capability:
    from wardround.capabilities.documentation import load_documentation

    return load_documentation()


def _risk(find: "FindsLearned | None") -> Capability:
    from wardround.capabilities.risk import load_risk

    return load_risk(find)


def _coding(home: Path | None) -> Capability:
    from wardround.capabilities.coding import load_coding

    return load_coding(tabular_of(home))


def _billing(home: Path | None, database: Database | None) -> Capability:
    from wardround.bootstrap.trading import beside_of
    from wardround.capabilities.billing import load_billing

    beside = None if database is None or home is None else beside_of(database, home)
    return load_billing(partial(scrubbing_tables, home), fees_of(home), beside)


def _appeal() -> Capability:
    from wardround.capabilities.appeal import load_appeal

    return load_appeal()


def _radiology(home: Path | None, find: Finders) -> Capability:
    from wardround.capabilities.radiology import load_radiology

    return load_radiology(find.readers, find.provider, None if home is None else home / SITES)


def _pathology(home: Path | None, find: Finders) -> Capability:
    from wardround.capabilities.pathology import load_pathology

    work = None if home is None else home / "slides"
    return load_pathology(work, find.provider, find.slides)
