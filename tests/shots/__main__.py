"""Take pictures of every main page, as each role sees it, on a phone and on a desk.

A demo world of its own lies under ``var/shots-world`` and is kept for the next time
(``--fresh`` makes it anew); the pictures lie under ``var/shots/``. Besides, every page
must answer, keep within its width and leave the browser's console silent.
"""

import argparse
import importlib
import os
import shutil
import sys
from pathlib import Path

import django
from django.core.management import call_command

from tests.server import HOST, served

ROOT = Path(__file__).resolve().parent.parent.parent
WORLD = ROOT / "var" / "shots-world"
SHOTS = ROOT / "var" / "shots"
FILLED = WORLD / "filled"


def prepare(applications: int) -> None:
    """Fill the demo world unless it is filled."""
    call_command("migrate", verbosity=0)
    if not FILLED.exists():
        call_command("seed", applications=applications)
        FILLED.touch()


def main() -> int:
    """Prepare the world, serve it, walk it; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.shots", description=__doc__)
    parser.add_argument("only", nargs="?", default="", help="part of a picture's name")
    parser.add_argument("--fresh", action="store_true", help="build the world anew")
    parser.add_argument("--applications", type=int, default=200)
    options = parser.parse_args()
    if options.fresh:
        shutil.rmtree(WORLD, ignore_errors=True)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
        "DEMO": "1",
        "LOG_LEVEL": "WARNING",
        "VAR_DIR": str(WORLD),
        "DATABASE_URL": f"sqlite:///{WORLD / 'portal.sqlite3'}",
        "REDIS_URL": "",
    }
    django.setup()
    prepare(options.applications)
    SHOTS.mkdir(parents=True, exist_ok=True)
    # Needs the models, which need the settings made above.
    camera = importlib.import_module("tests.shots.camera")
    with served(WORLD / "log" / "web.log", {}) as port:
        bad = camera.walk(f"http://{HOST}:{port}", SHOTS, options.only)
    print(f"\n→ {SHOTS}" + (f"；{bad} 页有问题" if bad else ""))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
