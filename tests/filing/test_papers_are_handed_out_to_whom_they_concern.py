"""Papers: to the applicant and the manager of the district, as attachments only."""

from urllib.parse import quote

import pytest

from applications.models import Document
from tests import cast
from tests.filing import walking

pytestmark = pytest.mark.django_db

READERS = {
    "the applicant": (cast.chen, 200),
    "another applicant": (cast.zhang, 404),
    "the manager of the district": (cast.wang, 200),
    "a manager of another district": (cast.li, 404),
    "the supervisor": (cast.zhao, 200),
    "a regulator": (cast.liu, 403),
    "an operator": (cast.sun, 403),
    "a visitor": (lambda: None, 302),
}


def ask(browser, paper):
    """Ask for a paper; read it to the end, as a browser does."""
    response = browser.get(f"/documents/{paper.pk}/")
    if response.streaming:
        response.body = b"".join(response.streaming_content)
    return response


@pytest.fixture
def paper():
    return cast.submitted(cast.SHOP).documents.first()


@pytest.mark.parametrize(("who", "status"), READERS.values(), ids=READERS)
def test_who_may_read_a_paper_that_was_filed(paper, who, status):
    browser = walking.browser_of(who())

    response = ask(browser, paper)

    assert response.status_code == status
    if status == 403:
        assert "材料原件含个人信息" in walking.text_of(response)


@pytest.mark.parametrize(
    ("who", "status"),
    [(cast.chen, 200), (cast.zhang, 404), (cast.wang, 404), (cast.liu, 404)],
)
def test_a_draft_s_papers_are_its_owner_s_alone(who, status):
    paper = cast.drafted(cast.SHOP).documents.first()

    assert ask(walking.browser_of(who()), paper).status_code == status


def test_a_revoked_district_counts_at_once(paper):
    manager = cast.wang()
    browser = walking.browser_of(manager)
    assert ask(browser, paper).status_code == 200

    manager.districts.clear()

    assert ask(browser, paper).status_code == 404


def test_it_comes_as_an_attachment_that_can_do_nothing(paper):
    response = ask(walking.browser_of(cast.chen()), paper)

    assert response["Content-Disposition"] == (
        f"attachment; filename*=utf-8''{quote('照片.png')}"
    )
    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in response["Cache-Control"]
    assert response.body.startswith(b"\x89PNG")


def test_a_name_cannot_break_out_of_its_header(paper):
    Document.objects.filter(pk=paper.pk).update(
        original_name='a"; filename=evil.html\r\nX-Evil: 1.png'
    )

    response = ask(walking.browser_of(cast.chen()), paper)

    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert "X-Evil" not in response.headers


def test_a_removed_paper_is_gone(paper):
    Document.objects.filter(pk=paper.pk).update(removed_at=cast.NOW)

    response = ask(walking.browser_of(cast.chen()), paper)

    assert response.status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_paper_can_only_be_read_here(paper, method):
    browser = walking.browser_of(cast.chen())

    assert getattr(browser, method)(f"/documents/{paper.pk}/").status_code == 405


def test_uploads_lie_outside_what_the_web_server_shows(paper):
    browser = walking.browser_of(cast.chen())

    for place in ("", "media/", "static/", "uploads/"):
        assert browser.get(f"/{place}{paper.file.name}").status_code == 404
