"""Short messages for the page's status line, which screen readers speak."""

import json

from fastapi.responses import Response


def announce(response: Response, message: str) -> Response:
    """Have the page say ``message``, which carries no PHI: it travels in a header."""
    response.headers["HX-Trigger"] = json.dumps({"announce": {"message": message}})
    return response
