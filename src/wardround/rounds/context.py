"""What a capability may reach while it works: the chart and the saved inputs, read only."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from wardround.database import Database
from wardround.kernel import Input, Resource
from wardround.record import Blobs, Chart


class ChartContext:
    """The kernel's ``Context`` over the record; each call is a short read of its own."""

    def __init__(self, database: Database, blobs: Blobs) -> None:
        self._database = database
        self._blobs = blobs

    def read(self, reference: str) -> Resource:
        """Return the resource ``Type/id``; raise ``NotFound``."""
        with self._database.read() as tx:
            return Chart(tx).read(reference).json()

    def search(self, kind: str, **parameters: str) -> Sequence[Resource]:
        """Return the resources of type ``kind`` that match.

        Within a parameter's name ``_`` stands for ``-``; a first one is its own (``_sort``).
        """
        named = {name[0] + name[1:].replace("_", "-"): text for name, text in parameters.items()}
        with self._database.read() as tx:
            return [stored.json() for stored in Chart(tx).search(kind, named)]

    def open(self, item: Input) -> bytes:
        """Return the bytes of an input, checked against its sha256."""
        return self._blobs.get(item.sha256)

    @contextmanager
    def file(self, item: Input) -> Iterator[str]:
        """Give the path of a file with the bytes of an input, which is gone afterwards."""
        with self._blobs.unsealed(item.sha256) as path:
            yield str(path)
