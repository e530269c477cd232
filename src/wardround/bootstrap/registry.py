"""The registry put to work: what comes with Wardround is in it, and the route asks it."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from wardround import __version__
from wardround.bootstrap.models import Carried, carried_models
from wardround.database import Database
from wardround.kernel import Capability, Clock, InvalidInput, Model, NamesModel, Stage

if TYPE_CHECKING:
    from wardround.capabilities.risk import FindsLearned, Learned
    from wardround.governance.registry import Candidate, Enclosed, KeptSwitches, Registered

DECLARED = "wardround/capabilities/risk/scores"
"""Where the declarations of the published scores are."""

CLAIMS = "wardround/capabilities/billing/scrubbing/rules"
"""Where the rules of claims are declared."""

LETTERS = "wardround/capabilities/appeal"
"""Where the sentences of appeals are declared."""

_RULES = {"billing": (CLAIMS, "Claims"), "appeal": (LETTERS, "Appeal letters")}
"""The capabilities that draft by declared rules: where those are, and what they are called."""

_ONE_MODEL = {"documentation": "Visit notes", "coding": "Diagnosis codes"}
"""The capabilities that draft with one model, and what it is called."""

_IMAGES = {"radiology": "Chest X-ray findings", "pathology": "Nuclei of a slide"}
"""The capabilities that read images, and what their model tells: device functions, all of them."""

_LEARNED = "wardround/capabilities/risk/models/"


def keep_models(
    database: Database, home: Path, capabilities: Mapping[str, Capability], clock: Clock
) -> "KeptSwitches":
    """Register what comes with Wardround and is new, and return what the route asks."""
    from wardround.governance.registry import KeptSwitches, Registry

    with database.read() as tx:
        known = frozenset(one.model for one in Registry(tx, str).stages())
    fresh = list(released(capabilities, known))
    if fresh:
        with database.begin() as tx:
            Registry(tx, lambda one: digest_of(home, one), clock).release(fresh)
    return KeptSwitches(database)


def released(
    capabilities: Mapping[str, Capability], known: frozenset[Model] = frozenset()
) -> "Iterator[Candidate]":
    """Yield the models that come with Wardround and draft on the route, but for those known.

    Notes, codes, claims, letters and published scores begin live. A score that is used to act at
    once begins off, for it is a device function; so does a learned example, and whatever reads
    images: this clinic has not validated them.
    """
    from wardround.capabilities.risk import SCORES, model_of
    from wardround.governance.registry import Candidate, Origin

    carried = [one for one in carried_models() if one.as_said and _model(one) not in known]
    yield from _ones(capabilities, carried)
    for name in _RULES:
        room: object = capabilities.get(name)
        if isinstance(room, NamesModel) and room.model_for(()) not in known:
            yield _by_rules(name, room.model_for(()))
    if "risk" not in capabilities:
        return
    for score in SCORES.values():
        model = model_of(score)
        if model in known:
            continue
        yield Candidate(
            capability="risk",
            name=model.name,
            version=model.version,
            digest=model.digest,
            title=score.title,
            origin=Origin.PACKAGED,
            device=score.time_critical,
            place=DECLARED,
            code=f"Wardround {__version__}",
            stage=Stage.OFF if score.time_critical else Stage.LIVE,
        )
    for one in carried:
        if one.file.startswith(_LEARNED):
            yield _candidate(one, "risk", _predicts(one), Stage.OFF, learned=True)


def _by_rules(capability: str, model: Model) -> "Candidate":
    from wardround.governance.registry import Candidate, Origin

    place, title = _RULES[capability]
    return Candidate(
        capability=capability,
        name=model.name,
        version=model.version,
        digest=model.digest,
        title=title,
        origin=Origin.PACKAGED,
        device=False,
        place=place,
        code=f"Wardround {__version__}",
        stage=Stage.LIVE,
    )


def _ones(
    capabilities: Mapping[str, Capability], carried: "Sequence[Carried]"
) -> "Iterator[Candidate]":
    """Yield the model of each capability that has one; what reads images begins off."""
    for name, title in (_ONE_MODEL | _IMAGES).items():
        room: object = capabilities.get(name)
        if isinstance(room, NamesModel):
            works, reads = room.model_for(()), name in _IMAGES
            stage = Stage.OFF if reads else Stage.LIVE
            for one in carried:
                if _model(one) == works:
                    yield _candidate(one, name, title, stage, learned=reads)


def digest_of(home: Path, one: "Registered") -> str:
    """Return the sha256 of a version's file as it is now; empty where it is gone."""
    from wardround.capabilities.risk import SCORES, model_of
    from wardround.governance.registry import Origin

    if one.origin is Origin.SITE:
        file = file_of(home, one)
        if file.name == "manifest.yaml":
            from wardround.engines.vision import intact

            return one.digest if intact(file.parent, one.digest) else ""
        return sha256(file.read_bytes()).hexdigest() if file.is_file() else ""
    if one.place == DECLARED:
        score = SCORES.get(one.name)
        return "" if score is None or score.version != one.version else model_of(score).digest
    if one.place in {CLAIMS, LETTERS}:
        made = _rules_model(one.place)
        return made.digest if made.version == one.version else ""
    found = [m for m in carried_models() if m.file == one.place and m.version == one.version]
    return found[0].digest if found else ""


