"""What somebody tries who means harm: forged forms, odd paths, bombs, and noise on every route."""

import http.client
from urllib.parse import quote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.interfaces.web.house import House, Person
from tests.interfaces.web.ways import ways_into
from wardround.security.audit.export import _line

SIGNED_OUT = ("/sign-in",)
HOLES = dict.fromkeys(
    "agreement asked asset batch breach case claim clause column complaint draft_id encounter "
    "frame item kind level name order_id paper patient patient_id payment person_id place "
    "resource_id row session_id suspension token_id username version".split(),
    "HOLE",
)
OFFICER, ADMINISTRATOR, CLINICIAN = "ruth.okafor", "noah.lindqvist", "amara.osei"
QUALITY, BILLER = "mei.tanaka", "rosa.delgado"


@pytest.mark.parametrize("username", [OFFICER, ADMINISTRATOR, CLINICIAN, QUALITY, BILLER])
def test_no_form_is_taken_without_its_token(house: House, username: str) -> None:
    """By somebody who may, on every route that changes something."""
    person = house.at_a_client(username)
    posts = [path for method, path in ways_into(house) if method == "POST"]
    assert len(posts) > 25
    for path in posts:
        if not path.startswith(SIGNED_OUT):
            answer = person.post(path, data={"csrf": "0" * 64})
            assert answer.status_code == 403, (path, answer.status_code)


@pytest.mark.parametrize(
    "path",
    [
        "/static/../../../../../../etc/passwd",
        "/static/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/static/..%2f..%2f..%2fetc/passwd",
        "/static/vendor/../../app.py",
        "/static//etc/passwd",
        "/chart/Binary/..%2f..%2fmaster.key/raw",
        "/chart/Binary/%2e%2e/raw",
        "/chart/../keys/master.key",
    ],
)
def test_no_path_leads_out(house: House, path: str) -> None:
    person = house.at_a_client(CLINICIAN)
    place = urlsplit(house.address)
    assert place.hostname is not None
    raw = http.client.HTTPConnection(place.hostname, place.port, timeout=30)  # sends it as it is
    cookies = "; ".join(f"{name}={value}" for name, value in person.cookies.items())
    raw.request("GET", path, headers={"Cookie": cookies})
    answer = raw.getresponse()
    body = answer.read()
    raw.close()
    assert answer.status in {303, 400, 403, 404, 422}, answer.status
    assert b"root:" not in body
    assert b"wardround master key" not in body


def test_another_host_s_name_leads_nowhere_else(house: House) -> None:
    person = house.at_a_client(CLINICIAN)
    for path in ("/", "/sign-in"):
        answer = person.get(path, headers={"Host": "evil.example"})
        assert "evil.example" not in answer.headers.get("location", "")
        assert "evil.example" not in answer.text


@pytest.mark.parametrize(
    ("data", "files"),
    [
        ({f"field-{n}": "x" for n in range(200)}, {"file": ("a.txt", b"x")}),
        ({}, {f"file-{n}": (f"{n}.txt", b"x") for n in range(30)}),
    ],
)
def test_bombs_of_parts(
    house: House, data: dict[str, str], files: dict[str, tuple[str, bytes]]
) -> None:
    person = house.at_a_client(OFFICER)
    answer = person.post("/deidentify", data=data, files=files)
    assert 400 <= answer.status_code < 500


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_of_an_export_is_a_formula(value: str) -> None:
    assert _line([value]).decode().lstrip('"').startswith("'")
    assert _line(["Patient/1", 5]) == b"Patient/1,5\r\n"


@pytest.fixture(scope="module")
def people(house: House) -> list[Person]:
    return [
        house.at_a_client(name) for name in (CLINICIAN, OFFICER, ADMINISTRATOR, QUALITY, BILLER)
    ]


def test_noise_never_fells_a_route(house: House, people: list[Person]) -> None:
    gets = [path for method, path in ways_into(house, **HOLES) if method == "GET"]

    @settings(deadline=None, derandomize=True, max_examples=150)
    @given(st.sampled_from(gets), st.sampled_from(people), st.text(min_size=1, max_size=20))
    def survives(path: str, person: Person, noise: str) -> None:
        said = quote(noise, safe="")
        answer = person.get(path.replace("HOLE", said), params={"back": noise, "page": noise})
        assert answer.status_code < 500, (path, noise)
        assert "Traceback" not in answer.text

    survives()
