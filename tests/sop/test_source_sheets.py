"""Both fixtures say what the source sheets say, word for word, slips included."""

import hashlib
from pathlib import Path

import pytest
from django.core.management import call_command

from sop.models import Activity, Performer, PerformerRole, Sop, SopVersion
from sop.sheet import Sheet
from tests.sop import seeds
from tests.sop.seeds import squeeze

SHEETS = list(seeds.FILES)

# Written out from the sheets: our reading of who performs which step, and the ways back that we added.
PERFORMERS = {
    SHEETS[0]: [
        ("Bidang Pengelolaan dan Layanan Informasi Publik", {"bidang_layanan"}),
        ("Petugas Informasi /Operator PPID", {"operator"}),
        ("PPID Pelaksana", {"ppid_pelaksana"}),
        ("PPID Utama", {"ppid_utama"}),
    ],
    SHEETS[1]: [
        ("Pejabat Bidang Pelayanan Informasi dan Dokumentasi", {"bidang_layanan"}),
        ("PPID Utama", {"ppid_utama"}),
        ("PPID Pendukung (OPD)", {"opd", "ppid_pembantu"}),
    ],
}
STEPS = {
    SHEETS[0]: [
        (1, 1, "start", None, None, None, ""),
        (2, 1, "process", None, None, 1, "day"),
        (3, 3, "process", None, None, 1, "day"),
        (4, 4, "decision", 5, 3, 3, "day"),
        (5, 1, "process", None, None, 1, "day"),
        (6, 2, "process", None, None, 20, "minute"),
        (7, 2, "end", None, None, 10, "minute"),
    ],
    SHEETS[1]: [
        (1, 1, "start", None, None, 1, "working_day"),
        (2, 2, "decision", 3, 1, 1, "working_day"),
        (3, 3, "process", None, None, 5, "working_day"),
        (4, 2, "decision", 5, 3, 1, "working_day"),
        (5, 1, "end", None, None, 1, "working_day"),
    ],
}


def sheet_of(slug) -> Sheet:
    return SopVersion.objects.with_sheet().get_by_natural_key(slug, 1).sheet()


def test_the_copies_of_the_sources_are_byte_for_byte():
    hashes = {
        name: hashlib.sha256((Path(__file__).parent / "seeds" / name).read_bytes()).hexdigest()
        for name in seeds.FILES.values()
    }
    assert hashes == {
        "000_2597ba1f93bf8c78.txt": "cb09594c5326c000d7eccec8d00a740f2fd59e7cd1f0c60e2c55558b4623ee62",
        "002_2b87eed058bca167.txt": "f1d66f273736d6db0415a3de7b24fb6f8abad483cfdc264b4b2d80fc4e905005",
    }


@pytest.mark.parametrize("slug", SHEETS)
def test_every_step_is_the_source_s_row(library, slug):
    sheet = sheet_of(slug)
    blanks = [""] * len(sheet.performers)
    rows = [[str(r.number), r.text, *blanks, r.requirement, r.duration, r.output] for r in sheet.rows]
    width = len(rows[0])
    assert rows == [(row + [""] * width)[:width] for row in seeds.read(slug).steps]


@pytest.mark.parametrize("slug", SHEETS)
def test_every_text_of_the_identity_part_is_the_source_s(library, slug):
    sheet = sheet_of(slug)
    printed = [
        " ".join(sheet.letterhead),
        *sheet.letterhead,
        *("Nomor SOP", sheet.number),
        *("Tanggal Pembuatan", sheet.created),
        *("Tanggal Revisi", sheet.revised),
        *("Tanggal Efektif", sheet.effective),
        *("Disahkan Oleh", squeeze(" ".join(sheet.signatory))),
        *("Nama SOP", sheet.title),
        *sheet.captions.values(),
        *(" ".join(items) for items in sheet.lists.values()),
    ]
    source = seeds.read(slug)
    assert set(source.identity) <= set(printed)
    assert squeeze(f"{sheet.heading} {sheet.title}") == source.heading


@pytest.mark.parametrize("slug", SHEETS)
def test_the_columns_are_the_source_s_and_know_their_roles(library, slug):
    performers = Performer.objects.filter(version__sop__slug=slug)
    assert [(p.label, {role.code for role in p.roles.all()}) for p in performers] == PERFORMERS[slug]
    assert {label for label, _ in PERFORMERS[slug]} <= set(seeds.read(slug).header)


@pytest.mark.parametrize("slug", SHEETS)
def test_who_performs_which_step_and_where_it_leads(library, slug):
    activities = Activity.objects.filter(version__sop__slug=slug).select_related("performer")
    assert [
        (a.number, a.performer.position, a.kind, a.if_yes, a.if_no, a.duration_value, a.duration_unit)
        for a in activities
    ] == STEPS[slug]
    assert all(a.return_is_addition for a in activities if a.kind == "decision")


@pytest.mark.parametrize("slug", SHEETS)
def test_our_reading_is_marked_until_someone_confirms_it(library, slug):
    assert sheet_of(slug).is_interpretation


def test_slips_are_kept(library):
    first, second = map(sheet_of, SHEETS)
    assert first.captions["equipment"] == "Peralatan/perlengkapan"
    assert second.captions["equipment"] == "Peralatan/perengkapan"
    assert "uji kosekwensi" in second.rows[0].text
    assert second.rows[0].text.endswith("Tim PPID utama .")
    assert "No. 5730610 200012 2 004" in first.signatory
    assert "Penyelia Utama Muda" in second.signatory


def test_each_flow_follows_its_sheet(library):
    assert dict(Sop.objects.values_list("flow", "slug")) == {"publication": SHEETS[0], "exclusion": SHEETS[1]}


def test_loading_again_adds_nothing(library):
    def count():
        return [model.objects.count() for model in (Sop, SopVersion, Performer, PerformerRole, Activity)]

    before = count()
    call_command("loaddata", "roles", "units", "sop", verbosity=0)
    assert count() == before


@pytest.mark.parametrize("slug", SHEETS)
def test_a_sheet_survives_json(library, slug):
    sheet = sheet_of(slug)
    assert Sheet.from_data(sheet.as_data()) == sheet