def _rules_model(place: str) -> Model:
    """Return the model of declared rules, as it is now."""
    from wardround.capabilities.appeal import letters_model
    from wardround.capabilities.billing import claims_model

    return claims_model() if place == CLAIMS else letters_model()


def registered_models(database: Database, home: Path) -> "FindsLearned":
    """Return what finds a registered learned model: what is on, or one by its sha256."""

    @cache
    def opened(file: Path, digest: str) -> "Learned":
        from wardround.capabilities.risk import Learned

        return Learned.open(file, digest)

    def find(name: str, digest: str | None) -> "Learned":
        from wardround.governance.registry import Models

        with database.read() as tx:
            found = [one for one in Models(tx).stages() if _is_of_tables(one, name)]
        if not found:
            raise InvalidInput("There is no score and no model of this name.", where="model")
        wanted = [one for one in found if digest in {None, one.digest}]
        on = [one for one in wanted if one.stage is not Stage.OFF] or wanted
        if not on:
            raise InvalidInput(
                "The model that drafted this is no longer here.", mend="Order a new one."
            )
        last = max(on, key=lambda one: (list(Stage).index(one.stage), one.registered))
        return opened(file_of(home, last), last.digest)

    return find


def _is_of_tables(one: "Registered", name: str) -> bool:
    return (one.capability, one.name, one.learned) == ("risk", name, True)


def file_of(home: Path, one: "Registered") -> Path:
    """Return where the file of a version is."""
    from wardround.governance.registry import Origin

    if one.origin is Origin.SITE:
        return home / one.place
    return Path(str(files("wardround").joinpath(*one.place.split("/")[1:])))


def _model(one: Carried) -> Model:
    return Model(name=one.name, version=one.version, digest=one.digest)


def _predicts(one: Carried) -> str:
    """Return what a learned example predicts, as its spec says, for clinicians."""
    import yaml  # type: ignore[import-untyped]

    spec = files("wardround").joinpath(*one.file.split("/")[1:-1], "spec.yaml")
    meaning = str(yaml.safe_load(spec.read_text("utf-8"))["outcome"]["meaning"])
    return f"{meaning[:1].upper()}{meaning[1:]} (example)"


def _candidate(
    one: Carried, capability: str, title: str, stage: Stage, *, learned: bool = False
) -> "Candidate":
    from wardround.governance.registry import Candidate, Origin

    return Candidate(
        capability=capability,
        name=one.name,
        version=one.version,
        digest=one.digest,
        title=title,
        origin=Origin.PACKAGED,
        learned=learned,
        device=learned,
        place=one.file,
        code=f"Wardround {__version__}",
        stage=stage,
        files=tuple(_beside(one)),
    )


def _beside(one: Carried) -> "Iterator[Enclosed]":
    """Yield the card of a carried model, its spec and its plan, where it has them."""
    from wardround.governance.registry import Enclosed, FileKind

    folder = files("wardround").joinpath(*one.file.split("/")[1:-1])
    kinds = {
        "card.yaml": FileKind.CARD,
        "spec.yaml": FileKind.SPEC,
        "pccp.yaml": FileKind.PLAN,
    }
    for name, kind in kinds.items():
        path = folder.joinpath(name)
        if path.is_file():
            data = path.read_bytes()
            yield Enclosed(name=name, kind=kind, media_type="application/yaml", content=data)
