"""Which image, or which series, is meant: chosen by rule, with the reason, and why the others not.

Rules, in order: one patient and one study; what cannot serve is set aside with its reason; then
the image that says more of what is asked, the view asked for first, the kernel, the thickness
nearest to the one asked for, the most slices, the latest, the largest, and the first handed in.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from wardround.engines.images.candidates import VOLUMES, Candidate, candidates
from wardround.engines.images.facts import Facts
from wardround.kernel import InvalidInput

FOR_PROCESSING = {
    "1.2.840.10008.5.1.4.1.1.1.1.1",
    "1.2.840.10008.5.1.4.1.1.1.2.1",
    "1.2.840.10008.5.1.4.1.1.1.3.1",
}
"""Digital X-ray, mammography and intra-oral images "for processing": no one is to look at them."""

MIXED = (
    ("patient", "patients", "PatientID"),
    ("study", "studies", "StudyInstanceUID"),
)


@dataclass(frozen=True, kw_only=True)
class Need:
    """What a reader of images asks for; what is empty is not asked."""

    modality: tuple[str, ...] = ()
    body_part: tuple[str, ...] = ()
    view: tuple[str, ...] = ()
    """In order of preference."""
    plane: str = ""
    kernel: tuple[str, ...] = ()
    """Parts of kernels' names that are preferred, in order."""
    thickness: tuple[float, float] | None = None
    """The least and the greatest thickness of a slice, in millimetres; the middle is preferred."""
    slices: int = 1
    """The fewest slices of a series."""
    identified: bool = True
    """Whether a DICOM file must say whose image it is."""


@dataclass(frozen=True)
class Other:
    """An image that was not chosen, by its place among those handed in, and why."""

    index: int
    reason: str


@dataclass(frozen=True)
class Choice:
    """The images chosen: one, or the slices of a series in their order; none where none fits."""

    indices: tuple[int, ...]
    reason: str
    others: tuple[Other, ...] = ()

    @property
    def index(self) -> int | None:
        """The first of those chosen."""
        return self.indices[0] if self.indices else None


def choose(facts: Sequence[Facts], need: Need | None = None) -> Choice:
    """Return which of some files' images fits a need, and why; the facts are of one study.

    Raise ``InvalidInput`` where there are none, or those of two patients or two studies, or of a
    patient who is not named.
    """
    asked = need or Need()
    _require_one_study(facts, asked)
    copies: list[int] = []
    fit: list[Candidate] = []
    others: list[Other] = []
    for one in candidates(facts, copies):
        reason = _unfit(one, asked)
        if reason is None:
            fit.append(one)
        else:
            others += [Other(index, reason) for index in one.indices]
    others += [Other(index, "It is a copy of another file.") for index in copies]
    if not fit:
        told = sorted({other.reason for other in others})
        return Choice((), "No image fits. " + " ".join(told), tuple(_in_order(others)))
    ranked = sorted(fit, key=lambda one: _rank(one, asked))
    best = ranked[0]
    for one in ranked[1:]:
        reason = _second(best, one, asked)
        others += [Other(index, reason) for index in one.indices]
    return Choice(best.indices, _reason(best, ranked[1:], asked), tuple(_in_order(others)))


def _in_order(others: list[Other]) -> list[Other]:
    return sorted(others, key=lambda other: other.index)


def _require_one_study(facts: Sequence[Facts], need: Need) -> None:
    if not facts:
        raise InvalidInput("There is no image to choose from.", mend="Send the study again.")
    files = [one for one in facts if one.source == "dicom"]
    nameless = sum(not one.patient for one in files)
    if need.identified and nameless:
        raise InvalidInput(
            f"{nameless} of {len(files)} DICOM files do not say whose image they are.",
            where="PatientID",
            mend="Send them again with the patient's ID, one patient at a time.",
        )
    for name, many, keyword in MIXED:
        found = {getattr(one, name) for one in files}
        if len(found if need.identified else found - {""}) > 1:
            raise InvalidInput(
                f"The files are of {len(found)} different {many}.",
                where=keyword,
                mend=f"Send the files of one {name} at a time.",
            )


def _unfit(one: Candidate, need: Need) -> str | None:  # noqa: PLR0911 - one reason a line
    facts = one.first
    if need.modality and facts.source == "dicom" and facts.modality not in need.modality:
        return f"It is {facts.modality or 'of no told modality'}, not {_or(need.modality)}."
    if "LOCALIZER" in facts.image_type:
        return "It is a localizer."
    if facts.sop_class in FOR_PROCESSING:
        return "It is raw data for processing, not for presentation."
    if facts.modality in VOLUMES and "SECONDARY" in facts.image_type:
        return "It is a picture made from images, not an image that was taken."
    for told, asked, name in (
        (facts.body_part, need.body_part, "body part"),
        (facts.view, need.view, "view"),
        (facts.plane, (need.plane,) if need.plane else (), "plane"),
    ):
        if asked and told and told not in asked:
            return f"Its {name} is {told.lower() if name != 'view' else told}, not {_or(asked)}."
    if need.thickness and facts.thickness is not None:
        low, high = need.thickness
        if not low <= facts.thickness <= high:
            return f"Its slices are {facts.thickness:g} mm thick, not {low:g} to {high:g} mm."
    if one.slices < need.slices:
        return f"It has {one.slices} slices, fewer than {need.slices}."
    return _broken(one)


def _broken(one: Candidate) -> str | None:
    if one.uneven:
        return "Its slices differ in size, spacing or plane."
    return "A slice is missing from it." if one.gap else None


def _or(asked: tuple[str, ...]) -> str:
    return " or ".join(asked)


RULES = (
    "it says less of what is asked",
    "its view is asked for less",
    "its kernel is asked for less",
    "its slices are of a less fitting thickness",
    "it has fewer slices",
    "it was taken earlier",
    "it has fewer pixels",
    "it was handed in later",
)
"""What each part of a rank says of an image that comes second by it."""


def _rank(one: Candidate, need: Need) -> tuple[float, ...]:
    """Return what is compared, the smallest first, in the order of ``RULES``."""
    facts = one.first
    told = ((need.body_part, facts.body_part), (need.view, facts.view), (need.plane, facts.plane))
    silent = sum(bool(asked) and not said for asked, said in told)
    view = need.view.index(facts.view) if facts.view in need.view else len(need.view)
    kernels = [at for at, name in enumerate(need.kernel) if name.upper() in facts.kernel.upper()]
    middle = sum(need.thickness) / 2 if need.thickness else 0.0
    thickness = abs((facts.thickness or middle) - middle) if need.thickness else 0.0
    taken = "".join(filter(str.isdigit, facts.acquired)).ljust(14, "0")
    return (
        silent,
        view,
        kernels[0] if kernels else len(need.kernel),
        thickness,
        -one.slices if facts.modality in VOLUMES else 0,
        -float(taken[:14]),
        -facts.rows * facts.columns,
        one.indices[0],
    )


def _decided(best: Candidate, other: Candidate, need: Need) -> int:
    pairs = zip(_rank(best, need), _rank(other, need), strict=True)
    return next(at for at, (one, two) in enumerate(pairs) if one != two)


def _second(best: Candidate, other: Candidate, need: Need) -> str:
    return f"It would do, but {RULES[_decided(best, other, need)]}."


def _reason(best: Candidate, others: list[Candidate], need: Need) -> str:
    if not others:
        return "It is the only one that fits."
    rule = RULES[_decided(best, others[0], need)]
    return f"{len(others) + 1} would do; of the next one, {rule}."
