"""No page hands HTML to a browser but the style that stands in its own code."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.test_house import ROOT, modules, named

PAGES = [ROOT / "app.py", *modules("pages")]
RAW = {"unsafe_allow_html", "unsafe_allow_javascript"}
BY_PASSES = {"iframe", "write_stream", "bidi_component", "declare_component"}


def calls(code: str) -> Iterator[tuple[str, ast.Call]]:
    """Every call by the last word of what is called."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call):
            called = node.func
            yield getattr(called, "attr", getattr(called, "id", "")), node


def constants(code: str) -> set[str]:
    """Names that the module sets once to a text without blanks."""
    return {
        target.id
        for node in ast.parse(code).body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def gives_html(code: str) -> bool:
    own = constants(code)
    return any(
        name in BY_PASSES
        or RAW & {word.arg for word in call.keywords}
        or (name == "html" and not _is_constant(call, own))
        for name, call in calls(code)
    )


def _is_constant(call: ast.Call, own: set[str]) -> bool:
    (given,) = call.args
    return isinstance(given, ast.Name) and given.id in own


def test_no_page_gives_a_text_as_html() -> None:
    assert named(path for path in PAGES if gives_html(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "code",
    [
        "st.html(cell)",
        "st.html(f'<b>{cell}</b>')",
        "STYLE = f'{x}'\nst.html(STYLE)",
        "left.markdown(cell, unsafe_allow_html=True)",
        "components.iframe(cell)",
    ],
)
def test_what_would_give_it_is_recognised(code: str) -> None:
    assert gives_html(code)
