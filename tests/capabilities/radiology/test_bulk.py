"""Many images: a record each, whatever its file holds."""

import json
from pathlib import Path

import numpy as np
import pytest

from wardround.batches import load_batch
from wardround.capabilities.radiology import BulkRadiology
from wardround.interfaces.cli.bulk.answer import answer_many
from wardround.kernel import Blocks, InvalidInput


@pytest.fixture(scope="module")
def bulk() -> BulkRadiology:
    return BulkRadiology()


@pytest.fixture
def lines(tmp_path: Path) -> list[bytes]:
    chance = np.random.default_rng(0)
    np.save(tmp_path / "a.npy", chance.integers(0, 256, (28, 28), dtype=np.uint8))
    np.save(tmp_path / "dot.npy", np.zeros((1, 1), dtype=np.uint8))
    (tmp_path / "cut.npy").write_bytes((tmp_path / "a.npy").read_bytes()[:100])
    (tmp_path / "text.dcm").write_text("no image")
    names = ["a.npy", "dot.npy", "cut.npy", "text.dcm", "none.npy"]
    records = [{"id": name, "path": str(tmp_path / name)} for name in names]
    return [json.dumps(one).encode() for one in [*records, {"id": "no path"}]]


@pytest.mark.requirement("RAD-10")
def test_every_record_has_its_answer(bulk: BulkRadiology, lines: list[bytes]) -> None:
    got = [json.loads(one) for one in answer_many(bulk, lines)]
    assert [one["id"] for one in got] == [json.loads(line)["id"] for line in lines]
    assert [one["status"] for one in got] == ["abstained", "abstained", *["error"] * 4]
    assert all(one.get("message") or one["reasons"] for one in got)
    first = got[0]
    assert set(first) == {
        "id", "status", "findings", "quality", "ood", "abstained", "reasons",
    }  # fmt: skip
    (found,) = first["findings"]
    assert set(found) == {"code", "system", "display", "probability"}
    assert {"name", "passed", "value", "says"} == set(first["quality"][0])


@pytest.mark.requirement("RAD-04")
def test_one_record_is_answered_as_among_others(bulk: BulkRadiology, lines: list[bytes]) -> None:
    alone = bulk.batch(json.loads(lines[0]))
    among = json.loads(answer_many(bulk, lines)[0])
    assert json.loads(json.dumps(alone)) == among


def test_it_is_run_by_its_name() -> None:
    assert isinstance(load_batch("radiology"), Blocks)
    with pytest.raises(InvalidInput, match="one model of radiology"):
        load_batch("radiology", "other")
