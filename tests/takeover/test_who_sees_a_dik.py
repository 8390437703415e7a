"""Who takes a DIK over and sees its list: who needs to know of the exclusions of every unit that it names."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from ppid.organisation.models import Role, Unit
from ppid.takeover import preparing
from ppid.takeover.files import add_files
from ppid.takeover.models import Takeover
from ppid.takeover.permissions import lists_seen_by, scope_of, sees
from ppid.takeover.reading import TakeoverRefused
from ppid.web.refusals import Forbidden
from sop.models import PerformerRole
from tests import make, make_sheets
from tests.takeover import office
from tests.takeover.tables import csv

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
OF_DINKES = office.excluded(c2="Dinas Kesehatan")


def own_sheet_of_dinkes() -> None:
    """Let Dinkes exclude by a sheet of its own in which the Operator has the column that Bidang has elsewhere."""
    draft = make_sheets.sheet(make_sheets.EXCLUSION_IN_SEVEN, unit="dinkes", flow="exclusion")
    column = PerformerRole.objects.filter(performer__version=draft, role__code="bidang_layanan")
    column.update(role=Role.objects.get(code="operator"))
    make_sheets.in_force(draft)


def units(who: str) -> set[str] | None:
    scope = scope_of(make.demo(who), on=TODAY, kind="dik")
    return scope and set(Unit.objects.filter(pk__in=scope.units or []).values_list("code", flat=True))


def seen(who: str) -> set[Takeover]:
    return set(lists_seen_by(make.demo(who), on=TODAY))


@pytest.mark.parametrize(
    ("who", "takes"),
    [
        ("utama", True), ("wakil", True), ("bidang", True), ("operator", False), ("dinsos", False),
        ("disdukcapil", False), ("opd", False), ("pengelola", False), ("atasan", False),
    ],
)  # fmt: skip
def test_by_the_citys_sheet_it_is_theirs_who_have_a_column_of_the_city(who, takes):
    takeover = office.read_dik(by="bidang")

    assert (scope_of(make.demo(who), on=TODAY, kind="dik") is not None) is takes
    assert sees(make.demo(who), takeover, on=TODAY) is takes
    assert (takeover in seen(who)) is takes


def test_who_has_no_column_in_a_units_own_sheet_takes_and_sees_nothing_of_it():
    own_sheet_of_dinkes()
    assert "dinkes" not in units("bidang")
    assert "dinsos" in units("bidang")
    assert units("operator") == {"dinkes"}
    assert units("utama") == set()  # of all of them

    both = office.read_dik(office.DIK_ROW, OF_DINKES, by="utama")
    theirs, elsewhere = office.read_dik(OF_DINKES, by="utama"), office.read_dik(by="utama")
    assert seen("utama") == {both, theirs, elsewhere}
    assert seen("bidang") == {elsewhere}
    assert seen("operator") == {theirs}
    assert "tidak dikenal" in office.read_dik(OF_DINKES, by="bidang").rows.get().problems[0]


def test_a_list_that_was_not_read_yet_is_theirs_alone_who_know_of_all_units():
    own_sheet_of_dinkes()
    draft = preparing.upload(office.table(office.DIK_ROW, head=office.DIK_HEAD), kind="dik", actor=make.demo("utama"))
    assert seen("utama") == {draft}
    assert seen("bidang") == set()


class TestTheUpload:
    def upload(self, *, kind: str, head=office.DIK_HEAD, row=office.DIK_ROW, who: str = "bidang") -> Takeover:
        return preparing.upload(office.table(row, head=head), kind=kind, actor=make.demo(who))

    def test_reads_the_register_from_plain_heads(self):
        assert self.upload(kind="").kind == "dik"
        assert preparing.upload(office.table(*office.rows(1)), kind="", actor=make.demo("bidang")).kind == "dip"

    def test_asks_where_the_heads_do_not_say(self):
        vague = SimpleUploadedFile("daftar.csv", csv([["No", "Informasi", "Unit"], ["1", "Satu", "Dinsos"]]))
        with pytest.raises(TakeoverRefused, match="tidak jelas apakah tabel ini DIP atau DIK") as refused:
            preparing.upload(vague, kind="", actor=make.demo("bidang"))
        assert refused.value.fields == ("kind",)
        vague.seek(0)
        assert preparing.upload(vague, kind="dik", actor=make.demo("bidang")).kind == "dik"

    def test_takes_no_dik_for_a_dip_nor_a_dip_for_a_dik(self):
        with pytest.raises(TakeoverRefused, match="kolom DIK, bukan DIP"):
            self.upload(kind="dip")
        with pytest.raises(TakeoverRefused, match="kolom DIP, bukan DIK"):
            preparing.upload(office.table(*office.rows(1)), kind="dik", actor=make.demo("bidang"))

    @pytest.mark.parametrize("who", ["operator", "dinsos"])
    def test_of_a_dik_is_refused_to_who_need_not_know_and_nothing_is_kept(self, who):
        with pytest.raises(TakeoverRefused, match="kolom DIK. Mengambil alih DIK adalah tugas"):
            self.upload(kind="dip", who=who)
        with pytest.raises(TakeoverRefused, match="kolom DIK. Mengambil alih DIK adalah tugas"):
            self.upload(kind="", who=who)
        with pytest.raises(Forbidden, match="Mengambil alih DIK"):
            self.upload(kind="dik", who=who)
        assert not Takeover.objects.exists()


def test_no_file_comes_with_a_dik():
    with pytest.raises(TakeoverRefused, match="isi yang dikecualikan tidak ikut"):
        add_files(office.read_dik(), [make.pdf("1.pdf")], actor=make.demo("bidang"))
