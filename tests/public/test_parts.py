"""The parts other pages are built from keep their promises."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.template.loader import render_to_string

from portal.public.templatetags import bandian


class Question(forms.Form):
    """Ask one question of each kind."""

    name = forms.CharField(
        label="姓名",
        help_text="与证件一致。",
        widget=forms.TextInput(attrs={"autofocus": True}),
    )
    note = forms.CharField(label="备注", required=False)
    way = forms.ChoiceField(
        label="方式", choices=[("a", "甲"), ("b", "乙")], widget=forms.RadioSelect
    )
    agreed = forms.BooleanField(label="我已阅读")
    paper = forms.FileField(label="材料")
    place = forms.ChoiceField(label="区", choices=[("a", "和平区")])
    kinds = forms.MultipleChoiceField(
        label="种类", choices=[("a", "甲")], widget=forms.CheckboxSelectMultiple
    )


def field(form: forms.Form, name: str) -> str:
    """Render one field as pages do."""
    return render_to_string("parts/field.html", {"field": form[name]})


def test_a_field_ties_label_hint_and_error_to_its_control() -> None:
    html = field(Question({}), "name")
    assert '<label class="field-label" for="id_name">' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert "错误：" in html


def test_a_control_leaves_the_focus_to_the_errors() -> None:
    assert " autofocus" in field(Question(), "name")
    assert " autofocus" not in field(Question({}), "name")


def test_what_may_be_left_out_says_so() -> None:
    assert "选填" in field(Question(), "note")
    assert "选填" not in field(Question(), "name")


def test_a_choice_is_a_fieldset_and_a_tick_stands_before_its_words() -> None:
    group = field(Question({}), "way")
    assert '<fieldset class="field field-wrong" id="id_way"' in group
    assert "<legend" in group
    single = field(Question(), "agreed")
    assert single.index("<input") < single.index("我已阅读")


def test_every_kind_of_control_wears_its_clothes() -> None:
    form = Question({})
    assert 'class="form-control is-invalid"' in field(form, "name")
    assert 'class="form-control form-file is-invalid"' in field(form, "paper")
    assert 'class="form-select is-invalid"' in field(form, "place")
    assert 'class="form-check-input is-invalid"' in field(form, "agreed")
    assert "<legend" in field(form, "kinds")


@pytest.mark.parametrize(
    ("level", "icon"),
    [("success", "check-circle-fill"), ("error", "exclamation-octagon-fill")],
)
def test_a_message_has_the_icon_of_its_level(level: str, icon: str) -> None:
    told = [{"level_tag": level, "message": "好了"}]
    assert f"bi-{icon}" in render_to_string("parts/messages.html", {"messages": told})


def test_the_summary_links_to_the_first_control_of_each_field() -> None:
    html = render_to_string("parts/error_summary.html", {"form": Question({})})
    assert 'href="#id_name"' in html
    assert 'href="#id_way_0"' in html
    assert (
        render_to_string("parts/error_summary.html", {"form": Question()}).strip() == ""
    )


@pytest.mark.parametrize("tone", bandian.TONE_ICONS)
def test_a_chip_says_its_tone_in_three_ways(tone: str) -> None:
    html = render_to_string("parts/chip.html", {"tone": tone})
    assert f"chip-{tone}" in html
    assert f"bi-{bandian.TONE_ICONS[tone]}" in html
    assert bandian.tone_word(tone) in html


def test_the_current_node_says_whose_turn_and_when() -> None:
    html = render_to_string(
        "parts/timeline.html",
        {
            "nodes": [
                {"state": "done", "title": "业务受理", "used": 1, "limit": 1},
                {
                    "state": "current",
                    "title": "供电方案答复",
                    "turn": "轮到供电企业",
                    "promise": "还剩 3 个工作日，11月25日（周三）前答复",
                },
                {"state": "future", "title": "装表接电"},
            ]
        },
    )
    assert "已用 1 / 时限 1 个工作日" in html
    assert 'aria-current="step"' in html
    assert "还剩 3 个工作日，11月25日（周三）前答复" in html


def test_a_paused_clock_has_no_date() -> None:
    clock = {"title": "设计审查", "tone": "paused", "label": "暂停", "sentence": "等待"}
    html = render_to_string("parts/clock.html", {"clock": clock})
    assert "暂停中，恢复后重新推算" in html


def test_a_ledger_reads_its_json_form_too() -> None:
    entries = [
        {"date": "2026-09-30", "verdict": "暂停", "counted": False, "note": "等图纸"},
        {"date": "2026-10-01", "verdict": "法定节假日", "counted": False},
        {"date": "2026-10-08", "verdict": "工作日", "counted": True, "note": ""},
    ]
    html = render_to_string(
        "parts/ledger.html",
        {"ledger": entries, "started_on": "2026-09-29", "due_on": "2026-10-08"},
    )
    assert "9月30日（周三），暂停，等图纸，不计入" in html
    assert "10月8日（周四），工作日，第 1 天，到期日" in html


def test_an_empty_ledger_is_no_error() -> None:
    html = render_to_string("parts/ledger.html", {"ledger": []})
    assert "<td" not in html


def test_dates_are_said_in_shanghai() -> None:
    late = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)  # half past midnight there
    assert bandian.short_day(late) == "11月25日（周三）"
    assert bandian.short_moment(late) == "11月25日（周三）00:30"
    assert bandian.full_moment(late) == "2026年11月25日（周三）00:30"
    assert bandian.iso(late) == "2026-11-25T00:30+08:00"
    assert bandian.short_day("2026-11-25") == "11月25日（周三）"
    assert bandian.short_day(late.isoformat()) == "11月25日（周三）"
    assert bandian.plain_day(date(2026, 11, 25)) == "2026年11月25日"
    assert bandian.month_day(late) == "11月25日"
    assert bandian.weekday(late) == "周三"
    assert bandian.full_day(late) == "2026年11月25日（周三）"
    assert bandian.iso(date(2026, 11, 25)) == "2026-11-25"
    assert bandian.short_moment(late.isoformat()) == "11月25日（周三）00:30"
    assert (
        bandian.short_day(None)
        == bandian.short_moment(None)
        == bandian.plain_day("")
        == ""
    )
