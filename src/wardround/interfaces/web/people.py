"""The names of people, by the ids that drafts and findings carry."""

from wardround.database import Database
from wardround.security import People


class Names:
    """Knows everybody of the clinic by id; ``Somebody`` where a person is not known."""

    def __init__(self, database: Database) -> None:
        with database.read() as tx:
            self._names = {person.id: person.name for person in People(tx).list()}

    def of(self, person_id: str | None) -> str:
        """Return a person's name."""
        return self._names.get(person_id or "", "Somebody no longer known here")
