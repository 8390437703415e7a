"""What the day of load (``python -m tests.load``) rests on: forms as browsers send them, memory, acts counted."""

from datetime import UTC, datetime

from django.urls import reverse

from ppid.shelf.actions import public_store
from ppid.shelf.models import PublishedItem
from tests import make
from tests.desk.conftest import sign_in  # noqa: F401 - a fixture
from tests.desk.pages import fields
from tests.load.acknowledged import lost
from tests.load.forms import forms, multipart, small_pdf
from tests.load.memory import quarters, verdict

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def test_a_form_is_read_as_the_browser_would_send_it(sign_in):  # noqa: F811
    case = make.publication(at="preparing")
    path = reverse("desk:work", args=[case.number])
    page = sign_in("dinsos").get(path)
    read = next(each for each in forms(page.content.decode()) if each.action == path)
    assert dict(read.fields) == fields(page, action=path)
    assert "files" in read.files


def test_what_is_sent_hands_the_case_over(sign_in):  # noqa: F811
    case = make.publication(at="preparing")
    path = reverse("desk:work", args=[case.number])
    dinsos = sign_in("dinsos")
    read = next(each for each in forms(dinsos.get(path).content.decode()) if each.action == path)
    body, of = multipart(read.filled(), [("files", "Laporan.pdf", small_pdf("Laporan"))])
    answer = dinsos.generic("POST", path, body, content_type=of)
    assert answer.status_code == 302
    assert make.again(case).state == "clarifying"


def done(case, key: str) -> dict:
    record = case.records.get(key=key)
    return {"case": case.number, "key": key, "email": record.actor.email, "title": case.information.title}


def test_what_was_acknowledged_and_is_not_there_is_told(db):
    case = make.publication(at="published")
    steps = [done(case, key) for key in ("coordinate", "clarify", "publish")]
    opened = {"case": case.number, "key": "open", "email": "", "title": case.information.title}
    assert lost([*steps, opened], since=LONG_AGO) == []
    assert len(lost([*steps, steps[0]], since=LONG_AGO)) == 1, "told twice, and done once"
    assert len(lost([opened | {"case": "P-2026-9999"}], since=LONG_AGO)) == 1
    public_store().path(PublishedItem.objects.get().files.get().sha256).unlink()
    assert len(lost(steps, since=LONG_AGO)) == 1


def test_memory_is_flat_when_the_last_hours_worth_of_requests_adds_at_most_one_in_a_hundred():
    rising = [100.0] * 10 + [150.0] * 10 + [152.0] * 10 + [154.0] * 10
    assert quarters(rising) == [100, 150, 152, 154]
    filled = [*rising, *[155.0] * 10, *[156.0] * 10]
    assert verdict(filled, 6) == (True, "flat, +0.6% over the last hour's worth of requests")
    assert verdict([*filled, *[158.0] * 10], 7)[0] is False
    assert verdict(filled, 1.9) == (True, "too few requests or samples to judge")
