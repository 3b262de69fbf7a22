"""Pages opened the way visitors open them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Protocol

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[2]
APP = ROOT / "app.py"

# AppTest looks through every installed package for each page it opens: four fifths of a page's
# time. A server looks once, when it starts; so do the tests.
_installed = cache(manifest_scanner.scan_component_manifests)
pytest.MonkeyPatch().setattr(manifest_scanner, "scan_component_manifests", _installed)


class Open(Protocol):
    """Opens a page: its script, and the words of its address."""

    def __call__(self, folder: Path, script: str | None = None, **address: str) -> AppTest: ...


def opener(monkeypatch: pytest.MonkeyPatch) -> Open:
    """For this test's environment; no script is the first page."""

    def open_page(folder: Path, script: str | None = None, **address: str) -> AppTest:
        monkeypatch.setenv("KONGTHUN_DATA", str(folder))
        app = AppTest.from_file(str(APP), default_timeout=60)
        for name, words in address.items():
            app.query_params[name] = words
        if script:
            app.switch_page(f"pages/{script}.py")
        return app.run()

    return open_page


def everything(app: AppTest) -> str:
    """All that the page says, for looking for a word that must or must not be there."""
    kinds = (
        *(app.title, app.subheader, app.markdown, app.caption, app.metric),
        *(app.error, app.warning, app.info, app.success),
    )
    parts = [str(element.value) for kind in kinds for element in kind]
    tables = [frame.value.to_csv() for frame in app.dataframe]
    return "\n".join([*parts, *tables])
