"""Reader studies made by a seed, and files of them."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from wardround.governance.readers import Study, read_answers

Floats = NDArray[np.float64]
HEAD = "case,reader,arm,rating,truth"


def scores(
    chance: np.random.Generator, *, readers: int, cases: int, gain: float = 0.0
) -> tuple[Floats, NDArray[np.bool_]]:
    """Scores of arms by readers by cases after Roe and Metz 1997: every pair of effects is there.

    Half of the cases have the disease; what differs between arms and readers are their means.
    """
    truth = np.arange(2 * cases) < cases

    def drawn(spread: float, *shape: int) -> Floats:
        return chance.normal(0, spread, shape)

    skill = 1.5 + drawn(0.15, 1, readers, 1) + drawn(0.15, 2, readers, 1)
    skill[1] += gain
    noise = drawn(0.55, 1, 1, 2 * cases) + drawn(0.45, 2, 1, 2 * cases)
    noise = noise + drawn(0.45, 1, readers, 2 * cases) + drawn(0.5, 2, readers, 2 * cases)
    return skill * truth + noise, truth


def lines(readers: int = 3, cases: int = 8, seed: int = 1) -> list[str]:
    """The rows of a small file, header first."""
    found, truth = scores(np.random.default_rng(seed), readers=readers, cases=cases)
    rows = [HEAD]
    for one, arm in enumerate(("unaided", "aided")):
        for reader in range(readers):
            for case in range(2 * cases):
                rating = round(float(np.clip(50 + 15 * found[one, reader, case], 0, 100)))
                rows.append(f"c{case},R{reader},{arm},{rating},{int(truth[case])}")
    return rows


def written(folder: Path, rows: list[str]) -> Path:
    file = folder / "answers.csv"
    file.write_text("\n".join(rows) + "\n")
    return file


def study(folder: Path, rows: list[str], *, complete: bool = False) -> Study:
    return Study.of(read_answers(written(folder, rows)), "answers.csv", complete=complete)
