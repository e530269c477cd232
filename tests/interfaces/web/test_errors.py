import logging

import httpx
import pytest

from tests.interfaces.web.house import House, Person, listening
from wardround.interfaces.web import create_app
from wardround.kernel import InvalidInput, Unavailable


def test_an_unforeseen_error_is_a_page_and_its_data_is_not_logged(
    house: House, osei: Person, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(house.wardround)

    @app.get("/broken")
    def broken() -> None:
        raise RuntimeError("Marisol Vega-Thornhill")

    with caplog.at_level(logging.ERROR), listening(app) as address:
        answer = httpx.get(f"{address}/broken")
    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.text
    assert "RuntimeError at" in caplog.text
    assert "Marisol" not in caplog.text + answer.text
    assert "content-security-policy" in answer.headers


def test_a_part_that_is_away_is_logged_without_its_words(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(house.wardround)

    @app.get("/away")
    def away() -> None:
        raise Unavailable("A key does not open.", where="Patient/marisol")

    @app.get("/wrong")
    def wrong() -> None:
        raise InvalidInput("This is no date.")

    with caplog.at_level(logging.ERROR), listening(app) as address:
        assert httpx.get(f"{address}/away").status_code == 503
        assert httpx.get(f"{address}/wrong").status_code == 400
    assert "Unavailable at" in caplog.text
    assert "marisol" not in caplog.text
    assert "InvalidInput" not in caplog.text


def test_a_part_of_a_page_gets_a_notice(osei: Person) -> None:
    answer = osei.get("/drafts/nowhere", headers={"HX-Request": "true", "X-Notice": "<evil>"})
    assert answer.status_code == 404
    assert answer.headers["hx-retarget"] == "#notice"
    assert 'role="alert"' in answer.text
    assert "<html" not in answer.text


def test_a_session_that_ended_is_told_in_place(house: House) -> None:
    answer = httpx.get(f"{house.address}/visits/any", headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert 'target="_blank"' in answer.text


def test_the_wrong_method_is_no_crash(osei: Person) -> None:
    assert osei.get("/sign-out").status_code == 405
