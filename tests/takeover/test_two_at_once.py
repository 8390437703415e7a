"""What two people, or two workers, do to one list at the same moment. Each test falls without its lock."""

from django.utils import timezone

from ppid.flows.closing import close_unit
from ppid.information.models import Information
from ppid.takeover import deciding, working
from ppid.takeover.models import State, Takeover
from ppid.web.refusals import ChangedMeanwhile
from tests import make
from tests.takeover import office
from tests.together import two_at_once


def test_a_list_approved_by_two_at_once_is_approved_by_the_first(committed_database):
    takeover, utama, deputy = office.proposed(), make.demo("utama"), make.person("ppid_utama", kind="plh")

    _, second = two_at_once(
        lambda: deciding.approve(takeover, actor=utama), lambda: deciding.approve(takeover, actor=deputy)
    )

    assert isinstance(second, ChangedMeanwhile), second
    assert Takeover.objects.get(pk=takeover.pk).approved_by == utama


def test_a_list_approved_while_it_is_sent_back_stays_sent_back(committed_database):
    takeover, utama, bidang = office.proposed(), make.demo("utama"), make.demo("bidang")

    _, second = two_at_once(
        lambda: deciding.send_back(takeover, actor=bidang, note="SK-nya yang lama."),
        lambda: deciding.approve(takeover, actor=utama),
    )

    assert isinstance(second, ChangedMeanwhile), second
    assert Takeover.objects.get(pk=takeover.pk).state == State.DRAFT


def test_two_workers_at_one_list_do_no_row_twice(committed_database):
    takeover = office.approved(*office.rows(4))

    both = two_at_once(lambda: working.carry_on(takeover.pk, most=2), lambda: working.carry_on(takeover.pk, most=2))
    assert both == (True, True), both
    office.carried_out(takeover)

    titles = Information.objects.filter(title__startswith="Laporan nomor").values_list("title", flat=True)
    assert sorted(titles) == [f"Laporan nomor {n}" for n in range(1, 5)]
    assert Takeover.objects.get(pk=takeover.pk).state == State.DONE


def test_nothing_is_taken_over_for_a_unit_that_closes_meanwhile(committed_database):
    takeover, chief, day = office.approved(*office.rows(1)), make.demo("utama"), timezone.localdate()
    unit, successor = make.unit("dinsos"), make.unit("dinkes")

    two_at_once(
        lambda: close_unit(unit, successor=successor, last_day=day, because="Perwa 71/2026", actor=chief),
        lambda: working.carry_on(takeover.pk),
    )

    assert "sudah ditutup dan diteruskan" in takeover.rows.get().failed
    assert not Information.objects.filter(unit=unit).exists()


def test_rows_that_are_tried_again_are_not_left_behind_meanwhile(committed_database):
    takeover, utama, bidang = office.approved(*office.rows(1)), make.demo("utama"), make.demo("bidang")
    takeover.rows.update(failed="Belum ada SOP yang berlaku.")
    office.carried_out(takeover)

    _, second = two_at_once(
        lambda: deciding.try_again(takeover, actor=bidang),
        lambda: deciding.leave_behind(takeover, actor=utama, note="Dimusnahkan."),
    )

    assert isinstance(second, ChangedMeanwhile), second
    assert takeover.rows.get().left_behind == ""
