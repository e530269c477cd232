"""A slide as DICOM: VL Whole Slide Microscopy, an instance a level (PS3.3 A.32.8).

A scanner's own file has no instances that a report could refer to, and no archive keeps it. It is
written anew, tile by tile, as its pixels are; label and macro picture are not.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wardround import __version__
from wardround.engines.images.objects.accession import Accession
from wardround.engines.images.objects.sources import MANUFACTURER
from wardround.engines.images.objects.spooled import TILE, Spooled, spool
from wardround.engines.images.slide import Slide
from wardround.kernel import InvalidInput, TooLarge

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

MOST_PIXELS = 1024**3
"""Pixels of the base: 32,768 by 32,768. What is larger is a scanner's to send."""
STEP = 4
"""How much smaller each level is than the one before, as scanners have it."""
SMALLEST = 1024
"""Pixels of the longer side of the last level, or fewer."""
_MADE = bytes((7, 224, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))
"""The day of a profile of our own, 2016-01-01: written again, a slide is the same bytes (ICC.1)."""
_DEPTH = "0.001"
"""Millimetres in focus: a section is some micrometres thick, and no file says how many."""


def write_levels(slide: Slide, accession: Accession, folder: Path) -> list[Path]:
    """Write a slide into a folder, the base first, and return its files.

    A tile that is damaged is grey, and its image says so. Raise ``InvalidInput`` where the size of
    a pixel is not known, for no archive's slide is without, and ``TooLarge``.
    """
    width, height = slide.dimensions
    if slide.mpp is None:
        raise InvalidInput(
            "The slide does not say how large a pixel is: no archive takes such a one.",
            where="slide",
            mend="Export it again with its resolution. The report stands in the chart.",
        )
    if width * height > MOST_PIXELS:
        raise TooLarge(
            f"The slide has {width:,} by {height:,} pixels; up to {MOST_PIXELS:,} are written.",
            where="slide",
            mend="Have the scanner's own software send it, and hand in its DICOM file.",
        )
    files = []
    for number, size in enumerate(_sizes(width, height)):
        tiles = spool(slide, size, folder / "tiles")
        made = _header(slide, accession, number, size, tiles)
        file = folder / f"level-{number}.dcm"
        _write(file, made, tiles)
        tiles.file.unlink()
        files.append(file)
    return files


def _sizes(width: int, height: int) -> Iterator[tuple[int, int]]:
    scale = 1
    while True:
        yield max(1, round(width / scale)), max(1, round(height / scale))
        if max(width, height) <= SMALLEST * scale:
            return
        scale *= STEP


def _write(file: Path, made: "Dataset", tiles: Spooled) -> None:
    with file.open("wb") as out:
        made.save_as(out, enforce_file_format=True)
        tiles.write(out)


def _header(
    slide: Slide, accession: Accession, number: int, size: tuple[int, int], tiles: Spooled
) -> "Dataset":
    from pydicom.dataset import Dataset, FileMetaDataset
    from pydicom.uid import JPEGBaseline8Bit, VLWholeSlideMicroscopyImageStorage

    made = Dataset()
    made.file_meta = FileMetaDataset()
    made.file_meta.TransferSyntaxUID = JPEGBaseline8Bit
    made.SOPClassUID = VLWholeSlideMicroscopyImageStorage
    made.SOPInstanceUID = accession.uid(f"level-{number}")
    made.SpecificCharacterSet = "ISO_IR 192"
    _study(made, accession)
    made.Modality, made.SeriesNumber, made.InstanceNumber = "SM", 1, number + 1
    made.SeriesInstanceUID = accession.uid("series")
    made.FrameOfReferenceUID = accession.uid("frame")
    made.PositionReferenceIndicator = "SLIDE_CORNER"
    made.Manufacturer, made.ManufacturerModelName = MANUFACTURER, "Slide writer"
    made.DeviceSerialNumber, made.SoftwareVersions = slide.source[:64], __version__
    resampled = "RESAMPLED" if number else "NONE"
    made.ImageType = ["DERIVED", "PRIMARY", "VOLUME", resampled]
    made.DerivationDescription = "Written anew from a scanner's file; tiles compressed again."
    if tiles.damaged:
        made.ImageComments = f"{tiles.damaged} tiles could not be read and are grey."
    _specimen(made, accession)
    _pixels(made, size, tiles)
    _place(made, slide, size)
    _light(made, slide.profile)
    return made


def _study(made: "Dataset", accession: Accession) -> None:
    made.PatientID, made.PatientName = accession.patient_id, accession.patient_name
    made.PatientBirthDate, made.PatientSex = accession.birth_date, accession.sex
    made.StudyInstanceUID = accession.uid("study")
    day, time = accession.taken_in.strftime("%Y%m%d"), accession.taken_in.strftime("%H%M%S")
    made.StudyDate = made.ContentDate = day
    made.StudyTime = made.ContentTime = time
    made.AcquisitionDateTime = day + time
    made.StudyID = made.AccessionNumber = made.ReferringPhysicianName = ""


