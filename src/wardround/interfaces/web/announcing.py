"""Short messages for the page's status line, which screen readers speak."""

import json

from fastapi.responses import Response

from wardround.interfaces.web.words import count
from wardround.kernel import Draft


def announce(response: Response, message: str) -> Response:
    """Have the page say ``message``, which carries no PHI: it travels in a header."""
    response.headers["HX-Trigger"] = json.dumps({"announce": {"message": message}})
    return response


def left_of(draft: Draft) -> str:
    """Say what is left before a draft can be signed, without a word of what stands in it."""
    left = len(draft.open_findings)
    return f"{count(left, 'finding')} left." if left else "It can be signed."
