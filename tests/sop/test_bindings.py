"""Which sheet a unit runs a flow by: its own in force, else the city's; bound only together with the ledger."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from ppid.organisation.models import Unit
from sop.models import Binding, Sop, SopVersion
from sop.versions.actions import new_draft
from tests import make, make_sheets
from tests.sop.conftest import EXCLUSION, PUBLICATION, approved

pytestmark = pytest.mark.usefixtures("quick_pdf")


def followed(unit, flow="publication"):
    version = SopVersion.objects.in_force(on=timezone.localdate()).for_flow(flow, Unit.objects.get(code=unit)).first()
    return version and version.sop.slug


@pytest.fixture
def master(publication, ppid_utama):
    return approved(publication, by=ppid_utama)


@pytest.fixture
def own(master):
    """A second sheet of seven rows, of the health office, bound and still a draft."""
    return make_sheets.sheet(make_sheets.SEVEN, unit="dinkes", slug="milik-dinkes")


def test_a_unit_without_a_sheet_of_its_own_follows_the_city_s(master):
    assert followed("dinsos") == followed("dinkes") == PUBLICATION
    assert followed("dinsos", "exclusion") is None


def test_a_unit_follows_its_own_sheet_once_that_is_in_force(own, ppid_utama):
    assert followed("dinkes") == PUBLICATION
    approved(own, by=ppid_utama)
    assert followed("dinkes") == "milik-dinkes"
    assert followed("dinsos") == followed("disdukcapil") == PUBLICATION


def test_a_unit_falls_back_to_the_city_s_sheet_when_its_own_is_released(own, ppid_utama):
    approved(own, by=ppid_utama)
    make.bind(own.sop)
    assert followed("dinkes") == PUBLICATION


def test_a_sheet_that_was_approved_to_run_nothing_is_passed_over(own, ppid_utama):
    make.bind(own.sop)
    approved(own, by=ppid_utama)
    make.bind(own.sop, "publication")
    assert followed("dinkes") == PUBLICATION


def test_a_unit_runs_a_flow_on_one_sheet(own):
    other = Sop.objects.create(slug="lain", title="Lain", unit=own.sop.unit)
    with pytest.raises(IntegrityError), transaction.atomic():
        make.bind(other, "publication")
    make.bind(other, "exclusion")


def test_a_flow_has_one_master(own):
    with pytest.raises(IntegrityError), transaction.atomic():
        make.bind(own.sop, "publication", is_master=True)


def test_a_sheet_that_runs_nothing_is_nobody_s_master(own):
    with pytest.raises(IntegrityError), transaction.atomic():
        make.bind(own.sop, "", is_master=True)


@pytest.mark.parametrize("change", [{"flow": ""}, {"is_master": False}, {"flow": "exclusion"}])
def test_no_sop_is_bound_past_its_ledger(publication, change):
    with pytest.raises(DatabaseError, match="with its row of the ledger only"), transaction.atomic():
        Sop.objects.filter(pk=publication.sop_id).update(**change)


def test_a_ledger_row_binds_its_sop(own):
    Binding.objects.create(sop=own.sop, flow="", at=timezone.now())
    with pytest.raises(DatabaseError, match="a binding without its SOP"):
        make.at_the_end()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda row: Binding.objects.filter(pk=row.pk).update(why="Lain."),
        lambda row: (row.delete(), make.at_the_end()),
        lambda row: connection.cursor().execute("TRUNCATE sop_binding CASCADE"),
        lambda row: connection.cursor().execute("TRUNCATE sop_sop CASCADE"),
    ],
)
def test_the_ledger_of_bindings_stays(own, spoil):
    with pytest.raises(DatabaseError), transaction.atomic():
        spoil(own.sop.bindings.get())


def test_the_two_source_sheets_are_the_city_s(library):
    assert dict(Sop.objects.filter(is_master=True).values_list("flow", "slug")) == {
        "publication": PUBLICATION,
        "exclusion": EXCLUSION,
    }


def test_a_new_draft_carries_what_its_version_carried(master, ppid_utama):
    draft = new_draft(master, actor=ppid_utama)
    assert [activity.carries for activity in draft.activities.all()] == [[n] for n in range(1, 8)]
