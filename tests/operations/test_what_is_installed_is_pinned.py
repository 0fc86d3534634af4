"""Every package comes in one version, known by its hash; `make lock` renews them."""

import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

RUNNING, DEVELOPING = "requirements.txt", "requirements-dev.txt"
GROUPS = ("build", "npm", "supply")
LOCKS = (RUNNING, DEVELOPING, *(f"requirements/{group}.txt" for group in GROUPS))
PYTHONS = ("3.11.2", "3.12.0", "3.13.0")


def entries(text: str) -> list[str]:
    """Return the entries of a file of requirements, comments and line ends gone."""
    without = re.sub(r"^\s*#.*$", "", text, flags=re.MULTILINE)
    return [line for line in without.replace("\\\n", " ").splitlines() if line.strip()]


def pins(path: Path, python: str) -> dict[str, Requirement]:
    """Return what the file installs for a version of Python on Linux, by name."""
    here = {"python_full_version": python, "sys_platform": "linux"}
    found = [
        Requirement(entry.split(" --hash")[0])
        for entry in entries(path.read_text(encoding="utf-8"))
    ]
    fitting = [one for one in found if not one.marker or one.marker.evaluate(here)]
    by_name = {str(canonicalize_name(one.name)): one for one in fitting}
    assert len(by_name) == len(fitting), "one version each"
    return by_name


@pytest.fixture(scope="module")
def asked(repository: Path) -> dict[str, Any]:
    return tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", LOCKS)
def test_every_entry_is_one_version_with_hashes(repository: Path, name: str) -> None:
    found = entries((repository / name).read_text(encoding="utf-8"))

    assert found
    for entry in found:
        assert re.fullmatch(
            r"[a-z0-9.-]+==[^ ]+( ; [^-]+)?( +--hash=sha256:[0-9a-f]{64})+\s*", entry
        ), entry


@pytest.mark.parametrize("python", PYTHONS)
def test_the_lock_is_what_was_asked_for(
    repository: Path, asked: dict[str, Any], python: str
) -> None:
    groups = asked["dependency-groups"]
    project = asked["project"]["dependencies"]
    wanted = {
        RUNNING: project,
        DEVELOPING: project + groups["dev"],
        **{f"requirements/{group}.txt": groups[group] for group in GROUPS},
    }

    for name, requirements in wanted.items():
        pinned = pins(repository / name, python)
        for requirement in map(Requirement, requirements):
            [pin] = pinned[canonicalize_name(requirement.name)].specifier
            assert requirement.specifier.contains(pin.version), f"make lock: {name}"


@pytest.mark.parametrize("python", PYTHONS)
def test_developing_runs_what_production_runs(repository: Path, python: str) -> None:
    running = pins(repository / RUNNING, python)
    developing = pins(repository / DEVELOPING, python)

    assert running.items() <= developing.items()


def test_what_is_tested_here_is_what_was_pinned(repository: Path) -> None:
    python = ".".join(map(str, sys.version_info[:3]))
    pinned = pins(repository / DEVELOPING, python)

    installed = {name: metadata.version(name) for name in pinned}

    assert installed == {
        name: next(iter(one.specifier)).version for name, one in pinned.items()
    }


def test_the_image_installs_nothing_without_its_hash(repository: Path) -> None:
    compose = (repository / "docker-compose.yml").read_text(encoding="utf-8")
    installs = re.findall(r"pip install (?:[^\n&]|\\\n)+", compose)

    assert len(installs) == 2
    assert all("--require-hashes" in install for install in installs)


def test_front_end_files_are_recognised_by_their_hashes(repository: Path) -> None:
    lock = (repository / "package-lock.json").read_text(encoding="utf-8")
    compose = (repository / "docker-compose.yml").read_text(encoding="utf-8")

    packages = re.findall(r'"node_modules/', lock)
    assert len(packages) == len(re.findall(r'"integrity": "sha512-', lock))
    assert "npm ci --ignore-scripts" in compose
