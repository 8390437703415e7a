"""Who is told of a sheet: who approves it as it is handed in, who worked on it as it comes back or is approved."""

import pytest
from django.utils import timezone

from ppid.notices.models import Notice
from sop.models import SopVersion
from sop.versions import actions
from tests import make

pytestmark = pytest.mark.django_db


def told(kind: str, since: int) -> set[str]:
    found = Notice.objects.filter(kind=kind, pk__gt=since).select_related("person")
    return {notice.person.email.split("@")[0] for notice in found}


def newest() -> int:
    return Notice.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def test_a_sheet_is_told_to_who_approves_then_to_who_worked_on_it():
    keeper, chief = make.demo("pengelola"), make.demo("utama")
    version = SopVersion.objects.in_force(on=timezone.localdate()).filter(sop__unit__code="dinsos").get()
    draft, since = actions.new_draft(version, actor=keeper), newest()
    draft = actions.submit(draft, actor=keeper)
    assert told("sheet_to_approve", since) == {"utama", "wakil"}
    draft = actions.send_back(draft, actor=chief, why="Langkah 3 belum punya waktu.")
    assert "pengelola" in told("sheet_sent_back", since)
    assert "utama" not in told("sheet_sent_back", since)
    back = Notice.objects.filter(person=keeper, kind="sheet_sent_back").latest("pk")
    assert ["Alasan", "Langkah 3 belum punya waktu."] in back.facts
    draft = actions.submit(draft, actor=keeper)
    actions.approve(draft, actor=chief, why="Sudah dibaca.")
    assert "pengelola" in told("decided", since)
    assert "utama" not in told("decided", since)
