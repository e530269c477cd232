"""The shipped model of chest X-rays set anew for this site, from its own labelled images."""

from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from wardround.bootstrap.adding import MODELS
from wardround.bootstrap.measuring import read_table
from wardround.bootstrap.registering import file_of_folder
from wardround.disk import folder_appearing
from wardround.kernel import Actor, InvalidInput, WardroundError

if TYPE_CHECKING:
    from wardround.capabilities.radiology import Reader, Site
    from wardround.governance.registry import Registered, Registry

SITES = f"{MODELS}/sites"
"""The folder of what a site set for shipped models, below home; it is part of a backup."""


class Recalibrated(NamedTuple):
    """What was set, what is promised on it, and how many images were left out, by why."""

    site: "Site"
    promise: str
    left_out: Counter[str]


def recalibrate_images(
    registry: "Registry",
    home: Path,
    one: "Registered",
    table: Path,
    by: Actor,
    share: float | None = None,
) -> Recalibrated:
    """Learn a shift, and bounds where there are cases enough, and keep them for the reader.

    ``share`` is that of pneumonia here; without it, the one of the model stays. An image that a
    gate stops is left out, as it would be in use. What was set goes into the registry with the
    version, and below ``home``, from where it is read the next time models are loaded.
    """
    import numpy as np

    from wardround.capabilities.radiology import Site, load_reader, promised, recalibrate
    from wardround.governance.registry import Enclosed, FileKind

    reader = load_reader(prevalence=share)
    if one.capability != "radiology" or one.digest != reader.limits.model:
        raise InvalidInput(
            "Only the shipped model of chest X-rays is set anew here.",
            where=f"{one.name} {one.version}",
            mend="Write an offset into the manifest of an added model, and raise its version.",
        )
    data = file_of_folder(table)
    code = reader.code
    said = read_table(data, table, [code])
    left_out: Counter[str] = Counter()
    odds = [_odds(reader, path, left_out) for path in said.paths]
    known = [at for at, value in enumerate(odds) if value is not None]
    truth = np.array([int(said.findings[code][at]) for at in known], dtype=np.int64)
    limits = recalibrate(reader.limits, np.array([odds[at] for at in known], dtype=float), truth)
    digest = sha256(data).hexdigest()
    site = Site.of(limits, limits.prevalence if share is None else share, digest)
    content = site.model_dump_json(indent=1).encode() + b"\n"
    name = f"site-{sha256(content).hexdigest()[:12]}.json"
    if name not in {kept.name for kept in registry.files(one.name)}:
        kept = Enclosed(
            name=name,
            kind=FileKind.REPORT,
            media_type="application/json",
            content=content,
            data_sha256=digest,
        )
        registry.enclose(one, kept, by)
    sites = home / SITES
    sites.mkdir(mode=0o700, parents=True, exist_ok=True)
    with folder_appearing(sites / site.model, instead=True) as made:
        (made / "site.json").write_bytes(content)
    return Recalibrated(site, promised(limits).says, left_out)


def _odds(reader: "Reader", path: Path, left_out: Counter[str]) -> float | None:
    """Return the log-odds of an image at even odds; None for one that is not read in use."""
    from wardround.engines.images import read_image

    try:
        read = reader.read(read_image(path, path.name))
    except WardroundError as error:
        left_out[error.what] += 1
        return None
    stops = [check for check in read.quality if not check.passed and check.stops]
    left_out.update(check.says for check in stops[:1])
    return None if stops else read.odds
