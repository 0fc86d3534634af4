"""The document describes every act, and the machine agrees that it is valid."""

import pytest
from django.core.management import call_command
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

from applications.forms.acts import FORMS


def test_the_document_is_valid_and_without_warnings() -> None:
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", "/dev/null")


def test_every_act_has_its_body_described() -> None:
    schema = SchemaGenerator().get_schema(request=None, public=True)
    validate_schema(schema)
    for action in FORMS:
        name = "".join(part.capitalize() for part in action.split("_"))
        assert f"{name}Body" in schema["components"]["schemas"]


def test_every_operation_says_how_it_refuses() -> None:
    schema = SchemaGenerator().get_schema(request=None, public=True)
    codes = schema["components"]["schemas"]["Error"]["properties"]["error"][
        "properties"
    ]["code"]["enum"]
    assert {"conflict", "key_reused", "not_authenticated", "not_found"} <= set(codes)
    for path, operations in schema["paths"].items():
        for operation in operations.values():
            refusal = operation["responses"]["4XX"]["content"]["application/json"]
            assert refusal["schema"]["$ref"].endswith("/Error"), path


def test_operations_are_grouped_by_what_they_are_about() -> None:
    schema = SchemaGenerator().get_schema(request=None, public=True)
    groups = {
        tag
        for operations in schema["paths"].values()
        for operation in operations.values()
        for tag in operation["tags"]
    }
    assert groups == {"applications", "deadline", "limits", "outages", "token"}


@pytest.mark.django_db
def test_the_document_and_its_page_are_served() -> None:
    assert Client().get("/api/schema/").status_code == 200
    page = Client().get("/api/docs/")
    assert page.status_code == 200
    assert b"//cdn" not in page.content
