"""Messages that are wrong before they are a form: odd methods, two lengths, deep bodies, noise."""

import gzip
import io
import json
import re
import socket
import zipfile
from collections.abc import Iterator
from contextlib import closing, suppress
from urllib.parse import quote, urlsplit

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.house.sources import texts
from tests.interfaces.web.house import House, Person
from tests.interfaces.web.test_attacks import ADMINISTRATOR, CLINICIAN, HOLES, OFFICER
from tests.interfaces.web.ways import ways_into
from wardround.record import Chart

LOCKS_OUT = ("/account", "/sign-in", "/sign-out")
"""Where noise would lock the people out who send it; that of passkeys is tried by itself."""

Json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)
CREDENTIAL = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(
        ("id", "rawId", "type", "response", "clientDataJSON", "authenticatorAttachment"), Json
    ),
)


def sent(house: House, message: bytes) -> bytes:
    """Send bytes as they are, and return all that is answered until the server hangs up."""
    place = urlsplit(house.address)
    assert place.hostname is not None
    with socket.create_connection((place.hostname, place.port or 80), timeout=10) as raw:
        with suppress(ConnectionError):
            raw.sendall(message)
        raw.settimeout(0.5)
        answer = b""
        try:
            while part := raw.recv(65536):
                answer += part
        except (TimeoutError, ConnectionResetError):
            pass
        return answer


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "OPTIONS", "PUT", "DELETE"])
@pytest.mark.parametrize("path", ["/visits", "/patients/marisol-vega", "/api/me"])
def test_no_other_method_is_answered(house: House, method: str, path: str) -> None:
    person = house.at_a_client(CLINICIAN)
    answer = person.request(method, path, headers={"X-Said": "come back to me"})
    assert answer.status_code in {400, 404, 405}
    assert "come back to me" not in answer.text
    assert "Marisol" not in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/docs",
        "/redoc",
        "/openapi.json",
        "/metrics",
        "/.git/config",
        "/.env",
        "/static",
        "/static/",
        "/static/css/",
        "/static/js",
        "/backup.zip",
    ],
)
def test_there_is_nothing_for_the_curious(house: House, path: str) -> None:
    answer = house.at_a_client(ADMINISTRATOR).get(path)
    assert answer.status_code in {404, 405}


@pytest.mark.parametrize("path", ["/sign-in", "/visits", "/api/me", "/static/css/base.css"])
def test_no_other_site_is_let_read_an_answer(house: House, path: str) -> None:
    person = house.at_a_client(CLINICIAN)
    for method in ("GET", "OPTIONS"):
        asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"}
        answer = person.request(method, path, headers=asked)
        assert not [name for name in answer.headers if name.startswith("access-control-")]


def test_every_answer_says_what_it_is(house: House) -> None:
    person = house.at_a_client(OFFICER)
    for path, kind in (
        ("/privacy", "text/html; charset=utf-8"),
        ("/nowhere", "text/html; charset=utf-8"),
        ("/api/me", "application/fhir+json"),  # JSON is UTF-8 (RFC 8259, section 8.1)
        ("/static/css/base.css", "text/css; charset=utf-8"),
        ("/static/js/page.js", "text/javascript; charset=utf-8"),
        ("/static/mark.svg", "image/svg+xml"),  # ASCII alone
    ):
        assert person.get(path).headers["content-type"] == kind


@pytest.mark.parametrize(
    "headers",
    [
        b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
        b"Content-Length: 4\r\nContent-Length: 44\r\n",
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        b"Content-Length: +4\r\n",
    ],
)
def test_a_message_of_two_lengths_carries_no_other(house: House, headers: bytes) -> None:
    """Whatever a proxy took it for, nothing behind it is answered as a request of its own."""
    body = b"0\r\n\r\nGET /static/css/base.css HTTP/1.1\r\nHost: x\r\n\r\n"
    answer = sent(house, b"POST /sign-out HTTP/1.1\r\nHost: x\r\n" + headers + b"\r\n" + body)
    assert b"--ink" not in answer  # of the style sheet
    statuses = re.findall(rb"HTTP/1\.1 (\d{3})", answer)
    assert not {b"200", b"304"} & set(statuses)


def test_endless_headers_are_cut_off(house: House) -> None:
    answer = sent(house, b"GET / HTTP/1.1\r\nHost: x\r\nX-Endless: " + b"a" * 2_000_000)
    assert not re.match(rb"HTTP/1.1 [23]", answer)
    assert httpx.get(f"{house.address}/sign-in").status_code == 200


