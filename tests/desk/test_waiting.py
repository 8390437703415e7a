"""What waits for whom: every kind × everybody, written out by hand; and the number beside it is that of the rows."""

from datetime import date, datetime, time, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ppid.desk.waiting.kind import Reader
from ppid.desk.waiting.lists import ListSentBack
from ppid.desk.waiting.office import UnconfirmedYear
from ppid.desk.waiting.registry import KINDS, Tally, first, tally, total
from ppid.editions.acts import approve_as_head, prepare
from ppid.flows.actions import open_publication, take_step
from ppid.flows.amendments import AmendmentKind, propose
from ppid.flows.opening import with_exclusions
from ppid.flows.papers.kinds import KINDS as PAPERS
from ppid.flows.papers.numbering import number_paper
from ppid.flows.questions import ask
from ppid.obligations import duties, gaps, statements
from ppid.organisation.models import Appointment, Role
from ppid.pages import acts as page_acts
from ppid.proof.models import Examination
from ppid.reports import taking_in
from ppid.reports.models import Problem
from ppid.takeover import deciding
from ppid.worktime.calendar import calendar
from ppid.worktime.confirming import warning
from ppid.worktime.models import Holiday
from sop.importing.drafting import keep
from sop.models import SopVersion
from sop.versions import actions
from tests import make, make_sheets
from tests.desk.pages import soup, text
from tests.obligations import said
from tests.pages import pages
from tests.portal import shelf_rows
from tests.sop.test_import_doubts import IMPORTED
from tests.takeover import office as lists

pytestmark = pytest.mark.django_db

today = timezone.localdate
DEMO = ["utama", "wakil", "bidang", "operator", "dinsos", "disdukcapil", "pembantu", "opd", "atasan", "pengelola"]


def handed_in() -> SopVersion:
    """Hand in a sheet of Dinkes, by whoever keeps its sheets."""
    slug = f"sop-{SopVersion.objects.count()}"
    draft = make_sheets.sheet(make_sheets.SEVEN, is_bound=False, slug=slug)
    return actions.submit(draft, actor=make.person("sop_keeper", unit="dinkes"))


def sent_back() -> None:
    actions.send_back(handed_in(), actor=make.demo("utama"), why="Langkah 3 keliru.")


def accepted() -> None:
    case, utama = make.exclusion(at="reviewing"), make.demo("utama")
    take_step(case, "accept", actor=utama, evidence=make.evidence(case, utama))


def proposed() -> None:
    adopted = make.exclusion(at="adopted")
    better = {**AmendmentKind.kinds["correct_dik"].before(adopted), "information": "Kata yang lebih jelas"}
    propose(adopted, "correct_dik", actor=make.demo("bidang"), after=better, reason="Keliru.")


def unsigned() -> None:
    case = make.exclusion(at="testing")
    make.supply(case, "test_consequences", make.demo("opd"))
    number_paper(make.again(case), PAPERS["test_sheet"], number="LU/1", date=today(), actor=make.demo("opd"))


def named() -> None:
    make.filled_in(make.exclusion(at="testing"), make.demo("opd"), actor=make.person("opd", unit="disdukcapil"))


def returned() -> None:
    deciding.send_back(lists.proposed(), actor=make.demo("utama"), note="SK-nya yang lama.")


def page_returned() -> None:
    page_acts.send_back(pages.handed_in("biaya"), actor=make.demo("utama"), reason="Sebut SK-nya.")


def stated(duty: str = said.DUTY):
    shelf_rows.duty(duty)
    return said.stated(duty=duty)


def statement_returned() -> None:
    statements.send_back(stated("bk-lain"), actor=make.demo("utama"), reason="Sebut tahunnya.")


def linked_once_public() -> None:
    shelf_rows.duty("bk-struktur")
    said.linked(make.publication(at="published").information, duty="bk-struktur")


def duty_returned() -> None:
    duties.send_back(said.changed("ss-lain"), actor=make.demo("utama"), reason="Sebut unitnya.")


def open_at_dinsos() -> None:
    shelf_rows.duty("bk-dinsos", scope="some", unit_codes=["dinsos"])
    gaps.count(on=today())


