"""How somebody files through the pages, one step at a time."""

from dataclasses import dataclass, field, replace
from html import unescape
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import strip_tags
from PIL import Image

from applications.models import Application
from portal.accounts.models import User
from tests import cast

BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass(frozen=True)
class Answers:
    """What somebody types on the pages."""

    need: dict[str, str]
    capacity: dict[str, str]
    person: dict[str, str]
    papers: tuple[str, ...]
    site: dict[str, str] = field(
        default_factory=lambda: {"region": cast.HEXI, "address": "友谊路12号3门401"}
    )


PERSON = {
    "name": "张建国",
    "id_type": "id_card",
    "id_number": "11010519491231002X",
    "phone": "13800000001",
}
COMPANY = {
    "name": "天津海河食品有限公司",
    "id_type": "uscc",
    "id_number": "91350100M000100Y43",
    "contact_name": "陈志强",
    "phone": "13800000002",
}
HOME = Answers(
    need={"kind": "resident", "purpose": "家里用电"},
    capacity={"size": "home"},
    person=PERSON,
    papers=("identity", "property"),
)
SHOP = Answers(
    need={"kind": "private_business", "purpose": "开小超市"},
    capacity={"size": "shop", "sources": "1"},
    person=COMPANY,
    papers=("business_licence", "legal_person_identity", "property"),
)
SCHOOL = Answers(
    need={"kind": "organisation", "purpose": "小学教学楼"},
    capacity={"size": "school", "sources": "1"},
    person=COMPANY,
    papers=("organisation_proof", "legal_person_identity", "property"),
)
FACTORY = replace(
    SHOP,
    need={"kind": "private_business", "purpose": "食品加工"},
    capacity={"size": "own", "capacity_kw": "630", "sources": "1"},
)
HOSPITAL = replace(
    SCHOOL,
    need={"kind": "organisation", "purpose": "区医院"},
    capacity={"size": "own", "capacity_kw": "630 千瓦", "sources": "2"},
)
DATA_CENTRE = replace(
    SHOP,
    need={"kind": "private_business", "purpose": "数据中心"},
    capacity={
        "size": "own",
        "capacity_kw": "１２，０００",
        "sources": "1",
        "voltage": "35kV",
    },
)


def browser_of(user: User | None = None) -> Client:
    """Return a browser, signed in where somebody is named."""
    client = Client()
    if user is not None:
        client.force_login(user, backend=BACKEND)
    return client


def picture() -> SimpleUploadedFile:
    """Return a photograph."""
    out = BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "JPEG")
    return SimpleUploadedFile("照片.jpg", out.getvalue(), content_type="image/jpeg")


def begin(client: Client) -> str:
    """Press 开始填写; return the address of the draft."""
    page = client.get("/apply/")
    response = client.post("/apply/", {"key": str(page.context["key"])})
    assert response.status_code == 302, response
    return str(response["Location"]).removesuffix("need/")


def upload(client: Client, draft: str, kind: str, file: Any = None) -> Any:
    """Upload one file for one paper."""
    return client.post(f"{draft}documents/{kind}/", {"upload": file or picture()})


def fill_in(client: Client, answers: Answers) -> str:
    """Answer every question and hand in every paper; return the draft's address."""
    draft = begin(client)
    for step in ("need", "capacity", "site", "person"):
        response = client.post(f"{draft}{step}/", getattr(answers, step))
        assert response.status_code == 302, errors(response)
    for kind in answers.papers:
        assert upload(client, draft, kind).status_code == 302
    response = client.post(f"{draft}documents/", {})
    assert response["Location"] == f"{draft}check/"
    return draft


def press_submit(client: Client, draft: str) -> Any:
    """Look at the last page and press 确认并提交申请."""
    page = client.get(f"{draft}check/")
    return client.post(f"{draft}check/", {"fingerprint": page.context["fingerprint"]})


def application_of(draft: str) -> Application:
    """Return the row behind an address."""
    return Application.objects.get(submission_key=draft.split("/")[2])


def errors(response: Any) -> str:
    """Return what a page found wrong."""
    return str(response.context["form"].errors) if response.context else ""


def text_of(response: Any) -> str:
    """Return what a page says, without its markup."""
    lines = unescape(strip_tags(response.content.decode())).splitlines()
    return "\n".join(line.strip() for line in lines if line.strip())
