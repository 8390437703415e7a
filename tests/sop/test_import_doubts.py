"""What the import doubted stays with the draft, at its field, until a person settles it; the database holds it too."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, connection, transaction

from sop.check import check, warnings
from sop.drafts import editing
from sop.drafts.changes import Snapshot
from sop.drafts.doubts import open_doubts, settle
from sop.drafts.editing import confirm_interpretation
from sop.import_records import ImportDoubt, ImportedFile
from sop.importing.drafting import AlreadyKept, keep, kept_from
from sop.importing.imported import Doubt, Imported, SourceFile
from sop.models import SopVersion
from sop.sheet import LISTS, Sheet, SheetRow
from tests import make
from tests.sop.conftest import refused
from tests.together import two_at_once

FILE = SourceFile("SOP tamu.docx", "a" * 64)
IMPORTED = Imported(
    Sheet(
        title="PELAYANAN TAMU",
        heading="",
        letterhead=("DINAS SOSIAL",),
        number="065/1",
        created="2026",
        revised="-",
        effective="1 Pebruari 2026",
        signatory=("Kepala Dinas", "", "", "drg. TRIAN WATI"),
        performers=("Petugas",),
        rows=(
            SheetRow(2, "Menerima tamu", 0, 0, "start", duration="± 5 menit"),
            SheetRow(4, "Mengantar tamu", None, None, "end"),
        ),
        lists=dict.fromkeys(LISTS, ()),
    ),
    doubts=(
        Doubt("source", None, "Berkas memuat 1 gambar."),
        Doubt("related", None, "Keterkaitan tidak ditemukan di naskah."),
        Doubt("rows", None, "Bentuk langkah tidak terbaca."),
        Doubt("duration", 2, "Waktu «± 5 menit» adalah perkiraan."),
        Doubt("number", 4, "Nomornya dihitung ulang."),
        Doubt("performer", 4, "Pilih pelaksananya."),
    ),
    unplaced=("Catatan: \x00tamu VIP",),
)


@pytest.fixture
def draft(db):
    return keep(IMPORTED, unit=make.unit("dinsos"), actor=make.demo("pengelola"), file=FILE)


def places(draft) -> list[tuple[str, str]]:
    return [(each.place, each.doubt.text or each.doubt.sentence) for each in open_doubts(draft, Snapshot(draft))]


def seen(draft) -> int:
    return SopVersion.objects.get(pk=draft.pk).revision


def settled(draft, *doubts) -> editing.Saved:
    return settle(draft, [doubt.pk for doubt in doubts], actor=make.demo("pengelola"), seen=seen(draft))


def at_once():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def forbidden(act, *args, **kwargs):
    def whole():
        with transaction.atomic():
            act(*args, **kwargs)
            at_once()

    with pytest.raises(DatabaseError):
        whole()


def test_every_doubt_and_every_text_without_a_place_stays_at_its_field(draft):
    assert places(draft) == [
        ("Keterkaitan", "Keterkaitan tidak ditemukan di naskah."),
        ("Langkah 2, waktu, seperti tercetak", "Waktu «± 5 menit» adalah perkiraan."),
        ("Langkah 4, pelaksana", "Pilih pelaksananya."),
        ("Naskah", "Berkas memuat 1 gambar."),
        ("Prosedur", "Bentuk langkah tidak terbaca."),
        ("Langkah 4", "Nomornya dihitung ulang."),
        ("Naskah", "Catatan: tamu VIP"),
    ]


def test_the_room_to_sign_in_is_kept_line_by_line(draft):
    assert SopVersion.objects.with_sheet().get(pk=draft.pk).sheet().signatory == IMPORTED.sheet.signatory


def test_a_doubt_moves_along_with_its_row(draft):
    last = draft.activities.get(number=4)
    editing.move_activity(draft, last.pk, to=1, actor=make.demo("pengelola"), seen=0)
    assert ("Langkah 1, pelaksana", "Pilih pelaksananya.") in places(draft)


def test_the_check_counts_what_is_open(draft):
    def warned():
        found = warnings(check(SopVersion.objects.with_sheet().get(pk=draft.pk)))
        return [finding.sentence for finding in found if finding.code == "W10"]

    assert warned() == [
        "Masih ada 7 hal dari impor yang belum diperiksa. Cocokkan dengan naskahnya, lalu selesaikan satu per satu "
        "di penyunting."
    ]
    settled(draft, *draft.doubts.all()[:6])
    assert "Masih ada 1 hal" in warned()[0]
    settled(draft, draft.doubts.last())
    assert warned() == []


def test_settling_is_an_edit_in_the_ledger(draft):
    doubt = draft.doubts.get(sentence="Pilih pelaksananya.")
    saved = settled(draft, doubt)
    doubt.refresh_from_db()
    edit = draft.edits.get()
    assert (doubt.settled_by, doubt.settled_at) == (make.demo("pengelola"), edit.at)
    assert edit.revision == saved.revision == 1
    assert [(change["label"], change["said"]) for change in edit.changes] == [
        ("Keraguan impor, langkah 4, pelaksana", ["Pilih pelaksananya.", "sudah diperiksa"])
    ]
    at_once()


def test_settling_does_not_take_back_a_confirmation(draft):
    confirm_interpretation(draft, actor=make.demo("pengelola"))
    settled(draft, draft.doubts.first())
    assert SopVersion.objects.get(pk=draft.pk).confirmed_at


def test_a_doubt_is_settled_once_and_by_a_keeper(draft):
    doubt = draft.doubts.first()
    sentence = refused(settle, draft, [doubt.pk], actor=make.demo("operator"), seen=0)
    assert "Hanya Pengelola SOP" in sentence
    settled(draft, doubt)
    assert refused(settle, draft, [doubt.pk], actor=make.demo("pengelola"), seen=1) == (
        "Keraguan ini sudah diselesaikan. Muat ulang halaman untuk melihatnya."
    )
    assert draft.edits.count() == 1, "a refusal writes nothing"


def test_a_doubt_of_another_draft_is_not_settled_here(draft):
    other = keep(IMPORTED, unit=make.unit("dinsos"), actor=make.demo("pengelola"))
    assert "sudah diselesaikan" in refused(
        settle, other, [draft.doubts.first().pk], actor=make.demo("pengelola"), seen=0
    )


def test_the_doubts_of_a_row_are_settled_by_deleting_it(draft):
    row = draft.activities.get(number=4)
    editing.delete_activity(draft, row.pk, actor=make.demo("pengelola"), seen=0)
    at_once()
    assert [words for words in places(draft) if "angkah 4" in words[0] or "pelaksananya" in words[1]] == []
    assert draft.doubts.filter(settled_by=make.demo("pengelola")).count() == 2
    assert len(places(draft)) == 5


def test_the_database_keeps_doubts_as_they_were_said(draft):
    doubt, other = draft.doubts.all()[:2]
    person, at = make.demo("pengelola"), draft.changed_at
    one, two = (ImportDoubt.objects.filter(pk=each.pk) for each in (doubt, other))
    forbidden(one.update, sentence="Tidak apa-apa.")
    forbidden(one.update, text="x", settled_by=person, settled_at=at)
    forbidden(one.update, settled_by=person, settled_at=at)  # without an edit in the ledger
    forbidden(one.update, settled_at=at)
    forbidden(one.delete)
    settled(draft, doubt)
    forbidden(one.update, settled_by=None, settled_at=None)
    forbidden(one.update, sentence="Tidak apa-apa.")
    forbidden(one.update, settled_by=make.demo("utama"))
    forbidden(two.update, settled_by=person, settled_at=at)
    forbidden(ImportDoubt.objects.create, version=draft, key="rows", sentence="x", settled_by=person, settled_at=at)
    for table in ("sop_importdoubt", "sop_importedfile"):
        forbidden(connection.cursor().execute, f"TRUNCATE {table}")


def test_the_database_keeps_which_file_it_was(draft):
    kept = ImportedFile.objects.filter(version=draft)
    forbidden(kept.update, sha256="b" * 64)
    forbidden(kept.delete)


def test_doubts_go_with_their_draft(draft):
    editing.delete_draft(draft, actor=make.demo("pengelola"), seen=0)
    at_once()
    assert not ImportDoubt.objects.filter(version=draft.pk).exists()
    assert kept_from(FILE) == {}


def test_the_same_sop_of_the_same_file_is_kept_again_only_when_that_is_wanted(draft):
    how = {"unit": make.unit("dinsos"), "actor": make.demo("utama"), "file": FILE}
    sentence = refused(keep, IMPORTED, **how)
    assert sentence.startswith(f"SOP ini sudah disimpan dari berkas yang sama oleh {make.demo('pengelola').name} pada ")
    assert "sebagai «PELAYANAN TAMU» (Dinas Sosial Kota Pontianak)" in sentence
    assert keep(IMPORTED, place=2, **how).imported_from.place == 2, "the file's second SOP is another one"
    assert keep(IMPORTED, again=True, **how).pk
    assert keep(IMPORTED, **{**how, "file": replace(FILE, sha256="b" * 64)}).pk


def test_what_was_kept_by_the_terminal_says_so(db):
    how = {"unit": make.unit("dinsos"), "actor": None, "file": FILE}
    keep(IMPORTED, **how)
    assert "oleh operator server pada" in refused(keep, IMPORTED, **how)


def test_a_second_click_keeps_no_second_draft(committed_database):
    how = {"unit": make.unit("dinsos"), "actor": make.demo("pengelola"), "file": FILE}
    first, second = two_at_once(lambda: keep(IMPORTED, **how), lambda: keep(IMPORTED, **how))
    assert isinstance(first, SopVersion)
    assert isinstance(second, AlreadyKept)


def test_of_two_who_settle_one_doubt_the_second_is_told(committed_database):
    draft = keep(IMPORTED, unit=make.unit("dinsos"), actor=make.demo("pengelola"))
    doubt, one, other = draft.doubts.first(), make.demo("pengelola"), make.demo("utama")
    first, second = two_at_once(
        lambda: settle(draft, [doubt.pk], actor=one, seen=0), lambda: settle(draft, [doubt.pk], actor=other, seen=0)
    )
    assert isinstance(first, editing.Saved)
    assert "sudah diselesaikan" in str(second)
