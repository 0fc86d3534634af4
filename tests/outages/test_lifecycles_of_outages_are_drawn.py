"""The pictures in docs/ are drawn from the tables, and checked against them."""

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import override_settings

from outages import diagram
from outages.lifecycles import governance, outage, repair


def test_every_status_and_act_is_in_the_picture():
    drawn = diagram.draw()

    for lifecycle in (outage, repair, governance):
        for status in lifecycle.Status:
            assert f'state "{status.label}" as {status.value}' in drawn
        for facts in lifecycle.ACTS.values():
            assert f"| {facts.label} |" in drawn


def test_the_kept_picture_is_the_drawn_one():
    kept = settings.BASE_DIR / "docs" / "outage-lifecycle.md"

    assert kept.read_text(encoding="utf-8") == diagram.draw()
    call_command("lifecycle_diagram", "--check")


def test_a_picture_that_differs_is_refused(tmp_path):
    (tmp_path / "docs").mkdir()
    with (
        override_settings(BASE_DIR=tmp_path),
        pytest.raises(CommandError, match="请运行 make diagram"),
    ):
        call_command("lifecycle_diagram", "--check")
    with override_settings(BASE_DIR=tmp_path):
        call_command("lifecycle_diagram")
        call_command("lifecycle_diagram", "--check")
