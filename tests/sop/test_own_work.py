"""Nobody approves a sheet that they worked on: asked at domain and database, and read on the page beforehand."""

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sop.drafts.doubts import settle
from sop.drafts.editing import confirm_interpretation, insert_activity, save, start_sop
from sop.drafts.numbering import assign_number, set_pattern
from sop.guards import SopRefused
from sop.importing import drafting
from sop.importing.imported import Doubt, Imported, SourceFile
from sop.models import SopVersion
from sop.own_work import approvers, worked_on
from sop.sheet import Sheet, SheetRow
from sop.versions import actions
from tests import make
from tests.desk.pages import soup, text

pytestmark = pytest.mark.django_db

WHY = "Sudah diperiksa."
ROWS = tuple(
    SheetRow(n, f"Menyusun berkas {n}", 0, 0, "process", "Berkas", "1 hari", "Berkas", "", None, None) for n in (1, 2)
)
SHEET = Sheet("SOP CONTOH", "", ("KOTA",), "1", "", "", "1/1/2026", ("Kepala",), ("Petugas",), ROWS, {}, origin="text")


@pytest.fixture(autouse=True)
def quick_papers(monkeypatch):
    monkeypatch.setattr("sop.versions.actions.show", lambda version: None)
    monkeypatch.setattr("sop.paper.pdf.render", lambda sheet, **foot: b"%PDF")


def a_copy() -> SopVersion:
    """A draft of the next version that nobody has written a word of."""
    return actions.new_draft(SopVersion.objects.get(sop__flow="publication"), actor=make.demo("pengelola"))


def an_import(actor=None) -> SopVersion:
    doubted = Imported(SHEET, doubts=(Doubt("text", 1, "Langkah 1 ditebak."),))
    draft = drafting.keep(doubted, unit=make.unit("dinsos"), actor=actor, file=SourceFile("lembar.docx", "0" * 64))
    performer = draft.performers.get()
    if actor is None:  # somebody else maps the column, so that the sheet can be handed in
        save(draft, {f"performer.{performer.pk}.roles": ["operator"]}, actor=make.demo("pengelola"), seen=0)
    return draft


def begun_and_written(chief) -> SopVersion:
    return start_sop(title="SOP baru", unit=make.unit("dinsos"), actor=chief)


# What the chief does, and in which words it is told them; each is given the chief and returns the version.
def numbered(chief):
    draft = a_copy()
    set_pattern(make.unit("dinsos"), "{nomor}/SOP.DINSOS/{tahun}", actor=make.demo("pengelola"))
    assign_number(draft, actor=chief)
    return draft


def edited(chief):
    draft = a_copy()
    save(draft, {"letterhead": "KOTA LAIN"}, actor=chief, seen=0)
    return draft


def edited_and_overwritten(chief):
    draft = edited(chief)
    save(draft, {"letterhead": "KOTA KAMI"}, actor=make.demo("pengelola"), seen=1)
    return draft


def mapped(chief):
    draft = a_copy()
    first, second = draft.activities.order_by("number")[:2]
    save(draft, {"carries.2": first.pk}, actor=chief, seen=0)
    save(draft, {"carries.2": second.pk}, actor=make.demo("pengelola"), seen=1)
    return draft


def row_added(chief):
    draft = a_copy()
    insert_activity(draft, actor=chief, seen=0)
    return draft


def confirmed(chief):
    draft = an_import()
    confirm_interpretation(draft, actor=chief)
    return draft


def doubt_settled(chief):
    draft = an_import()
    settle(draft, [draft.doubts.get().pk], actor=chief, seen=1)
    return draft


WORK = {
    numbered: "menyunting drafnya",
    edited: "menyunting drafnya",
    edited_and_overwritten: "menyunting drafnya",
    mapped: "menyunting drafnya",
    row_added: "menyunting drafnya",
    confirmed: "mengonfirmasi pembagian langkahnya",
    doubt_settled: "menyunting drafnya",
    an_import: "mengimpornya dari «lembar.docx»",
    begun_and_written: "memulainya",
}


def in_review(draft: SopVersion) -> SopVersion:
    """Hand the draft in as somebody else does, whatever the check says of it."""
    return actions.submit(SopVersion.objects.get(pk=draft.pk), actor=make.demo("pengelola"))


@pytest.fixture
def unchecked(monkeypatch):
    """Let the sheet's own faults be nobody's matter here."""
    monkeypatch.setattr("sop.versions.actions.check", lambda version: [])


