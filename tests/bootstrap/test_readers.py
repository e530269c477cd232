"""What models of images run on is as set, for the shipped and the added ones, or it is refused."""

from pathlib import Path

import pytest

from tests.capabilities.radiology.studies import Held, drafted, radiograph
from tests.conftest import opened
from tests.engines.vision.made import folder
from tests.governance.registry.made import QUINN, RAY, figures
from tests.test_registry import registry_of
from wardround.bootstrap import Finders, add_model, assemble, load_capabilities
from wardround.capabilities.pathology.nuclei.learned import load_network
from wardround.capabilities.radiology import Radiology, load_radiology
from wardround.engines.vision import provider_named, require_started
from wardround.kernel import Stage, Unavailable
from wardround.settings import Settings

ELSEWHERE = "directml"
"""A provider that no installation of ours has: it is Windows'."""


@pytest.mark.requirement("VIS-11")
def test_a_provider_that_is_not_here_stops_the_start_and_makes_nothing(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with pytest.raises(Unavailable, match=r"WARDROUND_ONNX_PROVIDER: .*directml") as told:
        assemble(Settings(home=home, onnx_provider=ELSEWHERE))
    assert told.value.mend == "It can on: cpu."
    assert not home.exists()


@pytest.mark.requirement("VIS-11")
def test_the_shipped_models_run_where_is_set() -> None:
    for load in (load_radiology, load_network):
        with pytest.raises(Unavailable, match="cannot run models there"):
            load(provider=ELSEWHERE)
    for name in ("radiology", "pathology"):
        with pytest.raises(Unavailable, match=ELSEWHERE):
            load_capabilities(Finders(provider=ELSEWHERE), only=name)


@pytest.mark.requirement("VIS-11")
def test_an_added_model_runs_where_is_set_and_nowhere_else(tmp_path: Path) -> None:
    given = folder(tmp_path / "given", input={**SMALL, "body_part": ["CHEST"], "view": ["PA"]})
    (given / "card.yaml").write_text("name: made\nversion: '1'\n")
    said = {}
    with opened(f"sqlite:///{tmp_path / 'wardround.db'}", tmp_path) as database:
        with database.begin() as tx:
            registry = registry_of(tx, tmp_path)
            one, _ = add_model(registry, tmp_path, given, RAY)
            registry.enclose(one, figures(), RAY)
            registry.approve(one, "Looked at its images.", QUINN)
            registry.switch(one.id, Stage.LIVE, "Try it.", QUINN, statement="As a device.")
        for provider in ("cpu", ELSEWHERE):
            find = Finders.of(database, tmp_path, provider).readers
            shipped = load_radiology()
            radiology = Radiology(shipped._reader, shipped._bulk, find)
            said[provider] = drafted(radiology, Held(radiograph())).abstained
    assert said["cpu"] is None
    assert "cannot run models there" in (said[ELSEWHERE] or "")


SMALL = {
    "modality": ["DX"],
    "size": [8, 8],
    "steps": [{"window": "file"}, {"resize": {"size": [8, 8]}}],
}


@pytest.mark.requirement("VIS-11")
def test_a_session_that_went_on_without_its_provider_is_refused() -> None:
    assert provider_named("cpu") == "CPUExecutionProvider"
    require_started("CPUExecutionProvider", ["CPUExecutionProvider"], "cpu")
    with pytest.raises(Unavailable, match="could not start it"):
        require_started("CUDAExecutionProvider", ["CPUExecutionProvider"], "cuda")
