"""A capability that declares all that can be declared, and one of which nothing is known."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from wardround.governance.determination import read_determination
from wardround.governance.dossier import Facts, read_cards, read_declared
from wardround.governance.dossier.lock import Locked
from wardround.governance.dossier.threats import Threat
from wardround.governance.dossier.trace import Traced

MADE = datetime(2026, 11, 28, 8, 0, tzinfo=UTC)
CARD = """\
name: sepsis-early
version: "2"
file: wardround/sepsis.skops
digest: 60546f8d4c281c6cd6e603f14f9b86de8416cbd024a8f66b34632acef0d06320
licence: Apache-2.0
made_by: scripts/train.py
purpose:
  intended_use: To show | the risk of <sepsis> on a ward.
cautions:
  out_of_scope:
  risks: {unknown: The upstream model is not disclosed.}
"""
DETERMINED = """\
capability: sepsis
determined: 2026-11-28
by: The developers.
functions:
  - name: alarm
    title: An alarm
    intended_use: To show the risk of sepsis on a ward.
    models: [sepsis-early]
    criteria:
      no_image_or_signal: {answer: yes, evidence: Single measurements.}
      medical_information: {answer: yes, evidence: Vital signs and results.}
      supports_professional: {answer: yes, evidence: Nurses of the ward.}
      basis_reviewable: {answer: unsure, evidence: Inputs are shown.}
    single_recommendation: {answer: yes, evidence: One number at a time.}
    immediate_action: {answer: yes, evidence: It calls somebody to the bed.}
    imdrf:
      significance: drive management
      state: critical
      why: Sepsis kills within hours.
"""
REQUIREMENTS = """\
requirements:
  - {id: X-01, text: It is right., source: a paper}
  - {id: X-02, text: It is read., source: a study, verified_by: people}
"""
HAZARDS = """\
hazards:
  - id: H-X-01
    hazard: A wrong number
    situation: It is believed.
    harm: Harm.
    before: {severity: critical, probability: frequent}
    control: It is checked.
    requirements: [X-01]
    after: {severity: critical, probability: remote}
    remains: Little.
"""
WRITTEN = """\
title: Early sepsis
answers:
  device.environment: On a ward.
practices:
  4: {how: Apart., evidence: [tests/there.py, tests/not_there.py]}
"""


def declare(folder: Path) -> Path:
    """Write the files of a capability to a folder that is made."""
    folder.mkdir()
    for name, text in (
        ("card.yaml", CARD),
        ("requirements.yaml", REQUIREMENTS),
        ("hazards.yaml", HAZARDS),
        ("dossier.yaml", WRITTEN),
    ):
        (folder / name).write_text(text)
    return folder


def known(room: Path, **more: object) -> Facts:
    facts = Facts(
        "sepsis",
        "1.0",
        MADE,
        read_declared(room),
        read_cards(room),
        determination=read_determination(DETERMINED),
        commit="abc123",
        trace=[Traced("X-01", "tests/test_x.py::test_it_is_right")],
        packages=[Locked("pypi", "numpy", "2.0", "SHA-256", ("ab" * 32,), None, "BSD-3-Clause")],
        threats=[Threat("T", "the model", "it is swapped", "a digest", "`tests/test_x.py`")],
        evidence=frozenset({"tests/there.py"}),
    )
    return replace(facts, **more)  # type: ignore[arg-type]


def bare(tmp_path: Path) -> Facts:
    """A capability of which nothing is known, in a program without its source tree."""
    empty = tmp_path / "bare"
    empty.mkdir()
    return Facts("bare", "1.0", MADE, read_declared(empty), read_cards(empty))
