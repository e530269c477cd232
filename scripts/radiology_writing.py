"""From trained networks to the model folder: one ONNX file, its manifest, limits and figures."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import onnx
import torch
import yaml  # type: ignore[import-untyped]
from numpy.typing import NDArray
from PIL import Image as Picture
from scripts.radiology_data import SITES, Chests
from scripts.radiology_nets import SIZE, Images, Network, tensor, vary
from scripts.radiology_texture import Drawn, drawn
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from torch import nn

from wardround.capabilities.radiology.limits.abstaining import bounds_of, elsewhere
from wardround.capabilities.radiology.limits.limits import Bounds
from wardround.capabilities.radiology.resting import PLAIN
from wardround.capabilities.radiology.screening import ANY, KINDS, distances

NAME, VERSION = "wardround-chest", "2"
PREVALENCE = 0.6
COVERAGE = 0.9
ALARMS, STRANGE = 0.02, 0.005
"""Shares of untouched images that the gate, and the distance, may stop; of the worst pseudo-site
three times as many."""

Numbers = NDArray[np.float64]


class Chest(nn.Module):  # type: ignore[misc]
    """All networks in one graph: mean log-odds, the gate's, and the gate's features, whitened."""

    def __init__(self, readers: list[Network], gate: Network, known: Numbers) -> None:
        super().__init__()
        self.readers, self.gate = nn.ModuleList(readers), gate
        centre = known.mean(axis=0)
        spread = np.cov(known.T) + 1e-3 * np.eye(known.shape[1]) * known.var(axis=0).mean()
        values, axes = np.linalg.eigh(spread)
        self.register_buffer("centre", torch.from_numpy(centre).float())
        self.register_buffer("whiten", torch.from_numpy(axes / np.sqrt(values)).float())

    def forward(self, image: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """Return the outputs that the manifest declares, and the features."""
        views = self.gate.views(image)
        said = torch.stack([one.head(one.features(views)) for one in self.readers]).mean(0)
        features = self.gate.features(views)
        return said, self.gate.head(features), (features - self.centre) @ self.whiten


def write_folder(out: Path, made: Mapping[str, Network], chests: Chests) -> dict[str, Any]:
    """Write the model's files below ``out``; return what was found while setting the limits."""
    out.mkdir(parents=True, exist_ok=True)
    readers = [
        made[name]
        for name in sorted(made)
        if name.startswith("pneumonia-") and "without" not in name
    ]
    whole = Chest(readers, made["gate"], _known(made["gate"], chests.images)).eval()
    digest = _export(whole, out / "chest.onnx")
    images, labels = chests.tuning
    tuning = _asked(whole, images, labels)
    apart = [_apart(made, chests, site) for site in range(SITES)]
    line = _line([tuning, *apart])
    limits = _limits(tuning, apart, line, drawn(chests))
    manifest = _manifest(digest, *line)
    (out / "manifest.yaml").write_text(
        _HEAD + yaml.safe_dump(manifest, sort_keys=False, width=110), "utf-8"
    )
    (out / "limits.json").write_text(
        json.dumps({"model": digest, **limits}, indent=1) + "\n", "utf-8"
    )
    write_plain(out / PLAIN, chests)
    _write_digest(out / "card.yaml", digest)
    return limits | {"digest": digest, "line": line}


def write_plain(path: Path, chests: Chests) -> None:
    """Write the mean of the healthy chests learned from: it is of nobody."""
    mean = chests.images[chests.labels == 0].mean(axis=0)
    Picture.fromarray(mean.round().astype(np.uint8)).save(path, optimize=True)


def _write_digest(card: Path, digest: str) -> None:
    """Put the model file's digest into its card, which people wrote."""
    if card.is_file():
        lines = card.read_text("utf-8").splitlines()
        said = [f"digest: {digest}" if one.startswith("digest: ") else one for one in lines]
        card.write_text("\n".join(said) + "\n", "utf-8")


_HEAD = "# Written by scripts/train_radiology.py.\n"


class Asked(NamedTuple):
    """What networks say of images: log-odds, those of any fault, distance; and what is true."""

    said: Numbers
    gate: Numbers
    unlike: Numbers
    labels: NDArray[np.int64]


def _asked(whole: Chest, images: Images, labels: NDArray[np.int64]) -> Asked:
    with torch.no_grad():
        parts = [whole(part) for part in tensor(images).split(512)]
    said, gate, features = (torch.cat(one).double().numpy() for one in zip(*parts, strict=True))
    return Asked(said[:, 0], gate[:, ANY], distances(features), labels)


def _known(gate: Network, images: Images) -> Numbers:
    """Return the gate's features of the images learned from, as they are and varied."""
    dice = torch.Generator().manual_seed(0)
    with torch.no_grad():
        plain = tensor(images)
        seen = [plain, vary(plain, dice, by=0.5), vary(plain, dice, by=0.5)]
        parts = [gate.features(gate.views(part)) for one in seen for part in one.split(512)]
        return np.asarray(torch.cat(parts).double().numpy())


def _apart(made: Mapping[str, Network], chests: Chests, site: int) -> Asked:
    """Return what networks that never saw a pseudo-site say of its images."""
    here = chests.sites == site
    gate = made[f"gate-without-{site}"]
    known = _known(gate, chests.images[~here])
    whole = Chest([made[f"pneumonia-without-{site}"]], gate, known).eval()
    return _asked(whole, chests.images[here], chests.labels[here])


