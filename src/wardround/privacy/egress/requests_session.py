"""A ``requests`` session whose every call goes through a client of the gate."""

from typing import Any

import httpx
import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict

from wardround.kernel import InvalidInput


def make_session(client: httpx.Client) -> requests.Session:
    """Return a session that sends through ``client`` and takes nothing from the environment."""
    session = requests.Session()
    session.trust_env = False
    session.headers.pop("Accept-Encoding", None)
    session.adapters.clear()
    for scheme in ("https://", "http://"):
        session.mount(scheme, _Through(client))
    return session


class _Through(BaseAdapter):
    def __init__(self, client: httpx.Client) -> None:
        super().__init__()
        self._client = client

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        """Send a prepared request; certificates and time limits are the gate's."""
        body = request.body
        if not isinstance(body, bytes | str | None):
            raise InvalidInput("A call's body is sent whole, not in parts.")
        answer = self._client.request(
            request.method or "GET",
            request.url or "",
            headers=[(name, _text(value)) for name, value in request.headers.items()],
            content=body,
        )
        response = requests.Response()
        response.status_code = answer.status_code
        response.reason = answer.reason_phrase
        response.headers = CaseInsensitiveDict(answer.headers)
        response.url = str(answer.url)
        response.request = request
        response.encoding = answer.encoding
        response._content = answer.content  # noqa: SLF001 (how requests itself fills one in)
        return response

    def close(self) -> None:
        """Close every connection."""
        self._client.close()


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value