def _specimen(made: "Dataset", accession: Accession) -> None:
    """Name glass and specimen; a file tells neither, and its label is not read (PS3.3 C.7.6.22)."""
    from pydicom.dataset import Dataset

    name = accession.uid("slide")
    made.ContainerIdentifier = name
    made.IssuerOfTheContainerIdentifierSequence = []
    made.ContainerTypeCodeSequence = [_code("433466003", "Microscope slide")]
    one = Dataset()
    one.SpecimenIdentifier, one.SpecimenUID = name, accession.uid("specimen")
    one.IssuerOfTheSpecimenIdentifierSequence = []
    one.SpecimenPreparationSequence = []
    made.SpecimenDescriptionSequence = [one]
    made.AcquisitionContextSequence = []


def _pixels(made: "Dataset", size: tuple[int, int], tiles: Spooled) -> None:
    made.Rows = made.Columns = TILE
    made.TotalPixelMatrixColumns, made.TotalPixelMatrixRows = size
    made.NumberOfFrames = len(tiles.lengths)
    made.SamplesPerPixel, made.PhotometricInterpretation = 3, "YBR_FULL_422"
    made.PlanarConfiguration, made.PixelRepresentation = 0, 0
    made.BitsAllocated, made.BitsStored, made.HighBit = 8, 8, 7
    made.LossyImageCompression = "01"
    ratio = 3 * TILE * TILE * len(tiles.lengths) / sum(tiles.lengths)
    made.LossyImageCompressionRatio = f"{ratio:.2f}"
    made.LossyImageCompressionMethod = "ISO_10918_1"
    made.BurnedInAnnotation, made.SpecimenLabelInImage = "NO", "NO"
    made.VolumetricProperties = "VOLUME"


def _place(made: "Dataset", slide: Slide, size: tuple[int, int]) -> None:
    """Say where on the glass the pixels lie, and how large they are (PS3.3 C.8.12.4)."""
    from pydicom.dataset import Dataset

    across, down = slide.mpp or (0.0, 0.0)
    wide, high = slide.dimensions[0] * across / 1000, slide.dimensions[1] * down / 1000
    made.ImagedVolumeWidth, made.ImagedVolumeHeight = wide, high
    made.ImagedVolumeDepth = float(_DEPTH)
    made.ImageOrientationSlide = ["0", "-1", "0", "-1", "0", "0"]
    origin = Dataset()
    origin.XOffsetInSlideCoordinateSystem = origin.YOffsetInSlideCoordinateSystem = "0"
    made.TotalPixelMatrixOriginSequence = [origin]
    made.TotalPixelMatrixFocalPlanes, made.NumberOfOpticalPaths = 1, 1
    made.FocusMethod, made.ExtendedDepthOfField = "AUTO", "NO"
    order = Dataset()
    order.DimensionOrganizationUID = f"{made.SOPInstanceUID}"
    made.DimensionOrganizationSequence = [order]
    made.DimensionOrganizationType = "TILED_FULL"
    measures, kind, path, shared = (Dataset() for _ in range(4))
    measures.PixelSpacing = [_short(high / size[1]), _short(wide / size[0])]
    measures.SliceThickness = _DEPTH
    kind.FrameType = made.ImageType
    path.OpticalPathIdentifier = "1"
    shared.PixelMeasuresSequence = [measures]
    shared.WholeSlideMicroscopyImageFrameTypeSequence = [kind]
    shared.OpticalPathIdentificationSequence = [path]
    made.SharedFunctionalGroupsSequence = [shared]


def _light(made: "Dataset", profile: bytes | None) -> None:
    """Say how it was lit; without a profile of its own, colours are taken for sRGB."""
    from PIL import ImageCms
    from pydicom.dataset import Dataset

    if profile is None:
        made_now = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        profile = made_now[:24] + _MADE + made_now[36:]
    path = Dataset()
    path.OpticalPathIdentifier = "1"
    path.IlluminationTypeCodeSequence = [_code("111744", "Brightfield illumination", "DCM")]
    path.IlluminationColorCodeSequence = [_code("414298005", "Full Spectrum")]
    path.ICCProfile = profile + b"\0" * (len(profile) % 2)
    made.OpticalPathSequence = [path]


def _short(millimetres: float) -> str:
    """Return a number as a Decimal String, which has 16 characters at most (PS3.5 6.2)."""
    return f"{millimetres:.10g}"[:16]


def _code(value: str, meaning: str, scheme: str = "SCT") -> Any:
    from pydicom.dataset import Dataset

    item = Dataset()
    item.CodeValue, item.CodingSchemeDesignator, item.CodeMeaning = value, scheme, meaning
    return item
