"""A level of a DICOM whole slide image, TILED_FULL and not compressed (PS3.3 A.32.8)."""

from pathlib import Path

import numpy as np
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, VLWholeSlideMicroscopyImageStorage, generate_uid

TILE = 256


def code(value: str, meaning: str, scheme: str = "SCT") -> Dataset:
    item = Dataset()
    item.CodeValue, item.CodingSchemeDesignator, item.CodeMeaning = value, scheme, meaning
    return item


def write_level(
    path: Path,
    colours: np.ndarray,
    spacing: float,
    resampled: bool = False,
    flavour: str = "VOLUME",
) -> None:
    """Write one level; ``spacing`` in millimetres. The slide is always the same one."""
    height, width = colours.shape[:2]
    tile = TILE if flavour == "VOLUME" else max(height, width)
    made = Dataset()
    made.file_meta = FileMetaDataset()
    made.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    made.SOPClassUID = VLWholeSlideMicroscopyImageStorage
    made.SOPInstanceUID = generate_uid(entropy_srcs=[path.name])
    made.StudyInstanceUID, made.SeriesInstanceUID = "1.2.3", "1.2.3.1"
    made.FrameOfReferenceUID, made.PositionReferenceIndicator = "1.2.3.9", "SLIDE_CORNER"
    made.Modality, made.PatientID, made.PatientName = "SM", "1", "Phantom^Slide"
    made.ImageType = ["DERIVED", "PRIMARY", flavour, "RESAMPLED" if resampled else "NONE"]
    made.ContainerIdentifier = "S1"
    made.DimensionOrganizationType = "TILED_FULL"
    made.DimensionOrganizationSequence = [Dataset()]
    made.DimensionOrganizationSequence[0].DimensionOrganizationUID = "1.2.3.8"
    made.TotalPixelMatrixColumns, made.TotalPixelMatrixRows = width, height
    made.ImagedVolumeWidth, made.ImagedVolumeHeight = width * spacing, height * spacing
    made.ImagedVolumeDepth = 0.001
    made.ImageOrientationSlide = ["0", "-1", "0", "-1", "0", "0"]
    origin = Dataset()
    origin.XOffsetInSlideCoordinateSystem = "0"
    origin.YOffsetInSlideCoordinateSystem = "0"
    made.TotalPixelMatrixOriginSequence = [origin]
    made.TotalPixelMatrixFocalPlanes, made.NumberOfOpticalPaths = 1, 1
    made.FocusMethod, made.ExtendedDepthOfField = "AUTO", "NO"
    made.SpecimenLabelInImage = "YES" if flavour == "LABEL" else "NO"
    made.BurnedInAnnotation, made.LossyImageCompression = "NO", "00"
    way = Dataset()
    way.OpticalPathIdentifier = "1"
    way.IlluminationTypeCodeSequence = [code("111744", "Brightfield illumination", "DCM")]
    way.IlluminationColorCodeSequence = [code("414298005", "Full Spectrum")]
    made.OpticalPathSequence = [way]
    measures, shared, kind = Dataset(), Dataset(), Dataset()
    measures.PixelSpacing, measures.SliceThickness = [str(spacing)] * 2, "0.001"
    kind.FrameType = made.ImageType
    shared.PixelMeasuresSequence = [measures]
    shared.WholeSlideMicroscopyImageFrameTypeSequence = [kind]
    made.SharedFunctionalGroupsSequence = [shared]
    made.InstanceNumber, made.ContentDate, made.ContentTime = 1, "20240101", "120000"
    made.AcquisitionDateTime = "20240101120000"
    tiles = [
        _filled(colours[top : top + tile, left : left + tile], tile)
        for top in range(0, height, tile)
        for left in range(0, width, tile)
    ]
    made.NumberOfFrames, made.Rows, made.Columns = len(tiles), tile, tile
    made.SamplesPerPixel, made.PhotometricInterpretation = 3, "RGB"
    made.PlanarConfiguration, made.PixelRepresentation = 0, 0
    made.BitsAllocated, made.BitsStored, made.HighBit = 8, 8, 7
    made.PixelData = b"".join(one.tobytes() for one in tiles)
    made["PixelData"].VR = "OB"
    made.save_as(path, enforce_file_format=True)


def _filled(part: np.ndarray, tile: int) -> np.ndarray:
    whole = np.full((tile, tile, 3), 255, np.uint8)
    whole[: part.shape[0], : part.shape[1]] = part
    return whole
