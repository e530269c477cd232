import json
from pathlib import Path

from tests.interfaces.cli.running import run


def test_texts_are_deidentified_in_bulk(tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    records = [
        {"id": "1", "text": "Seen by Dr. Maria Lopez."},
        {"id": "2"},
        {"id": "3", "text": ""},
    ]
    source.write_text("".join(json.dumps(record) + "\n" for record in records))
    done = run("batch", "deid", str(source), str(out), "--workers", "1")
    assert done.returncode == 0, done.stderr
    first, second, third = map(json.loads, out.read_text().splitlines())
    assert first["text"] == "Seen by [NAME]."
    assert [(span["start"], span["end"], span["kind"]) for span in first["spans"]] == [
        (8, 23, "name")
    ]
    assert second["status"] == "error"
    assert third == {"id": "3", "text": "", "spans": []}
    assert b"3 records: 2 done, 1 error." in done.stderr