def prepared():
    make.publication(at="published")
    return prepare("dip", actor=make.demo("bidang"), year=today().year)


def asked() -> None:
    ask(make.publication(), "Berapa?", role=Role.objects.get(code="ppid_pelaksana"), actor=make.demo("utama"))


def vacant(**when) -> None:
    make.person("ppid_pelaksana", unit="dinkes", **when)


def ends_in(days: int):
    return lambda: vacant(ends_on=today() + timedelta(days=days))


def reported(kind: str, *, item=None) -> Problem:
    """Let a problem with an item of Dinsos come in from the letter box."""
    item = item or make.publication(at="published").information
    name = f"{Problem.objects.count():032x}"
    taking_in.note(
        name, {"number": item.number, "kind": kind, "text": "Tabelnya terpotong.", "contact": "warga@example.id"}
    )
    return Problem.objects.get(letter=name)


def read_through(*, faults: int) -> Examination:
    """Write down a reading of the ledgers that ended now."""
    at = timezone.now()
    return Examination.objects.create(started_at=at, ended_at=at, faults=faults, told=["Riwayat nomor 12 diubah."])


# Each kind: how one of it comes about, so many days from now, and whom it waits for. Written out from the issue.
CHIEFS = {"utama", "wakil"}
EACH = {
    "case": (lambda: make.publication(), 0, {"bidang"}),
    "confirm": (named, 0, {"opd"}),
    "head": (accepted, 0, {"atasan"}),
    "proposal": (proposed, 0, {*CHIEFS, "atasan"}),
    "question": (asked, 0, {"dinsos"}),
    "sheet": (handed_in, 0, CHIEFS),
    "sheet-back": (sent_back, 0, {"keeper"}),
    "doubts": (lambda: keep(IMPORTED, unit=make.unit("dinsos"), actor=make.demo("pengelola")), 0, {"pengelola"}),
    "review": (lambda: make_sheets.in_force(make_sheets.sheet(make_sheets.SEVEN)), 366, {"keeper"}),
    "paper": (unsigned, 0, {"opd"}),
    "ending": (
        lambda: make.adopted(ends_on=calendar().add_working_days(today(), 30)),
        0,
        {*CHIEFS, "atasan", "bidang", "opd"},
    ),
    "renewal": (lambda: make.publication(at="published", unit="disdukcapil"), 165, {"disdukcapil"}),
    "takeover": (lists.proposed, 0, CHIEFS),
    "takeover-back": (returned, 0, {"bidang"}),
    "page": (pages.handed_in, 0, CHIEFS),
    "announcement": (pages.announced, 0, CHIEFS),
    "page-back": (page_returned, 0, {"bidang"}),
    "statement": (stated, 0, CHIEFS),
    "statement-back": (statement_returned, 0, {"dinsos"}),
    "fulfilment": (linked_once_public, 0, CHIEFS),
    "duty": (said.changed, 0, CHIEFS),
    "duty-back": (duty_returned, 0, {"bidang"}),
    "gap": (open_at_dinsos, 0, {"dinsos", "pembantu"}),
    "edition": (lambda: prepared(), 0, {"atasan"}),
    "edition-set": (lambda: approve_as_head(prepared(), actor=make.demo("atasan")), 0, CHIEFS),
    "problem": (lambda: reported("wrong"), 0, {"bidang", "dinsos"}),
    "ledger": (lambda: read_through(faults=3), 0, {*CHIEFS, "atasan"}),
    "appointment": (ends_in(10), 0, {*CHIEFS, "admin"}),
    "seat": (ends_in(-1), 0, {*CHIEFS, "admin"}),
    "calendar": (
        lambda: Holiday.objects.of_year(2026).update(is_confirmed=False),
        (date(2026, 11, 26) - today()).days,  # a day of a year that the fixture confirms
        {*CHIEFS, "admin"},
    ),
}


def reader_of(user, *, days: int = 0) -> Reader:
    at = timezone.now() + timedelta(days=days)
    day = timezone.localdate(at)
    held = Appointment.objects.in_force(on=day).filter(user=user).select_related("role", "unit")
    return Reader(user, list(with_exclusions(held, on=day)), at, calendar())


