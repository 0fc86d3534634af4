"""Every sentence has its English, and what is compiled is what is written."""

import contextlib
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

ROOT = Path(settings.BASE_DIR)
CATALOGUE = Path("locale", "en", "LC_MESSAGES", "django.po")
PARTS = ("applications", "outages", "portal", "sla", "templates")
ENTRY = re.compile(r'^msgid "', re.MULTILINE)
HELP = "run `make messages`, then write the English in locale/en"

pytestmark = pytest.mark.gettext


def gettext(tool: str, *arguments: str | Path) -> str:
    """Return what a tool of GNU gettext prints."""
    asked = [tool, *map(str, arguments)]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def read_anew(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the catalogue as `make messages` would leave it, made elsewhere."""
    there = tmp_path_factory.mktemp("messages")
    for part in (*PARTS, "locale"):
        shutil.copytree(ROOT / part, there / part)
    with (
        contextlib.chdir(there),
        override_settings(LOCALE_PATHS=[there / "locale"]),
    ):
        call_command("makemessages", verbosity=0)
    return there / CATALOGUE


def test_every_sentence_has_its_english(read_anew: Path) -> None:
    untold = gettext("msgattrib", "--untranslated", "--no-obsolete", read_anew)
    assert not ENTRY.findall(untold.partition("\n\n")[2]), f"{HELP}:\n{untold}"


def test_no_english_is_a_guess_of_a_machine(read_anew: Path) -> None:
    guessed = gettext("msgattrib", "--only-fuzzy", "--no-obsolete", read_anew)
    assert not ENTRY.findall(guessed.partition("\n\n")[2]), f"{HELP}:\n{guessed}"


def test_no_sentence_is_kept_that_nobody_says(read_anew: Path) -> None:
    said, kept = read_anew.read_text(), (ROOT / CATALOGUE).read_text()
    assert len(ENTRY.findall(said)) == len(ENTRY.findall(kept)), HELP


def test_blanks_to_be_filled_agree() -> None:
    gettext("msgfmt", "--check-format", f"--output-file={os.devnull}", ROOT / CATALOGUE)


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
def test_what_is_compiled_is_what_is_written(language: str, tmp_path: Path) -> None:
    written = ROOT / "locale" / language / "LC_MESSAGES" / "django.po"
    compiled, shipped = tmp_path / "django.mo", written.with_suffix(".mo")
    gettext("msgfmt", "--output-file", compiled, written)
    assert gettext("msgunfmt", shipped) == gettext("msgunfmt", compiled), HELP


def test_sentences_are_marked_by_names_that_the_tools_know() -> None:
    unknown = re.compile(r"gettext(?:_lazy)? as (?!_$)\w+", re.MULTILINE)
    files = [path for part in PARTS for path in (ROOT / part).rglob("*.py")]
    assert not [path for path in files if unknown.search(path.read_text())]
