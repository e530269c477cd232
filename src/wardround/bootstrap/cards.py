"""A model's card as it stands in this clinic: what is registered, what was measured here."""

from typing import TYPE_CHECKING, NamedTuple

from wardround.bootstrap.house import Wardround
from wardround.bootstrap.models import determinations, filled_card, functions_of
from wardround.kernel import NotFound, Stage

if TYPE_CHECKING:
    from wardround.governance.cards import Card, Known
    from wardround.governance.determination import Function
    from wardround.governance.registry import Models, Registered


class Shown(NamedTuple):
    """A card, what was determined of it, and how far its model is switched on, if it can be."""

    card: "Card"
    functions: "tuple[Function, ...]"
    stage: Stage | None


def card_here(wardround: Wardround, name: str) -> Shown:
    """Return the card of a model: of the version that is on, or else of the newest.

    A version that the clinic registered has the card it was registered with; figures that were
    measured here are put into its blanks, or beside. Raise ``NotFound``.
    """
    from wardround.governance.cards import Known
    from wardround.governance.registry import Origin

    with wardround.database.read() as tx:
        registry = wardround.registry(tx)
        versions = [one for one in registry.stages() if one.name == name]
        if not versions:
            return Shown(filled_card(name), functions_of(name), None)
        one = next((each for each in reversed(versions) if each.is_on), versions[-1])
        measured = [found for digest, found in registry.validations(one) if digest]
        known = Known(local=measured[-1] if measured else None)
        if one.origin is Origin.PACKAGED:
            return Shown(filled_card(name, known), functions_of(name), one.stage)
        return Shown(_of_site(registry, one, known), _determined(one), one.stage)


def _of_site(registry: "Models", one: "Registered", known: "Known") -> "Card":
    from wardround.governance.cards import filled, read_card
    from wardround.governance.registry import FileKind

    for kept in registry.files(one.name):
        if kept.model == one.id and kept.kind is FileKind.CARD:
            _, data = registry.content(one.name, kept.id)
            text = data.decode("utf-8", errors="replace")
            return filled(read_card(text, f"card of {one.name}"), known)
    raise NotFound("This version was registered without a card.", where=one.name)


def _determined(one: "Registered") -> "tuple[Function, ...]":
    determination = determinations().get(one.capability)
    found = None if determination is None else determination.function_of(one.name)
    return () if found is None else (found,)
