"""Every room has one door, and what others use goes through it."""

import ast
import inspect
from importlib import import_module

import pytest

from tests.house.sources import imports, module_of, rooms, texts, trees

NO_DOOR = {
    "wardround.capabilities",
    "wardround.engines",
    "wardround.governance",
    "wardround.interfaces",
    "wardround.privacy",
}
"""Folders of rooms: they hold nothing themselves."""

MIGRATIONS = {
    "src/wardround/database/migrations",
    "src/wardround/database/migrations/versions",
}
"""Scripts that Alembic loads by itself."""


def door(room: str) -> ast.Module:
    return trees()[f"src/{room.replace('.', '/')}/__init__.py"]


def listed(room: str) -> list[str] | None:
    for node in door(room).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return [str(name) for name in ast.literal_eval(node.value)]
    return None


def test_there_are_rooms() -> None:
    assert {"wardround.kernel", "wardround.security", "wardround.capabilities"} <= set(rooms())


@pytest.mark.parametrize("room", rooms())
def test_a_door_lists_all_it_opens_in_order(room: str) -> None:
    opened = {
        alias.asname or alias.name
        for node in door(room).body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    names = listed(room)
    if names is None and (room in NO_DOOR or outermost(room) != room):
        assert not opened
        return
    assert names is not None, "a door has __all__"
    assert set(names) == opened
    assert names == sorted(names, key=_order), "constants, then classes, then functions"


def _order(name: str) -> tuple[int, str]:
    kind = 0 if name.isupper() else 1 if name[0].isupper() else 2
    return kind, name


@pytest.mark.parametrize("room", rooms())
def test_a_door_holds_no_logic(room: str) -> None:
    for number, node in enumerate(door(room).body):
        words = number == 0 and isinstance(node, ast.Expr)
        names = isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
        assert words or names or isinstance(node, ast.ImportFrom), ast.unparse(node)


@pytest.mark.parametrize("room", rooms())
def test_what_a_door_opens_is_documented(room: str) -> None:
    module = import_module(room)
    assert module.__doc__
    for name in listed(room) or []:
        thing = getattr(module, name)
        if inspect.isclass(thing):
            assert vars(thing).get("__doc__"), f"{room}.{name} has no docstring of its own"
        elif inspect.isfunction(thing):
            assert thing.__doc__, f"{room}.{name} has no docstring"


def outermost(module: str) -> str | None:
    """The room that others see when they import ``module``."""
    parts = module.split(".")
    if len(parts) < 2 or parts[0] != "wardround":
        return None
    room = ".".join(parts[:2])
    if room in NO_DOOR and len(parts) > 2:
        room = ".".join(parts[:3])
    return room if room in rooms() else None


def test_others_come_in_through_the_door() -> None:
    faults = []
    for name, tree in trees().items():
        here = outermost(module_of(name))
        for module, taken, line in imports(tree):
            room = outermost(module)
            if room is None or room in NO_DOOR or room == here:
                continue
            if module != room:
                faults.append(f"{name}:{line} imports {module}: import from {room}")
            elif taken is not None and taken not in (listed(room) or []):
                faults.append(f"{name}:{line}: {room} does not open {taken}")
    assert not faults


def test_every_folder_of_modules_is_a_package() -> None:
    """One that is not is invisible to the checks of who may import whom."""
    folders = {name.rpartition("/")[0] for name in trees()} - MIGRATIONS
    assert not [folder for folder in folders if f"{folder}/__init__.py" not in texts()]


def test_every_room_has_a_readme() -> None:
    lacking = [
        room
        for room in rooms()
        if outermost(room) == room
        and room not in NO_DOOR
        and f"src/{room.replace('.', '/')}/README.md" not in texts()
    ]
    assert not lacking
