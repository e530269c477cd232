"""The calls of a boto3 client, sent through a client of the gate.

botocore takes an answer given to its ``before-send`` event for the answer, and sends nothing
itself. Credentials that boto3 fetches before there is a client do not come this way: set them in
the environment or in a file, and ``AWS_EC2_METADATA_DISABLED=true``.
"""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import httpx
from botocore.awsrequest import AWSPreparedRequest, AWSResponse


def make_sender(client: httpx.Client) -> Callable[..., AWSResponse]:
    """Return a handler of ``before-send`` that sends through ``client``."""

    def send(request: AWSPreparedRequest, **_: Any) -> AWSResponse:
        body = request.body
        answer = client.request(
            request.method,
            request.url,
            headers={k: _text(v) for k, v in request.headers.items()},
            content=body.read() if hasattr(body, "read") else body,
        )
        return AWSResponse(request.url, answer.status_code, answer.headers, _Raw(answer.content))

    return send


class _Raw(BytesIO):
    def stream(self, **_: Any) -> Any:
        """Give the content in the way that botocore reads it."""
        while part := self.read(1 << 16):
            yield part


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value
