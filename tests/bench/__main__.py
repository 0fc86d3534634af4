"""Measure ours beside its peers in one run: a table, and ``var/bench.json``.

``python -m tests.bench [NAME …]`` runs the modules of this folder that have ``run()``,
which returns rows; the exit code is 1 if a row is over its limit.
"""

import argparse
import importlib
import json
import os
import platform
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path

import django

from tests.bench.rows import Row

FOLDER = Path(__file__).resolve().parent
NOT_BENCHMARKS = {"__init__", "__main__", "rows"}


def benchmarks() -> dict[str, Callable[[], Iterable[Row]]]:
    """Return every benchmark of this folder by name."""
    found: dict[str, Callable[[], Iterable[Row]]] = {}
    for path in sorted(FOLDER.glob("*.py")):
        if path.stem in NOT_BENCHMARKS:
            continue
        module = importlib.import_module(f"tests.bench.{path.stem}")
        if hasattr(module, "run"):
            found[path.stem] = module.run
    return found


def as_text(row: Row) -> str:
    """Return one line of the table."""
    ratio = "" if row.ratio is None else f"{row.ratio:.3g}×"
    limit = "" if row.limit is None else f"≤ {row.limit:g}×"
    mark = "" if row.limit is None else ("✓" if row.passed else "✗")
    return (
        f"  {row.value:>12,.4g} {row.unit:<10}{ratio:>9} {limit:>9} {mark} {row.name}"
    )


def main() -> int:
    """Run the benchmarks asked for; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", help="all, unless named")
    names = parser.parse_args().names
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    every = benchmarks()
    unknown = set(names) - set(every)
    if unknown:
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    results: dict[str, list[Row]] = {}
    for name in names or every:
        started = time.monotonic()
        print(f"\n{name}", flush=True)
        results[name] = list(every[name]())
        for row in results[name]:
            print(as_text(row), flush=True)
        print(f"  ({time.monotonic() - started:.0f} s)", flush=True)
    write(results)
    over = [row.name for rows in results.values() for row in rows if not row.passed]
    print(f"\n{len(over)} 项超限：{'、'.join(over)}" if over else "\n全部在限值之内。")
    return 1 if over else 0


def write(results: dict[str, list[Row]]) -> None:
    """Keep the figures, with what they were measured on, in ``var/bench.json``."""
    target = Path("var") / "bench.json"
    target.parent.mkdir(exist_ok=True)
    content = {
        "measured_on": {
            "python": platform.python_version(),
            "machine": platform.machine(),
            "cpus": os.cpu_count(),
        },
        "results": {
            name: [asdict(row) for row in rows] for name, rows in results.items()
        },
    }
    text = json.dumps(content, ensure_ascii=False, indent=2)
    target.write_text(text + "\n", encoding="utf-8")
    print(f"\n→ {target}")


if __name__ == "__main__":
    sys.exit(main())
