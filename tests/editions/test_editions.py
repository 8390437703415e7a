"""The DIP and the DIK as dated editions: who prepares, approves and sets them, and that nothing changes them since."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection
from django.utils import timezone

from ppid.editions import acts
from ppid.editions.acts import Decree, EditionChanged, EditionForbidden, EditionRefused
from ppid.editions.models import EditionAct, EditionRow, RegisterEdition
from ppid.editions.registers import would_change
from ppid.notices.models import Notice
from ppid.shelf.models import PublishedRegister, PublishedRegisterRow
from ppid.shelf.register_fields import Row
from tests import make
from tests.editions import editions
from tests.portal import shelf_rows

pytestmark = pytest.mark.django_db

TODAY, DAY = timezone.localdate(), timedelta(days=1)
SK = Decree("188/12/PPID/2026", TODAY)


@pytest.fixture
def listed():
    """Two published items and one excluded."""
    shelf_rows.item(number="2026-0101", title="Laporan bantuan sosial")
    shelf_rows.item(number="2026-0102", title="Jadwal layanan", has_softcopy=False, has_hardcopy=True)
    shelf_rows.dik(number="2026-0201")


def test_an_edition_holds_what_the_register_shows_on_its_day(listed):
    shown = editions.set_here("dip")
    assert [(row.key, row.values["title"], row.values["form"]) for row in shown.rows.all()] == [
        ("2026-0101", "Laporan bantuan sosial", "Softcopy"),
        ("2026-0102", "Jadwal layanan", "Hardcopy"),
    ]
    assert (shown.number, shown.as_of, shown.size, shown.decree_number) == (1, TODAY, 2, "1/PPID/2026")
    dik = editions.set_here("dik")
    assert [(row.values["information"], row.values["term"]) for row in dik.rows.all()] == [
        ("Data pribadi pemohon akta kelahiran", "5 tahun, sampai 1 Maret 2031")
    ]


def test_what_is_published_later_is_not_in_the_edition_but_in_what_would_change(listed):
    editions.set_here("dip")
    shelf_rows.item(number="2026-0103", title="Rencana kerja")
    assert PublishedRegister.objects.get().rows.count() == 2
    found = would_change("dip", on=TODAY)
    assert [(each.label, each.key, each.subject) for each in found.differences] == [
        ("Baru", "2026-0103", "Rencana kerja")
    ]
    assert found.same == 2


def test_editions_are_counted_register_by_register(listed):
    assert editions.set_here("dip").number == 1
    assert editions.set_here("dik", number="2/PPID/2026").number == 1
    assert editions.set_here("dip", number="3/PPID/2026").number == 2


@pytest.mark.parametrize("who", ["dinsos", "utama", "atasan", "pengelola", "opd"])
def test_only_those_of_the_office_prepare(listed, who):
    with pytest.raises(EditionForbidden, match="Bidang"):
        acts.prepare("dip", actor=make.demo(who), year=2026)


def test_one_edition_of_a_register_is_prepared_at_a_time(listed):
    editions.prepared("dip")
    with pytest.raises(EditionRefused, match="masih menunggu ditetapkan"):
        editions.prepared("dip")
    editions.prepared("dik")


def test_an_empty_register_is_not_set():
    with pytest.raises(EditionRefused, match="masih kosong"):
        editions.prepared("dip")


@pytest.mark.parametrize("year", [1999, TODAY.year + 2])
def test_a_year_out_of_reach_is_refused(listed, year):
    with pytest.raises(EditionRefused, match="Tulis tahun antara 2008"):
        acts.prepare("dip", actor=make.demo("bidang"), year=year)


def test_it_is_set_only_once_the_head_approved(listed):
    edition = editions.prepared("dip")
    with pytest.raises(EditionRefused, match="Atasan PPID belum menyetujui"):
        acts.set_by_decree(edition, SK, make.pdf(), actor=make.demo("utama"))
    assert not PublishedRegister.objects.exists()


def test_only_the_head_approves_and_only_once(listed):
    edition = editions.prepared("dip")
    with pytest.raises(EditionForbidden, match="Atasan PPID"):
        acts.approve_as_head(edition, actor=make.demo("utama"))
    acts.approve_as_head(edition, actor=make.demo("atasan"))
    with pytest.raises(EditionChanged, match="sudah tercatat"):
        acts.approve_as_head(edition, actor=make.demo("atasan"))


def test_the_heads_word_on_paper_is_kept_byte_for_byte(listed):
    edition = editions.prepared("dip")
    no_pdf = SimpleUploadedFile("setuju.pdf", b"bukan")
    head = make.demo("atasan").appointments.get(role__code="atasan_ppid")
    act = acts.keep_approval_scan(edition, make.pdf(text="setuju"), head=head, actor=make.demo("operator"))
    assert acts.edition_store().path(act.sha256).exists()
    assert act.approved_by.startswith(head.user.name)
    with pytest.raises(EditionRefused, match="bukan PDF"):
        acts.keep_approval_scan(edition, no_pdf, head=head, actor=make.demo("operator"))
    other = make.demo("utama").appointments.first()
    with pytest.raises(EditionRefused, match="Atasan PPID"):
        acts.keep_approval_scan(edition, make.pdf(), head=other, actor=make.demo("operator"))


def test_only_ppid_utama_sets(listed):
    edition = editions.approved("dip")
    for who in ("bidang", "operator", "atasan", "dinsos"):
        with pytest.raises(EditionForbidden, match="PPID Utama"):
            acts.set_by_decree(edition, SK, make.pdf(), actor=make.demo(who))


def test_nobody_sets_or_approves_what_they_prepared(listed):
    both = make.person("bidang_layanan", "ppid_utama", "atasan_ppid", unit="diskominfo", kind="plh")
    edition = acts.prepare("dip", actor=both, year=2026)
    with pytest.raises(EditionForbidden, match="Anda menyiapkan edisi ini: tidak seorang pun"):
        acts.approve_as_head(edition, actor=both)
    acts.approve_as_head(edition, actor=make.demo("atasan"))
    with pytest.raises(EditionForbidden, match="Yang dapat memutuskan: .*PPID Utama"):
        acts.set_by_decree(edition, SK, make.pdf(), actor=both)


def test_the_work_of_an_account_for_which_its_maker_alone_vouches_is_the_makers(listed):
    utama, puppet = make.maker_and_puppet("operator", unit="diskominfo")
    edition = acts.prepare("dip", actor=puppet, year=2026)
    acts.approve_as_head(edition, actor=make.demo("atasan"))
    with pytest.raises(EditionForbidden, match="akun Boneka"):
        acts.set_by_decree(edition, SK, make.pdf(), actor=utama)
    given = {"edition": edition, "kind": "set", "actor_name": "U", "acting_as": "PPID Utama", "at": timezone.now()}
    with pytest.raises(DatabaseError, match="nobody decides on their own work"), make.savepoint():
        EditionAct.objects.create(actor=utama, **given)
    with pytest.raises(EditionForbidden, match="orang lain"):
        editions.taken_over([Row("1", {"title": "Profil"})], prepared_by=puppet)


def test_nor_does_the_database_let_them(listed):
    edition = editions.approved("dip")
    given = {"edition": edition, "kind": "set", "actor_name": "B", "acting_as": "PPID Utama", "at": timezone.now()}
    with pytest.raises(DatabaseError, match="nobody decides on their own work"), make.savepoint():
        EditionAct.objects.create(actor=make.demo("bidang"), **given)
    with pytest.raises(DatabaseError, match="nobody decides on their own work"), make.savepoint():
        EditionAct.objects.create(actor=make.demo("atasan"), **given)


@pytest.mark.parametrize(
    ("decree", "sentence"),
    [
        (Decree("  ", TODAY), "Isi nomor SK"),
        (Decree("1", TODAY + DAY), "tidak mungkin sesudah hari ini"),
        (Decree("1", TODAY - DAY), "sebelum edisinya disiapkan"),
    ],
)
def test_a_decree_that_can_not_have_set_it_is_refused(listed, decree, sentence):
    edition = editions.approved("dip")
    with pytest.raises(EditionRefused, match=sentence):
        acts.set_by_decree(edition, decree, make.pdf(), actor=make.demo("utama"))


def test_one_decree_sets_one_edition(listed):
    editions.set_here("dip")
    edition = editions.approved("dip")
    with pytest.raises(EditionRefused, match="SK ini sudah menetapkan edisi 1"):
        acts.set_by_decree(edition, Decree("1/PPID/2026", TODAY), make.pdf(), actor=make.demo("utama"))


def test_a_cancelled_edition_is_over_and_makes_room(listed):
    edition = editions.prepared("dip")
    with pytest.raises(EditionRefused, match="alasan"):
        acts.cancel(edition, actor=make.demo("bidang"), reason=" ")
    with pytest.raises(EditionForbidden):
        acts.cancel(edition, actor=make.demo("dinsos"), reason="Keliru.")
    acts.cancel(edition, actor=make.demo("bidang"), reason="Masih ada yang harus diralat.")
    with pytest.raises(EditionChanged, match="sudah dibatalkan oleh"):
        acts.approve_as_head(edition, actor=make.demo("atasan"))
    editions.prepared("dip")


def test_a_set_edition_never_changes(listed):
    editions.set_here("dip")
    edition = RegisterEdition.objects.get()
    assert acts.is_intact(edition)
    ways = [
        lambda: RegisterEdition.objects.update(decree_number="2"),
        lambda: RegisterEdition.objects.update(digest="0" * 64),
        lambda: RegisterEdition.objects.all().delete(),
        lambda: EditionRow.objects.update(values={}),
        lambda: EditionRow.objects.filter(key="2026-0101")._raw_delete("default"),
        lambda: EditionRow.objects.create(edition=edition, position=9, key="x", values={}),
        lambda: EditionAct.objects.update(actor_name="Lain"),
        lambda: EditionAct.objects.all()._raw_delete("default"),
        *(lambda table=table: _truncate(table) for table in ("registeredition", "editionrow", "editionact")),
    ]
    for way in ways:
        with pytest.raises(DatabaseError), make.savepoint():
            way()
    assert acts.is_intact(edition)


def _to_the_end(row) -> None:
    row.save(force_insert=True)
    make.at_the_end()


def _truncate(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"TRUNCATE editions_{table} CASCADE")


def test_a_prepared_edition_moves_with_its_ledger_only(listed):
    edition = editions.prepared("dip")
    for fields in ({"state": "cancelled"}, {"state": "set", "number": 1, "decree_number": "1", "decree_date": TODAY}):
        with pytest.raises(DatabaseError, match="changes with its ledger row only"), make.savepoint():
            RegisterEdition.objects.filter(pk=edition.pk).update(**fields)
    with pytest.raises(DatabaseError, match="all its rows"), make.savepoint():
        _to_the_end(RegisterEdition(register="dik", year=2026, as_of=TODAY, size=1, digest="0" * 64))
    given = {"edition": edition, "actor": make.demo("utama"), "actor_name": "U", "acting_as": "U", "at": timezone.now()}
    with pytest.raises(DatabaseError, match="a ledger row without its edition"), make.savepoint():
        _to_the_end(EditionAct(kind="cancelled", note="Keliru.", **given))
    with pytest.raises(DatabaseError, match="prepared, approved, then set"), make.savepoint():
        EditionAct.objects.create(kind="set", **given)


def test_the_public_copy_changes_only_by_being_covered(listed):
    editions.set_here("dip")
    with pytest.raises(DatabaseError), make.savepoint():
        PublishedRegister.objects.update(decree_number="2")
    with pytest.raises(DatabaseError), make.savepoint():
        PublishedRegisterRow.objects.update(values={})
    with pytest.raises(DatabaseError), make.savepoint():
        PublishedRegisterRow.objects.update(key="x", covered="corrected", covered_on=TODAY)


def test_a_taken_over_list_becomes_an_edition_with_its_decree(listed):
    shown = editions.taken_over(
        [Row("2024-0001", {"number": "1", "title": "Profil kota", "unit": "Diskominfo"}, "diskominfo")]
    )
    assert (shown.number, shown.as_of, shown.decree_date) == (1, TODAY - 400 * DAY, TODAY - 390 * DAY)
    assert shown.origin.startswith("Pindahan")
    assert [act.kind for act in EditionAct.objects.all()] == ["prepared", "approved", "set"]
    make.at_the_end()
    found = would_change("dip", on=TODAY)
    assert [(each.label, each.subject) for each in found.differences] == [
        ("Baru", "Laporan bantuan sosial"),
        ("Baru", "Jadwal layanan"),
        ("Tidak ada lagi", "Profil kota"),
    ]


def test_a_takeover_needs_two_people_and_a_decree_of_its_own(listed):
    rows = [Row("2024-0001", {"title": "Profil kota"})]
    with pytest.raises(EditionForbidden):
        editions.taken_over(rows, set_by=make.demo("bidang"))
    with pytest.raises(EditionForbidden, match="orang lain"):
        editions.taken_over(rows, prepared_by=make.demo("utama"))
    editions.taken_over(rows)
    with pytest.raises(EditionRefused, match="sudah menetapkan edisi 1"):
        editions.taken_over(rows)
    with pytest.raises(ValueError, match="judul"):
        editions.taken_over([Row("1", {"judul": "x"})], decree=SK)
    with pytest.raises(ValueError, match="one key"):
        editions.taken_over([*rows, *rows], decree=SK)
    with pytest.raises(EditionRefused, match="kosong"):
        editions.taken_over([], decree=SK)


def test_who_has_the_next_turn_is_told_and_at_the_end_who_worked_on_it():
    make.publication(at="published")
    editions.set_here("dip")
    told = Notice.objects.filter(event__startswith="edition:").select_related("person").order_by("pk")
    assert {(notice.event.rpartition(":")[2], notice.person.email.split("@")[0]) for notice in told} == {
        ("prepared", "atasan"),
        ("approved", "utama"),
        ("approved", "wakil"),
        ("set", "bidang"),
        ("set", "atasan"),
    }
