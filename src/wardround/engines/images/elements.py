"""Elements of a DICOM header, read so that a broken one is an absent one."""

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydicom.dataset import Dataset


def value(dataset: "Dataset", keyword: str) -> Any:
    """Return an element's value, or None where it is absent, empty or cannot be read."""
    try:
        found = dataset.get(keyword)
    except Exception:  # noqa: BLE001 - pydicom converts on access, and raises what it likes
        return None
    return None if found is None or found == "" else found


def text(dataset: "Dataset", keyword: str) -> str:
    """Return an element as text; the first value of several."""
    return first(texts(dataset, keyword))


def texts(dataset: "Dataset", keyword: str) -> tuple[str, ...]:
    """Return the values of an element as texts."""
    found = value(dataset, keyword)
    if found is None:
        return ()
    many = [found] if isinstance(found, str | bytes | int | float) else list(found)
    return tuple(str(one).strip() for one in many)


def first(found: tuple[str, ...]) -> str:
    """Return the first of some texts, or the empty one."""
    return found[0] if found else ""


def numbers(dataset: "Dataset", keyword: str) -> tuple[float, ...]:
    """Return the values of an element as finite numbers; none where one of them is not."""
    try:
        found = tuple(float(one) for one in texts(dataset, keyword))
    except ValueError:
        return ()
    return found if all(math.isfinite(one) for one in found) else ()


def number(dataset: "Dataset", keyword: str) -> float | None:
    """Return an element as a finite number; the first of several."""
    found = numbers(dataset, keyword)
    return found[0] if found else None


def whole(dataset: "Dataset", keyword: str, otherwise: int = 0) -> int:
    """Return an element as a whole number, or ``otherwise``."""
    found = number(dataset, keyword)
    return otherwise if found is None else int(found)


def items(dataset: "Dataset", keyword: str) -> list["Dataset"]:
    """Return the items of a sequence; none where it is absent or broken."""
    found = value(dataset, keyword)
    return [] if found is None or isinstance(found, str | bytes) else list(found)


def functional(dataset: "Dataset", frame: int, group: str) -> "Dataset":
    """Return where a functional group's elements stand for one frame (PS3.3 C.7.6.16).

    That is the frame's own item, else the one shared by all frames, else the header itself, as in
    images that have no functional groups.
    """
    each = items(dataset, "PerFrameFunctionalGroupsSequence")
    own = each[frame : frame + 1] if each else []
    for holder in (*own, *items(dataset, "SharedFunctionalGroupsSequence")):
        found = items(holder, group)
        if found:
            return found[0]
    return dataset
