"""The page for clinicians lists the checks as they are."""

import re
from pathlib import Path

from tests.capabilities.risk.drafts import ROOM

TABLE = Path(__file__).parents[3] / "docs" / "guardrails.md"


def test_the_page_lists_every_guardrail_as_it_is() -> None:
    _, _, table = TABLE.read_text("utf-8").partition("## Of a risk assessment")
    rows = re.findall(r"^\| `([\w-]+)` \| \w+ \| (.+) \|$", table, re.MULTILINE)
    assert sorted(rows) == sorted(
        (rail.rule, (type(rail).__doc__ or "").split("\n")[0]) for rail in ROOM.guardrails
    )