def test_an_edition_waits_for_nobody_who_alone_vouches_for_the_account_that_prepared_it():
    make.publication(at="published")
    utama, puppet = make.maker_and_puppet("operator", unit="diskominfo")
    edition = prepare("dip", actor=puppet, year=2026)
    approve_as_head(edition, actor=make.demo("atasan"))
    waits = {key: tally(reader_of(make.demo(key))).get("edition-set") for key in ("utama", "wakil")}
    assert waits["utama"] == Tally(0)
    assert waits["wakil"] == Tally(1)


def test_every_kind_is_in_the_table():
    assert [kind.key for kind in KINDS if kind.key not in EACH] == []


@pytest.mark.parametrize("key", EACH)
def test_it_waits_for_whom_it_concerns_and_nobody_else(key):
    comes_about, days, whom = EACH[key]
    admin = make.person("admin_ppid", unit="diskominfo", name="admin")
    people = {"admin": admin, **{who: make.demo(who) for who in DEMO}}
    before = {who: tally(reader_of(user, days=days)).get(key) for who, user in people.items()}
    comes_about()
    kept = Appointment.objects.filter(role__code="sop_keeper", unit__code="dinkes").select_related("user")
    people |= {f"keeper {each.user_id}": each.user for each in kept}
    found = set()
    for who, user in people.items():
        reader = reader_of(user, days=days)
        counts = tally(reader)
        rows = first(reader, counts, section="waiting", group="", most=50)
        assert len(rows) == total(counts).waiting, who
        if counts.get(key) and counts[key] != before.get(who):
            found.add(who.split()[0])
    assert found == whom


def counts_of(who, *, days: int = 0):
    return tally(reader_of(make.demo(who) if isinstance(who, str) else who, days=days))


def waiting(who, key: str, *, days: int = 0) -> int:
    counts = counts_of(who, days=days)
    return counts[key].waiting if key in counts else 0


class TestSheets:
    def test_ones_own_sheet_waits_for_somebody_else(self):
        draft = make_sheets.sheet(make_sheets.SEVEN, is_bound=False)
        actions.submit(draft, actor=make.demo("utama"))
        assert [waiting(who, "sheet") for who in ("utama", "wakil")] == [0, 1]

    def test_where_nobody_else_may_approve_it_it_waits_for_its_author_to_find_one(self):
        draft = make_sheets.sheet(make_sheets.SEVEN, is_bound=False)
        actions.submit(draft, actor=make.demo("utama"))
        over = (Appointment.objects.get(user=make.demo("wakil"), role__code="ppid_utama").ends_on - today()).days + 1
        assert waiting("utama", "sheet", days=over) == 1

    def test_it_is_gone_once_it_is_decided(self):
        actions.approve(handed_in(), actor=make.demo("utama"), why="Sudah sesuai.")
        assert waiting("utama", "sheet") == waiting("wakil", "sheet") == 0

    def test_what_came_back_to_a_unit_without_a_keeper_waits_for_ppid_utama(self):
        draft = make_sheets.sheet(make_sheets.SEVEN, is_bound=False)
        actions.submit(draft, actor=make.demo("utama"))
        actions.send_back(draft, actor=make.demo("wakil"), why="Langkah 3 keliru.")
        assert waiting("utama", "sheet-back") == 1
        make.person("sop_keeper", unit="dinkes")
        assert waiting("utama", "sheet-back") == 0

    def test_a_draft_that_was_never_handed_in_waits_for_nobody(self):
        make_sheets.sheet(make_sheets.SEVEN, unit="dinsos", is_bound=False)
        assert waiting("pengelola", "sheet-back") == 0

    def test_the_row_says_who_handed_it_in_and_leads_to_the_page_where_it_is_decided(self, sign_in):
        version = handed_in()
        page = sign_in("utama").get(reverse("desk:inbox"))
        assert "Lembar SOP untuk disahkan, Dinas Kesehatan" in text(page)
        assert f"Diajukan {version.changes.get().actor_name}" in text(page)
        assert soup(page).find("a", href=reverse("desk:sop-approve", args=[version.sop.slug, 1]))
        assert "Tidak ada yang menunggu Anda" not in text(page)


