"""Specs and tables at the door: what is wrong is named, with its line."""

from pathlib import Path

import pytest

from wardround.engines.tabular import check_units, coding, read_spec_file, read_table, span
from wardround.kernel import InvalidInput

EXAMPLE = Path(__file__).parents[3] / "docs/examples/readmission.yaml"
GOOD = EXAMPLE.read_text("utf-8")


def spec_with(tmp_path: Path, old: str, new: str) -> Path:
    assert old in GOOD
    path = tmp_path / "spec.yaml"
    path.write_text(GOOD.replace(old, new, 1), "utf-8")
    return path


def test_the_example_is_read_whole() -> None:
    spec = read_spec_file(EXAMPLE)
    assert (spec.name, spec.ages, spec.settings) == ("readmission", (18, 110), ("IMP",))
    haemoglobin = next(item for item in spec.inputs if item.column == "haemoglobin")
    assert [coding(code) for code in haemoglobin.codes] == [("http://loinc.org", "718-7")]
    assert span(haemoglobin.valid or "").total_seconds() == 72 * 3600
    assert spec.age == "age"


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("    low: 18\n", "    low: 180\n", 13, "low below high"),
        ("    kind: yes-no", "    kind: maybe", 26, "inputs.2.kind"),
        ("  - column: days", "  - colum: days", 32, "inputs.4.column"),
        ("  column: readmitted", "  column: age", 1, "age is the outcome and cannot be an input"),
        ("forbidden: [stay]", "forbidden: [days]", 1, "forbidden, and yet an input: days"),
        ("    valid: 72h", "    valid: a while", 45, "inputs.5.valid"),
        ("ages: [18, 110]", "ages: [110, 18]", 1, "ages are two, the lower first"),
        ("seed: 7", "seed: 7\nseed: 8", 59, "seed is written twice"),
        ("seed: 7", "seed: [7", 60, "no YAML"),
        ("seed: 7", "seed: 7\nx: &a [1]\ny: *a", 59, "An alias stands here"),
        ("split: {kind: random", "split: {kind: site", 57, "split"),
    ],
)
def test_a_fault_of_a_spec_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, says: str
) -> None:
    with pytest.raises(InvalidInput, match=says.replace("(", r"\(")) as refused:
        read_spec_file(spec_with(tmp_path, old, new))
    assert refused.value.where is not None
    place, _, number = refused.value.where.rpartition(" ")
    assert (place, abs(int(number) - line) <= 1) == ("spec.yaml, line", True)


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"- a\n- b\n", "no spec"), (b"", "no spec"), (b"a: \xff", "no UTF-8")],
)
def test_what_is_no_spec_is_refused(tmp_path: Path, content: bytes, says: str) -> None:
    (tmp_path / "spec.yaml").write_bytes(content)
    with pytest.raises(InvalidInput, match=says):
        read_spec_file(tmp_path / "spec.yaml")


def test_a_spec_runs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "spec.yaml"
    path.write_text("name: !!python/object/apply:os.system ['touch /tmp/never']\n")
    with pytest.raises(InvalidInput, match="no YAML"):
        read_spec_file(path)


@pytest.mark.parametrize(
    ("text", "where", "says"),
    [
        ("", "t.csv", "empty"),
        ("a,a\n1,2\n", "t.csv, a", "Two columns"),
        ("a,\n1,2\n", "t.csv, header", "no name"),
        ("a,b\n1,2\n3\n", "t.csv, line 3", "1 cells where the header has 2"),
        ('a,b\n1,"2\n', "t.csv, line 2", "no CSV"),
    ],
)
def test_a_fault_of_a_table_is_named_with_its_line(
    tmp_path: Path, text: str, where: str, says: str
) -> None:
    (tmp_path / "t.csv").write_text(text)
    with pytest.raises(InvalidInput, match=says) as refused:
        read_table(tmp_path / "t.csv")
    assert refused.value.where == where


def test_a_column_in_another_unit_is_refused() -> None:
    spec = read_spec_file(EXAMPLE)
    assert list(check_units(spec, {"haemoglobin [g/dL]": [12]})) == ["haemoglobin"]
    with pytest.raises(InvalidInput, match="is in g/L; the spec wants g/dL") as refused:
        check_units(spec, {"haemoglobin [g/L]": [120]})
    assert refused.value.where == "haemoglobin"
    with pytest.raises(InvalidInput, match="Two columns have one name"):
        check_units(spec, {"haemoglobin [g/dL]": [12], "haemoglobin": [12]})
