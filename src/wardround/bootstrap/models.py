"""The models that the package carries, and whether each is the one that its card describes."""

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

from wardround.kernel import NotFound, Noun

if TYPE_CHECKING:
    from wardround.engines.tabular import Spec
    from wardround.governance.cards import Card, Known
    from wardround.governance.determination import Determination, Function

_PACKAGE = "wardround"
_CAPABILITIES = "capabilities"


class Carried(Noun):
    """A model's file: its name and version by its card, and its sha256 as it is now."""

    name: str
    version: str
    file: str
    digest: str
    as_said: bool


def carried_models() -> list[Carried]:
    """Return every model that a room's ``card.yaml`` names, its file hashed now."""
    return [one for card in carried_cards() for one in _files(card)]


@cache
def carried_cards() -> "tuple[Card, ...]":
    """Return the cards of all rooms, read once, as the package stays as it is."""
    return tuple(card for card, _ in _cards())


def card_named(name: str) -> "Card":
    """Return the card of a model, of a part of one, or of a score that a card speaks for."""
    for card in carried_cards():
        if name in card.names:
            return card
    raise NotFound("There is no card of this model.", mend="Look at the list of models.")


def filled_card(name: str, known: "Known | None" = None) -> "Card":
    """Return the card of a model with what the system knows of it, in blanks or beside."""
    from wardround.governance.cards import Known, filled

    card = card_named(name)
    known = known or Known()
    if not known.inputs:
        known = known.model_copy(update={"inputs": _inputs(card)})
    return filled(card, known)


@cache
def _inputs(card: "Card") -> tuple[str, ...]:
    """Return the names of the inputs: of a learned model by its plan, of scores as declared."""
    from wardround.capabilities.risk import SCORES

    plan = files(_PACKAGE).joinpath(*(card.file or "").split("/")[1:-1], "spec.yaml")
    if card.file and plan.is_file():
        return tuple(one.column for one in _spec(plan.read_text("utf-8")).inputs)
    named = [each for one in card.covers if one in SCORES for each in SCORES[one].inputs]
    return tuple(dict.fromkeys(one.name for one in named))


def functions_of(name: str) -> "tuple[Function, ...]":
    """Return what was determined of a model, and of all that its card speaks for; maybe nothing."""
    card = card_named(name)
    room = next(room for one, room in _cards() if one is card)
    determination = determinations().get(room)
    if determination is None:
        return ()
    wanted = card.names if name == card.name else (name,)
    found = [determination.function_of(one) for one in wanted]
    return tuple(one for one in determination.functions if one in found)


@cache
def determinations() -> "dict[str, Determination]":
    """Return the determination of each capability that has one, by the capability's name."""
    from wardround.governance.determination import read_determination

    return {
        where.split("/")[1]: read_determination(path.read_text("utf-8"), where)
        for where, path in _below(files(_PACKAGE), "determination.yaml")
    }


@cache
def _cards() -> "tuple[tuple[Card, str], ...]":
    """Return each card, with the capability that it belongs to, if any."""
    from wardround.governance.cards import read_card

    return tuple(
        (read_card(path.read_text("utf-8"), where), _room(where))
        for where, path in _below(files(_PACKAGE), "card.yaml")
    )


def _room(where: str) -> str:
    first, second, *_ = where.split("/")
    return second if first == _CAPABILITIES else ""


def _below(folder: Traversable, name: str, where: str = "") -> Iterator[tuple[str, Traversable]]:
    """Yield each file of a name, with its path within the package."""
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.is_dir():
            yield from _below(path, name, f"{where}{path.name}/")
        elif path.name == name:
            yield f"{where}{name}", path


def _spec(text: str) -> "Spec":
    import yaml  # type: ignore[import-untyped]

    from wardround.engines.tabular import read_spec

    return read_spec(yaml.safe_load(text))


def _files(card: "Card") -> Iterator[Carried]:
    """Yield the model of a card, or each of its parts: what has a file and its digest."""
    if card.file and card.digest:
        yield _hashed(card.name, card.version, card.file, card.digest)
    for part in card.parts:
        yield _hashed(part.name, card.version, part.file, part.digest)


def _hashed(name: str, version: str, file: str, digest: str) -> Carried:
    path = files(_PACKAGE).joinpath(*file.split("/")[1:])
    found = sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
    return Carried(name=name, version=version, file=file, digest=found, as_said=found == digest)
