"""Phantoms are of nobody, equal for equal seeds, and valid files of their kinds."""

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from wardround.engines.images import (
    ChestPhantom,
    Opacity,
    SlidePhantom,
    Written,
    draw_chest,
    draw_slide,
    open_slide,
    read_image,
    write_chest,
    write_slide,
)
from wardround.engines.images.slide_phantom import DAB, EOSIN, HEMATOXYLIN

SMALL = 256


@pytest.mark.requirement("IMG-13")
def test_equal_seeds_give_equal_files(tmp_path: Path) -> None:
    assert write_chest(ChestPhantom(4, SMALL)) == write_chest(ChestPhantom(4, SMALL))
    assert write_chest(ChestPhantom(4, SMALL)) != write_chest(ChestPhantom(5, SMALL))
    small = SlidePhantom(seed=4, width=300, height=200)
    one, two = tmp_path / "1.tif", tmp_path / "2.tif"
    assert write_slide(small, one) == write_slide(small, two)
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.requirement("IMG-13")
def test_the_file_says_what_it_is() -> None:
    image = read_image(write_chest(ChestPhantom(0, SMALL)))
    facts = image.facts
    assert (facts.modality, facts.body_part, facts.view) == ("DX", "CHEST", "PA")
    assert (facts.bits, facts.rows, facts.mirrored, facts.burned_in) == (12, SMALL, False, False)
    assert facts.spacing == pytest.approx((400 / SMALL,) * 2)
    assert np.abs(image.grey() - draw_chest(ChestPhantom(0, SMALL))).max() < 0.001
    lateral = read_image(write_chest(ChestPhantom(0, SMALL, faults=frozenset({"lateral"}))))
    assert lateral.facts.view == "LL"


@pytest.mark.requirement("IMG-13")
@pytest.mark.parametrize("side", ["right", "left"])
@pytest.mark.parametrize("zone", ["upper", "middle", "lower"])
def test_a_finding_is_where_it_is_said_to_be(side: str, zone: str) -> None:
    sick = ChestPhantom(1, SMALL, Opacity(side, zone))
    box = sick.finding()
    assert box is not None
    left, top, right, bottom = box
    added = draw_chest(sick) - draw_chest(ChestPhantom(1, SMALL))
    within = added[top:bottom, left:right].sum()
    assert within > 0.7 * np.clip(added, 0.02, None).sum() - 0.02 * added.size * 0.7
    assert added[top:bottom, left:right].mean() > 5 * abs(added).mean()
    assert ChestPhantom(1).finding() is None


@pytest.mark.requirement("IMG-13")
def test_the_heart_is_on_the_patients_left() -> None:
    chest = draw_chest(ChestPhantom(2, SMALL))
    row = chest[int(0.64 * SMALL)]
    assert row[int(0.6 * SMALL)] > row[int(0.4 * SMALL)] + 0.1


@pytest.mark.requirement("IMG-13")
def test_faults_are_what_they_are_called() -> None:
    def with_fault(fault: str) -> np.ndarray:
        return draw_chest(ChestPhantom(2, SMALL, faults=frozenset({fault})))

    sound = draw_chest(ChestPhantom(2, SMALL))
    assert np.allclose(with_fault("mirrored"), sound[:, ::-1])
    assert np.allclose(with_fault("upside down"), sound[::-1, ::-1])
    assert np.allclose(with_fault("rotated"), np.rot90(sound))
    assert np.allclose(with_fault("inverted"), 1 - sound)
    for other in ("lateral", "clipped", "overexposed"):
        assert np.abs(with_fault(other) - sound).mean() > 0.05
    with pytest.raises(ValueError, match="upset"):
        ChestPhantom(faults=frozenset({"upset"}))


@pytest.mark.requirement("IMG-13")
def test_another_bearer_and_other_elements_can_be_written() -> None:
    told = Written(patient_id="P-9", changes={"Modality": "CT", "PatientOrientation": None})
    facts = read_image(write_chest(ChestPhantom(0, SMALL), told)).facts
    assert facts.modality == "CT"
    assert facts.orientation == ("", "")
    assert facts.patient != read_image(write_chest(ChestPhantom(0, SMALL))).facts.patient


@pytest.mark.requirement("IMG-13")
@pytest.mark.parametrize("fault", [None, "lateral"])
def test_the_file_is_valid(tmp_path: Path, fault: str | None) -> None:
    program = shutil.which("dciodvfy")
    if program is None:
        pytest.skip("dciodvfy is not installed (Debian: dicom3tools)")
    path = tmp_path / "chest.dcm"
    faults = frozenset({fault} if fault else ())
    path.write_bytes(write_chest(ChestPhantom(0, SMALL, faults=faults)))
    said = subprocess.run([program, str(path)], capture_output=True, text=True, check=False).stderr
    assert "DXImageForPresentation" in said
    assert "Error" not in said


@pytest.mark.requirement("IMG-13")
def test_a_slide_has_glass_tissue_and_a_hot_spot() -> None:
    phantom = SlidePhantom(width=1400, height=1400)
    colours, nuclei = draw_slide(phantom)
    assert colours[:40, :40].mean() > 240
    assert colours[650:750, 650:750].mean() < 215
    x, y = phantom.hot_spot[0] * 1400, phantom.hot_spot[1] * 1400
    near = [one for one in nuclei if np.hypot(one.x - x, one.y - y) < 150]
    mirrored = [one for one in nuclei if np.hypot(one.x - (1400 - x), one.y - (1400 - y)) < 150]
    assert len(near) > 1.4 * len(mirrored) > 0


@pytest.mark.requirement("IMG-13")
def test_stains_are_those_that_are_said() -> None:
    """The optical density of a brown nucleus is along DAB, of a blue one along hematoxylin."""
    told = SlidePhantom(width=600, height=600, positive=0.4, glass=False)
    colours, nuclei = draw_slide(told)
    brown = sum(one.positive for one in nuclei) / len(nuclei)
    assert 0.3 < brown < 0.5
    for kind, vector, other in ((True, DAB, HEMATOXYLIN), (False, HEMATOXYLIN, DAB)):
        spots = [colours[round(n.y), round(n.x)] for n in nuclei if n.positive is kind]
        density = -np.log(np.clip(np.mean(spots, axis=0), 1, 245) / 245)

        def along(stain: np.ndarray, density: np.ndarray = density) -> float:
            return float(density @ stain / np.linalg.norm(density) / np.linalg.norm(stain))

        assert along(vector) > 0.98
        assert along(vector) > along(other)
    assert EOSIN[1] > 0.9


@pytest.mark.requirement("IMG-13")
def test_nuclei_do_not_touch() -> None:
    _, nuclei = draw_slide(SlidePhantom(width=700, height=700, glass=False, density=1.0))
    places = np.array([(one.x, one.y) for one in nuclei])
    gaps = np.linalg.norm(places[:, None] - places[None], axis=2)
    np.fill_diagonal(gaps, np.inf)
    longest = np.array([one.long for one in nuclei])
    assert (gaps > longest[:, None] + longest[None]).all()


@pytest.mark.requirement("IMG-13")
def test_a_slide_of_any_size_has_all_its_levels(tmp_path: Path) -> None:
    write_slide(SlidePhantom(width=1037, height=521), tmp_path / "s.tif")
    with open_slide(tmp_path / "s.tif") as slide:
        assert [(one.width, one.height) for one in slide.levels] == [
            (1037, 521),
            (518, 260),
            (259, 130),
        ]
