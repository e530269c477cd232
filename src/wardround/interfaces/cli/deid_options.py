"""What the commands of ``wardround deid`` share: modes, keys, and a text put somewhere."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from wardround.privacy.deid import Mode, Secret

Key = Annotated[
    Path | None,
    typer.Option(
        "--key",
        metavar="FILE",
        help="The key that UIDs, codes and dates follow from; made where there is none.",
    ),
]

ModeName = Annotated[
    str,
    typer.Option(
        "--mode", metavar="MODE", help="safe-harbor, limited-data-set, or a file in TOML."
    ),
]

OperatorName = Annotated[
    str,
    typer.Option(
        "--operator", metavar="NAME", help="What takes PHI's place in text: tag, surrogate, …"
    ),
]


def put(out: Path | None, words: str) -> None:
    """Show a text, or write it to a new file."""
    from wardround.interfaces.cli.console import write
    from wardround.privacy.deid import write_new

    if out is None:
        write(words.removesuffix("\n"))
    else:
        write_new(out, words.encode())


def mode_of(mode: str, operator: str) -> "Mode":
    """Return a mode by its name or from its file; raise ``BadParameter`` where there is none."""
    from wardround.privacy.deid import MODES, Operator, read_mode

    if mode not in MODES:
        if Path(mode).is_file():
            return read_mode(Path(mode).read_text("utf-8"))
        raise typer.BadParameter(f"{mode} is none of {', '.join(MODES)}.", param_hint="--mode")
    try:
        return MODES[mode](Operator(operator))
    except ValueError:
        raise typer.BadParameter(
            f"{operator} is none of {', '.join(Operator)}.", param_hint="--operator"
        ) from None


def secret_of(key: Path | None) -> "Secret":
    """Return the key of a file, made where there is none; without a file, one that nobody has."""
    from wardround.privacy.deid import Secret

    return Secret.read(key) if key else Secret.new()
