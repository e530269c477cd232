"""A study: the images handed in, whose they are, and which of them the model reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wardround.capabilities.radiology.model import IMAGE, Picture, Study
from wardround.capabilities.radiology.whose import whose
from wardround.kernel import InvalidInput, Part

if TYPE_CHECKING:
    from wardround.capabilities.radiology.ports import ReadsImages
    from wardround.engines.images import Facts

MOST = 64
"""Images of one order; a CT of hundreds comes as one multi-frame file, or from the archive."""

_MEDIA = {"dicom": "application/dicom", "png": "image/png", "jpeg": "image/jpeg"}
_VIEWS = ("PA", "AP")
"""The views of a frontal chest, the one that is read more surely first."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which image is read, or why none is; ``why`` says it of each image."""

    facts: tuple["Facts", ...]
    index: int | None
    why: tuple[str, ...]


def parts_of(parts: Sequence[Part]) -> list[Part]:
    """Return the images to save, under names without PHI; raise ``InvalidInput``.

    They must be images, of one patient and one study.
    """
    from wardround.engines.images import read_facts

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
    ]


def chosen(images: Sequence[bytes], reader: "ReadsImages") -> Choice:
    """Choose the image that a model reads: one it is made for, a frontal view before others."""
    from wardround.engines.images import read_facts

    facts = tuple(read_facts(data, IMAGE.format(place)) for place, data in enumerate(images))
    against = [reader.suits(one) for one in facts]
    fit = [place for place, why in enumerate(against) if why is None]
    if not fit:
        return Choice(facts, None, tuple(why or "" for why in against))
    best = min(fit, key=lambda place: (_rank(facts[place]), place))
    why = [
        why or ("The frontal view." if place == best else "One image of a study is read.")
        for place, why in enumerate(against)
    ]
    return Choice(facts, best, tuple(why))


def study_of(images: Sequence[bytes], choice: Choice) -> Study:
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


def _rank(facts: "Facts") -> int:
    return _VIEWS.index(facts.view) if facts.view in _VIEWS else len(_VIEWS)
