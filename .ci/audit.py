"""What is known against the libraries this copy is installed with: run by .ci/run after the tests.

Fails on a known vulnerability. Without the database it says so and does not fail: pip-audit itself
says «No known vulnerabilities found» also where the database knew none of the libraries.
"""  # noqa: INP001 – a script, no package

from __future__ import annotations

import json
import subprocess
import sys

COMMAND = (sys.executable, "-m", "pip_audit", "--local", "--format", "json", "--timeout", "10")
LONGEST_SECONDS = 300
NOT_CHECKED = "audit: the database of vulnerabilities could not be reached; nothing was checked"


def judged(answer: str) -> tuple[int, str]:
    """The exit code, and what to say of pip-audit's answer."""
    try:
        libraries = json.loads(answer)["dependencies"]
    except (ValueError, KeyError):
        return 0, NOT_CHECKED
    known = [one for one in libraries if "vulns" in one]
    if not known:
        return 0, NOT_CHECKED
    lines = [f"audit: {len(known)} of {len(libraries)} libraries were found in the database"]
    lines += [f"audit: not checked: {one['name']}" for one in libraries if "vulns" not in one]
    for one in known:
        for found in one["vulns"]:
            mended = ", ".join(found["fix_versions"]) or "no version yet"
            lines.append(
                f"audit: {one['name']} {one['version']}: {found['id']}, mended in {mended}"
            )
    return int(any(one["vulns"] for one in known)), "\n".join(lines)


def main() -> int:
    """Ask, and say."""
    try:
        asked = subprocess.run(  # noqa: S603 – our own words
            COMMAND, capture_output=True, text=True, check=False, timeout=LONGEST_SECONDS
        )
    except subprocess.TimeoutExpired:
        answer = ""
    else:
        answer = asked.stdout
    code, said = judged(answer)
    sys.stderr.write(f"{said}\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
