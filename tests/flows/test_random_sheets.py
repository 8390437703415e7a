"""Whatever the shape of a sheet that carries the lawful steps, a case can always go on to its end, and back again."""

import pgtrigger
import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ppid.flows.actions import confirm_row, open_publication, take_step
from ppid.flows.documents import add_document
from ppid.flows.models import Case
from ppid.flows.states import STEP_NUMBERS
from ppid.shelf.models import PublishedItem
from sop.check.library import carries_its_flow
from sop.models import SopVersion
from tests import make, make_sheets
from tests.make_sheets import row

BY = {3: "pelaksana", 4: "utama"}


@st.composite
def sheets(draw) -> list[dict]:
    """Rows that carry the seven steps in order: several in one row, plain rows anywhere, joint rows, decisions."""
    rows: list[dict] = []

    def plain():
        for _ in range(draw(st.integers(0, 2))):
            rows.append(row("bidang", to=draw(st.sampled_from(["", "operator"]))))

    step = 1
    while step <= 7:
        plain()
        together = draw(st.integers(1, 3))
        # Preparing and deciding are never one row, and each of them stands alone with its performer.
        carried = [step] if step in BY else [n for n in range(step, step + together) if n <= 7 and n not in BY]
        last = next((n for n, each in enumerate(carried) if each != step + n), len(carried))
        carried = carried[:last]
        rows.append(row(BY.get(step, draw(st.sampled_from(["bidang", "operator"]))), *carried))
        step += len(carried)
    plain()
    for number in range(2, len(rows)):
        if draw(st.booleans()) and not rows[number - 1]["to"]:
            back = draw(st.integers(1, number - 1))
            rows[number - 1] |= {"kind": "decision", "if_yes": number + 1, "if_no": back}
    return rows if len(rows) > 1 else [*rows, row("bidang")]


def approved(rows: list[dict]) -> SopVersion:
    """Put the sheet in force without drawing its PDF."""
    draft = make_sheets.sheet(rows)
    assert list(carries_its_flow(SopVersion.objects.with_sheet().get(pk=draft.pk))) == []
    past = timezone.now() - timezone.timedelta(days=1)
    around = ("version_states", "version_walks_with_its_ledger", "approval_stays", "next_look_comes_with_a_review")
    fields = {"approved_by": make.demo("utama"), "approved_at": past, "pdf_sha256": "0" * 64, "pdf_size": 1}
    day = timezone.localdate(past)
    with pgtrigger.ignore(*[f"sop.SopVersion:{name}" for name in around]):
        SopVersion.objects.filter(pk=draft.pk).update(
            state="approved", runs="publication", in_force_from=day, review_on=day, **fields
        )
    return draft


def take(case: Case, hands: dict) -> Case:
    columns = [column.label for column in case.awaited.columns]
    names = {label: name for name, (label, _) in make_sheets.COLUMNS["publication"].items()}
    actors = [hands[names[label]] for label in columns]
    for actor in actors[:-1]:
        confirm_row(case, actor=actor)
    if "prepare" in [move.key for move in case.carried] and not case.content:
        add_document(case, make.pdf(), title="Laporan", actor=actors[-1])
    inputs = {"category": "periodic"} if case.decides else {}
    take_step(case, case.next_step.key, actor=actors[-1], **inputs)
    return make.again(case)


@pytest.mark.django_db
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=sheets(), data=st.data())
def test_a_case_goes_on_to_its_end_and_back_on_any_sheet(rows, data):
    with transaction.atomic():
        approved(rows)
        hands = {name: make.demo(name) for name in ("bidang", "operator", "utama")}
        hands["pelaksana"] = make.person("ppid_pelaksana", unit="dinkes")
        case = make.again(open_publication(make.information(unit="dinkes"), actor=hands["bidang"]))
        returns = data.draw(st.integers(0, 2))
        for _ in range(4 * len(rows)):
            if case.step is None:
                break
            if returns and case.earlier_rows and data.draw(st.booleans()):
                returns -= 1
                first = case.awaited.columns[0].label
                name = next(name for name, (label, _) in make_sheets.COLUMNS["publication"].items() if label == first)
                to = data.draw(st.sampled_from(case.earlier_rows))
                take_step(case, "send_back", actor=hands[name], note="Keliru.", to=to)
                case = make.again(case)
                assert case.step == to
            else:
                case = take(case, hands)
            if case.step is not None and case.state in STEP_NUMBERS:
                # The case awaits the first step that its row or a later one carries.
                ahead = [n for each in rows[case.step - 1 :] for n in each["carries"]]
                assert STEP_NUMBERS[case.state] == min(ahead)
        assert (case.step, case.state) == (None, "published")
        taken = [record.key for record in case.records.all() if record.key in make.PUBLICATION]
        assert list(dict.fromkeys(taken)) == list(make.PUBLICATION)
        assert PublishedItem.objects.filter(number=case.information.number).exists()
        transaction.set_rollback(True)