class TestSeats:
    def test_an_appointment_that_somebody_follows_waits_for_nobody(self):
        ends_in(10)()
        make.person("ppid_pelaksana", unit="dinkes", starts_on=today() + timedelta(days=11))
        assert waiting("utama", "appointment") == 0

    def test_one_that_is_followed_too_late_does(self):
        ends_in(10)()
        make.person("ppid_pelaksana", unit="dinkes", starts_on=today() + timedelta(days=12))
        assert waiting("utama", "appointment") == 1

    @pytest.mark.parametrize(("days", "rows"), [(30, 1), (31, 0), (0, 1)])
    def test_it_is_told_thirty_days_before(self, days, rows):
        ends_in(days)()
        assert waiting("utama", "appointment") == rows

    def test_a_seat_is_one_row_however_many_held_it_and_gone_when_it_is_filled(self):
        ends_in(-40)()
        vacant(starts_on=today() - timedelta(days=39), ends_on=today() - timedelta(days=1))
        assert waiting("utama", "seat") == 1
        vacant(starts_on=today())
        assert waiting("utama", "seat") == 0

    def test_it_names_the_seat_and_the_day(self, sign_in):
        ends_in(-1)()
        page = text(sign_in("utama").get(reverse("desk:inbox")))
        assert "PPID Pelaksana Dinas Kesehatan kosong sejak" in page


class TestTheLedgers:
    def test_what_was_found_stands_first_and_leads_to_the_page_that_names_it(self, sign_in):
        make.publication()
        read_through(faults=3)
        for who in ("utama", "atasan"):
            client = sign_in(who)
            page = client.get(reverse("desk:inbox"))
            shown = soup(page).select_one(".panel.urgent")
            assert "3 temuan pada pemeriksaan buku besar" in shown.get_text()
            assert "Riwayat nomor 12" not in text(page)
            assert client.get(shown.find("a")["href"]).context["ended"].faults == 3

    def test_it_is_late_urgent_and_no_secret_of_a_case(self):
        read_through(faults=1)
        reader = reader_of(make.demo("utama"))
        [(_, task)] = first(reader, tally(reader), section="late", group="", most=1)
        assert (task.title, task.is_urgent, task.told_outside) == (
            "1 temuan pada pemeriksaan buku besar",
            True,
            "1 temuan pada pemeriksaan buku besar",
        )

    def test_it_is_gone_once_a_reading_finds_nothing_and_stays_while_another_is_under_way(self):
        read_through(faults=2)
        Examination.objects.create(started_at=timezone.now())
        assert waiting("utama", "ledger") == 1
        read_through(faults=5)
        assert waiting("utama", "ledger") == 1
        read_through(faults=0)
        assert waiting("utama", "ledger") == 0

    def test_what_the_daily_reading_found_waits_there(self, monkeypatch):
        monkeypatch.setattr("ppid.proof.examining._all", lambda *_: iter(["Riwayat nomor 12 diubah."]))
        with pytest.raises(CommandError):
            call_command("verify_ledger")
        assert waiting("atasan", "ledger") == 1


