"""A whole Wardround in a process of its own: the sample clinic, people, a scripted pen.

    python -m tests.interfaces.web.serve HOME

It writes its address to HOME/address once it answers, and ends when its input does.
"""

import sys
import threading
from pathlib import Path

from tests.interfaces.web.house import PASSWORD, assemble, listening
from wardround.clinic import load_sample
from wardround.interfaces.web import create_app
from wardround.kernel import system_clock
from wardround.record import Chart
from wardround.security import People


def main(home: Path) -> None:
    wardround = assemble(home)
    clinic = load_sample(system_clock().astimezone().date())
    with wardround.database.begin() as tx:
        Chart(tx).transaction(clinic.bundle)
        people = People(tx)
        for person in clinic.people:
            people.add(person.username, person.name, person.role, person.reference, PASSWORD)
    wardround.rounds.start()
    with listening(create_app(wardround)) as address:
        (home / "address.new").write_text(address, encoding="utf-8")
        (home / "address.new").rename(home / "address")
        sys.stdin.read()
    wardround.stop()


if __name__ == "__main__":
    threading.current_thread().name = "house"
    main(Path(sys.argv[1]))
