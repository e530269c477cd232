"""``wardround doctor``: what is installed, missing or set wrong, and how to mend it."""

from wardround.interfaces.cli.exits import Exit


def doctor() -> int:
    """Check what is installed, missing or set wrong, and say how to mend it.

    Exit code 1 says that something is missing that Wardround needs; what only tests or extras
    need is marked as such and fails nothing. Nothing is changed.

    Example:
      wardround doctor

    """
    from wardround.interfaces.cli.checks import State, checks
    from wardround.interfaces.cli.console import write

    failed = 0
    for check in checks():
        write(f"{check.state:8} {check.name}: {check.found}")
        if check.mend and check.state is not State.OK:
            write(f"         {check.mend}")
        failed += check.state is State.MISSING
    write(f"{failed} to mend." if failed else "All that Wardround needs is here.")
    return Exit.WRONG if failed else Exit.OK
