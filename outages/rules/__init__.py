"""Rules that policy makers may change, as data: one YAML file a subject, read once."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent


@cache
def read(name: str) -> dict[str, Any]:
    """Return the rules ``name``; every file carries its source and date.

    Raises ValueError when the file lacks either.
    """
    content = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    if not {"source", "valid_from"} <= content.keys():
        raise ValueError(f"outages/rules/{name}.yaml: 缺少 source 或 valid_from")
    return content  # type: ignore[no-any-return]
