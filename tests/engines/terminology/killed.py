"""A process to kill: it loads a file as edition after edition, and says which are in."""

from datetime import date, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from wardround.engines.terminology import Asked, load_terms


def main(file: Path, home: Path, promises: Connection) -> None:
    promises.send("ready")
    for number in range(10_000):
        start = date(2000, 1, 1) + timedelta(days=number)
        made = load_terms([file], home, Asked(kind="loinc", variant=f"n{number}", start=start))
        promises.send(made.name)
