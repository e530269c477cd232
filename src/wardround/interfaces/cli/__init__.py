"""The command line: one command a module, each of which imports what it needs when it runs."""

from wardround.interfaces.cli.app import main

__all__ = ["main"]
