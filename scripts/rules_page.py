"""Writes docs/claim-rules.md: every rule of the claim scrubber, as the rules are declared.

python scripts/rules_page.py
"""

from pathlib import Path

from wardround.capabilities.billing import rules_page

PAGE = Path(__file__).resolve().parents[1] / "docs" / "claim-rules.md"

HEAD = """# The rules of the claim scrubber

Each rule with its severity, what it says, where it stands in an 837, and whose it is. A **block**
keeps a claim from being signed and exported, a **warn** asks for a person's decision, a **note**
stands in nobody's way. Words in braces are those of the claim. The page is written by
`scripts/rules_page.py`; `wardround claim rules` prints it.

"""


def page() -> str:
    """Return the page as it should be."""
    return HEAD + rules_page().rstrip() + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
