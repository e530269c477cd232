"""The loaded editions in a folder: listed, opened by kind and date, removed."""

from datetime import date
from hashlib import sha256
from pathlib import Path
from shutil import rmtree

from wardround.engines.terminology.kinds import kinds
from wardround.engines.terminology.manifest import ROWS, Manifest, broken, read_manifest
from wardround.engines.terminology.sorted_rows import SortedRows
from wardround.kernel import InvalidInput, NotFound


class Shelf:
    """What was loaded into a folder; a folder that is not there is an empty one."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.manifests: list[Manifest] = []
        self.broken: list[str] = []
        self._open: dict[str, SortedRows] = {}
        there = folder is not None and folder.is_dir()
        for path in sorted(folder.iterdir()) if folder is not None and there else ():
            if path.name.startswith(".") or not path.is_dir():
                continue
            try:
                self.manifests.append(read_manifest(path))
            except InvalidInput:
                self.broken.append(path.name)

    def of(self, kind: str, variant: str | None = None) -> list[Manifest]:
        """Return the editions of a kind, the earliest first; raise if one of them is not whole."""
        for name in self.broken:
            if _kind(name) in {kind, None}:
                raise broken(name)
        found = [
            one for one in self.manifests if one.kind == kind and variant in {None, one.variant}
        ]
        return sorted(found, key=lambda one: (one.start, one.end))

    def on(self, kind: str, on: date, variant: str | None = None) -> Manifest | None:
        """Return the edition of a kind that holds on a date: of several, the latest begun."""
        held = [one for one in self.of(kind, variant) if one.start <= on <= one.end]
        return held[-1] if held else None

    def rows(self, manifest: Manifest) -> SortedRows:
        """Open the rows of an edition; their digest is checked the first time."""
        if manifest.name not in self._open:
            self._open[manifest.name] = SortedRows(self._path(manifest.name), manifest.digest)
        return self._open[manifest.name]

    def content(self, manifest: Manifest) -> bytes:
        """Return what is kept of an edition; raise ``InvalidInput`` if it was changed."""
        try:
            content = (self._path(manifest.name) / ROWS).read_bytes()
        except OSError:
            raise broken(manifest.name) from None
        if sha256(content).hexdigest() != manifest.digest:
            raise broken(manifest.name)
        return content

    def whole(self, manifest: Manifest) -> bool:
        """Tell whether the rows of an edition are those that were loaded."""
        try:
            self.content(manifest)
        except InvalidInput:
            return False
        return True

    def remove(self, name: str) -> None:
        """Remove an edition, whole or broken."""
        if name not in {*self.broken, *(one.name for one in self.manifests)}:
            raise NotFound(f"There is no loaded edition {name}.", mend="wardround terms list")
        path = self._path(name)
        gone = path.with_name(f".{name}.gone")
        path.rename(gone)
        rmtree(gone)

    def _path(self, name: str) -> Path:
        if self.folder is None:
            raise NotFound("Nothing is loaded.")
        return self.folder / name


def _kind(name: str) -> str | None:
    """Return the kind that the name of an edition begins with: the longest that fits."""
    fits = [one for one in kinds() if name == one or name.startswith(f"{one}-")]
    return max(fits, key=len, default=None)
