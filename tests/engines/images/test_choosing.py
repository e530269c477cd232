"""Which image is meant, the reason, and why the others not."""

from dataclasses import replace

import pytest

from wardround.engines.images import Facts, Need, choose
from wardround.kernel import InvalidInput

ONE = Facts(
    source="dicom",
    rows=2048,
    columns=2048,
    modality="DX",
    body_part="CHEST",
    view="PA",
    patient="p",
    study="s",
    instance="1",
    acquired="2024-01-01T10:00:00",
)
CHEST = Need(modality=("DX", "CR"), body_part=("CHEST",), view=("PA", "AP"))
COUNT = iter(range(10, 10**6))


def like(**changes: object) -> Facts:
    return replace(ONE, **{"instance": str(next(COUNT))} | changes)  # type: ignore[arg-type]


def stack(series: str, count: int, step: float = 1.0, **changes: object) -> list[Facts]:
    told = {"modality": "CT", "plane": "axial", "thickness": step, "kernel": "B30f", "view": ""}
    return [
        like(series=series, position=-at * step, number=at, **told | changes) for at in range(count)
    ]


@pytest.mark.requirement("IMG-07")
def test_the_view_asked_for_first_is_chosen() -> None:
    facts = [like(view="LL"), like(view="AP"), like(), like(body_part="HAND"), like(modality="CT")]
    choice = choose(facts, CHEST)
    assert choice.index == 2
    assert "view is asked for less" in choice.reason
    assert [other.index for other in choice.others] == [0, 1, 3, 4]
    assert "Its view is LL, not PA or AP." in choice.others[0].reason
    assert "would do" in choice.others[1].reason
    assert "body part is hand" in choice.others[2].reason
    assert "CT, not DX or CR" in choice.others[3].reason


@pytest.mark.requirement("IMG-07")
def test_what_says_less_comes_after_what_says_more() -> None:
    silent = like(view="", acquired="2024-02-01T10:00:00")
    assert choose([silent, like()], CHEST).index == 1
    assert choose([silent], CHEST).index == 0


@pytest.mark.requirement("IMG-07")
def test_of_two_alike_the_later_is_chosen() -> None:
    later = like(acquired="2024-01-01T10:05:00")
    choice = choose([like(), later], CHEST)
    assert choice.index == 1
    assert "earlier" in choice.others[0].reason


@pytest.mark.requirement("IMG-07")
def test_raw_data_localizers_and_copies_are_set_aside() -> None:
    raw = like(sop_class="1.2.840.10008.5.1.4.1.1.1.1.1")
    scout = like(image_type=("ORIGINAL", "PRIMARY", "LOCALIZER"))
    choice = choose([raw, scout, ONE, ONE], CHEST)
    assert choice.index == 2
    told = " ".join(other.reason for other in choice.others)
    assert "processing" in told
    assert "localizer" in told
    assert "copy" in told


@pytest.mark.requirement("IMG-07")
def test_where_none_fits_the_reasons_are_told() -> None:
    choice = choose([like(modality="CT"), like(view="LL")], CHEST)
    assert choice.index is None
    assert choice.indices == ()
    assert "CT, not DX" in choice.reason
    assert "LL" in choice.reason


@pytest.mark.requirement("IMG-07")
def test_a_series_is_chosen_by_kernel_and_thickness_in_its_order() -> None:
    need = Need(modality=("CT",), plane="axial", kernel=("B30",), thickness=(0.5, 3), slices=5)
    thin, sharp = stack("a", 20), stack("b", 20, kernel="B70f")
    thick, few, coronal = stack("c", 9, 5.0), stack("d", 3), stack("e", 20, plane="coronal")
    choice = choose([*sharp, *thick, *few, *coronal, *thin], need)
    first = len(sharp) + len(thick) + len(few) + len(coronal)
    assert choice.indices == tuple(reversed(range(first, first + 20)))
    reasons = {other.index: other.reason for other in choice.others}
    assert "kernel" in reasons[0]
    assert "5 mm thick" in reasons[20]
    assert "3 slices" in reasons[29]
    assert "coronal" in reasons[32]


@pytest.mark.requirement("IMG-07")
def test_a_series_with_a_slice_missing_is_not_chosen() -> None:
    whole = stack("a", 20)
    gap = whole[:9] + whole[11:]
    assert "missing" in choose(gap, Need(modality=("CT",))).reason
    uneven = [*whole[:-1], replace(whole[-1], rows=512)]
    assert "differ" in choose(uneven, Need(modality=("CT",))).reason


@pytest.mark.requirement("IMG-07")
def test_two_patients_or_two_studies_are_refused() -> None:
    with pytest.raises(InvalidInput, match="2 different patients"):
        choose([ONE, like(patient="q")], CHEST)
    with pytest.raises(InvalidInput, match="2 different studies"):
        choose([ONE, like(study="t")], CHEST)
    with pytest.raises(InvalidInput, match="no image"):
        choose([], CHEST)


@pytest.mark.requirement("IMG-07")
def test_a_patient_without_a_name_is_refused_unless_it_is_research() -> None:
    with pytest.raises(InvalidInput, match="1 of 2 DICOM files do not say"):
        choose([ONE, like(patient="")], CHEST)
    alone = [like(patient="")]
    assert choose(alone, replace(CHEST, identified=False)).index == 0
    assert choose([Facts(source="png", rows=9, columns=9)], CHEST).index == 0
