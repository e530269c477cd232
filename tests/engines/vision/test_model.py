"""A folder becomes a model that answers as declared, or is refused with the reason."""

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from tests.engines.vision.made import FLOAT, Image, classifier, folder, network, said
from wardround.engines.vision import ModelFault, load_model
from wardround.kernel import InvalidInput, Unavailable


def odds(values: Any) -> Any:
    return np.log(values / (1 - values))


@pytest.mark.requirement("VIS-01")
def test_an_image_is_prepared_run_and_given_its_meaning(tmp_path: Path) -> None:
    model = load_model(folder(tmp_path))
    grey = np.linspace(0, 100, 32 * 32).reshape(32, 32)
    ready = model.prepare(Image(grey))
    assert ready.shape == (1, 8, 8)
    assert ready.dtype == np.float32
    outputs = model.run(ready[None])
    assert outputs["score"] == pytest.approx(0.5, abs=1e-6)
    assert outputs["features"].shape == (1, 1)
    assert model.probabilities(outputs) == pytest.approx(1 / (1 + np.exp(-0.5)), abs=1e-6)


@pytest.mark.parametrize("batch", ["n", 1, 4])
@pytest.mark.parametrize("count", [1, 3, 4, 9, 130])
def test_a_batch_of_any_length_is_run_whatever_the_file_fixes(
    tmp_path: Path, batch: int | str, count: int
) -> None:
    model = load_model(folder(tmp_path, {"m.onnx": classifier(batch=batch)}))
    images = np.random.default_rng(1).random((count, 1, 8, 8), dtype=np.float32)
    assert model.run(images)["score"][:, 0] == pytest.approx(images.mean(axis=(1, 2, 3)), abs=1e-5)


def test_an_empty_batch_is_an_empty_answer(tmp_path: Path) -> None:
    assert len(load_model(folder(tmp_path)).run(np.zeros((0, 1, 8, 8), np.float32))["score"]) == 0


def test_an_ensemble_is_the_mean_of_what_its_models_give(tmp_path: Path) -> None:
    files = {"a.onnx": classifier(bias=1.0), "b.onnx": classifier(bias=-3.0)}
    outputs = load_model(folder(tmp_path, files)).run(np.zeros((2, 1, 8, 8), np.float32))
    assert outputs["score"] == pytest.approx(np.full((2, 1), -1.0))
    assert outputs["features"].shape == (2, 2)


@pytest.mark.requirement("VIS-02")
def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    where = folder(tmp_path)
    (where / "model.onnx").write_bytes(classifier(bias=0.1))
    with pytest.raises(InvalidInput, match=r"model\.onnx: .*digest differs"):
        load_model(where)


@pytest.mark.requirement("VIS-02")
def test_a_file_that_is_a_link_or_gone_is_refused(tmp_path: Path) -> None:
    where = folder(tmp_path / "one")
    (where / "model.onnx").rename(tmp_path / "elsewhere.onnx")
    with pytest.raises(Unavailable, match="cannot be read"):
        load_model(where)
    (where / "model.onnx").symlink_to(tmp_path / "elsewhere.onnx")
    with pytest.raises(InvalidInput, match="plain files"):
        load_model(where)


@pytest.mark.requirement("VIS-03")
@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "no ONNX"),
        (b"garbage that is no protocol buffer", "no ONNX"),
        (np.random.default_rng(0).bytes(4096), "no ONNX"),
        (b"\xff" * 64, "no ONNX"),
        (classifier()[:-40], "no ONNX"),
    ],
)
def test_what_is_no_onnx_is_refused(tmp_path: Path, data: bytes, why: str) -> None:
    with pytest.raises(InvalidInput, match=why):
        load_model(folder(tmp_path, {"model.onnx": data}))


@pytest.mark.requirement("VIS-03")
def test_each_cut_of_a_file_is_refused_or_loads_the_same(tmp_path: Path) -> None:
    whole = classifier()
    for place in range(0, len(whole), 7):
        with pytest.raises(InvalidInput):
            load_model(folder(tmp_path, {"model.onnx": whole[:place]}))


