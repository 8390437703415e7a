"""Who is told of what happens to a case, written out: whose row it is, who had a hand in it, and nobody else."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ppid.flows import telling
from ppid.flows.actions import open_publication, take_step
from ppid.flows.amendments import decide
from ppid.flows.documents import add_document
from ppid.flows.lifting import lapse_due
from ppid.flows.undo import undo
from ppid.flows.urgency import mark_urgent
from ppid.notices.models import Dispatch, Notice
from ppid.notices.telling import tell
from ppid.organisation import appointing
from ppid.organisation.actions import deactivate
from tests import make
from tests.desk.conftest import sign_in  # noqa: F401 - a fixture
from tests.flows.test_item_correction import proposed
from tests.notices.news import news

pytestmark = pytest.mark.django_db


def told(kind: str, since: int = 0) -> set[str]:
    """Return who was told of this kind, by the part of their address before the @."""
    found = Notice.objects.filter(kind=kind, pk__gt=since).select_related("person")
    return {notice.person.email.split("@")[0] for notice in found}


def newest() -> int:
    return Notice.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def test_who_opens_a_case_tells_the_others_of_its_first_row_and_not_themselves():
    bidang = make.demo("bidang")
    colleague = make.person("bidang_layanan", unit="diskominfo")
    since = newest()
    open_publication(make.information(), actor=bidang)
    assert told("arrived", since) == {colleague.email.split("@")[0]}


@pytest.mark.parametrize(
    ("at", "key", "actor", "waits_for"),
    [
        ("coordinating", "coordinate", "bidang", {"dinsos"}),
        ("preparing", "prepare", "dinsos", {"utama", "wakil"}),
        ("clarifying", "clarify", "utama", {"bidang"}),
        ("releasing", "release", "bidang", {"operator"}),
    ],
)
def test_a_step_tells_whose_row_it_is_now_at_the_unit_a_stand_in_too(at, key, actor, waits_for):
    case, since = make.publication(at=at), newest()
    make.step(case, key, actor=actor)
    assert told("arrived", since) == waits_for
    news = Notice.objects.filter(pk__gt=since).first()
    screen = {"coordinate": "kerja/", "prepare": "putusan/"}.get(key, "")
    page = f"/meja/perkara/{case.number}/{screen}"
    assert (news.number, news.title, news.url) == (case.number, case.information.title, page)
    assert news.facts[0][0] == "Dari"
    assert make.demo(actor).name in news.facts[0][1]


def test_the_unit_that_has_nothing_to_do_with_it_is_told_nothing():
    case, since = make.publication(at="coordinating", unit="disdukcapil"), newest()
    make.step(case, "coordinate", actor="bidang")
    assert told("arrived", since) == {"disdukcapil"}


def test_what_comes_back_tells_its_reason_to_everybody_who_had_a_hand_in_it():
    case = make.publication(at="clarifying")
    since = newest()
    take_step(case, "return_for_repair", actor=make.demo("utama"), note="Ganti dokumen kedua.")
    assert told("returned", since) == {"dinsos", "bidang"}
    news = Notice.objects.filter(pk__gt=since, person=make.demo("dinsos")).get()
    assert ["Alasan", "Ganti dokumen kedua."] in news.facts


def test_who_left_the_office_is_told_nothing_any_more():
    case = make.publication(at="clarifying")
    deactivate(make.demo("bidang"), actor=make.demo("utama"))
    since = newest()
    take_step(case, "return_for_repair", actor=make.demo("utama"), note="Ganti.")
    assert told("returned", since) == {"dinsos"}


def test_the_second_look_says_so():
    case = make.publication(at="clarifying")
    take_step(case, "return_for_repair", actor=make.demo("utama"), note="Ganti.")
    case = make.again(case)
    make.step(case, "prepare", actor="dinsos")
    looks = Notice.objects.filter(person=make.demo("utama"), kind="arrived", number=case.number).order_by("pk")
    assert [look.nth for look in looks] == [1, 2]


def test_what_is_published_is_told_to_who_prepared_it():
    case, since = make.publication(at="publishing"), newest()
    make.step(case, "publish", actor="operator")
    assert told("published", since) == {"dinsos", "bidang"}


def test_what_is_taken_back_is_told_to_all_who_worked_on_it():
    case, since = make.publication(at="clarifying"), newest()
    take_step(case, "withdraw", actor=make.demo("bidang"), note="Salah unit.")
    assert told("ended", since) == {"dinsos", "utama", "wakil"}
    case = make.publication(at="published")
    since = newest()
    take_step(case, "retract", actor=make.demo("utama"), note="Keliru.")
    assert told("ended", since) == {"dinsos", "bidang", "operator"}


def test_an_exclusion_is_told_to_those_alone_who_need_to_know_and_by_its_number():
    case, since = make.exclusion(at="screening"), newest()
    make.step(case, "screen", actor="utama")
    make.walk(make.again(case), to="adopting")
    assert told("arrived", since) >= {"opd", "utama", "wakil", "atasan"}
    assert not told("arrived", since) & {"dinsos", "operator", "pengelola"}
    for each in Notice.objects.filter(pk__gt=since):
        assert (each.title, each.facts, each.is_secret) == ("", [], True)


def test_a_diverted_case_tells_nobody_who_may_not_know_of_the_exclusion():
    case = make.publication(at="clarifying")
    before = Notice.objects.filter(number=case.number)
    assert before.filter(is_secret=False).exists()
    since = newest()
    take_step(case, "divert", actor=make.demo("utama"), note="Memuat data pribadi.")
    assert told("ended", since) & {"dinsos", "operator"} == set()
    assert not before.filter(is_secret=False).exists(), "what was told before is sealed"
    assert not before.exclude(title="").exists()


def test_who_need_not_know_of_an_exclusion_was_told_nothing_of_its_item(sign_in, settings):  # noqa: F811
    settings.WEBHOOK_URL = ""
    case = make.publication(at="clarifying")
    outsiders, utama = ("dinsos", "operator"), make.demo("utama")
    for who in (*outsiders, "utama"):
        tell(news(key="x:1", number=case.number, about=f"item:{case.information_id}"), to=[make.demo(who).pk])
    take_step(case, "divert", actor=utama, note="Memuat data pribadi.")
    assert not Notice.objects.filter(number=case.number, person__in=[make.demo(who) for who in outsiders]).exists()
    sealed = Notice.objects.get(event="x:1")
    assert (sealed.person, sealed.is_secret) == (utama, True)
    assert list(Dispatch.objects.filter(notice__event="x:1").values_list("notice", flat=True)) == [sealed.pk]
    assert case.number not in sign_in("dinsos").get("/meja/kabar/").content.decode()
    assert case.number in sign_in("utama").get("/meja/kabar/").content.decode()


def test_whoever_was_stopped_this_day_was_told_nothing_of_an_excluded_item():
    """Stopped means at once: today's last day is no day any more on which they need to know."""
    case, second = make.publication(at="clarifying"), make.demo("wakil")
    tell(news(key="x:2", number=case.number, about=f"item:{case.information_id}"), to=[second.pk])
    appointing.stop(second.appointments.get(role__code="ppid_utama"), actor=make.demo("utama"), because="Pindah tugas.")
    take_step(case, "divert", actor=make.demo("utama"), note="Memuat data pribadi.")
    assert not Notice.objects.filter(event="x:2").exists()


