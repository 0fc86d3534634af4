"""Pages are in Chinese, unless the reader pressed the button for another language."""

from django.test import Client

HOME_IN_CHINESE = "申请用电"


def choose(visitor: Client, language: str, there: str = "/") -> None:
    pressed = visitor.post("/language/", {"language": language, "next": there})
    assert (pressed.status_code, pressed["Location"]) == (302, there)


def test_a_browser_in_english_gets_the_page_its_neighbour_gets(visitor: Client) -> None:
    page = visitor.get("/", headers={"accept-language": "en-US,en;q=0.9"})
    assert '<html lang="zh-hans">' in page.content.decode()
    assert page["Content-Language"] == "zh-hans"


def test_the_button_leads_back_to_the_same_page_in_english(visitor: Client) -> None:
    choose(visitor, "en", "/limits/?region=370800")
    page = visitor.get("/limits/?region=370800")
    assert '<html lang="en">' in page.content.decode()
    assert page["Content-Language"] == "en"


def test_the_button_is_written_in_the_language_it_leads_to(visitor: Client) -> None:
    there = 'value="en" lang="en" aria-label="English">'
    assert there in visitor.get("/").content.decode()
    choose(visitor, "en")
    back = 'value="zh-hans" lang="zh-Hans">中文</button>'
    assert back in visitor.get("/").content.decode()


def test_chinese_comes_back(visitor: Client) -> None:
    choose(visitor, "en")
    choose(visitor, "zh-hans")
    assert HOME_IN_CHINESE in visitor.get("/").content.decode()


def test_an_unknown_language_is_chinese(visitor: Client) -> None:
    visitor.cookies["language"] = "tlh"
    assert visitor.get("/")["Content-Language"] == "zh-hans"


def test_the_choice_never_leads_to_another_site(visitor: Client) -> None:
    pressed = visitor.post(
        "/language/", {"language": "en", "next": "https://elsewhere.example/"}
    )
    assert pressed["Location"] == "/"


def test_whoever_keeps_a_page_keeps_it_by_the_cookie(visitor: Client) -> None:
    assert "Cookie" in visitor.get("/")["Vary"]


def test_programs_are_answered_in_chinese_whatever_was_chosen(visitor: Client) -> None:
    choose(visitor, "en")
    refused = visitor.get("/api/v1/applications/")
    assert refused.json()["error"]["message"] == "请先登录。"
