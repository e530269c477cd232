"""Which of the models that are on reads a study, and why."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.capabilities.radiology.studies import SERIES, Bulk, Held, drafted, radiograph, room
from tests.capabilities.radiology.studies import Reader as Known
from tests.capabilities.radiology.test_added import asked, house, of, report_of
from wardround.capabilities.radiology import Offered, Radiology, Reading
from wardround.kernel import Stage


@pytest.mark.requirement("RAD-24")
def test_the_model_whose_manifest_says_most_reads_and_the_others_are_told(tmp_path: Path) -> None:
    wide = of(tmp_path / "a", name="wide", input=asked(body_part=[]))
    chest = of(tmp_path / "b", name="chest", input=asked(view=["PA", "AP"]))
    hand = of(tmp_path / "c", name="hand", input=asked(body_part=["HAND"], view=["PA"]))
    radiology = house(wide, hand, chest)
    report, made = report_of(radiology, radiograph())
    assert made.model.name == "chest"
    assert "Read by chest 1: its manifest names more of what it is for." in report.remarks
    assert any(one.endswith("as well: wide 1.") for one in report.remarks)
    _, made = report_of(radiology, radiograph(ViewPosition="LL"))
    assert made.model.name == "wide"
    _, made = report_of(radiology, radiograph(BodyPartExamined="HAND"))
    assert made.model.name == "hand"
    nobody = drafted(radiology, Held(radiograph(Modality="MR")))
    assert nobody.abstained is not None
    assert all(f"{name} 1: The model reads" in nobody.abstained for name in ("wide", "chest"))


@pytest.mark.requirement("RAD-24")
def test_what_is_live_goes_before_what_is_tried_and_the_latest_before_the_rest(
    tmp_path: Path,
) -> None:
    old, new, shadow = (of(tmp_path / name, name=name, input=asked()) for name in "abc")
    on = [
        Offered(old, Stage.LIVE, datetime(2026, 1, 1, tzinfo=UTC)),
        Offered(new, Stage.LIVE, datetime(2026, 2, 1, tzinfo=UTC)),
        Offered(shadow, Stage.SHADOW, datetime(2026, 3, 1, tzinfo=UTC)),
    ]
    radiology = Radiology(Known(Reading()), Bulk(), lambda _: on)
    report, made = report_of(radiology, radiograph())
    assert made.model.name == "b"
    assert "Read by b 1: it was switched on last." in report.remarks
    assert not any("c 1" in one for one in report.remarks)
    parts = radiology.accept(handed := parts_of(radiograph()))
    assert len(handed) == len(parts)
    assert radiology.model_for(parts).name == "b"
    assert radiology.in_shadow(parts) == ["c"]
    on[:2] = [replace(on[1], stage=Stage.LIMITED)]
    assert radiology.model_for(parts).name == "b"


def parts_of(*files: bytes) -> list[Any]:
    from wardround.kernel import Part

    return [Part(name=f"{place}.dcm", data=data) for place, data in enumerate(files)]


def test_where_no_model_is_on_the_shipped_one_is_named(tmp_path: Path) -> None:
    radiology = house()
    assert radiology.model_for(parts_of(radiograph())) == Known.model
    assert room().model_for(()) == Known.model


def test_of_a_series_of_slices_none_is_read(tmp_path: Path) -> None:
    ct = {"Modality": "CT", "BodyPartExamined": "CHEST"}
    slices = [
        radiograph(
            **ct, ImagePositionPatient=[0, 0, z], InstanceNumber=z, SOPInstanceUID=f"{SERIES}.{z}"
        )
        for z in range(3)
    ]
    model = of(tmp_path, input=asked(modality=["CT"]))
    made = drafted(house(model), Held(*slices))
    assert made.abstained is not None
    assert "series of 3 slices" in made.abstained
    report_of(house(model), slices[0])
