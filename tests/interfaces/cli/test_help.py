import re
import subprocess
import sys

import pytest
from scripts.cli_page import PAGE, commands, page

from tests.interfaces.cli.running import call
from wardround.interfaces.cli.exits import Exit


def test_the_page_of_the_command_line_is_up_to_date() -> None:
    assert PAGE.read_text() == page(), "run: python scripts/cli_page.py"


@pytest.mark.parametrize("command", [" ".join(names) for names in commands()])
def test_help_teaches_by_example(command: str) -> None:
    done = call(*command.split(), "--help")
    assert done.returncode == 0
    help_ = done.stdout.decode()
    if command and command != "data":
        assert re.search(rf"Examples?:\n +.*wardround {command}", help_)
    assert "..." not in help_.partition("Commands:")[2]


def test_every_exit_code_is_described() -> None:
    described = {int(code) for code in re.findall(r"^\| (\d+) \|", PAGE.read_text(), re.MULTILINE)}
    assert described == set(Exit)


def test_the_version_is_said() -> None:
    from wardround import __version__

    assert call("--version").stdout.decode() == f"wardround {__version__}\n"


def test_help_loads_nothing_heavy() -> None:
    program = "import sys, wardround.interfaces.cli; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    ).stdout.split()
    heavy = {"alembic", "dbos", "fastapi", "numpy", "pydantic", "rich", "sklearn", "sqlalchemy"}
    assert not heavy.intersection(name.partition(".")[0] for name in loaded)
