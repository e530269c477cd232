"""Microns per pixel and magnification of a slide, and when what a file says of them cannot be."""

FINE, COARSE = 0.02, 20.0
"""Microns per pixel that can be: finer is beyond light, coarser is a desk scanner's 1,270 dpi."""

AT_ONE = 10.0
"""Magnification times microns per pixel: scanners call 0.5 microns per pixel twenty-fold."""


def resolution(
    across: float | None, down: float | None, remarks: list[str]
) -> tuple[float, float] | None:
    """Return microns per pixel, or None with a remark where a file says none that can be."""
    if across is None or down is None:
        remarks.append("The file does not say how large a pixel is: nothing can be measured.")
        return None
    if not (FINE <= across <= COARSE and FINE <= down <= COARSE):
        remarks.append("What the file says of the size of a pixel cannot be: it is left out.")
        return None
    return across, down


def magnification(
    told: float | None, mpp: tuple[float, float] | None, remarks: list[str]
) -> float | None:
    """Return the magnification a file tells, else the one that its resolution is usually called."""
    if told and told > 0:
        return told
    if mpp is None:
        return None
    remarks.append("The magnification is worked out of the microns per pixel.")
    return round(AT_ONE / ((mpp[0] + mpp[1]) / 2), 1)
