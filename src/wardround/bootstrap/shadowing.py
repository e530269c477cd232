"""Models in shadow draft beside what people ask for, so that they can be measured before use."""

import logging
from collections.abc import Sequence

import orjson

from wardround.bootstrap.house import Wardround
from wardround.kernel import Actor, Part, WardroundError

log = logging.getLogger(__name__)


def order_in_shadow(wardround: Wardround, subject: str, by: Actor) -> int:
    """Order a draft of each risk model in shadow for a patient; return how many were ordered.

    Nobody is shown them. What cannot be ordered costs nobody anything: it is left out.
    """
    with wardround.database.read() as tx:
        models = wardround.registry(tx).in_shadow("risk")
    ordered = 0
    for one in models:
        asked = Part(name="request.json", data=orjson.dumps({"model": one.name}))
        try:
            wardround.rounds.order("risk", subject, None, [asked], by)
        except WardroundError as error:
            log.warning("a model in shadow was not asked: %s", type(error).__name__)
        else:
            ordered += 1
    return ordered


def read_in_shadow(wardround: Wardround, subject: str, study: Sequence[Part], by: Actor) -> int:
    """Order a reading of a study by each model in shadow that suits it; return how many.

    As above: nobody is shown them, and what cannot be ordered is left out.
    """
    from wardround.capabilities.radiology import REQUEST, Radiology

    room = wardround.capabilities.get("radiology")
    if not isinstance(room, Radiology):
        return 0
    ordered = 0
    for name in room.in_shadow(study):
        data = orjson.dumps({"model": name})
        asked = Part(name=REQUEST, data=data, media_type="application/json")
        try:
            wardround.rounds.order(room.name, subject, None, [*study, asked], by)
        except WardroundError as error:
            log.warning("a model in shadow was not asked: %s", type(error).__name__)
        else:
            ordered += 1
    return ordered
