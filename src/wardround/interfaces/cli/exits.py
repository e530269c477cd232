"""Exit codes, and what is said when a command cannot go on."""

import errno
import inspect
import os
import sys
import traceback
from collections.abc import Callable
from enum import IntEnum
from functools import wraps
from typing import ParamSpec

import typer

P = ParamSpec("P")


class Exit(IntEnum):
    """How a command ended; docs/cli.md lists them."""

    OK = 0
    WRONG = 1
    USAGE = 2
    ABSTAINED = 3
    UNFORESEEN = 70
    INTERRUPTED = 130
    BROKEN_PIPE = 141


def taught(command: Callable[..., object]) -> str:
    """Return a command's docstring as its help, with the lines of its examples kept as they are."""
    paragraphs = inspect.cleandoc(command.__doc__ or "").split("\n\n")
    listed = ("Example", "Try it")
    return "\n\n".join(f"\b\n{p}" if p.startswith(listed) else p for p in paragraphs)


class Debugging:
    """Whether ``--debug`` was asked for: errors then come with their traceback."""

    on = False


def guarded(command: Callable[P, int | None]) -> Callable[P, None]:
    """Return ``command`` as one that ends with an exit code, whatever happens in it."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        raise typer.Exit(_code(lambda: command(*args, **kwargs)))

    return run


def _code(command: Callable[[], int | None]) -> int:
    try:
        code = command()
        sys.stdout.flush()
    except typer.Exit:
        raise
    except BrokenPipeError:
        # Whoever read our output has enough; what is left must not fail at the interpreter's end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.BROKEN_PIPE
    except KeyboardInterrupt:
        _say("Interrupted.")
        return Exit.INTERRUPTED
    except Exception as error:
        if type(error).__module__.partition(".")[0] == "typer":
            raise
        if Debugging.on:
            traceback.print_exc()
        return _explained(error)
    return Exit.OK if code is None else code


def _explained(error: Exception) -> int:
    from wardround.kernel import WardroundError

    if isinstance(error, WardroundError):
        _say(f"Error: {error}")
        return Exit.WRONG
    if isinstance(error, OSError) and error.errno is not None:
        place = f"{error.filename}: " if error.filename else ""
        room = " Make room, and run it again." if error.errno in _FULL else ""
        _say(f"Error: {place}{error.strerror}.{room}")
        return Exit.WRONG
    _say(f"Error: something unforeseen happened ({type(error).__name__}); --debug shows where.")
    return Exit.UNFORESEEN


_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def _say(line: str) -> None:
    print(line, file=sys.stderr)  # noqa: T201 - the command line speaks on the terminal
