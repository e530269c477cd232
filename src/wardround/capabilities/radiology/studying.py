"""A study: the images handed in, whose they are, and which of them the model reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import orjson

from wardround.capabilities.radiology.model import IMAGE, Picture, Study
from wardround.capabilities.radiology.whose import whose
from wardround.kernel import Input, InvalidInput, Part

if TYPE_CHECKING:
    from wardround.capabilities.radiology.readers.ports import ReadsImages
    from wardround.engines.images import Facts

REQUEST = "model"
"""The name of a part that asks for one model: ``{"model": NAME}``; it is no image."""
MOST = 64
"""Images of one order; a CT of hundreds comes as one multi-frame file, or from the archive."""

_MEDIA = {"dicom": "application/dicom", "png": "image/png", "jpeg": "image/jpeg"}
FRAMES = "It has {} frames: a model reads one image here, not yet a stack of them."
SERIES = "It is one of a series of {} slices: a model reads one image here, not yet a series."


@dataclass(frozen=True, slots=True)
class Choice:
    """Which image is read, or why none is; ``why`` says it of each image."""

    facts: tuple["Facts", ...]
    index: int | None
    why: tuple[str, ...]


def parts_of(parts: Sequence[Part]) -> list[Part]:
    """Return the images to save, under names without PHI; raise ``InvalidInput``.

    They must be images, of one patient and one study. A request for a model goes along.
    """
    from wardround.engines.images import read_facts

    requests = [part for part in parts if is_request(part)]
    parts = [part for part in parts if not is_request(part)]
    if not 1 <= len(parts) <= MOST:
        raise InvalidInput(
            "A study has images." if not parts else f"These are {len(parts)} images.",
            mend=f"Hand in the images of one study, {MOST} at most.",
        )
    facts = [
        read_facts(part.data or part.file, f"image {place + 1}") for place, part in enumerate(parts)
    ]
    for what, marks in (
        ("patients", {one.patient for one in facts if one.patient}),
        ("studies", {one.study for one in facts if one.study}),
    ):
        if len(marks) > 1:
            raise InvalidInput(
                f"These images are of {len(marks)} {what}.", mend="Hand in one study at a time."
            )
    return [
        part.model_copy(
            update={
                "name": IMAGE.format(place),
                "media_type": _MEDIA.get(one.source, "application/octet-stream"),
            }
        )
        for place, (part, one) in enumerate(zip(parts, facts, strict=True))
    ] + requests[:1]


def is_request(part: Part | Input) -> bool:
    """Tell whether something handed in asks for a model, and is no image."""
    return part.name == REQUEST and part.media_type == "application/json"


def asked_for(data: bytes) -> str:
    """Return the name of the model that a request asks for; raise ``InvalidInput``."""
    try:
        name = orjson.loads(data)["model"]
    except (orjson.JSONDecodeError, KeyError, TypeError):
        name = None
    if not isinstance(name, str):
        raise InvalidInput("This asks for no model.", where=REQUEST, mend='Write {"model": NAME}.')
    return name


def facts_of(images: Sequence[bytes | str]) -> tuple["Facts", ...]:
    """Return what the files of images say."""
    from wardround.engines.images import read_facts

    return tuple(read_facts(data, IMAGE.format(place)) for place, data in enumerate(images))


def chosen(facts: Sequence["Facts"], reader: "ReadsImages") -> Choice:
    """Choose the image that a model reads, by the rules of ``engines.images.choose``.

    A model reads one image here: of many frames, or of a series of slices, it reads none.
    """
    from wardround.engines.images import choose

    why = [_several(one.frames) or reader.suits(one) or "" for one in facts]
    left = [place for place, reason in enumerate(why) if not reason]
    while left:
        found = choose([facts[place] for place in left], reader.need)
        places = [left[index] for index in found.indices]
        for other in found.others:
            why[left[other.index]] = other.reason
        if len(places) == 1:
            why[places[0]] = found.reason
            return Choice(tuple(facts), places[0], tuple(why))
        for place in places:
            why[place] = SERIES.format(len(places))
        left = [place for place in left if place not in places] if places else []
    return Choice(tuple(facts), None, tuple(why))


def study_of(images: Sequence[bytes | str], choice: Choice) -> Study:
    """Return what was handed in, as the files say."""
    facts = choice.facts
    first = facts[choice.index or 0]
    return Study(
        uid=first.study,
        modality=first.modality,
        body_part=first.body_part,
        taken=first.acquired,
        of=whose(images[choice.index or 0], first.source),
        pictures=tuple(
            Picture(
                input=IMAGE.format(place),
                rows=one.rows,
                columns=one.columns,
                frames=one.frames,
                view=one.view,
                laterality=one.laterality,
                spacing=one.spacing,
                instance=one.instance,
                series=one.series,
                sop=one.sop_class,
                read=place == choice.index,
                why=choice.why[place],
            )
            for place, one in enumerate(facts)
        ),
    )


def _several(frames: int) -> str:
    return FRAMES.format(frames) if frames > 1 else ""
