"""DICOM pixels become what was measured, brighter always greater, shown as the file says."""

import numpy as np
import pydicom
import pytest
from pydicom.dataset import Dataset
from pydicom.encaps import encapsulate
from pydicom.pixels.utils import pixel_array
from pydicom.uid import (
    UID,
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ImplicitVRLittleEndian,
    JPEG2000Lossless,
    JPEGLSLossless,
    RLELossless,
)

from tests.engines.images.files import dataset, dicom, lut, set_pixels, written
from wardround.engines.images import read_facts, read_image
from wardround.kernel import InvalidInput

RAMP = np.arange(64, dtype="<u2").reshape(8, 8) * 64


@pytest.mark.requirement("IMG-01")
def test_rescale_gives_what_was_measured() -> None:
    stored = np.array([[-1024, 0], [40, 3071]], "<i2")
    image = read_image(dicom(stored, RescaleSlope="2", RescaleIntercept="-100"))
    assert image.values.dtype == np.float32
    assert image.values.tolist() == [[-2148, -100], [-20, 6042]]
    assert image.facts.signed


@pytest.mark.requirement("IMG-01")
def test_a_modality_table_gives_what_was_measured() -> None:
    item = lut(10, [100, 200, 400])
    stored = np.array([[0, 10], [11, 60]], "<u2")
    image = read_image(dicom(stored, ModalityLUTSequence=[item]))
    assert image.values.tolist() == [[100, 100], [200, 400]]


@pytest.mark.requirement("IMG-01")
def test_a_signed_table_begins_below_zero() -> None:
    item = lut(-2, [1, 2, 3, 4, 5], signed=True)
    stored = np.array([[-9, -2], [0, 9]], "<i2")
    image = read_image(dicom(stored, ModalityLUTSequence=[item]))
    assert image.values.tolist() == [[1, 1], [3, 5]]


@pytest.mark.requirement("IMG-01")
def test_monochrome1_is_turned_and_shown_as_its_negative() -> None:
    plain = read_image(dicom(RAMP, BitsStored=12, HighBit=11, WindowCenter=1500, WindowWidth=900))
    turned = read_image(
        dicom(
            RAMP,
            BitsStored=12,
            HighBit=11,
            WindowCenter=1500,
            WindowWidth=900,
            PhotometricInterpretation="MONOCHROME1",
        )
    )
    assert (turned.values == 4095 - plain.values).all()
    assert np.allclose(turned.grey(), 1 - plain.grey(), atol=1e-5)


@pytest.mark.requirement("IMG-01")
@pytest.mark.parametrize("syntax", [JPEGLSLossless, RLELossless])
def test_lossless_compression_changes_nothing(syntax: str) -> None:
    noise = np.random.default_rng(0).integers(0, 4096, (32, 48)).astype("<u2")
    made = dataset(noise, BitsStored=12, HighBit=11)
    made.compress(syntax, generate_instance_uid=False)
    image = read_image(written(made))
    assert (image.values == noise).all()
    assert image.facts.syntax == syntax


@pytest.mark.requirement("IMG-01")
def test_jpeg_2000_changes_nothing() -> None:
    from openjpeg.utils import encode_array

    noise = np.random.default_rng(0).integers(0, 4096, (32, 48)).astype("<u2")
    made = dataset(noise, BitsStored=12, HighBit=11)
    made.PixelData = encapsulate([encode_array(noise, bits_stored=12)])
    made["PixelData"].VR = "OB"
    made.file_meta.TransferSyntaxUID = JPEG2000Lossless
    assert (read_image(written(made)).values == noise).all()


@pytest.mark.requirement("IMG-01")
@pytest.mark.parametrize(
    "syntax", [ImplicitVRLittleEndian, ExplicitVRBigEndian, DeflatedExplicitVRLittleEndian]
)
def test_every_plain_transfer_syntax_is_read(syntax: str) -> None:
    stored = RAMP.astype(">u2") if syntax == ExplicitVRBigEndian else RAMP
    made = dataset(stored)
    made.file_meta.TransferSyntaxUID = UID(syntax)
    assert (read_image(written(made)).values == RAMP).all()


@pytest.mark.requirement("IMG-01")
def test_what_codecs_decode_is_what_pydicom_says() -> None:
    """Against pydicom's own decoding, of every image that comes with it."""
    from pathlib import Path

    folder = Path(pydicom.__file__).parent / "data" / "test_files"
    compared = 0
    for path in sorted(folder.glob("MR_small*.dcm")):
        image = read_image(path)
        assert (image.values == pixel_array(path)).all(), path.name
        compared += 1
    assert compared >= 6


