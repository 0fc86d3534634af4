"""补录: what was done earlier needs a reason and a witness, and everybody sees it."""

from typing import Any

import pytest

from applications.lifecycle import Status
from tests import cast
from tests.admin import desk

LATE = {
    "late_happened_at": "2026-08-31T15:00",
    "late_reason": "系统停机，当日已当面受理",
}


def accept(answers: dict[str, Any], *, by: Any = None) -> tuple[Any, Any]:
    """Accept an application with these answers."""
    application = cast.submitted()
    client = desk.sign_in(by or cast.wang())
    return application, desk.press(client, application, "accept", **answers)


def test_with_reason_and_witness_it_is_entered_and_flagged() -> None:
    answers = LATE | {"late_witness": str(cast.zhao().pk)}
    application, response = accept(answers)
    assert response.status_code == 302
    event = application.events.get(action="accept")
    assert event.late_entry
    assert event.at == cast.NOW
    assert event.payload["late"]["witness"] == "T0001 赵班长"
    for person in (cast.wang(), cast.liu()):
        client = desk.sign_in(person)
        assert "有补录" in desk.text(client.get(desk.ticket_url(application)))
        history = desk.ticket_url(application).replace("/change/", "/history/")
        assert "系统停机，当日已当面受理" in desk.text(client.get(history))


@pytest.mark.parametrize(
    "left_out", ["late_happened_at", "late_reason", "late_witness"]
)
def test_one_fact_missing_is_refused(left_out: str) -> None:
    answers = LATE | {"late_witness": str(cast.zhao().pk)}
    del answers[left_out]
    application, response = accept(answers)
    assert "补录须写明发生时间、原因和证明人" in desk.text(response)
    assert application.status == Status.SUBMITTED


def test_the_future_cannot_be_entered() -> None:
    answers = LATE | {"late_witness": str(cast.zhao().pk)}
    answers["late_happened_at"] = "2026-09-02T08:00"
    application, response = accept(answers)
    assert "补录的时间不能晚于现在" in desk.text(response)
    assert application.status == Status.SUBMITTED


@pytest.mark.parametrize("slip", ["0001-01-01T00:00", "2016-08-31T15:00"])
def test_a_year_that_is_a_slip_of_the_pen_is_refused(slip: str) -> None:
    answers = LATE | {"late_witness": str(cast.zhao().pk), "late_happened_at": slip}
    application, response = accept(answers)
    assert "补录的时间超过一年" in desk.text(response)
    assert application.status == Status.SUBMITTED


def test_nobody_vouches_for_oneself_and_only_a_supervisor_vouches() -> None:
    application, response = accept(
        LATE | {"late_witness": str(cast.zhao().pk)}, by=cast.zhao()
    )
    assert "补录须由另一位班组长证明" in desk.text(response)
    assert application.status == Status.SUBMITTED
    _other, response = accept(LATE | {"late_witness": str(cast.wang().pk)})
    assert response.status_code == 200


def test_acts_that_take_no_late_entry_do_not_offer_it() -> None:
    application = cast.submitted()
    client = desk.sign_in(cast.wang())
    assert "late_reason" in desk.text(client.get(desk.act_url(application, "accept")))
    assert "late_reason" not in desk.text(client.get(desk.act_url(application, "note")))