def test_what_must_not_be_delayed_is_told_at_once():
    case, since = make.publication(at="preparing"), newest()
    mark_urgent(case, because="Banjir di Kecamatan Pontianak Timur.", actor=make.demo("bidang"))
    assert told("urgent", since) == {"dinsos"}
    assert Notice.objects.filter(pk__gt=since).get().is_urgent


def test_a_proposed_change_is_told_to_who_decides_and_its_decision_to_who_proposed():
    case = make.publication(at="published")
    since = newest()
    amendment = proposed(case, actor="bidang", title="Judul yang benar")
    assert told("arrived", since) == {"utama", "wakil", "atasan"}
    decide(amendment, approve=False, actor=make.demo("utama"), note="Judulnya sudah benar.")
    assert told("decided", since) == {"bidang"}


def test_a_document_replaced_after_approval_tells_whoever_decides_again():
    case, since = make.publication(at="releasing"), newest()
    add_document(case, make.pdf(), title="Lampiran", actor=make.demo("dinsos"))
    assert make.again(case).state == "preparing"
    assert told("returned", since) == {"utama", "bidang"}


def _ended(number: int) -> tuple[set[str], int, int]:
    """Let so many terms end in one run; return who is told of the publications, of how many, by how many queries."""
    for _ in range(number):
        make.adopted(days_ago=2, ends_on=timezone.localdate())
    since = newest()
    with CaptureQueriesContext(connection) as asked:
        assert len(list(lapse_due(at=timezone.now() + timedelta(days=1)))) == number
    asking = [q["sql"] for q in asked if '"organisation_user"' in q["sql"] or '"notices_notice"' in q["sql"]]
    cases = Notice.objects.filter(pk__gt=since, kind="arrived").values("number").distinct().count()
    return told("arrived", since), cases, len(asking)


