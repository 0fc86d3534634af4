"""What docker-compose.yml promises to the person who runs it."""

import re

import pytest
import yaml


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
    for name in ("web", "worker", "beat"):
        condition = services[name]["depends_on"]["migrate"]["condition"]
        assert condition == "service_completed_successfully"


def test_a_worker_gets_longer_to_end_than_a_task_may_take(services, settings):
    grace = int(services["worker"]["stop_grace_period"].rstrip("s"))

    assert grace > settings.CELERY_TASK_TIME_LIMIT


def test_redis_writes_down_what_it_holds(services):
    assert "--appendonly yes" in services["redis"]["command"]


def test_no_secret_has_a_value_of_its_own(text):
    for name in ("SECRET_KEY", "INDEX_KEY", "FIELD_KEYS", "POSTGRES_PASSWORD"):
        values = re.findall(rf"^\s+{name}: (.*)$", text, re.MULTILINE)
        assert values
        assert all(value.startswith("${" + name + ":?") for value in values)


def test_the_example_environment_names_every_variable(text, repository):
    asked = set(re.findall(r"(?<!\$)\$\{([A-Z_]+)", text))
    example = (repository / ".env.example").read_text(encoding="utf-8")
    named = set(re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE))

    assert asked <= named


def test_the_image_carries_every_floor_of_the_house(services):
    dockerfile = services["migrate"]["build"]["dockerfile_inline"]

    for folder in ("portal", "applications", "outages", "sla", "templates", "locale"):
        assert f"COPY {folder} ./{folder}" in dockerfile
