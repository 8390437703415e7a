"""The exclusion flow is the second sheet: its five steps in its order, by its performers."""

from datetime import date

import pgtrigger
import pytest
from django.db import IntegrityError
from django.utils import timezone

from ppid.flows.actions import take_step
from ppid.flows.consequence import fill_test, record_decree
from ppid.flows.documents import add_document
from ppid.flows.models import Case
from ppid.flows.steps import StepForbidden, StepOutOfOrder, StepUnmet
from ppid.information.models import Exclusion
from ppid.shelf.models import DikEntry, PublishedItem, Tombstone
from tests import make

pytestmark = pytest.mark.django_db

# Written out from the sheet: state, step, next state, who. Both labels of the OPD's column may take step 3.
SHEET = [
    ("collecting", "collect", "screening", {"bidang_layanan"}),
    ("screening", "screen", "testing", {"ppid_utama"}),
    ("testing", "test_consequences", "reviewing", {"opd", "ppid_pembantu"}),
    ("reviewing", "accept", "adopting", {"ppid_utama"}),
    ("adopting", "adopt", "adopted", {"bidang_layanan"}),
]
ROLES = ["ppid_utama", "ppid_pelaksana", "ppid_pembantu", "opd", "bidang_layanan", "operator", "atasan_ppid"]
HERE = "disdukcapil"


def at(state: str) -> Case:
    case = make.exclusion(at="collecting" if state == "withdrawn" else state)
    if state == "withdrawn":
        take_step(case, "withdraw", actor=make.demo("utama"), note="Salah buka.")
    return make.again(case)


@pytest.mark.parametrize("state", [*(state for state, *_ in SHEET), "adopted", "withdrawn"])
def test_a_step_is_open_only_where_the_sheet_says(state):
    anyone = make.person("ppid_utama", "opd", "bidang_layanan", unit=HERE)
    case = at(state)
    for awaited, key, _, _ in SHEET:
        if awaited != state:
            with pytest.raises(StepOutOfOrder):
                take_step(make.again(case), key, actor=anyone)
            assert make.again(case).state == state
    for awaited, key, target, _ in SHEET:
        if awaited == state:
            assert make.step(make.again(case), key, actor=anyone).state == target


@pytest.fixture(scope="module")
def standing(built_once) -> dict[str, Case]:
    """An exclusion at each step of the sheet."""
    return {state: make.exclusion(at=state) for state, *_ in SHEET}


@pytest.mark.parametrize(("state", "key", "target", "roles"), SHEET)
@pytest.mark.parametrize("role", ROLES)
def test_a_step_is_taken_by_the_roles_that_the_sheet_names_and_by_no_other(state, key, target, roles, role, standing):
    case = make.again(standing[state])
    actor = make.person(role, unit=HERE)
    if role in roles:
        assert make.step(case, key, actor=actor).state == target
    else:
        with pytest.raises(StepForbidden):
            take_step(case, key, actor=actor)


@pytest.mark.parametrize(
    ("state", "key", "target"),
    [("screening", "return_to_collecting", "collecting"), ("reviewing", "return_to_testing", "testing")],
)
def test_ppid_utama_sends_back_with_a_reason(state, key, target):
    case = make.exclusion(at=state)
    with pytest.raises(StepUnmet, match="Tuliskan alasannya"):
        take_step(case, key, actor=make.demo("utama"))
    take_step(case, key, actor=make.demo("utama"), note="Belum lengkap.")
    assert make.again(case).state == target


def test_nobody_accepts_their_own_test():
    both = make.person("opd", "ppid_utama", unit=HERE)
    case = make.exclusion(at="reviewing", hands={"test_consequences": both})
    with pytest.raises(StepForbidden, match="pekerjaannya sendiri"):
        take_step(case, "accept", actor=both, evidence=make.evidence(case, both))


class TestConsequenceTest:
    def test_step_three_wants_the_sheet_and_its_participants(self):
        case, opd = make.exclusion(at="testing"), make.demo("opd")
        with pytest.raises(StepUnmet, match="Isi lembar uji konsekuensi"):
            take_step(case, "test_consequences", actor=opd, evidence=make.evidence(case, opd))
        fill_test(case, make.test(), [], actor=opd)
        with pytest.raises(StepUnmet, match="sekurang-kurangnya satu peserta"):
            take_step(make.again(case), "test_consequences", actor=opd, evidence=make.evidence(case, opd))

    def test_it_is_filled_at_step_three_by_its_performer_and_never_else(self):
        case = make.exclusion(at="testing")
        with pytest.raises(StepForbidden):
            fill_test(case, make.test(), [make.participant()], actor=make.demo("bidang"))
        later = make.exclusion(at="reviewing")
        with pytest.raises(StepOutOfOrder):
            fill_test(later, later.exclusion.test, [make.participant()], actor=make.demo("opd"))

    @pytest.mark.parametrize(
        "fields",
        [
            {"grounds": []},
            {"conclusion": "part", "redacted_parts": ""},
            {"grounds": ["j"], "other_statute": ""},
            {"grounds": ["a"], "ends_on": None},
            {"grounds": ["f"], "ends_on": None},
            {"ends_on": date(2020, 1, 1)},
        ],
        ids=["no ground", "parts not named", "j without statute", "a without end", "f without end", "ended before"],
    )
    def test_the_database_refuses_a_sheet_that_the_law_would(self, fields):
        case = make.exclusion(at="testing")
        with pytest.raises(IntegrityError):
            fill_test(case, make.test(**fields), [make.participant()], actor=make.demo("opd"))

    def test_an_open_conclusion_leads_to_no_exclusion(self):
        case, opd = make.exclusion(at="testing"), make.demo("opd")
        fill_test(case, make.test(conclusion="open"), [make.participant()], actor=opd)
        case = make.step(case, "test_consequences", actor=opd)
        with pytest.raises(StepUnmet, match="Hasil uji menyatakan informasi terbuka"):
            take_step(case, "accept", actor=make.demo("utama"), evidence=make.evidence(case, make.demo("utama")))


