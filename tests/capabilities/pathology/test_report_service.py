"""Pathology on the route: a slide is taken in, read with a network, and its report kept whole."""

from pathlib import Path
from typing import cast

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from tests.capabilities.pathology.reports import INPUT, MODEL, SIZE, Held, made, order
from wardround.capabilities.pathology import Kept, Pathology, Report
from wardround.capabilities.pathology.nuclei.learned import Maps, Network
from wardround.engines.images import SlidePhantom, write_slide
from wardround.kernel import InvalidInput, Json, Part

PHANTOM = SlidePhantom(width=768, height=640)


class Dark:
    """A network that takes what is dark for nuclei, or one that fails once it was asked."""

    digest = "f" * 64

    def __init__(self, fails: bool = False) -> None:
        self.asked = 0
        self.fails = fails

    def maps(self, rgb: NDArray[np.uint8]) -> Maps:
        self.asked += 1
        if self.fails:
            raise InterruptedError("the machine was switched off")
        dark = rgb[..., 0] < np.quantile(rgb[..., 0], 0.2)
        depth = np.minimum(ndimage.distance_transform_edt(dark) / 8, 1)
        return np.where(dark, 0.95, 0.05).astype(np.float32), depth.astype(np.float32)


def room(work: Path, network: Dark | None = None) -> Pathology:
    return Pathology(cast("Network", network or Dark()), MODEL, work)


@pytest.fixture(scope="module")
def slide(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """A slide as a file, and how many nuclei are drawn on it."""
    path = tmp_path_factory.mktemp("slide") / "slide.tiff"
    return path, len(write_slide(PHANTOM, path))


def test_a_slide_is_read_from_its_file(slide: tuple[Path, int], tmp_path: Path) -> None:
    path, drawn = slide
    network = Dark()
    made_of = room(tmp_path / "work", network).draft(order(), Held(path))
    assert made_of.abstained is None
    report = Report.model_validate(made_of.content)
    assert (report.slide.columns, report.slide.rows, report.slide.mpp) == (768, 640, 0.5)
    count = next(one.value for one in report.measures if one.code == "nuclei")
    assert drawn / 3 < count < 3 * drawn, "a network of one threshold merges some, and adds some"
    assert network.asked == report.looked > 0
    (result,) = made_of.files
    assert [str(one) for one in (tmp_path / "work").iterdir()] == [result.file], "no ledger waits"
    with Kept(result.file) as kept:
        assert len(kept) == count
        assert sum(map(len, kept.parts())) == count
    assert (tmp_path / "work").stat().st_mode & 0o077 == 0
    validated = room(tmp_path).validate(made_of.content)
    assert validated == made_of.content


@pytest.mark.requirement("PATH-05")
def test_a_reading_that_was_cut_off_leaves_what_it_has(
    slide: tuple[Path, int], tmp_path: Path
) -> None:
    with pytest.raises(InterruptedError):
        room(tmp_path, Dark(fails=True)).draft(order(), Held(slide[0]))
    assert [one.name for one in tmp_path.iterdir()] == [f"{INPUT.sha256}.jsonl"]
    assert room(tmp_path).draft(order(), Held(slide[0])).abstained is None
    assert [one.name for one in tmp_path.iterdir()] == ["o1.zip"], "the route keeps and removes it"


def test_an_empty_slide_abstains_and_says_why(tmp_path: Path) -> None:
    Image.new("RGB", (900, 700), (245, 245, 245)).save(tmp_path / "glass.png")
    network = Dark()
    drafted = room(tmp_path / "work", network).draft(order(), Held(tmp_path / "glass.png"))
    assert drafted.abstained
    assert drafted.content == {}
    assert network.asked == 0


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ([], "One slide is handed in at a time"),
        ([Part(name="a", file="x"), Part(name="b", file="y")], "One slide is handed in at a time"),
        ([Part(name="a", data=b"II*")], "handed in as a file"),
    ],
)
def test_what_is_not_one_slide_is_refused(tmp_path: Path, parts: list[Part], says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        room(tmp_path).accept(parts)


def test_a_slide_is_named_anew(slide: tuple[Path, int], tmp_path: Path) -> None:
    (part,) = room(tmp_path).accept([Part(name="Ada Lovelace.tiff", file=str(slide[0]))])
    assert (part.name, part.file) == ("slide-0", str(slide[0]))
    letter = tmp_path / "letter"
    letter.write_bytes(b"Dear colleague")
    with pytest.raises(InvalidInput):
        room(tmp_path).accept([Part(name="a", file=str(letter))])


def test_an_edit_that_breaks_the_report_is_refused(tmp_path: Path) -> None:
    pathology = room(tmp_path)
    content = dict(made().content)
    beyond = {"x": SIZE[0], "y": 0, "width": 1, "height": 1}
    for change in (
        {"marked": [{"id": "m", "display": "x", "region": beyond}]},
        {"measures": "none"},
        {"diagnosis": "x" * 8001},
        {"slide": None},
        {"more": 1},
    ):
        with pytest.raises(InvalidInput):
            pathology.validate(cast("dict[str, Json]", {**content, **change}))
    kept = pathology.validate({**content, "diagnosis": "Benign."})
    assert kept["diagnosis"] == "Benign."
