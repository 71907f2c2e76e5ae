"""docs/adopting.md says what the code does; test_alone.py follows its steps."""

import ast
import inspect
import re
from collections.abc import Iterator
from types import ModuleType

from accessibility import conf
from tests.adopter import PAGE


def test_the_steps_fit_on_one_page():
    assert len(PAGE.splitlines()) <= 130


def test_the_table_of_settings_is_that_of_the_code():
    table = re.findall(r"^\| `(ACCESSIBILITY_\w+)` \| `(.+?)` \|", PAGE, re.M)
    assert dict(table) == dict(settings_read_by(conf))


def settings_read_by(module: ModuleType) -> Iterator[tuple[str, str]]:
    """Each `getattr(settings, NAME, DEFAULT)` of a module; a default by name is looked up there."""
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        match node:
            case ast.Call(
                func=ast.Name("getattr"), args=[ast.Name("settings"), ast.Constant(name), default]
            ):
                by_name = isinstance(default, ast.Name)
                value = repr(getattr(module, default.id)) if by_name else ast.unparse(default)
                yield name, value.replace("'", '"')