def test_many_terms_that_end_together_ask_once_for_a_unit_who_is_told_of_each():
    assert _ended(2) == ({"bidang"}, 2, 2)
    assert _ended(5) == ({"bidang"}, 5, 2)


@pytest.mark.parametrize(
    ("row", "of_all", "of_closed"), [(3, {"dinsos"}, set()), (4, {"utama", "wakil"}, {"utama", "wakil"})]
)
def test_among_many_that_are_opened_what_is_closed_is_told_to_those_alone_who_need_to_know(row, of_all, of_closed):
    cases = tells_all, closed = make.publication(), make.publication()
    closed.information = make.exclusion(at="testing", unit="dinsos").information
    for case in cases:
        case.moves, case.step = 9, row  # as if they had just come to this row, and nobody were told of it yet
    since = newest()
    telling.all_opened(cases)
    notices = Notice.objects.filter(pk__gt=since).select_related("person")
    found = {(each.number, each.person.email.split("@")[0], each.is_secret, bool(each.title)) for each in notices}
    assert found == {(tells_all.number, who, False, True) for who in of_all} | {
        (closed.number, who, True, False) for who in of_closed
    }


def test_notices_add_two_queries_to_a_step(monkeypatch):
    def asked() -> int:
        case = make.publication(at="releasing")
        who = make.demo("bidang")
        make.supply(case, "release", who)
        evidence, case = make.evidence(case, who), make.again(case)
        with CaptureQueriesContext(connection) as statements:
            take_step(case, "release", actor=who, evidence=evidence)
        return len(statements)

    asked()
    with_notices = asked()
    monkeypatch.setattr(telling, "moved", lambda *args: None)
    assert with_notices - asked() == 2


def test_nobody_is_told_twice_of_one_move():
    make.publication(at="published")
    events = list(Notice.objects.values_list("person", "event"))
    assert len(events) == len(set(events))


def test_a_refused_step_tells_nobody():
    case, since = make.publication(at="clarifying"), newest()
    with pytest.raises(Exception, match="peran"):
        take_step(case, "clarify", actor=make.demo("operator"), category="periodic")
    assert newest() == since


def test_a_step_that_was_undone_makes_no_second_look():
    case, utama = make.publication(at="clarifying"), make.demo("utama")
    make.step(case, "clarify", actor="utama")
    undo(make.again(case), actor=utama)
    since = newest()
    make.step(make.again(case), "clarify", actor="utama")
    assert [look.nth for look in Notice.objects.filter(pk__gt=since, kind="arrived")] == [1]