class TestAdopting:
    def test_step_five_wants_the_heads_approval_and_the_decree(self):
        case, bidang = make.exclusion(at="adopting"), make.demo("bidang")
        with pytest.raises(StepUnmet, match="nomor dan tanggal surat penetapan"):
            take_step(case, "adopt", actor=bidang, evidence=make.evidence(case, bidang))

    def test_the_decree_is_recorded_at_step_five_only(self):
        case = make.exclusion(at="reviewing")
        with pytest.raises(StepOutOfOrder):
            record_decree(case, make.decree(), actor=make.demo("utama"))

    def test_the_decree_does_not_precede_the_heads_approval(self):
        case = make.exclusion(at="adopting")
        early, late = timezone.localdate() - timezone.timedelta(days=1), timezone.localdate()
        with pytest.raises(StepUnmet, match="tidak boleh sebelum persetujuan pimpinan"):
            record_decree(case, make.decree(date=early, approved_on=late), actor=make.demo("bidang"))
        row = make.decree(date=early, approved_on=late, exclusion=case.exclusion, recorded_at=timezone.now())
        row.recorded_by, row.test_digest = make.demo("bidang"), case.exclusion.test.digest
        around = pgtrigger.ignore("information.ClassificationDecree:decree_decides_on_this_test")
        with around, pytest.raises(IntegrityError, match="decree_follows_approval"), make.savepoint():
            row.save()

    def test_adopting_puts_the_entry_on_the_dik_with_the_words_meant_for_it(self):
        case = make.exclusion(at="adopted")
        entry = DikEntry.objects.get(number=case.number)
        assert entry.information == "Data pribadi pemohon akta"
        assert entry.legal_basis == (
            "Pasal 17 huruf h UU Nomor 14 Tahun 2008; UU 27/2022 tentang Pelindungan Data Pribadi"
        )
        assert entry.decree_number == Exclusion.objects.get(case=case).decree.number

    def test_adopting_takes_a_public_item_off_the_shelf_and_leaves_a_tombstone(self):
        published = make.publication(at="published", unit=HERE)
        item = published.information
        assert PublishedItem.objects.filter(number=item.number).exists()
        make.exclusion(at="adopted", information=item)
        assert not PublishedItem.objects.filter(number=item.number).exists()
        stone = Tombstone.objects.get(number=item.number)
        assert stone.kind == "excluded"
        assert item.title not in stone.reason

    def test_before_adoption_a_public_item_stays_public(self):
        published = make.publication(at="published", unit=HERE)
        make.exclusion(at="adopting", information=published.information)
        assert PublishedItem.objects.filter(number=published.information.number).exists()

    def test_an_adopted_exclusion_never_changes(self):
        case = make.exclusion(at="adopted")
        exclusion = Exclusion.objects.get(case=case)
        for change in (
            lambda: Exclusion.objects.filter(pk=exclusion.pk).update(adopted_at=None),
            lambda: type(exclusion.test).objects.update(subject="Lain"),
            lambda: exclusion.test.participants.all().delete(),
            lambda: type(exclusion.decree).objects.update(number="0"),
        ):
            with pytest.raises(Exception, match="never changes"), make.savepoint():
                change()

    def test_a_document_changed_after_step_four_sends_the_case_back_to_the_test(self):
        case = make.exclusion(at="adopting")
        add_document(case, make.pdf(), title="Susulan", actor=make.demo("opd"))
        assert make.again(case).state == "testing"


def test_an_exclusion_is_in_force_until_its_last_day():
    case, opd = make.exclusion(at="testing"), make.demo("opd")
    last = timezone.localdate() + timezone.timedelta(days=30)
    fill_test(case, make.test(ends_on=last), [make.participant()], actor=opd)
    make.walk(case, to="adopted")
    assert Exclusion.objects.in_force(on=last).exists()
    assert not Exclusion.objects.in_force(on=last + timezone.timedelta(days=1)).exists()
