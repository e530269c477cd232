"""What a file says about its image: declared facts, "" or None where it does not say."""

from dataclasses import dataclass, field

Spacing = tuple[float, float]
"""Millimetres between the centres of two rows, and of two columns (PS3.3 10.7.1.3)."""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """The facts that a file declares about one image; nothing here is guessed from pixels.

    What could tell who the patient is does not show when facts are printed.
    """

    source: str
    """dicom, png, jpeg or npy."""
    rows: int
    columns: int
    frames: int = 1
    channels: int = 1
    modality: str = ""
    body_part: str = ""
    view: str = ""
    """A value of View Position (PS3.3 C.8.7.1.1.2): PA, AP, LL, RL …"""
    laterality: str = ""
    """R, L, B or U."""
    photometric: str = ""
    bits: int = 8
    """Bits stored for a sample."""
    signed: bool = False
    spacing: Spacing | None = None
    spacing_from: str = ""
    """The attribute the spacing is from: ImagerPixelSpacing is at the detector, not the patient."""
    orientation: tuple[str, str] = ("", "")
    """Where rows, then columns, point in the patient: ("L", "F") for a frontal chest as hung."""
    burned_in: bool | None = None
    overlays: int = 0
    image_type: tuple[str, ...] = ()
    thickness: float | None = None
    kernel: str = ""
    plane: str = ""
    """axial, coronal or sagittal, whichever the slice is nearest to."""
    position: float | None = None
    """Millimetres along the normal of the slice."""
    number: int | None = None
    sop_class: str = ""
    syntax: str = ""
    acquired: str = field(default="", repr=False)
    patient: str = field(default="", repr=False)
    """A one-way mark by which two patients are told apart; it names nobody."""
    study: str = field(default="", repr=False)
    series: str = field(default="", repr=False)
    instance: str = field(default="", repr=False)
    remarks: tuple[str, ...] = ()
    """What is unusual about the file, in words that carry no PHI."""

    @property
    def mirrored(self) -> bool | None:
        """Whether rows point to the patient's right, so that left and right are exchanged.

        None where the file does not say, or the view is none that has a left and a right.
        """
        return {"L": False, "R": True}.get(self.orientation[0][:1])

    @property
    def upside_down(self) -> bool | None:
        """Whether columns point to the head; None where the file does not say."""
        return {"F": False, "H": True}.get(self.orientation[1][:1])
