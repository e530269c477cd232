"""The registry as the route asks it: how far the model of a draft is switched on."""

from wardround.database import Database
from wardround.governance.registry.reading import Models
from wardround.kernel import Model, Switched


class KeptSwitches:
    """Answers from the registry as it stands at that moment; ``rounds.Switches``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, capability: str, model: Model) -> Switched:
        """Return how far a model is switched on; one that is not registered is off."""
        with self._database.read() as tx:
            return Models(tx).of(capability, model)
