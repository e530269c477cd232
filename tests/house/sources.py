"""The project's own files, read as text and as syntax trees."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "wardround"


@cache
def tracked() -> tuple[Path, ...]:
    """Return every file of the project: what git tracks, and what it would if it were added."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    paths = (ROOT / name for name in listed.split("\0") if name)
    return tuple(sorted(path for path in paths if path.is_file()))


def named(path: Path) -> str:
    """Return a file's name within the project."""
    return path.relative_to(ROOT).as_posix()


@cache
def texts() -> dict[str, str]:
    """Return every text file of the project by name."""
    found = {}
    for path in tracked():
        try:
            found[named(path)] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
    return found


@cache
def trees(folder: str = "src/wardround") -> dict[str, ast.Module]:
    """Return the syntax tree of every Python file in a folder of the project, by name."""
    return {
        name: ast.parse(text, name)
        for name, text in texts().items()
        if name.startswith(f"{folder}/") and name.endswith(".py")
    }


def module_of(name: str) -> str:
    """Return the dotted name of a Python file under ``src``."""
    return name.removeprefix("src/").removesuffix(".py").removesuffix("/__init__").replace("/", ".")


@cache
def rooms() -> tuple[str, ...]:
    """Return the dotted name of every package of the project but the outermost."""
    return tuple(
        module_of(name)
        for name in trees()
        if name.endswith("/__init__.py") and name != "src/wardround/__init__.py"
    )


def imports(tree: ast.AST) -> list[tuple[str, str | None, int]]:
    """Return what a module imports: the module, the name taken from it, and the line."""
    found: list[tuple[str, str | None, int]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(alias.name, None, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [(node.module or "", alias.name, node.lineno) for alias in node.names]
    return found
