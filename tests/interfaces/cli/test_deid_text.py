"""``wardround deid text`` and ``wardround deid cohort``."""

from pathlib import Path

from tests.interfaces.cli.running import call

LETTER = "Seen by Dr. Maria Lopez on March 3, 2023. MRN: 4471823. She is well.\n"


def test_a_text_without_phi(tmp_path: Path) -> None:
    letter, clean = tmp_path / "letter.txt", tmp_path / "clean.txt"
    letter.write_text(LETTER)
    shown = call("deid", "text", str(letter), "--spans")
    assert shown.returncode == 0
    text = shown.stdout.decode()
    assert text.startswith("Seen by ")
    assert text.endswith("She is well.\n")
    told = shown.stderr.decode()
    assert "name" in told
    assert told.count("\n") == 3
    for word in ("Lopez", "4471823", "March 3"):
        assert word not in text
        assert word not in told
    assert call("deid", "text", str(letter), str(clean)).returncode == 0
    assert clean.read_text() == text
    again = call("deid", "text", str(letter), str(clean))
    assert again.returncode == 1
    assert b"a file of this name" in again.stderr


def test_what_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(b"\xff\xfe\x00")
    wrong = call("deid", "text", str(tmp_path / "a.bin"))
    assert wrong.returncode == 1
    assert b"UTF-8" in wrong.stderr
    assert b"no such file" in call("deid", "text", str(tmp_path / "none.txt")).stderr
    assert call("deid", "text", str(tmp_path / "a.bin"), "--mode", "x").returncode == 2


def test_a_cohort_and_its_report(tmp_path: Path) -> None:
    table, report = tmp_path / "cohort.csv", tmp_path / "risk.md"
    rows = [f"19{n}-01-01,{'mf'[n % 2]},dx{n % 3}" for n in range(50, 90)]
    table.write_text("\n".join(["birth,sex,dx", *rows, ""]))
    chosen = ["--quasi", "birth,sex", "--sensitive", "dx", "--population", "4000"]
    shown = call("deid", "cohort", str(table), *chosen)
    assert shown.returncode == 0
    assert b"| k-anonymity (smallest class) | 1 |" in shown.stdout
    assert call("deid", "cohort", str(table), *chosen, "--out", str(report)).returncode == 0
    assert report.read_bytes() == shown.stdout
    wrong = call("deid", "cohort", str(table), "--quasi", "birth,shoe")
    assert wrong.returncode == 1
    assert b"shoe: There is no such column. Columns are: birth, sex, dx." in wrong.stderr
