"""What was found on a slide: its maps, the nuclei of a place, and the outlines as a download."""

import re
from io import BytesIO
from pathlib import Path

import numpy as np
import orjson
import pytest
from PIL import Image

from tests.interfaces.web.house import House, Person
from tests.interfaces.web.images import drafted, of, slide
from wardround.capabilities.pathology import Kept, Look
from wardround.capabilities.pathology.results.heat import STOPS
from wardround.interfaces.web.slide_results import drawn
from wardround.kernel import Draft
from wardround.rounds.drafts import Drafts

CSS = Path("src/wardround/interfaces/web/static/css/slide.css")


@pytest.fixture(scope="module")
def read(house: House, tmp_path_factory: pytest.TempPathFactory) -> Draft:
    """A slide that was read."""
    osei = house.at_a_client("amara.osei")
    return drafted(house, osei, slide(tmp_path_factory.mktemp("slide")), kind="pathology")


def count(draft: Draft) -> int:
    measures = orjson.loads(orjson.dumps(draft.content["measures"]))
    return int(next(one["value"] for one in measures if one["code"] == "nuclei"))


def test_the_map_of_densities_and_its_scale(house: House, osei: Person, read: Draft) -> None:
    about = osei.get(f"/drafts/{read.id}/slide/found.json").json()
    assert about["unit"] == "per mm²"
    answer = osei.get(f"/drafts/{read.id}/slide/heat.png")
    assert answer.headers["content-type"] == "image/png"
    with house.rounds.context.file(read.file("slide-result")) as path, Kept(path) as kept:
        density = kept.grid.density
        side = kept.grid.side
    with Image.open(BytesIO(answer.content)) as picture:
        assert picture.size == density.shape[::-1]
        assert ((np.asarray(picture)[..., 3] > 0) == (density > 0)).all()
    assert (about["width"], about["height"]) == (
        density.shape[1] * side,
        density.shape[0] * side,
    )
    assert 0 < about["brightest"] <= density.max()


def test_the_legend_has_the_colours_of_the_map() -> None:
    scale = re.search(r"legend-scale \{[^}]*gradient\(to right, (.*?)\);", CSS.read_text())
    assert scale is not None
    assert scale[1] == ", ".join(f"rgb({r} {g} {b})" for r, g, b in STOPS)


@pytest.mark.requirement("PATH-14")
def test_what_was_looked_at_is_listed_and_mapped(osei: Person, read: Draft) -> None:
    page = osei.get(f"/drafts/{read.id}").text
    listed = re.findall(r'data-look="(\w+)" aria-hidden="true"></span><span>[^<]*</span>', page)
    shares = [float(one) for one in re.findall(r"<strong>([\d.]+)%</strong>", page)]
    assert listed[0] == "looked"
    assert sum(shares) == pytest.approx(100, abs=0.3)
    with Image.open(BytesIO(osei.get(f"/drafts/{read.id}/slide/looked.png").content)) as picture:
        looked = np.asarray(picture) // 40
    assert {Look(int(one)).name.lower() for one in np.unique(looked)} == set(listed)
    assert 100 * (looked == Look.LOOKED).mean() == pytest.approx(shares[0], abs=0.1)


def test_the_nuclei_of_a_place(osei: Person, read: Draft) -> None:
    address = f"/drafts/{read.id}/slide/nuclei.json"
    whole = osei.get(f"{address}?x=0&y=0&width=768&height=640").json()
    assert not whole["many"]
    assert len(whole["nuclei"]) == count(read) > 20
    kind, *corners = whole["nuclei"][0]
    assert kind == 0
    assert len(corners) == 40
    assert all(-2 <= one <= 770 for one in corners)
    part = osei.get(f"{address}?x=300&y=200&width=100&height=100").json()["nuclei"]
    assert 0 < len(part) < len(whole["nuclei"])
    assert osei.get(f"{address}?x=90000&y=0&width=10&height=10").json()["nuclei"] == []
    for wrong in ("x=a", f"x={'9' * 400}"):
        assert osei.get(f"{address}?{wrong}").status_code in {200, 400, 422}


def test_too_many_nuclei_are_not_drawn(house: House, read: Draft) -> None:
    with house.rounds.context.file(read.file("slide-result")) as path, Kept(path) as kept:
        assert drawn(kept, (0, 0, 768, 640), most=10) == {"many": True, "nuclei": []}


@pytest.mark.requirement("PATH-10")
def test_the_outlines_are_taken_along_and_that_is_in_the_trail(
    house: House, osei: Person, read: Draft
) -> None:
    address = f"/drafts/{read.id}/slide/outlines"
    assert osei.post(address, data={}).status_code == 403, "a form of the page only"
    answer = osei.submit(address)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/geo+json"
    assert answer.headers["content-disposition"] == 'attachment; filename="nuclei.geojson"'
    found = orjson.loads(answer.content)
    assert found["type"] == "FeatureCollection"
    assert len(found["features"]) == count(read)
    one = found["features"][0]
    assert one["properties"]["objectType"] == "detection"
    assert one["properties"]["classification"] == {"name": "Nucleus", "color": [66, 83, 167]}
    assert one["properties"]["measurements"]["Area µm^2"] > 1
    (ring,) = one["geometry"]["coordinates"]
    assert ring[0] == ring[-1]
    (event,) = house.events(action="export-outlines", entity=f"draft/{read.id}")
    assert event.subject == read.subject


@pytest.mark.parametrize("username", ["lena.fischer", "rosa.delgado"])
def test_who_may_not_read_the_draft_takes_nothing(house: House, read: Draft, username: str) -> None:
    other = house.at_a_client(username)
    for name in ("found.json", "heat.png", "looked.png", "nuclei.json"):
        assert other.get(f"/drafts/{read.id}/slide/{name}").status_code == 403, name
    before = len(house.events(action="export-outlines"))
    assert other.submit(f"/drafts/{read.id}/slide/outlines").status_code == 403
    assert len(house.events(action="export-outlines")) == before


def test_a_draft_without_a_result_has_none(house: House, osei: Person, tmp_path: Path) -> None:
    """One that an earlier version drafted is looked at as before, and a radiograph has no slide."""
    draft = drafted(house, osei, slide(tmp_path, seed=5), kind="pathology")
    with house.wardround.database.begin() as tx:
        older = draft.model_copy(update={"files": ()})
        Drafts(tx).save(draft, older)
    page = osei.get(f"/drafts/{draft.id}")
    assert page.status_code == 200
    assert "data-found" not in page.text
    assert "Download the outlines" not in page.text
    radiograph = drafted(house, osei, of(house))
    for one in (draft, radiograph):
        for name in ("found.json", "heat.png", "looked.png", "nuclei.json"):
            assert osei.get(f"/drafts/{one.id}/slide/{name}").status_code == 404
        assert osei.submit(f"/drafts/{one.id}/slide/outlines").status_code == 404
