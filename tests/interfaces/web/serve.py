"""A whole Wardround in a process of its own: the sample clinic, people, and a pen.

    python -m tests.interfaces.web.serve HOME scripted|real

The scripted pen drafts what a test hands in; the real one has drafted the sample morning.

It writes its address to HOME/address once it answers, and ends when its input does.
"""

import sys
from pathlib import Path

from tests.cheap import cheaply_hashed
from tests.interfaces.web.house import PASSWORD, assemble, listening
from wardround import bootstrap
from wardround.bootstrap import Wardround
from wardround.clinic import load_sample
from wardround.interfaces.cli.demo import for_the_sample
from wardround.interfaces.web import create_app
from wardround.kernel import system_clock
from wardround.record import Chart
from wardround.security import People
from wardround.settings import Settings


def scripted(home: Path) -> Wardround:
    wardround = assemble(home)
    clinic = load_sample(system_clock().astimezone().date())
    with wardround.database.begin() as tx:
        Chart(tx).transaction(clinic.bundle)
        people = People(tx)
        for person in clinic.people:
            people.add(person.username, person.name, person.role, person.reference, PASSWORD)
    wardround.rounds.start()
    return wardround


def real(home: Path) -> Wardround:
    wardround = bootstrap.assemble(for_the_sample(Settings(home=home)))
    bootstrap.load_clinic(wardround, system_clock().astimezone().date(), PASSWORD)
    return wardround


def main(home: Path, pen: str) -> None:
    with cheaply_hashed():
        serve(real(home) if pen == "real" else scripted(home), home)


def serve(wardround: Wardround, home: Path) -> None:
    with listening(create_app(wardround)) as address:
        (home / "address.new").write_text(address, encoding="utf-8")
        (home / "address.new").rename(home / "address")
        sys.stdin.read()
    wardround.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