@pytest.mark.requirement("IMG-01")
def test_bits_beside_the_stored_ones_do_not_count() -> None:
    stored = (RAMP & 0x0FFF) | 0xA000
    image = read_image(dicom(stored.astype("<u2"), BitsStored=12, HighBit=11))
    assert (image.values == (RAMP & 0x0FFF)).all()
    high = read_image(dicom((RAMP << 2).astype("<u2"), BitsStored=12, HighBit=13))
    assert (high.values == RAMP).all()


@pytest.mark.requirement("IMG-01")
def test_signed_values_of_fewer_bits_keep_their_sign() -> None:
    stored = np.array([[0x0FFF, 0x0800], [0x07FF, 1]], "<u2").view("<i2")
    image = read_image(dicom(stored, BitsStored=12, HighBit=11))
    assert image.values.tolist() == [[-1, -2048], [2047, 1]]


@pytest.mark.requirement("IMG-01")
def test_colours_by_pixel_and_by_plane_are_alike() -> None:
    colours = np.random.default_rng(1).integers(0, 255, (6, 4, 3)).astype(np.uint8)
    by_plane = dataset(colours, PlanarConfiguration=1)
    set_pixels(by_plane, np.ascontiguousarray(colours.transpose(2, 0, 1)))
    assert (read_image(dicom(colours)).values == colours).all()
    assert (read_image(written(by_plane)).values == colours).all()
    assert read_image(dicom(colours)).facts.channels == 3


@pytest.mark.requirement("IMG-01")
def test_ybr_becomes_rgb() -> None:
    from pydicom.pixels.processing import convert_color_space

    colours = np.full((4, 4, 3), (200, 40, 90), np.uint8)
    ybr = convert_color_space(colours, "RGB", "YBR_FULL")
    image = read_image(dicom(ybr, PhotometricInterpretation="YBR_FULL"))
    assert np.abs(image.values.astype(int) - colours).max() <= 2


@pytest.mark.requirement("IMG-01")
def test_a_palette_is_looked_up() -> None:
    stored = np.array([[0, 1], [2, 1]], np.uint8)
    made = dataset(stored, PhotometricInterpretation="PALETTE COLOR")
    for colour, entries in (("Red", [0, 255, 9]), ("Green", [1, 128, 8]), ("Blue", [2, 64, 7])):
        made.add_new(f"{colour}PaletteColorLookupTableDescriptor", "US", [3, 0, 8])
        made.add_new(f"{colour}PaletteColorLookupTableData", "OW", bytes(entries) + b"\0")
    image = read_image(written(made))
    assert image.values.tolist() == [[[0, 1, 2], [255, 128, 64]], [[9, 8, 7], [255, 128, 64]]]


@pytest.mark.requirement("IMG-01")
def test_three_equal_channels_are_grey() -> None:
    grey = np.repeat(np.arange(16, dtype=np.uint8).reshape(4, 4, 1), 3, axis=2)
    image = read_image(dicom(grey))
    assert image.values.shape == (4, 4)
    assert image.facts.channels == 1
    assert any("equal" in remark for remark in image.facts.remarks)


@pytest.mark.requirement("IMG-01")
def test_one_frame_of_many_is_read() -> None:
    frames = np.stack([RAMP, RAMP + 1, RAMP + 2])
    made = dataset(RAMP, NumberOfFrames=3)
    set_pixels(made, frames)
    file = written(made)
    assert (read_image(file, frame=2).values == RAMP + 2).all()
    assert read_facts(file).frames == 3
    with pytest.raises(InvalidInput, match="no such frame"):
        read_image(file, frame=3)


@pytest.mark.requirement("IMG-01")
def test_padding_is_dark_and_told() -> None:
    stored = np.array([[-2000, -2000], [-900, 300]], "<i2")
    image = read_image(dicom(stored, PixelPaddingValue=-2000))
    assert image.values.tolist() == [[-900, -900], [-900, 300]]
    assert any("50%" in remark for remark in image.facts.remarks)
    ranged = dicom(stored, PixelPaddingValue=-2000, PixelPaddingRangeLimit=-1000)
    assert read_image(ranged).values.min() == -900


@pytest.mark.requirement("IMG-02")
def test_a_linear_window_is_that_of_the_standard() -> None:
    """PS3.3 C.11.2.1.2.1: at width 4096 and center 2048, 0 is black and 4095 white."""
    stored = np.array([[0, 2047], [2048, 4095]], "<u2")
    image = read_image(dicom(stored, WindowCenter="2048", WindowWidth="4096"))
    assert np.allclose(image.grey(), [[0, 2047 / 4095], [2048 / 4095, 1]], atol=1e-6)
    assert image.shown_by == "the file's window"


