"""The code systems, by their short names and their FHIR addresses."""

import tomllib
from functools import cache
from importlib.resources import files

from wardround.kernel import NotFound, Noun


class System(Noun):
    """A code system: the short name used here, its FHIR address and its title."""

    name: str
    url: str
    title: str


@cache
def systems() -> dict[str, System]:
    """Return the systems by name."""
    listed = tomllib.loads(files(__package__).joinpath("systems.toml").read_text("utf-8"))
    return {name: System(name=name, **entry) for name, entry in listed.items()}


def system_of(said: str) -> System:
    """Return a system by name or address; raise ``NotFound`` naming those there are."""
    for one in systems().values():
        if said in {one.name, one.url}:
            return one
    raise NotFound(f"There is no code system {said}.", mend=f"There is: {', '.join(systems())}.")
