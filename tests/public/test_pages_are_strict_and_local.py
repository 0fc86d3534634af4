"""Headers and markup: nothing inline, nothing from elsewhere, no cookie unasked."""

import re

import pytest
from django.test import Client

PATHS = [
    "/",
    "/limits/",
    "/deadline/",
    "/deadline/?start=2026-09-30&by=days&days=10",
    "/guide/",
    "/guide/home/",
    "/nowhere/",
]


@pytest.mark.parametrize("path", PATHS)
def test_headers_are_strict(visitor: Client, path: str) -> None:
    response = visitor.get(path)
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_inline_and_nothing_comes_from_elsewhere(
    visitor: Client, path: str
) -> None:
    page = visitor.get(path).content.decode()
    assert "<style" not in page
    assert not re.search(r"<[^>]+\sstyle=", page)
    assert not re.search(r"<[^>]+\son[a-z]+=", page)
    assert not re.search(r"<script(?![^>]*\ssrc=)", page)
    for address in re.findall(r"(?:src|href)=\"([^\"]*)\"", page):
        assert re.match(r"/(?!/)|#|\?|tel:", address), address


@pytest.mark.parametrize("path", PATHS)
def test_every_page_has_language_title_heading_and_a_way_past_the_head(
    visitor: Client, path: str
) -> None:
    page = visitor.get(path).content.decode()
    assert '<html lang="zh-hans"' in page
    assert page.count("<h1") == 1
    assert re.search(r"<title>[^<]+ · 办电</title>", page)
    assert '<a class="skip-link" href="#main">' in page
    assert '<main id="main"' in page


def test_chinese_is_never_marked_as_another_language(visitor: Client) -> None:
    page = visitor.get("/", headers={"Accept-Language": "fr, de"}).content.decode()
    assert '<html lang="zh-hans"' in page


def test_a_visitor_gets_no_cookie(visitor: Client) -> None:
    for path in PATHS:
        assert not visitor.get(path).cookies
