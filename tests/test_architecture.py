"""What no import rule can say: how services are called, what routes declare, that time is handed in."""

import ast
import inspect
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import FunctionType

import pytest
from flask import Flask

import training
from training import services
from training.store.base import Base
from training.web.guard import Right, Rule

PACKAGE = Path(training.__file__).parent


def public_services() -> Iterator[tuple[str, FunctionType]]:
    for info in pkgutil.iter_modules(services.__path__):
        module = import_module(f"training.services.{info.name}")
        for name, thing in vars(module).items():
            own = isinstance(thing, FunctionType) and thing.__module__ == module.__name__
            if own and not name.startswith("_"):
                yield f"{info.name}.{name}", thing


def sources() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


STORIES = [pytest.param(f, id=name) for name, f in public_services()]


@pytest.mark.parametrize("story", STORIES)
def test_a_service_that_uses_the_session_takes_it_first_and_the_rest_by_keyword(
    story: FunctionType,
) -> None:
    parameters = list(inspect.signature(story).parameters.values())
    assert inspect.getdoc(story), "a public service says what it does"
    if any(p.name == "session" for p in parameters):
        assert parameters[0].name == "session"
        assert all(p.kind is p.KEYWORD_ONLY for p in parameters[1:])


@pytest.mark.parametrize("story", STORIES)
def test_a_service_never_returns_a_table_row(story: FunctionType) -> None:
    told = str(inspect.signature(story).return_annotation)
    rows = {
        mapper.class_.__module__ + "." + mapper.class_.__qualname__
        for mapper in Base.registry.mappers
    }
    assert not [row for row in rows if row in told]


def test_only_the_clock_asks_the_time() -> None:
    asking = {
        path.relative_to(PACKAGE).as_posix()
        for path, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in {"now", "utcnow", "today"}
        and isinstance(node.value, ast.Name)
        and node.value.id in {"datetime", "date"}
    }
    assert asking == {"clock.py"}


def test_every_route_declares_who_may_reach_it(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        assert isinstance(getattr(view, "rule", None), Rule), rule.endpoint


def test_a_route_without_a_declaration_does_not_answer(app: Flask) -> None:
    bare = Flask.route(app, "/undeclared")
    app._got_first_request = False
    bare(lambda: "reached")
    assert app.test_client().get("/undeclared").status_code == 404


def test_patient_pages_are_for_anyone_and_no_other_audience_is(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        declared: Rule = app.view_functions[rule.endpoint].rule  # type: ignore[attr-defined]
        audience = rule.endpoint.split(".")[0]
        if audience == "patient":
            assert declared.right is Right.ANYONE
        if audience in {"staff", "manager", "admin"}:
            assert declared.right is not Right.ANYONE, rule.endpoint


def test_every_row_of_a_practice_says_which_practice_it_belongs_to() -> None:
    without = {t.name for t in Base.metadata.sorted_tables if "practice_id" not in t.columns}
    assert without == {"practice", "scenario_copy", "set_up_code", "sign_in_attempt"}
