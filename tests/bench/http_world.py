"""Fill an empty database for the HTTP benchmark; print what to ask for, as JSON.

Run as a program of its own, with the benchmark's environment.
"""

import importlib
import json
import os
import sys

import django
from django.core.management import call_command
from django.db import connection


def main() -> None:
    """Migrate, file, walk, sign in; print addresses and cookies."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    call_command("migrate", verbosity=0)
    # Needs the models, which need the settings.
    cases = importlib.import_module("tests.bench.http_cases")
    world = cases.build(int(sys.argv[1]))
    with connection.cursor() as cursor:
        # A database that has been in use for a minute has its statistics.
        cursor.execute("ANALYZE")
    json.dump(world, sys.stdout)


if __name__ == "__main__":
    main()
