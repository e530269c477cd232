"""A file is taken in: its kind told, all of it read and checked, and only then kept, whole."""

import fcntl
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from shutil import rmtree

from wardround.disk import folder_appearing
from wardround.engines.terminology.cpt import read_cpt
from wardround.engines.terminology.dates import first_of, named_start, span
from wardround.engines.terminology.gems import read_gem
from wardround.engines.terminology.hcpcs import read_hcpcs
from wardround.engines.terminology.index_xml import read_index
from wardround.engines.terminology.kinds import Kind, kind_of, kinds
from wardround.engines.terminology.lines import Lines
from wardround.engines.terminology.manifest import NAME, ROWS, Manifest, Source
from wardround.engines.terminology.order import read_order
from wardround.engines.terminology.sorted_rows import sorted_lines
from wardround.engines.terminology.tables_in import read_table
from wardround.engines.terminology.tabular_xml import read_tabular_xml
from wardround.kernel import Conflict, InvalidInput, NotAllowed, TooLarge

LARGEST = 1 << 30
"""Bytes of a file. The largest published one, a part of the NCCI edits, has some 60 MB."""

LARGEST_XML = 100 << 20
"""Bytes of an XML file. The tabular list has 10 MB."""

_PART = re.compile(r"[-_]f\d\b", re.IGNORECASE)
"""CMS publishes the NCCI edits in parts: ``ccipra-v320r0-f1.txt`` and so on."""


@dataclass(frozen=True)
class Asked:
    """What a person says of the files they load; what they leave out, the files tell."""

    kind: str | None = None
    variant: str | None = None
    start: date | None = None
    end: date | None = None
    licensed: bool = False


@dataclass
class _Read:
    content: bytes
    count: int
    headings: str = ""
    year: int | None = None
    facts: dict[str, str] = field(default_factory=dict)


def load_terms(paths: Sequence[Path], folder: Path, asked: Asked) -> Manifest:
    """Take files in as one edition under ``folder``; nothing is written unless all is well.

    Raise ``InvalidInput`` with the line of a fault, ``NotAllowed`` where a licence is needed and
    nobody said that they hold it, ``Conflict`` where the edition is there already.
    """
    kind = kind_of(asked.kind) if asked.kind else kind_of_file(paths[0])
    allowed(kind, asked)
    if len(paths) > 1 and kind.name != "ptp":
        raise InvalidInput("Only the parts of the NCCI edits are loaded together.", where=kind.name)
    for path in paths:
        _fits(path, kind)
    read = _read(kind, paths)
    variant = _chosen(kind, asked.variant) or _variant(kind, paths[0].name, read.headings)
    start = asked.start or named_start(paths[0].name, kind.holds)
    if start is None and read.year is not None:
        start = first_of(read.year, kind.holds)
    first, last = span(paths[0].name, kind.holds, start, asked.end)
    name = "-".join(part for part in (kind.name, variant, _dated(first)) if part)
    manifest = Manifest(
        name=name,
        kind=kind.name,
        variant=variant,
        start=first,
        end=last,
        sources=tuple(_source(path) for path in paths),
        count=read.count,
        digest=sha256(read.content).hexdigest(),
        licensed=asked.licensed,
        loaded=datetime.now(UTC).replace(microsecond=0),
        facts=read.facts,
    )
    _keep(folder, manifest, read.content)
    return manifest


def allowed(kind: Kind, asked: Asked) -> None:
    """Raise ``NotAllowed`` where a licence is needed and nobody said that they hold it."""
    if kind.licensed and not asked.licensed:
        raise NotAllowed(
            f"{kind.title}: owned by {kind.owner}. {kind.terms} Nothing was loaded.",
            mend="If you hold that licence, say so: --licensed",
        )


def kind_of_file(path: Path) -> Kind:
    """Return the kind that a file's first words or its name tell; else raise ``InvalidInput``."""
    with path.open("rb") as stream:
        head = stream.read(4096)
    if b"<ICD10CM.tabular" in head:
        return kind_of("icd10cm-tabular")
    if b"<ICD10CM.index" in head:
        return kind_of("icd10cm-index")
    named = [
        one for one in kinds().values() if one.names and re.search(one.names, path.name.lower())
    ]
    if len(named) == 1:
        return named[0]
    raise InvalidInput(
        "What this file is cannot be told from its name.",
        where=path.name,
        mend=f"Say it: --kind {'|'.join(kinds())}",
    )


