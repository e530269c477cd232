"""What is refused: with the row and the column, or with who lacks what."""

from pathlib import Path

import pytest

from tests.governance.readers.made import HEAD, lines, study, written
from wardround.governance.readers import analyse, read_answers
from wardround.kernel import InvalidInput, NotFound


@pytest.mark.requirement("GOV-07")
@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("c1,R0,unaided,nan,1", "row 2, column rating: is no number"),
        ("c1,R0,unaided,inf,1", "row 2, column rating: is no number"),
        ("c1,R0,unaided,1_0,1", "row 2, column rating: is no number"),
        ("c1,R0,unaided,,1", "row 2, column rating: is empty"),
        ("c1,R0,unaided,101,1", "row 2, column rating: is not 0 to 100"),
        ("c1,R0,unaided,-1,1", "row 2, column rating: is not 0 to 100"),
        ("c1,R0,with,50,1", "row 2, column arm: is neither unaided nor aided"),
        ("c1,R0,unaided,50,yes", "row 2, column truth: is neither 0 nor 1"),
        ("c1,R0,unaided,50,", "row 2, column truth: is empty"),
        (",R0,unaided,50,1", "row 2, column case: is empty"),
        ("c1,,unaided,50,1", "row 2, column reader: is empty"),
        ("c1,R0,unaided,50", "another number of columns"),
    ],
)
def test_a_fault_has_its_row_and_column(tmp_path: Path, row: str, told: str) -> None:
    with pytest.raises(InvalidInput) as error:
        read_answers(written(tmp_path, [HEAD, row]))
    assert told in error.value.what
    assert error.value.where == "answers.csv"


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("seconds", "0", "column seconds: is not above 0"),
        ("seconds", "fast", "column seconds: is no number"),
        ("ai_call", "2", "column ai_call: is neither 0 nor 1"),
        ("ai_score", "NaN", "column ai_score: is no number"),
        ("marks", "1 2 3; 4", "column marks: is not three numbers"),
        ("lesions", "1 2", "column lesions: is not three numbers"),
        ("lesions", "1 2 0", "column lesions: a radius is not above 0"),
    ],
)
def test_optional_columns_are_checked_too(
    tmp_path: Path, column: str, value: str, told: str
) -> None:
    with pytest.raises(InvalidInput, match=told):
        read_answers(written(tmp_path, [f"{HEAD},{column}", f"c1,R0,unaided,50,1,{value}"]))


def test_no_value_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as error:
        read_answers(written(tmp_path, [HEAD, "c1,R0,unaided,Müller,1"]))
    assert "Müller" not in str(error.value)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    rows = [HEAD, "c1,R0,unaided,x,2", *["c1,R0,unaided,x,1"] * 9]
    with pytest.raises(InvalidInput, match=r"row 2, column truth.*row 3.*and 3 more"):
        read_answers(written(tmp_path, rows))


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("case,reader,arm,rating", "lacks the column truth"),
        ("case;reader;arm;rating;truth", "lacks the column case"),
        (f"{HEAD},rating", "two columns rating"),
        (f"{HEAD},age", "Column 6 is not known"),
    ],
)
def test_the_first_line_names_the_columns(tmp_path: Path, head: str, told: str) -> None:
    with pytest.raises(InvalidInput, match=told):
        read_answers(written(tmp_path, [head, "c1,R0,unaided,50,1"]))


def test_modality_is_another_name_of_arm(tmp_path: Path) -> None:
    head = HEAD.replace("arm", "modality")
    [answer] = read_answers(written(tmp_path, [head, "c1,R0,Aided,50,1"])).rows
    assert answer.arm == "aided"


def test_no_file_no_text_and_no_answers(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        read_answers(tmp_path / "none.csv")
    with pytest.raises(InvalidInput, match="no answer"):
        read_answers(written(tmp_path, [HEAD]))
    (tmp_path / "answers.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InvalidInput, match="UTF-8"):
        read_answers(tmp_path / "answers.csv")


@pytest.mark.requirement("GOV-07")
def test_an_answer_twice_is_refused(tmp_path: Path) -> None:
    rows = lines()
    with pytest.raises(InvalidInput, match=r"row 98, column case: .* in row 2 too"):
        study(tmp_path, [*rows, rows[1]])


def test_a_case_has_one_truth(tmp_path: Path) -> None:
    rows = lines()
    rows[20] = rows[20][:-1] + ("0" if rows[20].endswith("1") else "1")
    with pytest.raises(InvalidInput, match="row 21, column truth: is not what row 5 says"):
        study(tmp_path, rows)


@pytest.mark.requirement("GOV-07")
def test_who_did_not_read_all_is_named(tmp_path: Path) -> None:
    rows = lines()
    gone = [row for row in rows if not row.startswith(("c3,R1,aided", "c9,R1,aided"))]
    with pytest.raises(InvalidInput) as error:
        study(tmp_path, gone)
    assert "reader R1 has no aided answer to 2 of 16 cases (first named in row 5, 11)" in str(
        error.value
    )
    kept = study(tmp_path, gone, complete=True)
    assert len(kept.cases) == 14
    assert kept.left_out[-1] == "2 of 16 cases were left out for it"
    assert analyse(kept).left_out == list(kept.left_out)


def test_a_reader_of_one_arm_alone_is_named(tmp_path: Path) -> None:
    rows = [row for row in lines() if ",R2,aided" not in row]
    with pytest.raises(InvalidInput, match=r"reader R2 has no aided answer to 16 of 16"):
        study(tmp_path, rows)
    with pytest.raises(InvalidInput, match=r"No case was read by everybody.*R2"):
        study(tmp_path, rows, complete=True)


@pytest.mark.requirement("GOV-07")
@pytest.mark.parametrize("kept", ["0", "1"])
def test_one_class_alone_is_refused(tmp_path: Path, kept: str) -> None:
    rows = lines()
    with pytest.raises(InvalidInput, match="of 8 cases have the disease"):
        study(tmp_path, [rows[0], *(row for row in rows[1:] if row.endswith(f",{kept}"))])


def test_one_case_is_refused(tmp_path: Path) -> None:
    rows = [HEAD, "c1,R0,unaided,50,1", "c1,R0,aided,50,1"]
    with pytest.raises(InvalidInput, match="1 of 1 cases have the disease"):
        study(tmp_path, rows)


def test_marks_need_lesions_where_there_is_disease_and_only_there(tmp_path: Path) -> None:
    head = f"{HEAD},marks,lesions"
    for row, told in (
        ("c1,R0,unaided,50,1,1 1,", "there are none, though truth is 1"),
        ("c1,R0,unaided,50,0,1 1,5 5 2", "truth is 0"),
    ):
        with pytest.raises(InvalidInput, match=told):
            study(tmp_path, [head, row])
