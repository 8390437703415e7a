"""A due date that the working calendar moved can be read in the case, with the reason."""

import pytest
from django.utils import timezone

from ppid.worktime import actions as holidays
from ppid.worktime.models import Holiday
from tests import make

pytestmark = pytest.mark.django_db


def test_the_history_says_why_a_due_date_moved(client):
    case = make.publication(at="preparing")
    day = timezone.localtime(case.due_at).date()
    holidays.add(Holiday(date=day, name="Pemilihan ulang", kind="local"), actor=make.demo("bidang"))
    make.step(make.again(case), "prepare", actor="dinsos")
    client.force_login(make.demo("bidang"))
    page = client.get(case.get_absolute_url()).content.decode()
    history = page[page.index('id="riwayat"') :]
    assert f"{day:%d/%m/%Y}, Pemilihan ulang menjadi hari libur." in history
    assert history.index("Penyiapan") < history.index("Tenggat bergeser") < history.index("Koordinasi pengumpulan")
