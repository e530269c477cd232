import json
from pathlib import Path

import pytest

from wardround.interfaces.cli.bulk.part import Part
from wardround.kernel import Conflict, Unavailable

OF = {"input": "1"}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out.jsonl"


def begun(out: Path, text: str, of: dict[str, str] | None = None) -> None:
    out.with_name("out.jsonl.part").write_text(text)
    out.with_name("out.jsonl.part.json").write_text(json.dumps(of or OF))


def test_the_output_appears_when_it_is_whole(out: Path) -> None:
    with Part(out, OF) as part:
        part.write(b"a")
        part.flush()
        assert not out.exists()
        part.finish()
    assert out.read_bytes() == b"a\n"
    assert [path.name for path in out.parent.iterdir()] == ["out.jsonl"]


def test_whole_lines_are_taken_up_and_a_half_one_is_not(out: Path) -> None:
    begun(out, "a\nb\nhal")
    with Part(out, OF) as part:
        assert part.lines == 2
        part.write(b"c")
        part.finish()
    assert out.read_bytes() == b"a\nb\nc\n"


def test_what_says_of_no_run_is_begun_anew(out: Path) -> None:
    out.with_name("out.jsonl.part").write_text("a\n")
    with Part(out, OF) as part:
        assert part.lines == 0


@pytest.mark.parametrize("about", ['{"input": "2"}', "not json", "3"])
def test_another_run_is_not_taken_up(out: Path, about: str) -> None:
    begun(out, "a\n")
    out.with_name("out.jsonl.part.json").write_text(about)
    with pytest.raises(Conflict), Part(out, OF):
        pass
    with Part(out, OF, anew=True) as part:
        assert part.lines == 0


def test_two_runs_do_not_write_one_output(out: Path) -> None:
    with Part(out, OF) as part:
        part.write(b"a")
        with pytest.raises(Conflict, match="Another run"), Part(out, OF):
            pass
        part.finish()
    with Part(out, OF) as part:
        assert part.lines == 0
    assert out.read_bytes() == b"a\n"


def test_a_folder_that_cannot_be_written_is_named(out: Path) -> None:
    out.with_name("out.jsonl.part").mkdir()
    with pytest.raises(Unavailable, match=r"out\.jsonl\.part"), Part(out, OF):
        pass
