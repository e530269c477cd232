import pytest

from tests.engines.tabular.test_tabular import spec, table
from wardround.engines.tabular import Model, Trained, train


@pytest.fixture(scope="session")
def trained() -> Trained:
    return train(spec(harms={"miss": 4, "false_alarm": 1}, changing=["a", "b"]), table(2400))


@pytest.fixture(scope="session")
def known(trained: Trained) -> Model:
    return trained.model
