"""Pages as people see them who have logged in."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.support.pages import APP

ROLES = {
    "admin@office.example": "province_admin",
    "viewer@office.example": "province_viewer",
    "muang@office.example": "district_editor:5601",
}
ADMIN, VIEWER, EDITOR = ROLES
STRANGER = "stranger@office.example"
AUTH = """[auth]
redirect_uri = "http://127.0.0.1:8501/oauth2callback"
cookie_secret = "for the tests only, as long as it must be"
client_id = "kongthun"
client_secret = "of the tests"
server_metadata_url = "http://127.0.0.1:9/.well-known/openid-configuration"

[roles]
"""


def with_login(folder: Path, data: Path, patch: pytest.MonkeyPatch) -> None:
    """Switch login on for the pages of a data folder."""
    lines = [f'"{email}" = "{role}"' for email, role in ROLES.items()]
    secrets = folder / "secrets.toml"
    secrets.write_text(AUTH + "\n".join(lines), encoding="utf-8")
    patch.setenv("KONGTHUN_SECRETS", str(secrets))
    patch.setenv("KONGTHUN_DATA", str(data))
    patch.setenv("KONGTHUN_HISTORY", str(folder / "history"))


def opened_by(email: str | None, script: str, **address: str) -> AppTest:
    """The page as this person sees it; None has not logged in."""
    app = AppTest.from_file(str(APP), default_timeout=60)
    app.user = {"is_logged_in": False} if email is None else {"is_logged_in": True, "email": email}
    for name, words in address.items():
        app.query_params[name] = words
    app.switch_page(f"pages/{script}.py")
    return app.run()