def _fits(path: Path, kind: Kind) -> None:
    size = path.stat().st_size
    largest = LARGEST_XML if kind.reader in {"tabular", "index"} else LARGEST
    if size > largest:
        raise TooLarge(f"The file is larger than {largest >> 20} MiB.", where=path.name)
    if not size:
        raise InvalidInput("The file is empty.", where=path.name, mend="Take it again.")


def _read(kind: Kind, paths: Sequence[Path]) -> _Read:
    path = paths[0]
    if kind.reader == "tabular":
        rows = read_tabular_xml(path.read_bytes(), path.name)
        year = int(rows.version) if re.fullmatch(r"20\d{2}", rows.version) else None
        return _Read(rows.saved(), len(rows.codes), year=year)
    if kind.reader == "order":
        rows = read_order(Lines(path))
        return _Read(rows.saved(), len(rows.codes))
    if kind.reader == "table":
        return _tables(kind, paths)
    if kind.reader == "index":
        kept = read_index(path.read_bytes(), path.name)
        return _Read(sorted_lines(kept), len(kept))
    lines = Lines(path)
    kept = {"cpt": read_cpt, "hcpcs": read_hcpcs, "gem": read_gem}[kind.reader](lines)
    return _Read(sorted_lines(kept), len(kept), facts=_cut(lines))


def _tables(kind: Kind, paths: Sequence[Path]) -> _Read:
    rows: list[str] = []
    headings = ""
    facts: dict[str, str] = {}
    for path in paths:
        lines = Lines(path)
        kept, headings = read_table(lines, kind)
        facts |= _cut(lines)
        rows += kept
    if any(_PART.search(path.name) for path in paths):
        codes = [row.partition("\t")[0] for row in rows]
        facts |= {"first": min(codes), "last": max(codes)}
    return _Read(sorted_lines(rows), len(rows), headings, facts=facts)


def _cut(lines: Lines) -> dict[str, str]:
    """Return a remark where the last line of a file was not ended."""
    return {} if lines.ended else {"unended": lines.path.name}


def _chosen(kind: Kind, variant: str | None) -> str:
    """Return the variant that a person named; raise ``InvalidInput`` where it can be none."""
    if kind.variants and variant is not None and variant not in kind.variants:
        raise InvalidInput(
            f"{kind.title} have no variant of this name.",
            mend=f"There is: {', '.join(kind.variants)}.",
        )
    if variant and not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,39}", variant):
        raise InvalidInput(
            "A variant has lower-case letters, digits and hyphens, 40 at most.",
            mend="Name another.",
        )
    return variant or ""


def _variant(kind: Kind, name: str, headings: str) -> str:
    said = f"{name.lower()} {headings}"
    for variant, words in kind.variants.items():
        if any(word in said for word in words.split(", ")):
            return variant
    if kind.variants:
        raise InvalidInput(
            f"Which {kind.title} these are cannot be told from the file.",
            where=name,
            mend=f"Say it: --variant {'|'.join(kind.variants)}",
        )
    return ""


def _dated(first: date) -> str:
    return "" if first == date.min else first.isoformat()


def _source(path: Path) -> Source:
    with path.open("rb") as stream:
        digest = sha256()
        while block := stream.read(1 << 20):
            digest.update(block)
    return Source(name=path.name, sha256=digest.hexdigest(), size=path.stat().st_size)


def _keep(folder: Path, manifest: Manifest, content: bytes) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with _alone(folder), folder_appearing(folder / manifest.name) as made:
            (made / ROWS).write_bytes(content)
            (made / NAME).write_bytes(manifest.saved())
    except Conflict:
        raise Conflict(
            "This edition is loaded already.",
            where=manifest.name,
            mend=f"To load it anew: wardround terms remove {manifest.name}",
        ) from None


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Wait until nobody else loads, and clear away what a load that was killed left behind."""
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for left in folder.glob(".*/"):
            rmtree(left, ignore_errors=True)
        yield
