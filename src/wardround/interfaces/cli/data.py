"""``wardround data``: published data sets, for measuring."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wardround.interfaces.cli.exits import guarded, taught

if TYPE_CHECKING:
    from collections.abc import Callable

    from wardround.interfaces.cli.datasets import DataSet, PublishedFile

data = typer.Typer(
    help="Fetch published data sets, for measuring.", no_args_is_help=True, rich_markup_mode=None
)


def list_() -> None:
    """List the data sets that can be fetched, with licence and size.

    Example:
      wardround data list

    """
    from wardround.interfaces.cli.console import write
    from wardround.interfaces.cli.datasets import data_sets

    for known in data_sets().values():
        write(f"{known.name}\t{known.size / 1e6:.1f} MB\t{known.licence}\t{known.title}")


def get(
    name: Annotated[str, typer.Argument(help="The data set, such as aci-bench.")],
    to: Annotated[
        Path,
        typer.Option(envvar="WARDROUND_DATA", help="Folder of data sets; this one is put in it."),
    ] = Path("data"),
    source: Annotated[
        Path | None,
        typer.Option("--from", metavar="DIR", help="Copy from this folder, not the publisher."),
    ] = None,
) -> None:
    """Fetch a published data set from its publisher and check every file's digest.

    A file that is there already is kept; a fetch that was cut off is simply run again.

    Examples:
      wardround data get aci-bench
      wardround data get primock57 --to /srv/data
      wardround data get mts-dialog --from /mnt/usb/data

    """
    from wardround.interfaces.cli.console import note, progress, write
    from wardround.interfaces.cli.datasets import data_set
    from wardround.interfaces.cli.download import holds

    wanted = data_set(name)
    folder = to / name
    note(f"{wanted.title}, {wanted.licence}, from {wanted.publisher}")
    with progress(size=True) as bar:
        task = bar.add_task(name, total=wanted.size)
        for file in wanted.files:
            target = folder / file.path
            if holds(target, file.sha256):
                bar.advance(task, file.size)
            else:
                _take(file, target, _copy_of(source, wanted), lambda n: bar.advance(task, n))
    write(str(folder))


def _copy_of(source: Path | None, wanted: "DataSet") -> Path | None:
    """Return the folder to copy from: the one named, or the set's own in it."""
    if source is None:
        return None
    return source / wanted.name if (source / wanted.name).is_dir() else source


def _take(
    file: "PublishedFile", target: Path, source: Path | None, told: "Callable[[int], None]"
) -> None:
    from wardround.interfaces.cli.download import copy, fetch
    from wardround.kernel import NotFound

    if source is None:
        fetch(file.url, target, file.sha256, file.size, told)
    elif (source / file.path).is_file():
        copy(source / file.path, target, file.sha256, file.size, told)
    else:
        raise NotFound(
            "The copy lacks this file.",
            where=str(source / file.path),
            mend="Copy the whole set, or leave --from away to fetch it.",
        )


data.command("list", help=taught(list_), short_help="List the data sets.")(guarded(list_))
data.command("get", help=taught(get), short_help="Fetch one and check it.")(guarded(get))
