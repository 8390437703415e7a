"""What was read becomes a draft of the unit, by whoever keeps its sheets, at the desk's door or from the terminal."""

from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from sop.guards import SopRefused
from sop.importing.drafting import keep
from sop.importing.imported import Imported
from sop.models import Sop, SopVersion
from sop.sheet import LISTS, Sheet, SheetRow
from tests import make

pytestmark = pytest.mark.django_db
DOCUMENTS = Path(__file__).parent / "documents"


@pytest.fixture
def sheet():
    return Sheet(
        title="PELAYANAN TAMU",
        heading="C.",
        letterhead=("PEMERINTAH KOTA PONTIANAK", "DINAS SOSIAL"),
        number="065/1",
        created="2026",
        revised="-",
        effective="",
        signatory=("", "Kepala Dinas"),
        performers=("Petugas", "Kepala"),
        rows=(
            SheetRow(1, "Menerima tamu", 0, 0, "start", duration="5 menit"),
            SheetRow(2, "Memeriksa janji", 0, 1, "decision", if_yes=3, if_no=1, duration="± 1 jam"),
            SheetRow(3, "Mengantar tamu", None, None, "end", output="Tamu diantar"),
        ),
        lists={**dict.fromkeys(LISTS, ()), "warnings": ("Tamu menunggu.",)},
        captions={**LISTS, "related": "Terkait"},
    )


def test_the_draft_says_what_the_sheet_said(sheet):
    draft = keep(Imported(sheet), unit=make.unit("dinsos"), actor=make.demo("pengelola"))
    kept = SopVersion.objects.with_sheet().get(pk=draft.pk)
    assert kept.sheet() == replace(sheet, version=1, origin="drawing", is_interpretation=True)
    assert (kept.state, kept.sop.unit.code, kept.sop.title) == ("draft", "dinsos", "PELAYANAN TAMU")
    durations = [(each.duration_value, each.duration_unit) for each in kept.activities.all()]
    assert durations == [(5, "minute"), (None, ""), (None, "")]
    assert kept.changed_by == make.demo("pengelola")


def test_a_second_sop_of_the_same_name_has_its_own_address(sheet):
    slugs = [keep(Imported(sheet), unit=make.unit("dinsos"), actor=make.demo("utama")).sop.slug for _ in range(3)]
    assert slugs == ["pelayanan-tamu", "pelayanan-tamu-2", "pelayanan-tamu-3"]


@pytest.mark.parametrize(
    ("who", "unit", "may"),
    [
        ("pengelola", "dinsos", True),
        ("pengelola", "disdukcapil", True),
        ("pengelola", "diskominfo", False),
        ("utama", "diskominfo", True),
        ("operator", "dinsos", False),
        ("dinsos", "dinsos", False),
    ],
)
def test_who_may_import_for_which_unit(sheet, who, unit, may):
    if may:
        assert keep(Imported(sheet), unit=make.unit(unit), actor=make.demo(who), at=timezone.now()).pk
    else:
        with pytest.raises(SopRefused, match="Hanya Pengelola SOP"):
            keep(Imported(sheet), unit=make.unit(unit), actor=make.demo(who))


def test_a_sheet_needs_a_name_and_must_fit_the_page(sheet):
    before = Sop.objects.count()
    refused = [
        (replace(sheet, title=""), "Tulis nama SOP"),
        (replace(sheet, performers=tuple(map(str, range(11)))), "paling banyak 40 dan 10"),
        (replace(sheet, rows=tuple(replace(sheet.rows[0], number=n) for n in range(1, 42))), "paling banyak 40 dan 10"),
    ]
    for each, words in refused:
        with pytest.raises(SopRefused, match=words):
            keep(Imported(each), unit=make.unit("dinsos"), actor=make.demo("utama"))
    assert Sop.objects.count() == before


def run(*args):
    out, err = StringIO(), StringIO()
    try:
        call_command("import_sop", *map(str, args), stdout=out, stderr=err, no_color=True)
    except CommandError as error:
        err.write(str(error))
    return out.getvalue(), err.getvalue()


def test_the_command_keeps_drafts_and_tells_what_was_doubtful():
    out, err = run(DOCUMENTS / "kolom-tambahan.docx", "--unit", "dinsos", "--by", "pengelola@demo.example")
    draft = SopVersion.objects.get(sop__title="PENYALURAN BANTUAN")
    assert (draft.sop.unit.code, draft.state, draft.activities.count()) == ("dinsos", "draft", 2)
    assert "? Langkah 1, bentuk: Langkah pertama dibaca sebagai Mulai" in out
    assert "! tidak mendapat tempat: Prosedur, langkah 1, kolom «Risiko»: Data ganda" in out
    assert draft.get_absolute_url() in out
    assert err == ""


def test_the_command_keeps_every_sop_of_a_file():
    run(DOCUMENTS / "dua-sop.docx", "--unit", "dinsos")
    assert {"SURAT MASUK", "SURAT KELUAR"} <= set(Sop.objects.values_list("title", flat=True))


def test_a_file_that_is_refused_leaves_nothing_and_the_others_are_kept(tmp_path):
    broken = tmp_path / "rusak.docx"
    broken.write_bytes(b"bukan dokumen")
    before = Sop.objects.count()
    _, err = run(broken, DOCUMENTS / "bentuk.docx", "--unit", "dinsos")
    assert "Berkas ini rusak" in err
    assert "1 of 2 files were not imported." in err
    assert Sop.objects.count() == before + 1


def test_a_rehearsal_keeps_nothing():
    before = Sop.objects.count()
    out, _ = run(DOCUMENTS / "bentuk.docx", "--unit", "dinsos", "--dry-run")
    assert "LEGALISASI SURAT" in out
    assert Sop.objects.count() == before


def test_the_command_knows_units_and_people():
    assert "There are: " in run(DOCUMENTS / "bentuk.docx", "--unit", "tidakada")[1]
    assert "Nobody has the address" in run(DOCUMENTS / "bentuk.docx", "--unit", "dinsos", "--by", "x@y.z")[1]
    _, err = run(DOCUMENTS / "bentuk.docx", "--unit", "dinsos", "--by", "operator@demo.example")
    assert "Hanya Pengelola SOP" in err
