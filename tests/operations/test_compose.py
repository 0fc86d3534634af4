"""What docker-compose.yml promises to the person who runs it."""

import os
import re
import subprocess
import sys

import pytest
import yaml
from cryptography.fernet import Fernet

from applications.services import documents
from sla.ground import uploads


@pytest.fixture(scope="module")
def text(repository):
    return (repository / "docker-compose.yml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def services(text):
    return yaml.safe_load(text)["services"]


def test_there_is_exactly_one_beat(services):
    beats = [name for name, s in services.items() if " beat " in str(s.get("command"))]

    assert beats == ["beat"]
    assert services["beat"]["deploy"]["replicas"] == 1


def test_nothing_serves_before_the_database_is_migrated(services):
    for name in ("web", "worker", "bulk", "beat"):
        condition = services[name]["depends_on"]["migrate"]["condition"]
        assert condition == "service_completed_successfully"


@pytest.mark.parametrize("name", ["worker", "bulk"])
def test_a_worker_gets_longer_to_end_than_a_task_may_take(services, settings, name):
    grace = int(services[name]["stop_grace_period"].rstrip("s"))

    assert grace > settings.CELERY_TASK_TIME_LIMIT


def test_every_queue_has_its_workers(services, settings):
    routed = {route["queue"] for route in settings.CELERY_TASK_ROUTES.values()}
    served = re.findall(r"--queues (\w+)", str(services))

    assert set(served) == routed | {"celery"}


def test_all_papers_of_an_application_pass_the_door_at_once(text):
    one, all_papers = re.findall(r"client_max_body_size (\d+)m;", text)

    assert int(one) * 1024 * 1024 > uploads.MOST_BYTES
    assert int(all_papers) * 1024 * 1024 > documents.MOST_BYTES
    assert "请返回上一页" in text, "who brings more is told what to do"


def test_redis_writes_down_what_it_holds(services):
    assert "--appendonly yes" in services["redis"]["command"]


def test_no_secret_has_a_value_of_its_own(text):
    for name in ("SECRET_KEY", "INDEX_KEY", "FIELD_KEYS"):
        values = re.findall(rf"^\s+{name}: (.*)$", text, re.MULTILINE)
        assert values
        assert all(value.startswith("${" + name + ":?") for value in values)


def test_no_password_of_a_server_has_a_value_of_its_own(text):
    for name in ("POSTGRES_PASSWORD", "POSTGRES_APP_PASSWORD", "REDIS_PASSWORD"):
        assert f":${{{name}:?" in text


def test_only_migrations_sign_in_as_the_owner_of_the_tables(services):
    for name in ("web", "worker", "bulk", "beat"):
        environment = services[name]["environment"]
        assert environment["DATABASE_URL"].startswith("postgres://bandian_app:")
        assert "POSTGRES_PASSWORD" not in str(environment)
    migrate = services["migrate"]
    assert migrate["environment"]["DATABASE_URL"].startswith("postgres://bandian:")
    assert "manage.py migrate" in str(migrate["command"])
    assert "manage.py grants bandian_app" in str(migrate["command"])


def test_the_example_environment_names_every_variable(text, repository):
    asked = set(re.findall(r"(?<!\$)\$\{([A-Z_]+)", text))
    example = (repository / ".env.example").read_text(encoding="utf-8")
    named = set(re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE))

    assert asked <= named


def test_the_image_carries_every_floor_of_the_house(services):
    dockerfile = services["migrate"]["build"]["dockerfile_inline"]

    for folder in ("portal", "applications", "outages", "sla", "templates", "locale"):
        assert f"COPY {folder} ./{folder}" in dockerfile


def filled_in(value: str, env_file: dict[str, str]) -> str:
    """Do to one value what docker compose does to it."""

    def one(found: re.Match[str]) -> str:
        return env_file.get(found["name"]) or found["default"] or ""

    pattern = r"\$\{(?P<name>[A-Z_]+)(?::-(?P<default>[^}]*)|:\?[^}]*)?\}"
    return re.sub(pattern, one, value)


def test_a_filled_in_environment_passes_the_deployment_check(
    services, repository, tmp_path
):
    env_file = {
        "SECRET_KEY": "s" * 30 + "-abcdefghij0123456789-XYZ",
        "INDEX_KEY": "i" * 60,
        "FIELD_KEYS": Fernet.generate_key().decode(),
        "ALLOWED_HOSTS": "bandian.example",
        "POSTGRES_PASSWORD": "postgres-password",
        "POSTGRES_APP_PASSWORD": "another-password",
        "REDIS_PASSWORD": "redis-password",
        "SMS_GATEWAY_URL": "https://sms.example/send",
        "GATEWAY_SECRET": "g" * 40,
        "PUBLIC_URL": "https://bandian.example",
    }
    environment = {
        name: filled_in(value, env_file)
        for name, value in services["web"]["environment"].items()
    }
    folders = {"VAR_DIR": str(tmp_path), "MEDIA_ROOT": str(tmp_path / "uploads")}

    done = subprocess.run(
        [
            *(sys.executable, "manage.py", "check", "--deploy"),
            *("--fail-level", "WARNING"),
        ],
        cwd=repository,
        env={"PATH": os.environ["PATH"], **environment, **folders},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
