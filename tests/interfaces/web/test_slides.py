"""The tiles of a slide: a few slides open at once, none closed under whoever looks at it."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PIL import Image

from tests.interfaces.web.house import House, Person
from tests.interfaces.web.images import drafted, slide
from wardround.engines.images import SlidePhantom, write_slide
from wardround.interfaces.web import slides
from wardround.interfaces.web.signed_in import Visitor
from wardround.kernel import NotFound


class Somebody:
    """Who may read each draft, of which each has the same slide under a sha256 of its own."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.unsealed: set[str] = set()
        self.wardround = SimpleNamespace(blobs=SimpleNamespace(unsealed=self._unsealed))

    @contextmanager
    def _unsealed(self, digest: str, subject: str) -> Iterator[str]:
        self.unsealed.add(digest)
        yield str(self.path)
        self.unsealed.discard(digest)

    def draft(self, draft_id: str, action: str) -> Any:
        item = SimpleNamespace(sha256=draft_id * 8)
        return SimpleNamespace(capability="pathology", inputs=[item], subject="Patient/ada")

    @contextmanager
    def chart(self, **about: Any) -> Iterator[Any]:
        yield SimpleNamespace(read=lambda reference: None)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("slide") / "slide.tiff"
    write_slide(SlidePhantom(width=512, height=512), path)
    return path


def test_few_are_open_and_none_is_closed_while_it_is_looked_at(path: Path) -> None:
    somebody = Somebody(path)
    here, known = cast("Visitor", somebody), slides._Slides()
    for name in "abcde":
        with known.of(here, name) as one:
            assert one.tile(9, 0, 0)[:2] == b"\xff\xd8"
    assert somebody.unsealed == {name * 8 for name in "cde"}
    with ExitStack() as looking:
        several = [looking.enter_context(known.of(here, name)) for name in "vwxyz"]
        assert [one.tile(9, 1, 1)[:2] for one in several] == [b"\xff\xd8"] * 5
    assert len(somebody.unsealed) == 3
    known.close()
    assert somebody.unsealed == set()


def test_a_tile_that_is_held_is_the_same(path: Path) -> None:
    known = slides._Slides()
    with known.of(cast("Visitor", Somebody(path)), "a") as one:
        assert one.tile(8, 0, 0) is one.tile(8, 0, 0)
        with pytest.raises(NotFound):
            one.tile(40, 0, 0)
    known.close()


def test_a_slide_is_answered_as_the_viewer_asks(house: House, osei: Person, tmp_path: Path) -> None:
    draft = drafted(house, osei, slide(tmp_path), kind="pathology")
    about = osei.get(f"/drafts/{draft.id}/slide/about.json").json()
    assert (about["width"], about["height"], about["mpp"]) == (768, 640, 0.5)
    tile = osei.get(f"/drafts/{draft.id}/slide/tiles/{about['levels'] - 1}/0_0.jpg")
    assert tile.headers["content-type"] == "image/jpeg"
    with Image.open(BytesIO(tile.content)) as picture:
        size = about["tileSize"] + about["tileOverlap"]
        assert picture.size == (min(size, 768), min(size, 640))
    for place in ("99/0_0", "-1/0_0", "9/99_0", "9/-1_0"):
        answer = osei.get(f"/drafts/{draft.id}/slide/tiles/{place}.jpg")
        assert answer.status_code in {400, 404}, (place, answer.status_code)
    assert osei.get(f"/drafts/{draft.id}/images/0/frames/0").status_code == 404


def test_a_measure_is_decided_and_a_region_drawn(
    house: House, osei: Person, tmp_path: Path
) -> None:
    draft = drafted(house, osei, slide(tmp_path), kind="pathology")
    address = f"/drafts/{draft.id}/measures"

    def sent(**form: str) -> int:
        revision = str(house.rounds.draft(draft.id).revision)
        return osei.submit(address, revision=revision, **form).status_code

    def measure(place: int) -> dict[str, Any]:
        measures: Any = house.rounds.draft(draft.id).content["measures"]
        return dict(measures[place])

    assert sent(deed="correct", measure="read-0", value="12,5", why="By hand") == 303
    assert (measure(0)["value"], measure(0)["state"]) == (12.5, "corrected")
    assert sent(deed="reject", measure="read-1", why="Debris") == 303
    assert sent(deed="confirm-all") == 303
    assert (measure(1)["state"], measure(2)["state"]) == ("rejected", "confirmed")
    assert sent(deed="restore", measure="read-2") == 303
    assert measure(2)["state"] == "suggested"
    assert sent(deed="mark", display="Tumour", region="10 20 30 40") == 303
    marked: Any = house.rounds.draft(draft.id).content["marked"]
    region = {"image": 0, "frame": 0, "x": 10, "y": 20, "width": 30, "height": 40}
    assert marked[0]["region"] == region
    assert sent(deed="unmark", measure=marked[0]["id"]) == 303
    before = house.rounds.draft(draft.id).revision
    for wrong in (
        {"deed": "burn"},
        {"deed": "confirm", "measure": "read-99"},
        {"deed": "correct", "measure": "read-0", "value": "many"},
        {"deed": "correct", "measure": "read-0", "value": "inf"},
        {"deed": "correct", "measure": "read-0", "value": "-1"},
        {"deed": "reject", "measure": "read-0", "why": "x" * 600},
        {"deed": "mark", "display": "x", "region": ""},
        {"deed": "mark", "display": "x", "region": "700 0 100 10"},
        {"deed": "mark", "display": "x", "region": f"0 0 {'9' * 5000} 1"},
        {"deed": "mark", "display": "x" * 300, "region": "0 0 1 1"},
        {"deed": "unmark", "measure": "marked-0"},
    ):
        assert sent(**wrong) == 400, wrong
    assert house.rounds.draft(draft.id).revision == before
