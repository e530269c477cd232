"""Files read one by one, and written as a whole or not at all, never over another."""

from pathlib import Path

from wardround.disk import appearing
from wardround.kernel import InvalidInput


def files_of(source: Path) -> list[Path]:
    """Return a file, or all files below a folder, in the order of their names."""
    if source.is_file():
        return [source]
    if not source.is_dir():
        raise InvalidInput("There is no such file or folder.", where=str(source))
    return sorted(path for path in source.rglob("*") if path.is_file())


def write_new(path: Path, data: bytes) -> None:
    """Write a file as a whole or not at all, never over another."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with appearing(path) as file:
        file.write(data)
