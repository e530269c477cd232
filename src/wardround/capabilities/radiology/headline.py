"""What a report says in a few words, for lists."""

from wardround.capabilities.radiology.model import Report, Study

_NAMES = {
    "DX": "X-ray",
    "CR": "X-ray",
    "CT": "CT",
    "MR": "MR",
    "US": "Ultrasound",
    "MG": "Mammogram",
}


def kind_of(study: Study) -> str:
    """Return what kind of study it is: ``Chest X-ray``."""
    kind = _NAMES.get(study.modality, "Image")
    part = study.body_part.replace("_", " ").capitalize()
    return f"{part} {kind}" if part else kind


def headline(report: Report) -> str:
    """Return what was decided, or what waits: ``Chest X-ray: 1 finding to decide``."""
    name = kind_of(report.study)
    waiting, there = len(report.undecided), [one.display for one in report.findings if one.stands]
    if waiting:
        return f"{name}: {waiting} finding{'s' if waiting > 1 else ''} to decide"
    return f"{name}: {', '.join(there).lower()}" if there else f"{name}: nothing found"


def percent(share: float | None) -> str:
    """Return a probability as a page tells it, never as 0 % or 100 %; without one, nothing."""
    if share is None:
        return ""
    if share < 0.01:
        return "under 1 %"
    return "over 99 %" if share > 0.99 else f"{share:.0%}"
