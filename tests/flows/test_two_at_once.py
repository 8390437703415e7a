"""What two people do to one case at the same moment."""

from ppid.flows.actions import take_step
from ppid.flows.models import StepRecord
from ppid.flows.steps import StepOutOfOrder
from tests import make
from tests.together import two_at_once


def test_a_step_taken_by_two_people_at_once_is_taken_by_the_first(committed_database):
    case, bidang = make.publication(), make.demo("bidang")
    other = make.person("bidang_layanan")

    first, second = two_at_once(
        lambda: take_step(case, "update_content", actor=bidang),
        lambda: take_step(case, "update_content", actor=other),
    )

    assert isinstance(first, StepRecord)
    assert isinstance(second, StepOutOfOrder)
    assert "Langkah ini sudah selesai" in second.sentences[0]
