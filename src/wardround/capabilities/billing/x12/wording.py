"""What the codes of answers and checks say, in words."""

import tomllib
from importlib.resources import files

_WORDS: dict[str, dict[str, str]] = tomllib.loads(
    files(__package__).joinpath("words.toml").read_text(encoding="utf-8")
)


def said(kind: str, code: str) -> str:
    """Return what a code of a kind (segment, element, set, group, category) says."""
    return _WORDS[kind].get(code, f"Code {code}")
