"""Train the chest X-ray model and its gates, and write the model folder. Needs torch (group train).

    WARDROUND_DATA=… python -m scripts.train_radiology [--out DIR] [--keep DIR]

Three networks learn pneumonia, one learns to tell an upright, whole X-ray from planted faults. No
image of the validation part is learned from: half of it, by the digest of its pixels, sets limits
and calibration; the other half is only measured. Random splits flatter, so each network also
learns without one of four *pseudo-sites* (clusters of exposure and sharpness) and is asked about
it: calibration, sets and limits stand on those answers. The same data give the same files on one
machine. ``--keep`` keeps the trained weights, so that limits can be set anew without training.
"""

import argparse
import os
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from scripts.radiology_data import Chests, read_chests
from scripts.radiology_nets import BATCH, Images, Network, tensor, train, vary
from scripts.radiology_writing import write_folder

from wardround.capabilities.radiology.faults.suite import TUNED
from wardround.capabilities.radiology.screening.kinds import ANY, KINDS

OUT = Path("src/wardround/capabilities/radiology/chest")
STEPS = {"pneumonia": 1000, "gate": 2200}
APART = {"pneumonia": 600, "gate": 1100}
"""Steps of a network that is trained, and of one that only shows what happens elsewhere."""
SEEDS = (1, 2, 3)

State = Mapping[str, torch.Tensor]
Job = tuple[str, str, int, int]
"""Its name, what is learned, the seed, and the pseudo-site that is left out (-1: none)."""

JOBS: tuple[Job, ...] = (
    ("gate", "gate", 5, -1),
    *((f"pneumonia-{seed}", "pneumonia", seed, -1) for seed in SEEDS),
    *((f"pneumonia-without-{site}", "pneumonia", 11, site) for site in range(4)),
    *((f"gate-without-{site}", "gate", 15, site) for site in range(4)),
)


class Pneumonia:
    """Draws as many with pneumonia as without: the share in the training part is no prior."""

    outputs = 1

    def __init__(self, images: Images, labels: NDArray[np.int64]) -> None:
        self._images = tensor(images)
        self._of = [np.flatnonzero(labels == one) for one in (0, 1)]

    def __call__(
        self, chance: np.random.Generator, dice: torch.Generator
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return images and targets."""
        half = BATCH // 2
        rows = np.concatenate([chance.choice(of, half) for of in self._of])
        target = torch.repeat_interleave(torch.tensor([0.0, 1.0]), half)[:, None]
        return vary(self._images[rows], dice), target


class Gate:
    """Draws images, half of them with a planted fault; target: is there one, and of which kind."""

    outputs = 1 + len(KINDS)

    def __init__(self, images: Images, labels: NDArray[np.int64]) -> None:
        del labels
        self._images = tensor(images)

    def __call__(
        self, chance: np.random.Generator, dice: torch.Generator
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return images and targets."""
        rows = chance.choice(len(self._images), BATCH)
        image = vary(self._images[rows], dice, by=0.7)
        target = torch.zeros(BATCH, self.outputs)
        for row in range(BATCH // 2):
            name = _DRAWN[chance.integers(len(_DRAWN))]
            planted = TUNED[name].plant(image[row, 0].numpy(), chance)
            grey = planted.mean(axis=2) if planted.ndim == 3 else planted
            image[row, 0] = torch.from_numpy(np.ascontiguousarray(grey, dtype=np.float32))
            target[row, ANY] = 1
            target[row, 1 + KINDS.index(TUNED[name].kind)] = 1
        return image, target


_DRAWN = [
    *TUNED,
    *["flip"] * 5,
    *["duplicated half"] * 3,
    *["crop"] * 2,
    *["crop anywhere"] * 2,
    *["blur"] * 2,
    "motion",
]
"""What is harder is drawn more often."""
_LEARNED: dict[str, type[Pneumonia] | type[Gate]] = {"pneumonia": Pneumonia, "gate": Gate}


def learn(job: Job, data: Path, keep: Path) -> State:
    """Return the weights of one network, from ``keep`` if they are there."""
    name, what, seed, without = job
    kept = keep / f"{name}.pt"
    if kept.is_file():
        read: State = torch.load(kept, weights_only=True)
        return read
    chests = read_chests(data)
    rows = chests.sites != without
    steps = STEPS[what] if without < 0 else APART[what]
    drawing = _LEARNED[what](chests.images[rows], chests.labels[rows])
    network = train(drawing, drawing.outputs, steps=steps, seed=seed)
    state: State = network.state_dict()
    torch.save(state, kept)
    return state


def networks(data: Path, keep: Path, processes: int) -> dict[str, Network]:
    """Return every network, trained in processes of one thread each."""
    keep.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(processes) as pool:
        states = list(pool.map(learn, JOBS, [data] * len(JOBS), [keep] * len(JOBS)))
    made = {}
    for (name, what, _, _), state in zip(JOBS, states, strict=True):
        network = Network(_LEARNED[what].outputs)
        network.load_state_dict(dict(state))
        made[name] = network.eval()
    return made


def main() -> None:
    """Train what is not kept, set the limits, and write the folder."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--out", type=Path, default=OUT)
    asked.add_argument("--keep", type=Path, default=Path("build/radiology"))
    asked.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    said = asked.parse_args()
    data = Path(os.environ["WARDROUND_DATA"])
    made = networks(data, said.keep, said.processes)
    chests: Chests = read_chests(data)
    figures: dict[str, Any] = write_folder(said.out, made, chests)
    for name, value in figures.items():
        print(name, value)


if __name__ == "__main__":
    main()