def test_a_socket_is_not_opened(house: House) -> None:
    asked = (
        b"GET /visits HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    assert b" 101 " not in sent(house, asked).partition(b"\r\n")[0]


def test_a_packed_body_is_not_unpacked(house: House) -> None:
    """A form of 40 MB in 40 kB: what is read is what was sent."""
    person = house.at_a_client(CLINICIAN)
    packed = gzip.compress(f"csrf={person.csrf}&words=".encode() + b"x" * (40 * 2**20))
    headers = {
        "Content-Encoding": "gzip",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    answer = person.post("/patients", content=packed, headers=headers)
    assert answer.status_code == 403  # it holds no field of ours


def handed_in(house: House, name: str, data: bytes) -> httpx.Response:
    person, visit = house.at_a_client(CLINICIAN), house.encounter()
    form = {"csrf": person.csrf, "capability": "documentation", "order": HOLES["version"]}
    return person.post(f"/visits/{visit}/orders", data=form, files={"files": (name, data)})


@pytest.mark.parametrize("depth", [1_000, 100_000, 1_000_000])
def test_a_deep_file_is_no_visit(house: House, depth: int) -> None:
    answer = handed_in(house, "visit.json", b"[" * depth + b"]" * depth)
    assert 400 <= answer.status_code < 500


def test_an_archive_is_no_visit(house: House) -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("visit.txt", b"0" * (50 * 2**20))
    for name in ("visit.zip", "visit.txt", "visit.docx"):
        assert 400 <= handed_in(house, name, kept.getvalue()).status_code < 500


@pytest.mark.parametrize(
    "words",
    [
        "' OR '1'='1",
        "%",
        "_",
        "a' UNION SELECT id FROM record_version--",
        "\\",
        "\x00",
        "*",
        "$ne",
    ],
)
def test_words_of_a_query_are_only_words(house: House, words: str) -> None:
    person = house.at_a_client(CLINICIAN)
    known = len(re.findall(r"/patients/[a-z-]+", person.submit("/patients", words="Vega").text))
    assert known > 0
    answer = person.submit("/patients", words=words)
    assert answer.status_code in {200, 400}
    assert "Vega" not in answer.text
    with house.wardround.database.read() as tx:
        assert Chart(tx).count("Patient", {}) > 1


@pytest.fixture(scope="module")
def fields() -> list[str]:
    """Every field that a form of ours has."""
    found = set()
    for name, source in texts().items():
        if name.startswith("src/wardround/interfaces/web/") and name.endswith(".py"):
            found |= set(re.findall(r'(?:text|number|getlist|get|_day)\(\s*form, "(\w+)"', source))
            found |= set(re.findall(r'form\.get(?:list)?\("(\w+)"', source))
    assert len(found) > 40
    return sorted(found - {"csrf", "me"})


def test_noise_in_a_form_never_fells_a_route(house: House, fields: list[str]) -> None:
    people = [house.at_a_client(name) for name in (CLINICIAN, OFFICER, ADMINISTRATOR)]
    tokens = {person: token_of(person) for person in people}
    posts = [
        path
        for method, path in ways_into(house, **HOLES)
        if method == "POST" and not path.startswith(LOCKS_OUT)
    ]

    @settings(deadline=None, derandomize=True, max_examples=150)
    @given(
        st.sampled_from(posts),
        st.sampled_from(people),
        st.text(min_size=1, max_size=12),
        st.dictionaries(st.sampled_from(fields), st.text(max_size=30) | st.just("1"), max_size=8),
    )
    def survives(path: str, person: Person, hole: str, noise: dict[str, str]) -> None:
        data = {**noise, "csrf": tokens[person]}
        said = path.replace("HOLE", quote(hole, safe=""))
        answer = person.post(said, data={k: v.encode("utf-8", "replace") for k, v in data.items()})
        assert answer.status_code < 500, (path, noise)
        assert "Traceback" not in answer.text

    survives()


def token_of(person: Person) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', person.get("/account").text)
    assert found is not None
    return found[1]


@pytest.fixture(scope="module")
def nobody(house: House) -> Iterator[httpx.Client]:
    # By a name, not a number: passkeys are for names.
    address = house.address.replace("127.0.0.1", "localhost")
    with closing(httpx.Client(base_url=address, timeout=30)) as client:
        yield client


def answered(nobody: httpx.Client, answer: str) -> httpx.Response:
    """Ask for a passkey's challenge and answer it with ``answer``."""
    page = nobody.get("/sign-in").text
    ticket = re.search(r'name="ticket" value="([^"]+)"', page)
    assert ticket is not None
    asked = nobody.post("/sign-in/passkey/options", data={"ticket": ticket[1]}).json()["asked"]
    form = {"ticket": ticket[1], "asked": asked, "answer": answer, "back": "/"}
    return nobody.post("/sign-in/passkey", data=form)


@pytest.mark.parametrize("answer", ["[" * 100_000, '{"id":' * 50_000, "\x00", "[]", "{}", "null"])
def test_a_passkeys_answer_that_is_none(nobody: httpx.Client, answer: str) -> None:
    assert answered(nobody, answer).status_code == 401


@settings(
    deadline=None,
    derandomize=True,
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(given_=CREDENTIAL | Json)
def test_any_json_as_a_passkeys_answer(nobody: httpx.Client, given_: object) -> None:
    assert answered(nobody, json.dumps(given_)).status_code == 401


@settings(deadline=None, derandomize=True, max_examples=40)
@given(shown=st.text(alphabet=st.characters(min_codepoint=33, max_codepoint=126), min_size=1))
def test_any_word_as_a_service_token(nobody: httpx.Client, shown: str) -> None:
    answer = nobody.get("/api/me", headers={"Authorization": f"Bearer {shown}"})
    assert answer.status_code == 401
    assert answer.json()["resourceType"] == "OperationOutcome"
