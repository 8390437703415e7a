"""Pages with forms that stand there only after something happened: each made to happen, and who opens what then."""

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlencode

import pgtrigger
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ppid.desk.typed.keeping import mark_of
from ppid.flows import fulfilling
from ppid.flows.actions import open_publication, take_step
from ppid.flows.claiming import claim
from ppid.flows.consequence import fill_test
from ppid.notices.models import Dispatch
from ppid.obligations.models import Fulfilment
from tests import make
from tests.forms.found import URLENCODED
from tests.obligations import said

SHEET = Path(__file__).parents[1] / "sop" / "documents" / "kolom-tambahan.docx"
PASSWORD = "sandi yang cukup panjang"  # of the chief, in the office of tests/test_parameters.py


def further(office: SimpleNamespace) -> list[tuple[str, str]]:
    """Let more happen in the office. Return whose eyes see it, and at which address."""
    return [each for happens in HAPPENS for each in happens(office)]


def a_test_names_its_participant(office):
    case = make.exclusion(at="testing")
    fill_test(case, make.test(), [make.participant(person=office.participant)], actor=make.demo("opd"))
    return [("participant", reverse(f"desk:{page}", args=[case.number])) for page in ("test-sheet", "case")]


def a_part_is_excluded(office):
    case, test = make.exclusion(at="testing"), make.test(conclusion="part", redacted_parts="Nama")
    fill_test(case, test, [make.participant()], actor=make.demo("opd"))
    case = make.walk(make.again(case), to="adopted")
    return [("bidang", reverse(f"desk:{page}", args=[case.number])) for page in ("name-open-part", "correct-dik")]


def an_exclusion_awaits_its_head(office):
    case = make.exclusion(at="reviewing")
    take_step(case, "accept", actor=make.demo("utama"), evidence=make.evidence(case, make.demo("utama")))
    return [("atasan", reverse("desk:head-approval", args=[case.number]))]


def somebody_is_at_work(office):
    case = make.publication(at="coordinating")
    claim(case, actor=make.demo("bidang"))
    return [("bidang", reverse("desk:case", args=[case.number]))]


def something_is_late(office):
    """A publication lies with PPID Pelaksana for four weeks."""
    then = timezone.now() - timedelta(days=28)
    case = open_publication(make.information(title="Terlambat"), actor=make.demo("bidang"), at=then)
    for key in ("update_content", "coordinate"):
        take_step(case, key, actor=make.demo("bidang"), evidence=make.evidence(case, make.demo("bidang")), at=then)
        case = make.again(case)
    return [("utama", reverse("desk:inbox")), ("utama", reverse("desk:case", args=[case.number]))]


def an_item_fills_a_duty(office):
    linked = said.linked(make.publication(at="published").information)
    fulfilling.approve(Fulfilment.objects.get(pk=linked.pk), actor=make.demo("utama"))
    return [("bidang", reverse("desk:duty-renew", args=[said.DUTY, said.UNIT]))]


def mails_do_not_go_out(office):
    for dispatch in Dispatch.objects.order_by("pk")[:2]:
        with pgtrigger.ignore():
            Dispatch.objects.filter(pk=dispatch.pk).update(stage="failed", because="Ditolak.", tries=1)
    return [("utama", reverse("desk:news-unsent"))]


def somebody_lost_their_device(office):
    return [("wakil", reverse("desk:person-recovery", args=[make.demo("utama").pk]))]


HAPPENS = (
    a_test_names_its_participant,
    a_part_is_excluded,
    an_exclusion_awaits_its_head,
    somebody_is_at_work,
    something_is_late,
    an_item_fills_a_duty,
    mails_do_not_go_out,
    somebody_lost_their_device,
)


def answered(office: SimpleNamespace, browsers: dict[str | None, Client]) -> list:
    """Return pages that only an answer to a form is: who holds it, its address, the answer."""
    opened = reverse("desk:auditor", args=[office.secret])
    imported = reverse("desk:sop-import")
    sheet = SimpleUploadedFile(SHEET.name, SHEET.read_bytes())
    broken = reverse("desk:ask", args=[office.preparing.number])
    typed = {"penulis": mark_of(make.demo("bidang")), "text": "Berapa jumlahnya?"}
    too_much = urlencode(typed | {f"a{n}": "" for n in range(2001)})
    by_password = {"login": make.demo("utama").email, "password": PASSWORD}
    browsers["halfway"].post(reverse("account_login"), by_password)
    second = reverse("mfa_authenticate")
    return [
        (None, opened, browsers[None].post(opened)),
        ("pengelola", imported, browsers["pengelola"].post(imported, {"file": sheet})),
        ("bidang", broken, browsers["bidang"].post(broken, too_much, content_type=URLENCODED)),
        ("halfway", second, browsers["halfway"].get(second)),
    ]
