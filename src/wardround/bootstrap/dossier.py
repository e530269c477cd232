"""The dossier of a capability: what each part of the house knows of it, laid into one folder."""

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import wardround
from wardround.bootstrap.exhibits import exhibits_of, read_file, report_at
from wardround.bootstrap.models import determinations
from wardround.governance.dossier import (
    Dossier,
    Exhibit,
    Facts,
    read_cards,
    read_declared,
    read_lock,
    read_pages_lock,
    read_results,
    read_threats,
    read_trace,
    write_dossier,
)
from wardround.kernel import Clock, NotFound, system_clock

PACKAGE = Path(wardround.__file__).parent
_DECLARES = ("card.yaml", "hazards.yaml", "requirements.yaml", "dossier.yaml")
_TREE = ("pyproject.toml", "requirements.lock", "package-lock.json", "docs/security.md", "tests")
_SLOWEST = 20.0


def make_dossier(
    capability: str,
    out: Path,
    *,
    force: bool = False,
    reports: Sequence[Path] = (),
    results: Path | None = None,
    tree: Path | None = None,
    clock: Clock = system_clock,
) -> Dossier:
    """Write the dossier of a capability to the folder ``out``, and return what it holds.

    ``reports`` are validation reports to enclose, ``results`` what a run of the tests printed.
    ``tree`` is the source tree, by default the one that the program runs from; an installed program
    has none, and what only the tree tells is "not provided".
    """
    folder = _folder(capability)
    tree = source_tree() if tree is None else tree
    made = clock().astimezone()
    enclosed = [*exhibits_of(folder, made.date()), *map(report_at, reports)]
    facts = facts_of(capability, folder, tree, enclosed, made)
    if results is not None:
        printed = read_file(results).decode("utf-8", "replace")
        facts = replace(facts, results=read_results(printed, str(results)))
    return write_dossier(out, facts, force=force)


def facts_of(
    capability: str, folder: Path, tree: Path | None, enclosed: list[Exhibit], made: datetime
) -> Facts:
    """Gather what is known of a capability from its folder and the source tree."""
    known = Facts(
        capability,
        wardround.__version__,
        made,
        read_declared(folder, shared_rooms()),
        read_cards(folder),
        determination=determinations().get(capability),
        enclosed=enclosed,
    )
    if tree is None:
        return known
    packages = read_lock((tree / "requirements.lock").read_text("utf-8"))
    packages += read_pages_lock((tree / "package-lock.json").read_text("utf-8"))
    return replace(
        known,
        commit=_commit(tree),
        trace=read_trace(tree / "tests"),
        packages=packages,
        threats=read_threats((tree / "docs" / "security.md").read_text("utf-8")),
        evidence=_evidence(tree),
    )


def capabilities_with_papers() -> list[str]:
    """Return the capabilities of which a dossier can be made: those that declare anything."""
    folders = (path for path in (PACKAGE / "capabilities").iterdir() if path.is_dir())
    return sorted(
        path.name
        for path in folders
        if any(found for name in _DECLARES for found in path.rglob(name))
    )


def shared_rooms() -> list[Path]:
    """Return the rooms outside the capabilities that declare requirements: they hold for each."""
    inside = PACKAGE / "capabilities"
    found = (path.parent for path in PACKAGE.rglob("requirements.yaml"))
    return sorted(path for path in found if inside not in path.parents)


def source_tree() -> Path | None:
    """Return the source tree that the program runs from; ``None`` where it was installed alone."""
    root = PACKAGE.parents[1]
    return root if all((root / name).exists() for name in _TREE) else None


def _folder(capability: str) -> Path:
    known = capabilities_with_papers()
    if capability not in known:
        raise NotFound(
            "There is no such capability, or it declares nothing of itself.",
            where=capability[:60],
            mend=f"There are: {', '.join(known)}.",
        )
    return PACKAGE / "capabilities" / capability


def _commit(tree: Path) -> str | None:
    """Return the commit of the code; files that were changed since are told of."""
    commit = _git(tree, "rev-parse", "HEAD")
    if commit is None:
        return None
    changed = _git(tree, "status", "--porcelain", "--untracked-files=no")
    return f"{commit}, with changes that are not committed" if changed else commit


def _evidence(tree: Path) -> frozenset[str] | None:
    """Return the files and folders of the source tree that git knows."""
    listed = _git(tree, "ls-files", "-z")
    if listed is None:
        return None
    files = [Path(name) for name in listed.split("\0") if name]
    return frozenset(str(place) for file in files for place in (file, *file.parents))


def _git(tree: Path, *asked: str) -> str | None:
    git = shutil.which("git")
    if git is None or not (tree / ".git").exists():
        return None
    try:
        done = subprocess.run(  # noqa: S603 - fixed questions, asked of git alone
            [git, "-C", str(tree), *asked], capture_output=True, timeout=_SLOWEST, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode("utf-8", "replace").strip()
