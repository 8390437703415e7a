"""Who binds an SOP to a flow, releases it, makes it the city's sheet, and when such a sheet may end."""

import pytest
from django.utils import timezone

from ppid.organisation.models import Unit
from ppid.shelf.models import PublishedSop
from sop.drafts.binding import bind, make_master, release
from sop.guards import SopChanged, SopForbidden
from sop.models import Sop, SopVersion
from sop.versions.actions import new_draft, retire, submit
from tests import make, make_sheets
from tests.sop.conftest import PUBLICATION, approved, person, refused

pytestmark = pytest.mark.usefixtures("quick_pdf")


@pytest.fixture
def master(publication, ppid_utama):
    return approved(publication, by=ppid_utama)


@pytest.fixture
def own(master):
    """A sheet of the health office, not bound, still a draft whose rows carry the seven steps."""
    return make_sheets.sheet(make_sheets.SEVEN, slug="milik-dinkes", is_bound=False)


@pytest.fixture
def dinkes(own):
    return person("pengelola.dinkes@contoh.id", "sop_keeper", unit="dinkes")


def again(sop):
    return Sop.objects.get(pk=sop.pk)


def followed(unit):
    version = SopVersion.objects.in_force(on=timezone.localdate()).for_flow("publication", Unit.objects.get(code=unit))
    return version.first().sop.slug


def running(own, dinkes, ppid_utama):
    """Let the health office run its own sheet."""
    bind(own.sop, "publication", actor=dinkes)
    for n in range(1, 8):
        own.activities.filter(number=n).update(carries=[n])
    return approved(SopVersion.objects.get(pk=own.pk), by=ppid_utama)


def test_a_keeper_binds_the_unit_s_own_sheet_and_it_takes_effect_when_it_is_approved(own, dinkes, ppid_utama):
    bound = bind(own.sop, "publication", actor=dinkes, why="Kantor kami punya lembar sendiri.")
    assert (bound.flow, bound.is_master) == ("publication", False)
    row = bound.bindings.get()
    assert (row.flow, row.actor, row.actor_name, row.why) == (
        "publication",
        dinkes,
        dinkes.name,
        "Kantor kami punya lembar sendiri.",
    )
    assert followed("dinkes") == PUBLICATION
    for n in range(1, 8):
        own.activities.filter(number=n).update(carries=[n])
    approved(own, by=ppid_utama)
    assert followed("dinkes") == "milik-dinkes"


def test_nobody_else_binds_it(own):
    stranger = person("lain@contoh.id", "sop_keeper", unit="dinsos")
    assert "Hanya Pengelola SOP Dinas Kesehatan" in refused(bind, own.sop, "publication", actor=stranger)
    assert not again(own.sop).flow


def test_binding_twice_is_told(own, dinkes):
    bind(own.sop, "publication", actor=dinkes)
    with pytest.raises(SopChanged, match="sudah diikat pada alur pengumuman"):
        bind(own.sop, "publication", actor=dinkes)
    assert "Lepaskan dahulu" in refused(bind, own.sop, "exclusion", actor=dinkes)


def test_a_unit_binds_one_sheet_to_a_flow(own, dinkes):
    bind(own.sop, "publication", actor=dinkes)
    other = make_sheets.sheet(make_sheets.SEVEN, slug="lain", is_bound=False)
    said = refused(bind, other.sop, "publication", actor=dinkes)
    assert "sudah menjalankan alur ini menurut «SOP milik-dinkes»" in said


def test_a_flow_that_there_is_not_is_refused(own, dinkes):
    assert "Pilih alur" in refused(bind, own.sop, "pengaduan", actor=dinkes)
    assert "Pilih alur" in refused(bind, own.sop, "", actor=dinkes)


def test_the_first_sheet_of_a_flow_is_the_city_s(publication, ppid_utama):
    make.bind(publication.sop)
    assert bind(publication.sop, "publication", actor=ppid_utama).is_master


def test_steps_of_another_flow_do_not_stay_in_the_draft(own, dinkes):
    bind(own.sop, "exclusion", actor=dinkes)
    assert [row.carries for row in own.activities.all()] == [[]] * 7
    edit = own.edits.get()
    assert (edit.actor, len(edit.changes)) == (dinkes, 7)


def test_released_and_bound_to_the_same_flow_the_draft_keeps_its_steps(own, dinkes):
    bind(own.sop, "publication", actor=dinkes)
    own.activities.filter(number=1).update(carries=[1])
    release(own.sop, actor=dinkes, why="Keliru.")
    bind(own.sop, "publication", actor=dinkes)
    assert own.activities.get(number=1).carries == [1]