def with_operator(name: str, domain: str = "", opset: int = 17) -> bytes:
    imports = [helper.make_opsetid("", opset)]
    if domain:
        imports.append(helper.make_opsetid(domain, 1))
    return network(
        [helper.make_node(name, ["image"], ["score"], domain=domain)],
        {"image": ["n", 1, 8, 8]},
        {"score": None},
        opset_imports=imports,
    )


@pytest.mark.requirement("VIS-03")
@pytest.mark.parametrize(
    ("data", "why"),
    [
        (with_operator("Steal", "org.example"), "org.example::Steal"),
        (with_operator("NoSuchOperator"), "NoSuchOperator"),
        (with_operator("Flatten", opset=99), "opset|Opset"),
    ],
)
def test_an_operator_or_opset_that_is_not_known_is_refused(
    tmp_path: Path, data: bytes, why: str
) -> None:
    with pytest.raises(InvalidInput, match=why):
        load_model(folder(tmp_path, {"model.onnx": data}, features=None))


def hidden(name: str, domain: str) -> bytes:
    """A foreign operator in the branch of an If, where no list of the graph's nodes shows it."""
    branch = helper.make_graph(
        [helper.make_node(name, ["image"], ["score"], domain=domain)],
        "branch",
        [],
        [helper.make_tensor_value_info("score", FLOAT, None)],
    )
    yes = helper.make_tensor("yes", TensorProto.BOOL, [], [True])
    return network(
        [helper.make_node("If", ["yes"], ["score"], then_branch=branch, else_branch=branch)],
        {"image": ["n", 1, 8, 8]},
        {"score": None},
        [yes],
        opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(domain, 1)],
    )


@pytest.mark.requirement("VIS-03")
def test_an_operator_hidden_in_a_branch_is_found(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"org\.example::Steal"):
        load_model(folder(tmp_path, {"m.onnx": hidden("Steal", "org.example")}, features=None))


def outside(location: str) -> bytes:
    model = onnx.load_from_string(classifier())
    for weight in model.graph.initializer:
        if weight.name == "w":
            weight.ClearField("float_data")
            weight.data_location = TensorProto.EXTERNAL
            for key, value in (("location", location), ("offset", "0"), ("length", "256")):
                entry = weight.external_data.add()
                entry.key, entry.value = key, value
    return bytes(model.SerializeToString())


WEIGHTS = np.full((64, 1), 1 / 64, np.float32).tobytes()


def test_weights_beside_the_model_are_read_where_the_manifest_lists_them(tmp_path: Path) -> None:
    files = {"model.onnx": outside("weights.bin"), "weights.bin": WEIGHTS}
    model = load_model(folder(tmp_path, files, {"weights.bin": "weights"}))
    images = np.random.default_rng(2).random((3, 1, 8, 8), dtype=np.float32)
    assert model.run(images)["score"][:, 0] == pytest.approx(images.mean(axis=(1, 2, 3)), abs=1e-5)


@pytest.mark.requirement("VIS-03")
@pytest.mark.parametrize("place", ["../secret.bin", "/etc/passwd", "weights.bin", "", "a/../b"])
def test_weights_elsewhere_are_never_read(tmp_path: Path, place: str) -> None:
    (tmp_path / "secret.bin").write_bytes(WEIGHTS)
    where = folder(tmp_path / "model", {"model.onnx": outside(place)})
    (where / "weights.bin").write_bytes(WEIGHTS)
    with pytest.raises(InvalidInput, match="does not list"):
        load_model(where)


@pytest.mark.requirement("VIS-04")
@pytest.mark.parametrize("pixel", [np.nan, np.inf])
def test_an_answer_that_is_no_number_is_a_fault(tmp_path: Path, pixel: float) -> None:
    model = load_model(folder(tmp_path))
    images = np.zeros((2, 1, 8, 8), np.float32)
    images[1, 0, 3, 3] = pixel
    with pytest.raises(ModelFault, match="no number"):
        model.run(images)


