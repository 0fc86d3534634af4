"""Run every check that needs no test: format, lint, layers, types, templates, picture.

All of them run, so that one look shows everything; the exit code is 1 if any failed.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from cryptography.fernet import Fernet
from django.core.management.utils import get_random_secret_key

BIN = Path(sys.executable).parent
MANAGE = [sys.executable, "manage.py"]
# What a deployment sets, so that `check --deploy` sees what operators would run.
PRODUCTION = {
    "DEMO": "",
    "DEBUG": "",
    "HTTPS": "1",
    "SECRET_KEY": get_random_secret_key(),
    "INDEX_KEY": get_random_secret_key(),
    "FIELD_KEYS": Fernet.generate_key().decode(),
    "ALLOWED_HOSTS": "bandian.example",
    "SMS_GATEWAY": "portal.notices.gateways.HttpGateway",
    "SMS_GATEWAY_URL": "https://sms.example/send",
}


def templates() -> list[str]:
    """Return the paths of all templates."""
    return sorted(str(path) for path in Path("templates").rglob("*.html"))


def template_tools(*, check: bool) -> dict[str, list[str]]:
    """Return the commands for tag style (djade) and indentation (djhtml)."""
    flag = ["--check"] if check else []
    return {
        "djade": [
            str(BIN / "djade"),
            *flag,
            "--target-version",
            "5.2",
            *templates(),
        ],
        "djhtml": [str(BIN / "djhtml"), *flag, "--tabwidth", "2", *templates()],
    }


def checks() -> dict[str, list[str]]:
    """Return the command of each check by name, in order."""
    ruff = str(BIN / "ruff")
    return {
        "ruff format": [ruff, "format", "--check", "."],
        "ruff check": [ruff, "check", "."],
        **template_tools(check=True),
        "layers": [str(BIN / "lint-imports")],
        "migrations": [*MANAGE, "makemigrations", "--check", "--dry-run"],
        "lifecycle diagram": [*MANAGE, "lifecycle_diagram", "--check"],
        "deployment": [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"],
        "types": [str(BIN / "mypy"), "."],
    }


def passes(name: str, command: Sequence[str]) -> bool:
    """Run one check, print one line, and its output if it failed."""
    started = time.monotonic()
    environment = {**os.environ, **(PRODUCTION if name == "deployment" else {})}
    done = subprocess.run(
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    mark = "✗" if done.returncode else "✓"
    print(f"{mark} {name} ({time.monotonic() - started:.1f} s)", flush=True)
    if done.returncode:
        print(done.stdout, flush=True)
    return done.returncode == 0


def main() -> int:
    """Check, or repair the templates; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.check", description=__doc__)
    parser.add_argument("--fix-templates", action="store_true")
    if parser.parse_args().fix_templates:
        for command in template_tools(check=False).values():
            # Both exit with 1 when they changed something: that is what was asked for.
            subprocess.run(command, check=False)
        return 0
    results = [passes(name, command) for name, command in checks().items()]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