def test_what_runs_is_released_by_ppid_utama_alone(own, dinkes, ppid_utama):
    running(own, dinkes, ppid_utama)
    with pytest.raises(SopForbidden):
        release(own.sop, actor=dinkes, why="Kembali ke induk.")
    assert "Tuliskan alasannya" in refused(release, own.sop, actor=ppid_utama, why=" ")
    release(own.sop, actor=ppid_utama, why="Kembali ke induk.")
    assert followed("dinkes") == PUBLICATION
    with pytest.raises(SopForbidden):
        bind(own.sop, "publication", actor=dinkes)
    bind(own.sop, "publication", actor=ppid_utama)
    assert followed("dinkes") == "milik-dinkes"


def test_a_keeper_releases_what_runs_nothing_yet(own, dinkes):
    bind(own.sop, "publication", actor=dinkes)
    release(own.sop, actor=dinkes, why="Belum siap.")
    assert [row.flow for row in own.sop.bindings.order_by("pk")] == ["publication", ""]
    with pytest.raises(SopChanged):
        release(own.sop, actor=dinkes, why="Lagi.")


def test_the_city_s_sheet_is_neither_released_nor_retired(master, ppid_utama):
    assert "Tandai dahulu lembar lain" in refused(release, master.sop, actor=ppid_utama, why="Tidak dipakai.")
    assert "Tandai dahulu lembar lain" in refused(retire, master, actor=ppid_utama, why="Tidak dipakai.")


def test_another_sheet_becomes_the_city_s(own, dinkes, master, ppid_utama):
    assert "Setujui versinya dahulu" in refused(make_master, own.sop, actor=ppid_utama, why="Lebih baru.")
    running(own, dinkes, ppid_utama)
    with pytest.raises(SopForbidden):
        make_master(own.sop, actor=dinkes, why="Lebih baru.")
    assert "Tuliskan alasannya" in refused(make_master, own.sop, actor=ppid_utama, why="")
    make_master(own.sop, actor=ppid_utama, why="Lebih baru.")
    assert (followed("disdukcapil"), followed("dinsos")) == ("milik-dinkes", PUBLICATION)
    assert (again(master.sop).flow, again(master.sop).is_master) == ("publication", False)
    said = [(row.is_master, row.why) for row in master.sop.bindings.all()]
    assert said == [(False, "Lembar induk sekarang «SOP milik-dinkes»: Lebih baru.")]
    with pytest.raises(SopChanged):
        make_master(own.sop, actor=ppid_utama, why="Lagi.")


def test_a_unit_s_own_sheet_may_be_retired_while_the_city_s_is_in_force(own, dinkes, ppid_utama):
    version = running(own, dinkes, ppid_utama)
    retire(version, actor=ppid_utama, why="Cukup lembar induk.")
    assert followed("dinkes") == PUBLICATION


def test_a_unit_s_own_sheet_is_not_retired_while_nothing_else_is_in_force(own, dinkes, master, ppid_utama):
    version = running(own, dinkes, ppid_utama)
    make.bind(master.sop)
    assert "Belum ada lembar induk yang berlaku" in refused(retire, version, actor=ppid_utama, why="Cukup.")
    assert "Belum ada lembar induk yang berlaku" in refused(release, own.sop, actor=ppid_utama, why="Cukup.")


def test_a_new_draft_takes_along_no_steps_of_a_flow_that_it_does_not_run(own, dinkes, ppid_utama):
    version = running(own, dinkes, ppid_utama)
    release(own.sop, actor=ppid_utama, why="Kembali ke induk.")
    draft = new_draft(version, actor=dinkes)
    assert [row.carries for row in draft.activities.all()] == [[]] * 7


def test_what_is_reviewed_for_another_flow_is_sent_back_first(own, dinkes, ppid_utama):
    submit(own, actor=dinkes)
    assert "Kembalikan dahulu versi itu" in refused(bind, own.sop, "exclusion", actor=dinkes)


def shown(slug):
    sheet = PublishedSop.objects.in_force().get(slug=slug)
    return sheet.flow, sheet.is_master


def test_the_public_reads_who_follows_which_sheet(own, dinkes, ppid_utama):
    assert shown(PUBLICATION) == ("publication", True)
    running(own, dinkes, ppid_utama)
    assert shown("milik-dinkes") == ("publication", False)
    make_master(own.sop, actor=ppid_utama, why="Lebih baru.")
    assert (shown("milik-dinkes"), shown(PUBLICATION)) == (("publication", True), ("publication", False))
    release(Sop.objects.get(slug=PUBLICATION), actor=ppid_utama, why="Cukup lembar induk.")
    assert shown(PUBLICATION) == ("", False)