@pytest.mark.requirement("VIS-04")
def test_scores_that_are_declared_probabilities_are_a_fault(tmp_path: Path) -> None:
    output = {"name": "score", "codes": said()["outputs"][0]["codes"]}
    model = load_model(folder(tmp_path, {"m.onnx": classifier(bias=3.0)}, outputs=[output]))
    with pytest.raises(ModelFault, match="lies outside 0 to 1"):
        model.run(np.zeros((1, 1, 8, 8), np.float32))


@pytest.mark.requirement("VIS-04")
def test_an_output_of_another_shape_is_a_fault(tmp_path: Path) -> None:
    data = network(
        [
            helper.make_node("NonZero", ["image"], ["places"]),
            helper.make_node("Cast", ["places"], ["score"], to=FLOAT),
        ],
        {"image": ["n", 1, 8, 8]},
        {"score": None},
    )
    model = load_model(folder(tmp_path, {"m.onnx": data}, features=None))
    for count in (1, 2, 4):
        with pytest.raises(ModelFault, match="shape"):
            model.run(np.ones((count, 1, 8, 8), np.float32))


@pytest.mark.requirement("VIS-04")
def test_a_network_that_fails_while_it_runs_is_a_fault(tmp_path: Path) -> None:
    data = network(
        [
            helper.make_node("Flatten", ["image"], ["flat"]),
            helper.make_node("Gather", ["flat", "at"], ["score"], axis=1),
        ],
        {"image": ["n", 1, 8, 8]},
        {"score": None},
        [helper.make_tensor("at", TensorProto.INT64, [1], [1000])],
    )
    model = load_model(folder(tmp_path, {"m.onnx": data}, features=None))
    with pytest.raises(ModelFault, match="The model failed"):
        model.run(np.zeros((1, 1, 8, 8), np.float32))


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"size": (9, 9)}, "declares"),
        ({"channels": 3}, "declares"),
        ({"classes": 2}, "2 columns"),
    ],
)
def test_a_file_of_another_shape_than_declared_is_refused(
    tmp_path: Path, changed: dict[str, Any], why: str
) -> None:
    with pytest.raises(InvalidInput, match=why):
        load_model(folder(tmp_path, {"m.onnx": classifier(**changed)}))


def test_an_output_that_is_not_there_is_refused_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="It has: features, score"):
        load_model(folder(tmp_path, features="embedding"))


def test_two_inputs_are_refused(tmp_path: Path) -> None:
    data = network(
        [helper.make_node("Add", ["image", "other"], ["score"])],
        {"image": ["n", 1, 8, 8], "other": ["n", 1, 8, 8]},
        {"score": ["n", 1, 8, 8]},
    )
    with pytest.raises(InvalidInput, match="2 inputs"):
        load_model(folder(tmp_path, {"m.onnx": data}, features=None))


def test_a_batch_that_was_not_prepared_is_refused(tmp_path: Path) -> None:
    model = load_model(folder(tmp_path))
    for shape in ((1, 8, 8), (1, 3, 8, 8), (1, 1, 9, 8)):
        with pytest.raises(InvalidInput, match="batch"):
            model.run(np.zeros(shape, np.float32))


def test_a_provider_that_is_not_here_is_said(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match=r"It can on: cpu"):
        load_model(folder(tmp_path), provider="directml")


def test_nothing_is_written_by_the_runtime(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(InvalidInput):
        load_model(folder(tmp_path, {"m.onnx": with_operator("Flatten", opset=99)}, features=None))
    assert capfd.readouterr() == ("", "")


def test_half_precision_is_fed_and_read(tmp_path: Path) -> None:
    half = TensorProto.FLOAT16
    graph = helper.make_graph(
        [
            helper.make_node("GlobalAveragePool", ["image"], ["pooled"]),
            helper.make_node("Flatten", ["pooled"], ["score"]),
        ],
        "half",
        [helper.make_tensor_value_info("image", half, ["n", 1, 8, 8])],
        [helper.make_tensor_value_info("score", half, ["n", 1])],
    )
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    model = load_model(folder(tmp_path, {"m.onnx": made.SerializeToString()}, features=None))
    found = model.probabilities(model.run(np.full((2, 1, 8, 8), 0.5, np.float32)))
    assert odds(found) == pytest.approx(0.5, abs=1e-3)
