"""Search in the code lists that a site loaded: CPT, HCPCS and others."""

from datetime import date

from wardround.engines.terminology.search import Index
from wardround.engines.terminology.shelf import Shelf


class Lists:
    """An index for each loaded list, made when it is first asked for."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._made: dict[str, Index] = {}

    def index(self, system: str, on: date | None) -> Index | None:
        """Return the index of the list that holds on a date, or of the newest, if any."""
        known = self._shelf.of(system)
        held = [one for one in known if on is None or one.start <= on <= one.end]
        if not held:
            return None
        edition = held[-1]
        if edition.name not in self._made:
            rows = self._shelf.rows(edition).every()
            self._made[edition.name] = Index(
                (row[0], " ".join(cell for cell in row[1:3] if not cell.isdigit())) for row in rows
            )
        return self._made[edition.name]
