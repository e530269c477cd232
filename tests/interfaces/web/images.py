"""Images of a patient of the sample clinic, handed in as the page hands them in."""

import re
import time
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import numpy as np

from tests.capabilities.radiology.studies import radiograph
from tests.interfaces.web.house import House, Person
from wardround.engines.images import SlidePhantom, write_slide
from wardround.kernel import Draft
from wardround.record import Chart
from wardround.rounds import OrderState, State

MARISOL = "marisol-vega"
IMAGES = f"/patients/{MARISOL}/images"
SIZE = 160
_SEXES = {"male": "M", "female": "F"}


def chest(size: int = SIZE) -> bytes:
    """Return the pixels of something that is light where bones are, and dark where lungs are."""
    y, x = np.mgrid[0:size, 0:size] / size
    lungs = sum(np.exp(-(((x - at) / 0.13) ** 4 + ((y - 0.45) / 0.27) ** 4)) for at in (0.32, 0.68))
    return bytes(np.clip((0.75 - 0.5 * lungs) * 4095, 0, 4095).astype("<u2").tobytes())


def of(house: House, patient: str = MARISOL, **more: Any) -> bytes:
    """Return a chest radiograph that says it is of a patient of the sample clinic."""
    with house.wardround.database.read() as tx:
        known = Chart(tx).read(f"Patient/{patient}").json()
    whose = {
        "PatientID": known["identifier"][0]["value"],
        "PatientBirthDate": known["birthDate"].replace("-", ""),
        "PatientSex": _SEXES[known["gender"]],
    }
    picture = {"Rows": SIZE, "Columns": SIZE, "PixelData": chest()}
    return radiograph(**{**whose, **picture, **more})


def slide(folder: Path, **more: Any) -> bytes:
    """Return a small slide as a file that OpenSlide opens."""
    path = folder / "slide.tiff"
    write_slide(SlidePhantom(width=768, height=640, **more), path)
    return path.read_bytes()


def hand_in(person: Person, *files: bytes, kind: str = "radiology", **more: str) -> httpx.Response:
    """Send the form of the page; where it is taken, the answer leads to the waiting page."""
    page = person.get(IMAGES).text
    order = re.search(r'name="order" value="([^"]+)"', page)
    token = re.search(r'name="csrf" value="([^"]+)"', page)
    assert order is not None
    assert token is not None
    form = {"csrf": token[1], "order": order[1], "kind": kind, **more}
    sent = [("files", (f"{place}.dcm", BytesIO(data))) for place, data in enumerate(files)]
    return person.post(more.pop("to", IMAGES), data=form, files=sent or [("files", ("", b""))])


def settled(house: House, order_id: str) -> OrderState:
    """Wait until an order is done or failed."""
    for _ in range(1200):
        state = house.rounds.ordered(order_id)
        if state.state in {State.DONE, State.FAILED}:
            return state
        time.sleep(0.05)
    raise AssertionError("the images were never read")


def drafted(
    house: House, person: Person, *files: bytes, kind: str = "radiology", patient: str = MARISOL
) -> Draft:
    """Hand in images and return the draft that comes of them."""
    answer = hand_in(person, *files, kind=kind, to=f"/patients/{patient}/images")
    assert answer.status_code == 303, answer.text
    order_id = answer.headers["location"].rpartition("/")[2]
    assert settled(house, order_id).state is State.DONE, house.rounds.ordered(order_id).failure
    return house.rounds.draft(order_id)