def _line(groups: list[Asked]) -> tuple[float, float]:
    """Return Platt's slope and intercept, the two outcomes weighing alike, each group as well.

    Fitted on pseudo-sites that were left out, together with the tuning half: what validation alone
    gives is too sure of itself elsewhere.
    """
    odds = np.concatenate([one.said for one in groups])
    truth = np.concatenate([one.labels for one in groups])
    weight = np.concatenate([1 / np.bincount(one.labels)[one.labels] for one in groups])
    fitted = LogisticRegression(C=np.inf, max_iter=1000).fit(odds[:, None], truth, weight)
    return float(fitted.coef_[0, 0]), float(fitted.intercept_[0])


def _limits(
    tuning: Asked, apart: list[Asked], line: tuple[float, float], texture: Drawn
) -> dict[str, Any]:
    """Return the limits: each the widest over the tuning half and the pseudo-sites."""
    asked = [tuning, *apart]
    groups = [(line[0] * one.said + line[1], one.labels) for one in asked]
    bounds = [bounds_of(odds, labels, COVERAGE) for odds, labels in groups]
    gates = [_upper(tuning.gate, ALARMS), *(_upper(one.gate, 3 * ALARMS) for one in apart)]
    far = [_upper(tuning.unlike, STRANGE), *(_upper(one.unlike, 3 * STRANGE) for one in apart)]
    figures = []
    for place, (odds, labels) in enumerate(groups):
        others = [one for at, one in enumerate(bounds) if at != place]
        stopped = (asked[place].gate > max(gates)) | (asked[place].unlike > max(far))
        stopped |= texture.away[place] > texture.limits["most"]
        figures.append(
            _figures(odds, labels)
            | {
                "alarms": round(float(stopped.mean()), 4),
                "by_validation": _covered(odds, labels, bounds[0]),
                "by_worst": _covered(odds, labels, elsewhere(others)),
            }
        )
    return {
        "prevalence": PREVALENCE,
        "coverage": COVERAGE,
        "validation": bounds[0].model_dump(),
        "worst": elsewhere(bounds).model_dump(),
        "gate": max(gates),
        "unlike": max(far),
        "texture": texture.limits,
        "groups": figures,
    }


def _covered(odds: Numbers, labels: NDArray[np.int64], bounds: Bounds) -> list[float]:
    healthy, ill = odds[labels == 0] <= bounds.healthy, odds[labels == 1] >= bounds.pneumonia
    return [round(float(healthy.mean()), 4), round(float(ill.mean()), 4)]


def _upper(values: Numbers, share: float) -> float:
    return float(np.quantile(values, 1 - share))


def _figures(odds: Numbers, labels: NDArray[np.int64]) -> dict[str, Any]:
    """Return what holds in one group at even odds before."""
    share = 1 / (1 + np.exp(-odds))
    return {
        "pneumonia": int((labels == 1).sum()),
        "healthy": int((labels == 0).sum()),
        "auroc": round(float(roc_auc_score(labels, odds)), 4),
        "brier": round(
            float(np.mean([((share - labels)[labels == one] ** 2).mean() for one in (0, 1)])), 4
        ),
        "sensitivity": round(float((odds[labels == 1] > 0).mean()), 4),
        "specificity": round(float((odds[labels == 0] <= 0).mean()), 4),
    }


def _export(whole: Chest, path: Path) -> str:
    names = ["pneumonia", "gate", "features"]
    torch.onnx.export(
        whole, (torch.rand(2, 1, SIZE, SIZE),), str(path), opset_version=17, dynamo=False,
        input_names=["image"], output_names=names,
        dynamic_axes={name: {0: "n"} for name in ["image", *names]},
    )  # fmt: skip
    model = onnx.load(str(path))
    for node in model.graph.node:  # names of where it was traced tell nobody anything
        node.ClearField("doc_string")
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString(deterministic=True))
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _manifest(digest: str, slope: float, intercept: float) -> dict[str, Any]:
    return {
        "name": NAME,
        "version": VERSION,
        "title": "Pneumonia in chest X-rays",
        "task": "classification",
        "input": {
            "modality": ["DX", "CR"],
            "body_part": ["CHEST"],
            "view": ["PA", "AP"],
            "channels": 1,
            "size": [SIZE, SIZE],
            "steps": [
                {"window": "file"},
                "middle",
                {"resize": {"size": [SIZE, SIZE], "method": "area"}},
            ],
        },
        "files": [{"name": "chest.onnx", "sha256": digest}],
        "outputs": [
            {
                "name": "pneumonia",
                "codes": [
                    {
                        "code": "233604007",
                        "system": "http://snomed.info/sct",
                        "display": "Pneumonia",
                    }
                ],
                "activation": "sigmoid",
                "calibration": {"kind": "platt", "slope": slope, "intercept": intercept},
                "offset": float(np.log(PREVALENCE / (1 - PREVALENCE))),
                "threshold": 0.5,
            },
            {
                "name": "gate",
                "codes": [
                    {
                        "code": kind.replace(" ", "-"),
                        "system": "urn:wardround:image-fault",
                        "display": kind,
                    }
                    for kind in ("any fault", *KINDS)
                ],
                "activation": "sigmoid",
            },
        ],
        "features": "features",
    }
