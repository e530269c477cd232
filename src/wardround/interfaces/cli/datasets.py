"""The published data sets that ``wardround data get`` knows; ``datasets.json`` lists them."""

import json
from importlib.resources import files

from wardround.kernel import NotFound, Noun


class PublishedFile(Noun):
    """One file of a set: its place here, where its publisher has it, and its sha256."""

    path: str
    url: str
    sha256: str
    size: int


class DataSet(Noun):
    """A published data set."""

    name: str
    title: str
    licence: str
    publisher: str
    files: tuple[PublishedFile, ...]

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return sum(file.size for file in self.files)


def data_sets() -> dict[str, DataSet]:
    """Return the sets by name."""
    listed = json.loads(files(__package__).joinpath("datasets.json").read_bytes())
    return {
        entry["name"]: DataSet(
            **{key: entry[key] for key in ("name", "title", "licence", "publisher")},
            files=tuple(
                PublishedFile(path=path, url=entry["base"] + place, sha256=sha256, size=size)
                for path, place, sha256, size in entry["files"]
            ),
        )
        for entry in listed
    }


def data_set(name: str) -> DataSet:
    """Return the set ``name``; raise ``NotFound`` naming those there are."""
    known = data_sets()
    if name not in known:
        raise NotFound(f"There is no data set {name}.", mend=f"There is: {', '.join(known)}.")
    return known[name]
