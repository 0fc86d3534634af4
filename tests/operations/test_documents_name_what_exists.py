"""What the documents name is there: files, commands, targets of make."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

DOCUMENTS = ("*.md", "docs/*.md")
# What lies in the repository; anything else in backquotes is a word or an address.
OURS = r"(?:portal|applications|outages|sla|templates|tests|docs|locale|requirements)/"


@pytest.fixture(scope="module")
def told(repository: Path) -> dict[str, str]:
    pages = [page for pattern in DOCUMENTS for page in repository.glob(pattern)]
    return {page.name: page.read_text(encoding="utf-8") for page in pages}


def test_every_file_that_is_named_exists(
    repository: Path, told: dict[str, str]
) -> None:
    for page, text in told.items():
        for path in re.findall(rf"`({OURS}[\w./*-]*)`", text):
            assert any(repository.glob(path.rstrip("/"))), f"{page}: {path}"


def test_every_link_leads_somewhere(repository: Path, told: dict[str, str]) -> None:
    for page, text in told.items():
        here = repository if (repository / page).exists() else repository / "docs"
        links = re.findall(r"\]\(([^)#]+)\)", text) + re.findall(r'src="(.+?)"', text)
        for link in links:
            assert (here / link).exists(), f"{page}: {link}"


def test_every_command_that_is_named_exists(told: dict[str, str]) -> None:
    known = get_commands()
    for page, text in told.items():
        for name in re.findall(r"manage\.py ([a-z_]+)", text):
            assert name in known, f"{page}: manage.py {name}"


def test_every_target_of_make_that_is_named_exists(
    repository: Path, told: dict[str, str]
) -> None:
    makefile = (repository / "Makefile").read_text(encoding="utf-8")
    known = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    for page, text in told.items():
        for name in re.findall(r"(?:`|^    )make ([a-z-]+)", text, re.MULTILINE):
            assert name in known, f"{page}: make {name}"


def test_both_readmes_name_the_same(told: dict[str, str]) -> None:
    def named(page: str) -> set[str]:
        text = told[page]
        links = set(re.findall(r"\]\((docs/.+?|DECISIONS\.md)\)", text))
        return links | set(re.findall(r"(?:manage\.py|make) [a-z_]+", text))

    assert named("README.md") == named("README.zh-CN.md")