@pytest.mark.parametrize("work", WORK, ids=lambda work: work.__name__)
def test_nobody_approves_what_they_worked_on(work, unchecked):
    chief, deputy = make.demo("utama"), make.demo("wakil")
    reviewed = in_review(work(chief))
    assert worked_on(reviewed, chief) == WORK[work]
    assert worked_on(reviewed, deputy) == ""
    with pytest.raises(SopRefused) as refusal:
        actions.approve(reviewed, actor=chief, why=WHY)
    assert str(refusal.value) == (
        f"Anda tidak dapat menyetujui versi ini karena Anda {WORK[work]}: tidak seorang pun menyetujui pekerjaannya "
        "sendiri. Yang dapat memutuskan: Dewi Kartika, S.Kom., M.T. (Plh PPID Utama)."
    )
    assert actions.approve(reviewed, actor=deputy, why=WHY).approved_by == deputy


@pytest.mark.parametrize("work", WORK, ids=lambda work: work.__name__)
def test_the_database_says_the_same(work, unchecked, monkeypatch):
    chief = make.demo("utama")
    reviewed = in_review(work(chief))
    monkeypatch.setattr("sop.versions.actions.worked_on", lambda version, user: "")
    with pytest.raises(DatabaseError, match="nobody approves what they worked on"), make.savepoint():
        actions.approve(reviewed, actor=chief, why=WHY)
    assert actions.approve(reviewed, actor=make.demo("wakil"), why=WHY).state == "approved"


def test_copying_the_version_before_and_sending_back_are_no_work_on_it():
    chief = make.demo("utama")
    draft = actions.new_draft(SopVersion.objects.get(sop__flow="publication"), actor=chief)
    reviewed = actions.send_back(in_review(draft), actor=chief, why="Lengkapi.")
    assert worked_on(in_review(reviewed), chief) == ""
    assert actions.approve(SopVersion.objects.get(pk=draft.pk), actor=chief, why=WHY).approved_by == chief


def test_work_on_an_earlier_version_bars_nobody_from_the_next():
    chief = make.demo("utama")
    actions.approve(in_review(edited(chief)), actor=make.demo("wakil"), why=WHY)
    version = SopVersion.objects.get(sop__flow="publication", state="approved")
    following = in_review(actions.new_draft(version, actor=make.demo("pengelola")))
    assert actions.approve(following, actor=chief, why=WHY).approved_by == chief


def test_who_began_a_draft_is_never_rewritten():
    draft = begun_and_written(make.demo("utama"))
    with pytest.raises(DatabaseError), make.savepoint():
        SopVersion.objects.filter(pk=draft.pk).update(begun_by=make.demo("wakil"))


def test_both_chiefs_are_named_with_what_they_did_when_neither_may():
    chief, deputy = make.demo("utama"), make.demo("wakil")
    draft = edited(chief)
    save(draft, {"number": "7"}, actor=deputy, seen=1)
    deciders = approvers(in_review(draft), on=timezone.localdate())
    assert deciders.free == []
    assert [(each.user, work) for each, work in deciders.barred] == [
        (chief, "menyunting drafnya"),
        (deputy, "menyunting drafnya"),
    ]
    assert deciders.who_instead.startswith("Tidak ada orang lain yang bertugas sebagai PPID Utama")


def page_of(who: str, version: SopVersion):
    client = Client()
    client.force_login(make.demo(who))
    return client, client.get(version.get_absolute_url())


def test_the_page_says_beforehand_who_may_instead():
    reviewed = in_review(edited(make.demo("utama")))
    client, page = page_of("utama", reviewed)
    assert "Anda tidak dapat menyetujui versi ini karena Anda menyunting drafnya" in text(page)
    assert "Dewi Kartika, S.Kom., M.T. Plh PPID Utama, dapat memutuskan" in text(page)
    approve = reverse("desk:sop-approve", args=[reviewed.sop.slug, reviewed.version])
    assert soup(page).find("a", href=approve) is None
    asked = client.get(approve, follow=True)
    assert "karena Anda menyunting drafnya" in text(asked)
    assert client.post(approve, {"why": WHY}).status_code == 422
    _, other = page_of("wakil", reviewed)
    assert soup(other).find("a", href=approve)
    assert "drs. H. Uray Ahmad, M.Si. PPID Utama, tidak memutuskan karena menyunting drafnya" in text(other)


def test_the_page_leads_to_what_helps_when_nobody_may():
    draft = edited(make.demo("utama"))
    save(draft, {"number": "7"}, actor=make.demo("wakil"), seen=1)
    reviewed = in_review(draft)
    _, page = page_of("utama", reviewed)
    assert soup(page).find("main").find("a", href=reverse("desk:people"), string="Catat penugasan")
    _, keepers = page_of("pengelola", reviewed)
    assert "mencatat penugasan orang lain, misalnya seorang Plh" in text(keepers)
    assert soup(keepers).find("main").find("a", string="Catat penugasan") is None


def test_a_chief_reads_before_editing_that_somebody_else_approves_then():
    _, page = page_of("utama", a_copy())
    assert "Bila Anda menyunting, mengonfirmasi, atau mengajukan draf ini, orang lain yang menyetujuinya." in text(page)
