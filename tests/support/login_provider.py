"""A login provider (OpenID Connect) in its own process; whoever is asked for logs in by one click.

It prints its address once it listens. Only tests speak to it.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

HOST, PATIENCE = "127.0.0.1", 10
ROOT = Path(__file__).resolve().parents[2]
PAGE = "<!doctype html><link rel=icon href=data:,>{% block content %}{% endblock %}"
"""The pages' outer part without the package's style sheet, which comes from elsewhere."""
PEOPLE: Mapping[str, Mapping[str, object]] = {
    "province": {"email": "Viewer@Office.example", "email_verified": True},
    "chun": {"email": "chun@office.example", "email_verified": True},
    "stranger": {"email": "stranger@office.example", "email_verified": True},
    "leaver": {"email": "leaver@office.example", "email_verified": True},
    "unvouched": {"email": "viewer@office.example", "email_verified": False},
}
"""Who can log in, and what the provider then tells of them."""


@contextmanager
def login_provider() -> Iterator[str]:
    """Its address; it ends with the context."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.support.login_provider"]
    with subprocess.Popen(  # noqa: S603 – our own module
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            address = process.stdout.readline().strip() if process.stdout else ""
            if not address:
                message = "the login provider did not start"
                raise RuntimeError(message)
            yield address
        finally:
            process.terminate()
            process.wait(PATIENCE)


def serve() -> None:
    """Print the address and answer until the process is ended."""
    # Only here: importing it warns, and no test needs it in its own process.
    import jinja2  # noqa: PLC0415
    from oidc_provider_mock import User, app  # noqa: PLC0415
    from werkzeug.serving import make_server  # noqa: PLC0415

    provider = app(user_claims=[User(sub=who, claims=dict(told)) for who, told in PEOPLE.items()])
    provider.jinja_loader = jinja2.ChoiceLoader(
        [jinja2.DictLoader({"_base.html": PAGE}), *filter(None, [provider.jinja_loader])]
    )
    server = make_server(HOST, 0, provider, threaded=True)
    print(f"http://{HOST}:{server.server_port}", flush=True)  # noqa: T201 – whoever started us reads it
    server.serve_forever()


if __name__ == "__main__":
    serve()
