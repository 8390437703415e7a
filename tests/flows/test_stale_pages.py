"""Somebody else was faster: what a page showed when it was opened is no longer so when its act arrives."""

import pgtrigger
import pytest

from ppid.flows.actions import confirm_row, open_publication, take_step
from ppid.flows.amendments import decide, propose, withdraw
from ppid.flows.approve_as_head import approve
from ppid.flows.consequence import fill_test
from ppid.flows.documents import describe
from ppid.flows.models import Case
from ppid.flows.steps import StepOutOfOrder
from ppid.flows.urgency import mark_urgent
from ppid.information.models import Information
from ppid.web.refusals import ChangedMeanwhile
from ppid.worktime import actions as holidays
from ppid.worktime.models import Holiday
from tests import make, make_sheets
from tests.flows.test_item_correction import words
from tests.make_sheets import row

pytestmark = pytest.mark.django_db

MOVED_ON = "sudah bergerak sejak Anda membukanya"


def at_a_joint_row() -> Case:
    rows = [row("bidang", 1, to="operator"), row("bidang", 2), *make_sheets.SEVEN[2:]]
    make_sheets.in_force(make_sheets.sheet(rows))
    return make.again(open_publication(make.information(unit="dinkes"), actor=make.demo("bidang")))


# Each act that knows at which of its moves the person saw the case.
ACTS = {
    "take a step": (
        lambda: make.publication(at="coordinating"),
        lambda case, seen: take_step(
            case,
            "coordinate",
            actor=make.demo("bidang"),
            evidence=make.evidence(case, make.demo("bidang")),
            seen=seen,
        ),
    ),
    "send back": (
        lambda: make.publication(at="coordinating"),
        lambda case, seen: take_step(case, "send_back", actor=make.demo("bidang"), note="Keliru.", to=1, seen=seen),
    ),
    "mark as urgent": (
        make.publication,
        lambda case, seen: mark_urgent(case, because="Banjir.", actor=make.demo("bidang"), seen=seen),
    ),
    "confirm a joint row": (
        at_a_joint_row,
        lambda case, seen: confirm_row(case, actor=make.demo("bidang"), seen=seen),
    ),
}


@pytest.mark.parametrize("act", ACTS)
def test_a_case_that_has_moved_on_is_looked_at_again_first(act):
    stands, do = ACTS[act]
    case = stands()
    with pytest.raises(StepOutOfOrder, match=MOVED_ON):
        do(case, case.moves + 1)
    do(case, case.moves)


def test_so_is_one_that_the_head_approves():
    case = make.exclusion(at="reviewing")
    take_step(case, "accept", actor=make.demo("utama"), evidence=make.evidence(case, make.demo("utama")))
    case = make.again(case)
    with pytest.raises(StepOutOfOrder, match=MOVED_ON):
        approve(case, actor=make.demo("atasan"), seen=case.moves - 1)
    approve(case, actor=make.demo("atasan"), seen=case.moves)


def test_a_lembar_uji_that_a_colleague_filled_in_is_read_first():
    case, opd, colleague = make.exclusion(at="testing"), make.demo("opd"), make.person("opd", unit="disdukcapil")
    written = fill_test(case, make.test(), [make.participant()], actor=opd)
    with pytest.raises(ChangedMeanwhile, match=f"{opd.name} menyimpan perubahan pada"):
        fill_test(case, make.test(subject="Lain"), [make.participant()], actor=colleague)
    fill_test(case, make.test(filled_at=written.filled_at), [make.participant()], actor=colleague)


def test_a_description_that_a_colleague_wrote_is_read_first():
    case, bidang = make.publication(), make.demo("bidang")
    seen = case.information.description_mark
    describe(case, {"summary": "Ringkasan rekan."}, actor=bidang, seen=seen)
    with pytest.raises(ChangedMeanwhile, match="diubah rekan Anda sesudah Anda membukanya"):
        describe(case, {"summary": "Ringkasan saya."}, actor=bidang, seen=seen)
    assert Information.objects.get(pk=case.information_id).summary == "Ringkasan rekan."


def test_a_holiday_that_a_colleague_changed_or_removed_is_looked_at_first():
    holiday, bidang, utama = Holiday.objects.earliest("date"), make.demo("bidang"), make.demo("utama")
    seen, other = holiday.mark, Holiday.objects.earliest("date")
    other.name = "Hari libur lain"
    holidays.change(other, actor=bidang, seen=seen)
    with pytest.raises(ChangedMeanwhile, match="diubah rekan Anda sesudah Anda membukanya"):
        holidays.change(holiday, actor=utama, seen=seen)
    holidays.remove(Holiday.objects.get(pk=holiday.pk), actor=bidang)
    with pytest.raises(holidays.CalendarRefused, match="sudah dihapus orang lain. Tambahkan lagi"):
        holidays.change(holiday, actor=utama, seen=seen)


class TestProposal:
    @pytest.fixture
    def proposal(self):
        case = make.publication(at="published")
        return propose(
            case,
            "correct_item",
            actor=make.demo("dinsos"),
            after=words(case, title="Laporan realisasi triwulan IV"),
            reason="Salah tulis.",
        )

    def test_what_it_would_change_is_another_by_now(self, proposal):
        with pgtrigger.ignore():  # by a way that the portal does not know
            Information.objects.filter(pk=proposal.case.information_id).update(summary="Ditulis dengan SQL.")
        with pytest.raises(ChangedMeanwhile, match="sudah lain sejak usul ini dibuat"):
            decide(proposal, approve=True, actor=make.demo("utama"))
        decide(proposal, approve=False, note="Kata-katanya sudah lain.", actor=make.demo("utama"))

    def test_it_is_not_taken_back_once_it_is_decided(self, proposal):
        decide(proposal, approve=False, note="Sudah benar.", actor=make.demo("utama"))
        with pytest.raises(StepOutOfOrder, match="Usul ini sudah diputuskan: tidak disetujui"):
            withdraw(proposal, actor=make.demo("dinsos"))

    def test_nothing_is_corrected_once_it_is_excluded(self, proposal):
        case = proposal.case
        with pgtrigger.ignore():  # adopted past the shelf
            case.information.exclusions.create(adopted_at=case.ended_at)
        with pytest.raises(StepOutOfOrder, match="Informasi ini dikecualikan"):
            decide(proposal, approve=True, actor=make.demo("utama"))
