"""How large a compressed frame says that it is, before anything is decoded.

A decoder makes room for what the codestream says, whatever the DICOM header says: the two are
compared first, so that a small file cannot ask for all the memory there is.
"""

START_OF_FRAME = {0xF7, *range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
"""JPEG and JPEG-LS markers that give the size (ISO 10918-1 B.2.2, 14495-1 C.2.2)."""


def size_of(frame: bytes) -> tuple[int, int] | None:
    """Return the rows and columns that a codestream declares; None where it declares none."""
    at = frame.find(b"\xff\x4f\xff\x51")
    if 0 <= at <= 1024 and len(frame) >= at + 24:
        x1, y1, x0, y0 = (
            int.from_bytes(frame[at + 8 + 4 * n : at + 12 + 4 * n], "big") for n in range(4)
        )
        return y1 - y0, x1 - x0
    return _of_jpeg(frame) if frame.startswith(b"\xff\xd8") else None


def _of_jpeg(frame: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(frame) and frame[at] == 0xFF:
        kind = frame[at + 1]
        if kind == 0xFF:  # a fill byte
            at += 1
            continue
        if kind in START_OF_FRAME:
            rows = int.from_bytes(frame[at + 5 : at + 7], "big")
            return rows, int.from_bytes(frame[at + 7 : at + 9], "big")
        at += 2 + int.from_bytes(frame[at + 2 : at + 4], "big")
    return None