@pytest.mark.requirement("IMG-02")
def test_windows_of_the_other_functions_are_those_of_the_standard() -> None:
    stored = np.array([[0, 100], [150, 200]], "<u2")
    told = {"WindowCenter": "100", "WindowWidth": "200"}
    exact = read_image(dicom(stored, VOILUTFunction="LINEAR_EXACT", **told)).grey()
    assert np.allclose(exact, [[0, 0.5], [0.75, 1]])
    curve = read_image(dicom(stored, VOILUTFunction="SIGMOID", **told)).grey()
    assert np.allclose(curve, 1 / (1 + np.exp(-4 * (stored.astype(float) - 100) / 200)), atol=1e-6)


@pytest.mark.requirement("IMG-02")
def test_the_narrowest_window_is_a_threshold() -> None:
    stored = np.array([[9, 10]], "<u2")
    image = read_image(dicom(stored, WindowCenter="10", WindowWidth="1"))
    assert image.grey().tolist() == [[0, 1]]


@pytest.mark.requirement("IMG-02")
def test_of_several_windows_the_first_is_meant() -> None:
    told = {"WindowCenter": ["100", "2000"], "WindowWidth": ["200", "4000"]}
    image = read_image(dicom(RAMP, WindowCenterWidthExplanation=["BONE", "ALL"], **told))
    assert [window.says for window in image.voi.windows] == ["BONE", "ALL"]
    assert image.grey().mean() > image.grey(choice=1).mean()


@pytest.mark.requirement("IMG-02")
def test_a_voi_table_comes_before_a_window() -> None:
    item = lut(0, [0, 65535, 0], bits=16)
    del item.ModalityLUTType
    stored = np.array([[0, 1], [2, 9]], "<u2")
    image = read_image(dicom(stored, VOILUTSequence=[item], WindowCenter="5", WindowWidth="9"))
    assert image.grey().tolist() == [[0, 1], [0, 0]]
    assert "table" in image.shown_by


@pytest.mark.requirement("IMG-02")
def test_without_a_window_the_rule_is_named() -> None:
    whole = np.array([[0, 4095]], "<u2")
    image = read_image(dicom(whole, BitsStored=12, HighBit=11))
    assert image.shown_by == "the range of the stored bits"
    narrow = read_image(dicom(np.array([[-100, 200]], "<i2")))
    assert narrow.shown_by.startswith("percentiles")
    assert narrow.grey().tolist() == [[0, 1]]


@pytest.mark.requirement("IMG-02")
def test_a_window_that_cannot_be_is_left_out_and_told() -> None:
    image = read_image(dicom(RAMP, WindowCenter="100", WindowWidth="0"))
    assert not image.voi.windows
    assert any("window" in remark for remark in image.facts.remarks)


@pytest.mark.requirement("IMG-01")
def test_functional_groups_speak_for_their_frames() -> None:
    """An enhanced image: spacing is shared, rescale is each frame's own."""
    made = dataset(RAMP, NumberOfFrames=2)
    set_pixels(made, np.stack([RAMP, RAMP]))
    measures, shared = Dataset(), Dataset()
    measures.PixelSpacing, measures.SliceThickness = ["0.5", "0.25"], "3"
    shared.PixelMeasuresSequence = [measures]
    made.SharedFunctionalGroupsSequence = [shared]
    each = []
    for slope in ("1", "3"):
        change, frame = Dataset(), Dataset()
        change.RescaleSlope, change.RescaleIntercept = slope, "0"
        frame.PixelValueTransformationSequence = [change]
        each.append(frame)
    made.PerFrameFunctionalGroupsSequence = each
    file = written(made)
    assert (read_image(file, frame=1).values == RAMP * 3.0).all()
    facts = read_facts(file)
    assert (facts.spacing, facts.thickness) == ((0.5, 0.25), 3)


@pytest.mark.requirement("IMG-01")
def test_a_slope_that_cannot_be_leaves_values_as_stored() -> None:
    for slope in ("0", "1e38"):
        image = read_image(dicom(RAMP, RescaleSlope=slope, RescaleIntercept="0"))
        assert (image.values == RAMP).all()
        assert any("slope" in remark for remark in image.facts.remarks)


@pytest.mark.requirement("IMG-05")
def test_floating_pixels_are_read_if_they_are_numbers() -> None:
    pixels = np.array([[0.5, -2.0], [7.25, 1.0]], "<f4")
    made = dataset(pixels, PixelData=None, BitsStored=None, HighBit=None, PixelRepresentation=None)
    made.add_new("FloatPixelData", "OF", pixels.tobytes())
    assert (read_image(written(made)).values == pixels).all()
    pixels[0, 0] = np.nan
    made["FloatPixelData"].value = pixels.tobytes()
    with pytest.raises(InvalidInput, match="finite"):
        read_image(written(made))
