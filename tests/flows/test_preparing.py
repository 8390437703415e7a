"""Handing over what was prepared: description, reasons and step are written together, or nothing of it is."""

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from ppid.flows.documents import add_document, describe
from ppid.flows.points import answered, as_answer
from ppid.flows.preparing import hand_over
from ppid.flows.steps import StepForbidden, StepOutOfOrder, StepUnmet
from ppid.information.descriptions import DescriptionChange
from ppid.information.examining import keep_reading
from ppid.information.findings import Finding, FindingAnswer
from ppid.information.models import Information
from ppid.web.refusals import ChangedMeanwhile
from tests import make
from tests.flows.test_findings import NIK
from tests.make import NOTHING_FOUND

FIELDS = {"summary": "Jumlah penerima per kelurahan.", "retention": "10 tahun"}


def ready(**fields):
    """Return a case at step 3 with a document in which nothing was found."""
    case = make.publication(at="preparing", **fields)
    document = add_document(case, make.pdf(), title="Laporan", actor=make.demo("dinsos"))
    keep_reading(document, NOTHING_FOUND, at=timezone.now())
    return make.again(case)


def send(case, *, who="dinsos", fields=None, reasons=None, seen=None, words_seen=None, **more):
    actor = make.demo(who) if isinstance(who, str) else who
    item = Information.objects.get(pk=case.information_id)
    return hand_over(
        case,
        actor=actor,
        fields=FIELDS if fields is None else fields,
        words_seen=item.description_mark if words_seen is None else words_seen,
        reasons=reasons or {},
        seen=case.moves if seen is None else seen,
        **more,
    )


def untouched(case):
    now = make.again(case)
    assert (now.state, now.moves) == (case.state, case.moves)
    assert now.information.description == case.information.description
    assert not FindingAnswer.objects.exists()
    assert not DescriptionChange.objects.exists()


@pytest.mark.django_db
def test_description_and_step_are_written_together():
    case = ready()
    record = send(case, note="1. Sudah.")
    case = make.again(case)
    assert (case.state, record.note) == ("clarifying", "1. Sudah.")
    assert (case.information.summary, case.information.retention) == (FIELDS["summary"], "10 tahun")
    assert {each.field for each in DescriptionChange.objects.all()} == {"summary", "retention"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("how", "refusal"),
    [
        ({"fields": {**FIELDS, "summary": ""}}, StepUnmet),
        ({"who": "utama"}, StepForbidden),
        ({"who": "operator"}, StepForbidden),
        ({"seen": 0}, StepOutOfOrder),
        ({"words_seen": "yang lama"}, ChangedMeanwhile),
        # That the case moved, or is not theirs, is said first: then their words are judged no more.
        ({"seen": 0, "words_seen": "yang lama"}, StepOutOfOrder),
        ({"who": "utama", "words_seen": "yang lama"}, StepForbidden),
    ],
)
def test_what_is_refused_leaves_nothing_behind(how, refusal):
    case = ready()
    with pytest.raises(refusal):
        send(case, **how)
    untouched(case)


@pytest.mark.django_db
def test_without_a_document_nothing_is_handed_over():
    case = make.publication(at="preparing")
    with pytest.raises(StepUnmet, match="sekurang-kurangnya satu dokumen"):
        send(case)
    untouched(case)


@pytest.mark.django_db
def test_a_finding_without_a_reason_keeps_all_of_it_back_and_with_one_lets_it_go():
    case = make.publication(at="preparing")
    document = add_document(case, make.pdf(), title="Data", actor=make.demo("dinsos"))
    keep_reading(document, NIK, at=timezone.now())
    finding = Finding.objects.get()
    with pytest.raises(StepUnmet, match="tulis pada setiap temuan"):
        send(case)
    untouched(case)
    send(case, reasons={finding: "Contoh dari peraturan."})
    assert FindingAnswer.objects.get().reason == "Contoh dari peraturan."
    assert make.again(case).state == "clarifying"


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["updating", "coordinating", "clarifying", "releasing", "renewing", "publishing"])
def test_it_is_handed_over_at_the_row_that_prepares_alone(state):
    case = make.publication(at=state)
    words = case.information.description
    with pytest.raises(StepOutOfOrder):
        send(case)
    assert make.again(case).state == state
    assert make.again(case).information.description == words


@pytest.mark.usefixtures("committed_database")
def test_two_who_hand_over_at_once_are_not_both_taken():
    from tests.together import two_at_once

    case, other = ready(), make.person("ppid_pelaksana")
    answers = two_at_once(
        lambda: send(case, fields={**FIELDS, "summary": "Yang satu."}),
        lambda: send(case, who=other, fields={**FIELDS, "summary": "Yang lain."}),
    )
    refused = [each for each in answers if isinstance(each, Exception)]
    assert [type(each) for each in refused] == [StepOutOfOrder]
    case = make.again(case)
    assert case.records.filter(key="prepare").count() == 1
    [line] = DescriptionChange.objects.filter(field="summary")
    assert line.author == case.records.get(key="prepare").actor


@pytest.mark.usefixtures("committed_database")
def test_a_colleague_s_description_at_the_same_moment_is_never_overwritten_unseen():
    from tests.together import two_at_once

    case, other = ready(), make.person("ppid_pelaksana")
    seen = case.information.description_mark
    answers = two_at_once(
        lambda: describe(case, {"summary": "Punya rekan."}, actor=other, seen=seen),
        lambda: send(case, words_seen=seen),
    )
    assert isinstance(answers[1], ChangedMeanwhile)
    assert make.again(case).information.summary == "Punya rekan."
    assert make.again(case).state == "preparing"


ASKED = st.lists(
    st.text(st.characters(categories=("L", "Nd"), include_characters=" "), min_size=1, max_size=30).filter(
        lambda words: words.strip() and words.strip()[0].isalpha()
    ),
    min_size=1,
    max_size=12,
)


@given(ASKED, st.data())
def test_answers_come_back_to_their_points(asked, data):
    said = st.sampled_from(["", "Sudah diganti.", "Lihat  halaman 4"])
    given_ = data.draw(st.lists(said, min_size=len(asked), max_size=len(asked)))
    rest = data.draw(st.sampled_from(["", "Terima kasih."]))
    if not any(given_) and rest and len(asked) == 1:
        return  # one line for one point is its answer
    points, left = answered("\n".join(f"- {each}" for each in asked), as_answer(given_, rest))
    assert [each.answer for each in points] == [" ".join(each.split()) for each in given_]
    assert left == rest
