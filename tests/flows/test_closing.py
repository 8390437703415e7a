"""A unit closes: what belongs to it passes to its successor in one act, with a line in each ledger, and goes on."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from ppid.flows.actions import open_publication, register_information, take_step
from ppid.flows.closing import bring_units_about, close_unit, what_passes
from ppid.flows.models import Case
from ppid.flows.passed_on import PassedOn
from ppid.flows.steps import StepForbidden, StepUnmet
from ppid.information.models import Information
from ppid.information.passed_on import ItemPassedOn
from ppid.organisation.models import Appointment, Unit
from ppid.organisation.unit_history import UnitChange
from ppid.organisation.units import UnitChanged, UnitForbidden, UnitRefused, cancel_plan, rename
from ppid.shelf.models import DikEntry, PublishedItem, PublishedSop
from ppid.shelf.units import ShelfUnit
from sop.drafts.editing import start_sop
from sop.guards import SopRefused
from sop.models import NumberingPattern, Sop
from sop.passed_on import SopPassedOn
from tests import make

pytestmark = pytest.mark.django_db

TODAY, DAY = timezone.localdate(), timedelta(days=1)
LAW = "Perwa 71/2026"


@pytest.fixture
def chief():
    return make.demo("utama")


def close(code: str = "dinsos", into: str = "dinkes", *, last_day=TODAY, actor=None, **how):
    return close_unit(
        make.unit(code),
        successor=make.unit(into),
        last_day=last_day,
        because=LAW,
        actor=actor or make.demo("utama"),
        **how,
    )


def test_items_and_cases_running_and_ended_pass_on_with_a_line_each(chief):
    running, ended = make.publication(at="clarifying"), make.publication(at="published")
    close()
    for case in (running, ended):
        case = make.again(case)
        assert (case.unit.code, case.information.unit.code) == ("dinkes", "dinkes")
        line = case.passed_on.get()
        assert (line.from_name, line.to_name) == ("Dinas Sosial Kota Pontianak", "Dinas Kesehatan Kota Pontianak")
        assert (line.actor_name, line.because, line.moves) == (chief.name, LAW, case.moves)
        assert case.information.passed_on.get().to_unit == make.unit("dinkes")
    unit = make.unit("dinsos")
    assert (unit.is_active, unit.closed_on, unit.successor) == (False, TODAY, make.unit("dinkes"))
    assert UnitChange.objects.get(unit=unit).passed["items"] == 2


def test_what_runs_goes_on_with_the_successor_s_people_and_no_longer_with_the_former_ones(chief):
    case, theirs = make.publication(at="preparing"), make.person("ppid_pelaksana", unit="dinkes")
    close()
    with pytest.raises(StepForbidden):
        take_step(make.again(case), "prepare", actor=make.demo("dinsos"))
    with pytest.raises(StepUnmet):  # a document is missing; it is theirs to prepare
        take_step(make.again(case), "prepare", actor=theirs)


def test_what_was_published_there_is_renewed_by_the_successor(chief):
    published = make.publication(at="published")
    close()
    case = open_publication(published.information, actor=make.person("ppid_pelaksana", unit="dinkes"))
    assert case.unit == make.unit("dinkes")


def test_an_exclusion_in_force_passes_on_and_the_dik_answers_under_the_successor(chief):
    case, unit = make.adopted(unit="disdukcapil"), make.unit("disdukcapil")
    assert what_passes(unit, make.unit("dinkes"), last_day=TODAY, at=timezone.now()).exclusions == 1
    close("disdukcapil")
    assert make.again(case).unit == make.unit("dinkes")
    entry = DikEntry.objects.get(number=case.number)
    assert (entry.unit_code, entry.unit_name) == ("dinkes", unit.name)


def test_what_is_public_keeps_the_name_of_its_day_and_its_successor_answers_for_it():
    case = make.publication(at="published")
    close()
    item = PublishedItem.objects.get(number=case.information.number)
    assert (item.unit_code, item.unit_name) == ("dinkes", "Dinas Sosial Kota Pontianak")
    assert ShelfUnit.objects.get(code="dinsos").successor_code == "dinkes"


def test_a_chain_of_closings_leads_to_the_last_one():
    case = make.publication(at="published")
    close()
    close("dinkes", "disdukcapil")
    assert make.again(case).unit == make.unit("disdukcapil")
    assert make.unit("dinsos").present == make.unit("disdukcapil")
    assert ShelfUnit.objects.get(code="dinsos").successor_code == "disdukcapil"
    assert [line.to_unit.code for line in make.again(case).passed_on.all()] == ["dinkes", "disdukcapil"]


def test_the_city_s_sheet_passes_on_and_stays_the_city_s():
    master = Sop.objects.get(flow="publication", is_master=True)
    before = master.unit
    successor = "dinkes" if before.code != "dinkes" else "dinsos"
    make.appoint(make.person(), "ppid_utama", unit=successor)
    close(before.code, successor)
    master = Sop.objects.get(pk=master.pk)
    assert (master.unit.code, master.flow, master.is_master) == (successor, "publication", True)
    assert master.passed_on.get().from_name == before.name
    assert PublishedSop.objects.get(slug=master.slug).unit_code == successor
    assert make.publication(unit=successor).sop_version.sop == master


def own_sheet(unit: str, *, master: bool = False) -> Sop:
    """Let the unit have a sheet of its own for publications, not approved yet."""
    sop = Sop.objects.create(slug=f"sendiri-{unit}", title=f"Sendiri {unit}", unit=make.unit(unit))
    return make.bind(sop, "publication")


def test_a_successor_with_a_sheet_of_its_own_keeps_it_and_the_other_is_released():
    passed, theirs = own_sheet("satpolpp"), own_sheet("disdukcapil")
    close("satpolpp", "disdukcapil")
    assert Sop.objects.get(pk=passed.pk).flow == ""
    assert Sop.objects.get(pk=theirs.pk).flow == "publication"
    assert passed.bindings.order_by("-pk").first().why.endswith(LAW)


def test_the_city_s_sheet_stays_bound_where_the_successor_s_own_is_not_in_force():
    master = Sop.objects.get(flow="publication", is_master=True)
    theirs = own_sheet("satpolpp")
    make.appoint(make.person(), "ppid_utama", unit="satpolpp")
    close(master.unit.code, "satpolpp")
    assert Sop.objects.get(pk=theirs.pk).flow == ""
    master = Sop.objects.get(pk=master.pk)
    assert (master.unit.code, master.is_master) == ("satpolpp", True)


def test_the_pattern_of_numbers_passes_on_where_the_successor_has_none():
    NumberingPattern.objects.filter(unit__code__in=["dinsos", "dinkes"]).delete()
    NumberingPattern.objects.create(unit=make.unit("dinsos"), pattern="{nomor}/SOP.DINSOS/{tahun}")
    close()
    assert NumberingPattern.objects.get(unit=make.unit("dinkes")).pattern == "{nomor}/SOP.DINSOS/{tahun}"


def test_appointments_end_on_the_last_day_and_do_not_pass():
    held = Appointment.objects.in_force(on=TODAY).filter(unit__code="dinsos")
    theirs, at_dinkes = set(held.values_list("pk", flat=True)), Appointment.objects.filter(unit__code="dinkes").count()
    assert theirs
    close()
    assert set(held.filter(ends_on=TODAY).values_list("pk", flat=True)) == theirs
    assert not Appointment.objects.in_force(on=TODAY + DAY).filter(pk__in=theirs).exists()
    assert Appointment.objects.filter(unit__code="dinkes").count() == at_dinkes


def test_what_was_done_keeps_the_unit_of_its_day():
    case = make.publication(at="clarifying")
    close()
    assert {record.unit.code for record in make.again(case).records.all()} == {"dinsos"}


def test_a_closing_for_a_day_to_come_waits_until_that_day_is_over(chief):
    case, last = make.publication(), TODAY + 3 * DAY
    close(last_day=last)
    assert bring_units_about(on=last) == []
    assert make.again(case).unit.code == "dinsos"
    assert bring_units_about(on=last + DAY) == []
    assert make.again(case).unit.code == "dinkes"
    assert make.unit("dinsos").closed_on == last
    assert Appointment.objects.in_force(on=last + DAY).filter(unit__code="dinsos").count() == 0


def test_a_planned_closing_that_was_given_up_closes_nothing(chief):
    cancel_plan(close(last_day=TODAY + DAY), actor=chief)
    bring_units_about(on=TODAY + 2 * DAY)
    assert make.unit("dinsos").is_active


def test_a_planned_closing_that_can_not_be_any_more_says_why_and_keeps_waiting():
    close("dinsos", "dinkes", last_day=TODAY + 5 * DAY)
    with pytest.raises(UnitRefused, match="Ubah rencana itu dahulu"):
        close("dinkes", "disdukcapil")
    make.appoint(make.person(), "opd", starts_on=TODAY + 20 * DAY)
    stuck = bring_units_about(on=TODAY + 6 * DAY)
    assert [each.plan.unit.code for each in stuck] == ["dinsos"]
    assert "Batalkan penugasan itu dahulu" in stuck[0].why
    assert make.unit("dinsos").is_active


@pytest.mark.parametrize(
    ("how", "field", "sentence"),
    [
        ({"into": "dinsos"}, "successor", "dirinya sendiri"),
        ({"last_day": TODAY - DAY}, "last_day", "paling awal hari ini"),
    ],
)
def test_a_closing_that_cannot_be_is_refused_beside_its_field(how, field, sentence):
    with pytest.raises(UnitRefused, match=sentence) as refusal:
        close(**how)
    assert refusal.value.fields == (field,)
    assert make.unit("dinsos").is_active


def test_no_circle_is_closed_neither_at_once_nor_by_plans():
    close("dinsos", "dinkes")
    with pytest.raises(UnitRefused, match="sudah ditutup"):
        close("dinkes", "dinsos")
    close("dinkes", "disdukcapil", last_day=TODAY + 2 * DAY)
    with pytest.raises(UnitRefused, match="saling meneruskan"):
        close("disdukcapil", "dinkes", last_day=TODAY + 2 * DAY)
    with pytest.raises(UnitRefused, match="ditutup lebih dahulu"):
        close("satpolpp", "dinkes", last_day=TODAY + 5 * DAY)


def test_a_unit_closes_once_and_bears_no_other_name_afterwards(chief):
    close()
    with pytest.raises(UnitChanged, match="sudah ditutup"):
        close()
    with pytest.raises(UnitChanged, match="sudah ditutup"):
        rename(make.unit("dinsos"), name="X", short_name="X", starts_on=TODAY, because="x", actor=chief)
    close("dinkes", "disdukcapil", last_day=TODAY + DAY)
    with pytest.raises(UnitChanged, match="sudah direncanakan"):
        close("dinkes", "disdukcapil", last_day=TODAY + DAY)


def test_the_office_is_never_left_without_a_leader_by_a_closing():
    where = {held.unit.code for held in Appointment.objects.in_force(on=TODAY).filter(role__code="ppid_utama")}
    assert where == {"diskominfo"}
    with pytest.raises(UnitRefused, match="tidak ada lagi PPID Utama"):
        close("diskominfo", "dinkes")


def test_the_last_unit_stays(chief):
    for code in Unit.objects.exclude(code="diskominfo").values_list("code", flat=True):
        close(code, "diskominfo")
    with pytest.raises(UnitRefused, match="satu-satunya"):
        close("diskominfo", "dinsos")


def test_only_who_keeps_the_office_closes_a_unit():
    for key in ("bidang", "dinsos", "operator", "atasan"):
        with pytest.raises(UnitForbidden):
            close(actor=make.demo(key))


def test_nothing_begins_at_a_unit_that_has_closed(chief):
    close()
    with pytest.raises(StepUnmet, match="diteruskan oleh Dinas Kesehatan"):
        register_information(unit=make.unit("dinsos"), actor=make.demo("bidang"), title="Baru")
    with pytest.raises(SopRefused, match="diteruskan oleh Dinas Kesehatan"):
        start_sop(title="Baru", unit=make.unit("dinsos"), actor=chief)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE flows_case SET unit_id = {other} WHERE id = {case}",
        "UPDATE information_information SET unit_id = {other} WHERE id = {item}",
        "UPDATE sop_sop SET unit_id = {other} WHERE id = {sop}",
        "TRUNCATE flows_passedon",
        "TRUNCATE information_itempassedon",
        "TRUNCATE sop_soppassedon",
        "DELETE FROM flows_passedon",
        "UPDATE information_itempassedon SET because = 'x'",
        "DELETE FROM sop_soppassedon",
        "INSERT INTO flows_passedon (case_id, moves, from_unit_id, from_name, to_unit_id, to_name, actor_id,"
        " actor_name, at, because) SELECT {case}, 0, {unit}, '', {other}, '', {actor}, '', now(), 'x'",
        "UPDATE organisation_unit SET successor_id = {other} WHERE code = 'satpolpp'",
    ],
)
def test_the_database_lets_nothing_pass_without_its_ledger(chief, sql):
    Sop.objects.create(slug="lain", title="Lain", unit=make.unit("satpolpp"))
    make.publication(unit="satpolpp")
    close("satpolpp", "dinkes")
    case = make.publication()
    keys = {"case": case.pk, "item": case.information_id, "sop": Sop.objects.filter(unit__code="dinsos").first().pk}
    keys |= {"other": make.unit("disdukcapil").pk, "unit": make.unit("dinsos").pk, "actor": chief.pk}
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(**keys))


@pytest.mark.parametrize(
    "write",
    [
        lambda unit: Information.objects.create(
            number="9999-0001", title="x", unit=unit, created_by=make.demo("utama"), created_at=timezone.now()
        ),
        lambda unit: Sop.objects.create(slug="x", title="x", unit=unit),
        lambda unit: make.appoint(make.person(), "opd", unit=unit.code),
    ],
)
def test_the_database_lets_nothing_begin_at_a_closed_unit(write):
    close()

    def written():
        with transaction.atomic(), connection.cursor() as cursor:
            write(make.unit("dinsos"))
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(DatabaseError, match="closed"):
        written()


def test_each_line_passes_what_it_names():
    make.publication()
    close()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert not Case.objects.filter(unit__code="dinsos").exists()
    assert PassedOn.objects.count() == Case.objects.filter(passed_on__isnull=False).count()
    assert ItemPassedOn.objects.count() == 1
    assert SopPassedOn.objects.count() == Sop.objects.filter(passed_on__isnull=False).count()


def test_the_daily_command_closes_what_was_planned_and_says_what_it_could_not(chief, monkeypatch):
    close(last_day=TODAY + DAY)
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY + 2 * DAY)
    call_command("bring_units_about")
    assert not make.unit("dinsos").is_active
    close("disdukcapil", last_day=TODAY + 3 * DAY)
    make.appoint(make.person(), "opd", unit="disdukcapil", starts_on=TODAY + 20 * DAY)
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY + 4 * DAY)
    with pytest.raises(CommandError, match="disdukcapil is not closed"):
        call_command("bring_units_about")
