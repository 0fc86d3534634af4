"""The launcher prepares a folder once, and never trusts a broken-off installation."""

from types import SimpleNamespace

import pytest

from portal import launch


def an_interpreter(version):
    return SimpleNamespace(version_info=version, executable="/usr/bin/python3")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "requirements").mkdir()
    for name in (launch.BUILDING, launch.RUNNING, launch.DEVELOPING):
        (tmp_path / name).write_text("one\n")
    venv = tmp_path / ".venv"
    (venv / "bin").mkdir(parents=True)
    monkeypatch.setattr(launch, "ROOT", tmp_path)
    monkeypatch.setattr(launch, "VENV", venv)
    monkeypatch.setattr(launch, "VENV_PYTHON", venv / "bin" / "python")
    monkeypatch.setattr(launch, "INSTALLING", venv / ".installing")
    monkeypatch.setattr(launch, "version_of", lambda python, *, needs="": (3, 11))
    return tmp_path


@pytest.fixture
def installed(monkeypatch):
    calls: list[str] = []
    monkeypatch.setattr(launch, "pip_install", calls.append)
    return calls


def test_installs_once(folder, installed):
    launch.install_python_packages(development=False)
    launch.install_python_packages(development=False)

    assert installed == ["requirements/build.txt", "requirements.txt"]


def test_what_development_needs_covers_what_running_needs(folder, installed):
    launch.install_python_packages(development=True)
    launch.install_python_packages(development=False)

    assert installed == ["requirements/build.txt", "requirements-dev.txt"]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements/build.txt"])
def test_installs_again_when_the_requirements_change(folder, installed, name):
    launch.install_python_packages(development=False)
    (folder / name).write_text("two\n")
    launch.install_python_packages(development=False)

    assert installed.count("requirements.txt") == 2


def test_installs_nothing_without_its_hash(folder, monkeypatch):
    commands = []
    monkeypatch.setattr(
        launch, "run_quietly", lambda command, **words: commands.append(command)
    )

    launch.install_python_packages(development=True)

    assert len(commands) == 2
    assert all("--require-hashes" in command for command in commands)
    assert all("--no-build-isolation" in command for command in commands)


def test_installs_again_for_another_python(folder, installed, monkeypatch):
    launch.install_python_packages(development=False)
    monkeypatch.setattr(launch, "version_of", lambda python, *, needs="": (3, 12))
    launch.install_python_packages(development=False)

    assert installed.count("requirements.txt") == 2


def test_a_broken_off_installation_makes_the_environment_anew(folder, monkeypatch):
    def broken_off(pinned):
        raise launch.CannotPrepare("broken off")

    monkeypatch.setattr(launch, "pip_install", broken_off)
    with pytest.raises(launch.CannotPrepare):
        launch.install_python_packages(development=False)

    assert launch.venv_version() == ()


def test_a_missing_venv_module_is_said_in_one_sentence(folder, monkeypatch):
    def without_venv(python, *, needs="ensurepip"):
        return (3, 11) if needs == "sys" else ()

    monkeypatch.setattr(launch, "version_of", without_venv)

    with pytest.raises(launch.CannotPrepare, match="python3-venv"):
        launch.ensure_venv("python3")


def test_an_unsupported_python_is_refused_in_one_sentence(folder, monkeypatch):
    monkeypatch.setattr(launch, "sys", an_interpreter((3, 9, 18)))
    monkeypatch.setattr("shutil.which", lambda name: None)

    with pytest.raises(launch.CannotPrepare, match=r"3\.9"):
        launch.choose_python(keep_this=True)


def test_another_supported_python_on_the_machine_is_taken(folder, monkeypatch):
    monkeypatch.setattr(launch, "sys", an_interpreter((3, 14, 0)))
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(launch, "version_of", lambda python, *, needs="": (3, 13))

    assert launch.choose_python(keep_this=True) == "/usr/bin/python3.13"


def test_main_turns_a_problem_into_one_line(folder, monkeypatch, capsys):
    def cannot(**options):
        raise launch.CannotPrepare("磁盘满了")

    monkeypatch.setattr(launch, "prepare", cannot)

    assert launch.main(["setup"]) == 1
    assert capsys.readouterr().err == "✗ 磁盘满了\n"