class TestTheNumber:
    def test_it_is_the_number_of_rows_on_every_page(self, sign_in):
        for key, (comes_about, days, _) in EACH.items():
            if days == 0 and key != "edition":  # one edition is prepared at a time
                comes_about()
        for who in DEMO:
            client = sign_in(who)
            page = soup(client.get(reverse("desk:inbox")))
            rows = len(page.select(".ask, .urgent .rows > li"))
            assert page.select_one(".side .side__n").text == str(rows), who
            assert soup(client.get(reverse("desk:dip"))).select_one(".side .side__n").text == str(rows), who

    def test_the_filters_add_up_to_it_and_show_their_rows_alone(self, sign_in):
        handed_in()
        make.publication(at="clarifying")
        client = sign_in("utama")
        page = soup(client.get(reverse("desk:inbox")))
        numbers = [int(each.b.text) for each in page.select(".kinds a")]
        assert numbers[0] == sum(numbers[1:]) == 2
        alone = client.get(reverse("desk:inbox"), {"hal": "sop"})
        assert [each.text for each in soup(alone).select(".ask__kind")] == [
            "Lembar SOP untuk disahkan, Dinas Kesehatan"
        ]
        assert len(soup(client.get(reverse("desk:inbox"), {"hal": "lain"})).select(".ask")) == 2

    def test_late_and_sent_back_count_every_kind(self, sign_in):
        sent_back()
        ends_in(-1)()
        keeper = Appointment.objects.get(role__code="sop_keeper", unit__code="dinkes").user
        page = sign_in(keeper).get(reverse("desk:inbox"), {"tampil": "dikembalikan"})
        assert "Perbaiki lalu ajukan lagi: Langkah 3 keliru." in text(page)
        late = sign_in("utama").get(reverse("desk:inbox"), {"tampil": "terlambat"})
        assert len(soup(late).select(".ask")) == counts_of("utama")["seat"].late == 1

    def test_pages_go_on_across_kinds_in_one_order(self, sign_in):
        for _ in range(22):
            open_publication(make.information(), actor=make.demo("bidang"))
        make.adopted(ends_on=calendar().add_working_days(today(), 30))
        client = sign_in("bidang")
        shown = [soup(client.get(reverse("desk:inbox"), {"halaman": n})).select(".ask__title") for n in (1, 2)]
        assert [len(each) for each in shown] == [20, 3]
        assert len({a["href"] for each in shown for title in each for a in title.select("a")}) == 23

    def test_all_is_counted_in_one_query(self):
        reader = reader_of(make.demo("utama"))
        assert reader.working
        with CaptureQueriesContext(connection) as asked:
            tally(reader)
        assert len(asked) == 1


def test_lists_sent_back_are_told_in_as_many_queries_however_many_they_are(django_assert_num_queries):
    reader, kind = reader_of(make.demo("bidang")), ListSentBack()
    for note in ("SK-nya yang lama.", "Baris 3 keliru.", "Pindaiannya terpotong."):
        deciding.send_back(lists.proposed(), actor=make.demo("utama"), note=note)
    with django_assert_num_queries(2):
        told = [task.wants for task in kind.tasks(kind.rows(reader), reader)]
    assert told == ["SK-nya yang lama.", "Baris 3 keliru.", "Pindaiannya terpotong."]


@pytest.mark.parametrize(
    ("day", "who", "title"),
    [
        (date(2026, 11, 30), "utama", ""),
        (date(2026, 12, 1), "utama", "Hari libur 2027 belum ditetapkan"),
        (date(2026, 12, 31), "admin", "Hari libur 2027 belum ditetapkan"),
        (date(2027, 1, 2), "utama", "Hari libur 2027 belum ditetapkan"),
        (date(2026, 12, 1), "dinsos", ""),
    ],
)
def test_from_december_on_a_year_without_its_decree_waits_for_who_keeps_the_office(day, who, title, db):
    person = make.person("admin_ppid", unit="diskominfo") if who == "admin" else make.demo(who)
    held = list(Appointment.objects.of(person, on=day).select_related("role", "unit"))
    at = timezone.make_aware(datetime.combine(day, time(9)))
    kind, reader = UnconfirmedYear(), Reader(person, held, at, calendar())
    tasks = list(kind.tasks(kind.rows(reader), reader))
    assert [task.title for task in tasks] == [title] * bool(title)
    assert [task.told_outside for task in tasks] == [title] * bool(title), "it is no secret in mails and calendars"
    assert kind.rows(reader).filter(kind.late(reader)).exists() is (day.year == 2027)
    assert warning(day).startswith("Hari libur tahun 2027") is (day >= date(2026, 12, 1))
    Holiday.objects.create(date=date(2027, 10, 23), name="Kota", kind="local", source="Perwa", is_confirmed=True)
    assert kind.rows(reader).exists() is bool(title), "a local day alone confirms no year"
    Holiday.objects.filter(date=date(2027, 1, 1)).update(source="SKB 3 Menteri", is_confirmed=True)
    assert not kind.rows(reader).exists()
    assert warning(day) == ""
