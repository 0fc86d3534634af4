"""Django's makemessages as this project runs it: one catalogue, small differences."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from django.core.management.base import CommandParser
from django.core.management.commands import makemessages

# Under these keys of our YAML stand words for pages; sources and names of places stay.
SHOWN = {
    *("label", "hint", "note", "name", "promise", "status"),
    *("title", "summary", "conditions", "text", "turn", "fees"),
}


class Source(makemessages.BuildFile):
    """A file with sentences in it: code, a template or a catalogue in YAML."""

    def preprocess(self) -> None:
        """Write what xgettext can read beside a file that it cannot."""
        if not self.path.endswith(".yaml"):
            super().preprocess()
            return
        content = yaml.safe_load(Path(self.path).read_text(encoding="utf-8"))
        calls = [f"gettext({text!r})\n" for text in _shown(content, shown=False)]
        Path(self.work_path).write_text("".join(calls), encoding="utf-8")


def _shown(content: Any, *, shown: bool) -> Iterator[str]:
    if isinstance(content, dict):
        for key, value in content.items():
            yield from _shown(value, shown=key in SHOWN)
    elif isinstance(content, list):
        for value in content:
            yield from _shown(value, shown=shown)
    elif shown and isinstance(content, str):
        yield content


class Command(makemessages.Command):
    """Read new sentences from code, templates and YAML into the English catalogue."""

    build_file_class = Source

    def add_arguments(self, parser: CommandParser) -> None:
        """Set what is the same each time; the command line still wins."""
        super().add_arguments(parser)
        parser.set_defaults(
            locale=["en"],
            extensions=["html", "txt", "py", "yaml"],
            ignore_patterns=["node_modules", "var", "tests", "policies", "map"],
            no_obsolete=True,
            no_wrap=True,
            add_location="file",
        )

    def write_po_file(self, potfile: str, locale: str) -> None:
        """Merge the new sentences; a run that finds none leaves the file as it was."""
        super().write_po_file(potfile, locale)
        catalogue = Path(potfile).parent / locale / "LC_MESSAGES" / f"{self.domain}.po"
        lines = catalogue.read_text(encoding="utf-8").splitlines(keepends=True)
        dated = [line for line in lines if line.startswith('"POT-Creation-Date:')]
        kept = [line for line in lines if line not in dated]
        catalogue.write_text("".join(kept), encoding="utf-8")
