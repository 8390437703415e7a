"""The publication flow is the first sheet: its seven steps in its order, by its performers."""

from datetime import timedelta

import pgtrigger
import pytest
from django.utils import timezone

from ppid.flows.actions import open_publication, take_step
from ppid.flows.documents import add_document, add_evidence, describe, remove_document, replace_document
from ppid.flows.ledger import Evidence
from ppid.flows.models import Case
from ppid.flows.steps import StepForbidden, StepOutOfOrder, StepUnmet
from ppid.information.models import Document, Exclusion
from ppid.shelf.models import PublishedItem, Tombstone
from sop.models import SopVersion
from tests import make

pytestmark = pytest.mark.django_db

# Written out from the sheet, not read from the code, so that it can catch the code: state, step, next state, who.
SHEET = [
    ("updating", "update_content", "coordinating", "bidang_layanan"),
    ("coordinating", "coordinate", "preparing", "bidang_layanan"),
    ("preparing", "prepare", "clarifying", "ppid_pelaksana"),
    ("clarifying", "clarify", "releasing", "ppid_utama"),
    ("releasing", "release", "renewing", "bidang_layanan"),
    ("renewing", "renew", "publishing", "operator"),
    ("publishing", "publish", "published", "operator"),
]
ROLES = ["ppid_utama", "ppid_pelaksana", "ppid_pembantu", "opd", "bidang_layanan", "operator", "atasan_ppid"]
ENDS = ["published", "retracted", "diverted", "withdrawn"]
EVERYTHING = {"ppid_utama", "ppid_pelaksana", "bidang_layanan", "operator"}


def at(state: str) -> Case:
    """Return a publication that stands at ``state``, an end included."""
    if state == "withdrawn":
        case = make.publication()
        take_step(case, "withdraw", actor=make.demo("utama"), note="Judul keliru.")
    elif state == "diverted":
        case = make.publication(at="clarifying")
        take_step(case, "divert", actor=make.demo("utama"), note="Memuat data pribadi.")
    elif state == "retracted":
        case = make.publication(at="published")
        take_step(case, "retract", actor=make.demo("utama"), note="Berkas keliru.")
    else:
        case = make.publication(at=state)
    return make.again(case)


@pytest.mark.parametrize("state", [state for state, *_ in SHEET] + ENDS)
def test_a_step_is_open_only_where_the_sheet_says(state):
    # Someone who may do everything and prepared nothing, so that only the order can refuse.
    anyone = make.person(*EVERYTHING)
    case = at(state)
    for awaited, key, _, _ in SHEET:
        here = make.again(case)
        if awaited == state:
            continue
        with pytest.raises(StepOutOfOrder):
            take_step(here, key, actor=anyone, evidence=make.evidence(here, anyone) if here.is_running else {})
        assert make.again(case).state == state
    for awaited, key, target, _ in SHEET:
        if awaited == state:
            assert make.step(make.again(case), key, actor=anyone).state == target


@pytest.mark.parametrize(("state", "key", "target", "role"), SHEET)
def test_a_step_is_taken_by_the_role_that_the_sheet_names_and_by_no_other(state, key, target, role):
    case = make.publication(at=state)
    for other in ROLES:
        if other != role:
            with pytest.raises(StepForbidden):
                take_step(make.again(case), key, actor=make.person(other))
    assert make.step(make.again(case), key, actor=make.person(role)).state == target


def test_a_pelaksana_acts_for_the_own_unit_only():
    case = make.publication(at="preparing", unit="dinsos")
    with pytest.raises(StepForbidden, match="Dinas Sosial"):
        take_step(case, "prepare", actor=make.demo("disdukcapil"))


def test_an_appointment_counts_from_its_first_to_its_last_day():
    day = timezone.localdate()
    ended = make.person("operator", ends_on=day - timezone.timedelta(days=1))
    future = make.person("operator", starts_on=day + timezone.timedelta(days=1))
    last_day = make.person("operator", ends_on=day)
    case = make.publication(at="renewing")
    for person in (ended, future):
        with pytest.raises(StepForbidden):
            take_step(case, "renew", actor=person)
    assert make.step(case, "renew", actor=last_day).state == "publishing"


def test_nobody_approves_their_own_work_though_they_hold_both_roles():
    both = make.person("ppid_pelaksana", "ppid_utama")
    case = make.publication(at="clarifying", hands={"prepare": both})
    with pytest.raises(StepForbidden, match="tidak seorang pun menyetujui pekerjaannya sendiri"):
        take_step(case, "clarify", actor=both, category="periodic", evidence=make.evidence(case, both))
    assert make.step(case, "clarify", actor="utama").state == "releasing"


def test_who_prepared_before_a_return_does_not_approve_what_another_prepared_after_it():
    both = make.person("ppid_pelaksana", "ppid_utama")
    case = make.publication(at="clarifying", hands={"prepare": both})
    take_step(case, "return_for_repair", actor=make.demo("utama"), note="Lengkapi tabel.")
    case = make.step(make.again(case), "prepare", actor="dinsos")
    with pytest.raises(StepForbidden):
        take_step(case, "clarify", actor=both, category="periodic", evidence=make.evidence(case, both))


def test_the_ledger_shows_acting_officers_as_what_they_are():
    acting = make.person("ppid_pelaksana", kind="plt", name="Siti, S.Sos.")
    case = make.publication(at="clarifying", hands={"prepare": acting})
    record = case.records.get(key="prepare")
    assert (record.actor_name, record.acting_as, record.unit.code) == ("Siti, S.Sos.", "Plt PPID Pelaksana", "dinsos")


class TestRequirements:
    def test_each_named_requirement_and_output_wants_its_evidence(self):
        case = make.publication(at="coordinating")
        bidang = make.demo("bidang")
        proof = add_evidence(case, make.pdf(), actor=bidang)
        with pytest.raises(StepUnmet) as refusal:
            take_step(case, "coordinate", actor=bidang)
        assert refusal.value.fields == ("requirement", "output")
        with pytest.raises(StepUnmet, match="Lampirkan output"):
            take_step(case, "coordinate", actor=bidang, evidence={"requirement": proof})
        report = add_evidence(case, make.pdf(), actor=bidang)
        take_step(case, "coordinate", actor=bidang, evidence={"requirement": proof, "output": report})

    def test_step_one_has_no_quality_standard_and_wants_no_evidence(self):
        case = make.publication()
        assert take_step(case, "update_content", actor=make.demo("bidang")).due_at is None

    def test_another_items_document_is_no_evidence(self):
        case, other = make.publication(at="coordinating"), make.publication(at="clarifying")
        foreign = other.information.documents.first()
        with pytest.raises(StepUnmet, match="bukan dokumen yang berlaku"):
            take_step(
                case, "coordinate", actor=make.demo("bidang"), evidence={"requirement": foreign, "output": foreign}
            )

    def test_preparing_wants_a_document_to_publish(self):
        case, siti = make.publication(at="preparing"), make.demo("dinsos")
        with pytest.raises(StepUnmet, match="sekurang-kurangnya satu dokumen informasi"):
            take_step(case, "prepare", actor=siti, evidence=make.evidence(case, siti))

    @pytest.mark.parametrize("field", ["summary", "responsible", "made_place", "made_when", "retention"])
    def test_preparing_wants_every_column_of_the_dip(self, field):
        case, siti = make.publication(at="preparing", **{field: ""}), make.demo("dinsos")
        make.supply(case, "prepare", siti)
        with pytest.raises(StepUnmet, match="Lengkapi keterangan informasi"):
            take_step(case, "prepare", actor=siti, evidence=make.evidence(case, siti))

    @pytest.mark.parametrize("category", [None, "", "rahasia"])
    def test_clarifying_wants_a_class(self, category):
        case, utama = make.publication(at="clarifying"), make.demo("utama")
        with pytest.raises(StepUnmet, match="Pilih jenis informasi"):
            take_step(case, "clarify", actor=utama, evidence=make.evidence(case, utama), category=category)

    @pytest.mark.parametrize("key", ["return_for_repair", "divert", "withdraw"])
    def test_going_back_or_giving_up_wants_a_reason(self, key):
        case = make.publication(at="clarifying")
        with pytest.raises(StepUnmet, match="Tuliskan alasannya"):
            take_step(case, key, actor=make.demo("utama"), note="  \n ")

    def test_an_excluded_item_is_not_opened_for_publication(self):
        item = make.exclusion(at="adopted").information
        with pytest.raises(StepUnmet, match="dikecualikan"):
            open_publication(item, actor=make.demo("bidang"))


class TestReturns:
    def test_ppid_utama_sends_the_item_back_to_step_three_with_a_reason(self):
        case = make.publication(at="clarifying")
        record = take_step(case, "return_for_repair", actor=make.demo("utama"), note="Lengkapi tabel kelurahan.")
        assert make.again(case).state == "preparing"
        assert (record.kind, record.step, record.note) == ("return", 4, "Lengkapi tabel kelurahan.")

    def test_only_who_decides_at_step_four_sends_back(self):
        case = make.publication(at="clarifying")
        for who in ("bidang", "operator", "dinsos"):
            with pytest.raises(StepForbidden):
                take_step(case, "return_for_repair", actor=make.demo(who), note="Coba.")

    def test_who_opened_it_and_ppid_utama_withdraw_it_and_nobody_else(self):
        siti, colleague = make.demo("dinsos"), make.person("ppid_pelaksana")
        case = open_publication(make.information(actor=siti), actor=siti)
        with pytest.raises(StepForbidden):
            take_step(case, "withdraw", actor=colleague, note="Coba.")
        take_step(case, "withdraw", actor=siti, note="Salah judul.")
        assert make.again(case).state == "withdrawn"
        other = make.publication(at="publishing")
        take_step(other, "withdraw", actor=make.demo("utama"), note="Batal.")
        assert not PublishedItem.objects.filter(number=other.information.number).exists()

    def test_diverting_opens_an_exclusion_of_the_same_item_at_step_one(self):
        case = make.publication(at="clarifying")
        take_step(case, "divert", actor=make.demo("utama"), note="Memuat data pribadi.")
        diverted = make.again(case)
        exclusion = diverted.diverted_to
        assert (diverted.state, exclusion.state, exclusion.flow) == ("diverted", "collecting", "exclusion")
        assert exclusion.information == case.information
        assert not PublishedItem.objects.exists()


class TestApprovalIsBoundToBytes:
    @pytest.mark.parametrize("state", ["clarifying", "releasing", "renewing", "publishing"])
    def test_a_document_added_later_sends_the_case_back_to_step_three(self, state):
        case = make.publication(at=state)
        add_document(case, make.pdf("tambahan.pdf"), title="Tambahan", actor=make.demo("dinsos"))
        back = make.again(case)
        assert back.state == "preparing"
        assert back.records.last().kind == "reopening"
        assert "Tambahan" in back.records.last().note

    def test_a_document_replaced_later_sends_the_case_back_and_stays_in_the_history(self):
        case = make.publication(at="publishing")
        old = case.information.documents.content().get()
        new = replace_document(case, old, make.pdf(), title="Laporan (ralat)", actor=make.demo("operator"))
        assert make.again(case).state == "preparing"
        assert list(case.information.documents.current().content()) == [new]
        assert case.information.documents.filter(pk=old.pk).exists()

    def test_a_document_removed_later_sends_the_case_back(self):
        case = make.publication(at="releasing")
        add_document(case, make.pdf(), title="Lampiran", actor=make.demo("bidang"))
        case = make.walk(make.again(case), to="releasing")
        document = case.information.documents.current().content().last()
        remove_document(case, document, actor=make.demo("bidang"))
        assert make.again(case).state == "preparing"

    def test_evidence_of_later_steps_does_not(self):
        case = make.publication(at="releasing")
        add_evidence(case, make.pdf("notulen.pdf"), actor=make.demo("bidang"))
        assert make.again(case).state == "releasing"

    def test_ppid_utama_does_not_change_what_is_to_be_approved(self):
        case = make.publication(at="clarifying")
        with pytest.raises(StepForbidden):
            add_document(case, make.pdf(), title="Susulan", actor=make.demo("utama"))

    def test_the_description_is_part_of_what_is_approved(self):
        case = make.publication(at="releasing")
        with pytest.raises(StepOutOfOrder, match="kembalikan ke langkah 3"):
            describe(case, {"summary": "Diubah diam-diam."}, actor=make.demo("dinsos"))

    def test_step_four_writes_down_the_bytes_it_approves(self):
        case = make.publication(at="releasing")
        document = case.information.documents.content().get()
        approved = Evidence.objects.get(record__case=case, part="approved")
        assert (approved.document, approved.sha256) == (document, document.sha256)


class TestPublishing:
    def test_the_last_step_puts_the_item_on_the_shelf_with_its_passport(self):
        case = make.publication(at="published")
        item = PublishedItem.objects.get(number=case.information.number)
        assert (item.title, item.category, item.unit_code) == (case.information.title, "periodic", "dinsos")
        assert [file.sha256 for file in item.files.all()] == [case.information.documents.content().get().sha256]
        assert [row["number"] for row in item.passport] == [1, 2, 3, 4, 5, 6, 7]
        assert item.passport[2]["office"] == "PPID Pelaksana · Dinas Sosial"
        assert item.passport[3]["standard"] == "3 hari"

    def test_the_passport_names_offices_and_no_person(self):
        case = make.publication(at="published")
        text = str(PublishedItem.objects.get(number=case.information.number).passport)
        for record in case.records.all():
            assert record.actor_name not in text

    def test_a_correction_replaces_what_stands_under_the_number(self):
        first = make.publication(at="published")
        second = make.publication(information=first.information)
        document = first.information.documents.current().content().get()
        replace_document(second, document, make.pdf(), title="Laporan (ralat)", actor=make.demo("bidang"))
        make.walk(make.again(second), to="published")
        item = PublishedItem.objects.get(number=first.information.number)
        assert [file.title for file in item.files.all()] == ["Laporan (ralat)"]

    def test_a_document_and_its_successors_have_one_address_and_nothing_else_gets_it(self):
        first = make.publication(at="published")
        item = PublishedItem.objects.get(number=first.information.number)
        old = item.files.get()
        again = make.publication(information=first.information)
        document = first.information.documents.current().content().get()
        replace_document(again, document, make.pdf("ralat.pdf"), title="Ralat", actor=make.demo("bidang"))
        add_document(again, make.pdf(), title="Lampiran", actor=make.demo("bidang"))
        make.walk(make.again(again), to="published")
        item = PublishedItem.objects.get(number=first.information.number)
        successor, other = item.files.all()
        assert (successor.title, successor.key) == ("Ralat", old.key)
        assert (other.title, other.key != old.key) == ("Lampiran", True)

    def test_the_database_gives_no_address_to_a_second_document(self):
        case, actor = make.publication(at="preparing"), make.demo("dinsos")
        first = add_document(case, make.pdf(), title="Pertama", actor=actor)
        second = add_document(case, make.pdf(), title="Kedua", actor=actor)
        fields = {
            each.name: getattr(second, each.name)
            for each in Document._meta.concrete_fields
            if each.name not in ("id", "replaces", "address_key")
        }
        for wrong in ({"address_key": first.address_key}, {"address_key": "0" * 12, "replaces": first}):
            with pytest.raises(Exception, match="an address means one document"), make.savepoint():
                Document.objects.create(**fields, **wrong)
        with pytest.raises(Exception, match="annot update"), make.savepoint():
            Document.objects.filter(pk=second.pk).update(address_key="0" * 12)

    def test_ppid_utama_takes_it_off_again_and_a_tombstone_says_why(self):
        case = make.publication(at="published")
        with pytest.raises(StepForbidden):
            take_step(case, "retract", actor=make.demo("operator"), note="Coba.")
        take_step(case, "retract", actor=make.demo("utama"), note="Memuat NIK warga.")
        number = case.information.number
        assert not PublishedItem.objects.filter(number=number).exists()
        assert Tombstone.objects.get(number=number).reason == "Memuat NIK warga."

    def test_an_older_case_does_not_take_off_what_a_newer_one_put_there(self):
        first = make.publication(at="published")
        make.publication(information=first.information, at="published")
        with pytest.raises(StepUnmet, match="proses yang lebih baru"):
            take_step(make.again(first), "retract", actor=make.demo("utama"), note="Coba.")

    def test_what_an_exclusion_took_off_is_not_retracted_as_well(self):
        case = make.publication(at="published", unit="disdukcapil")
        make.exclusion(at="adopted", information=case.information)
        with pytest.raises(StepUnmet, match="sudah tidak ada di portal"):
            take_step(make.again(case), "retract", actor=make.demo("utama"), note="Coba.")
        assert make.again(case).state == "published"
        assert Tombstone.objects.get(number=case.information.number).kind == "excluded"

    def test_what_a_newer_case_had_retracted_is_not_retracted_again(self):
        first = make.publication(at="published")
        second = make.publication(information=first.information, at="published")
        take_step(second, "retract", actor=make.demo("utama"), note="Berkas keliru.")
        with pytest.raises(StepUnmet, match="sudah tidak ada di portal"):
            take_step(make.again(first), "retract", actor=make.demo("utama"), note="Coba.")

    def test_one_running_case_for_an_item_at_a_time(self):
        case = make.publication()
        with pytest.raises(StepUnmet, match=case.number):
            open_publication(case.information, actor=make.demo("bidang"))

    def test_a_step_taken_twice_says_who_took_it(self):
        case = make.publication()
        take_step(case, "update_content", actor=make.demo("bidang"))
        with pytest.raises(StepOutOfOrder, match="Langkah ini sudah selesai: langkah 1 dikerjakan oleh Budi Hartono"):
            take_step(case, "update_content", actor=make.demo("bidang"))


class TestWhoSeesWhatWaits:
    def test_the_inbox_holds_the_cases_whose_present_step_is_mine(self):
        today = timezone.localdate()
        mine, elsewhere = make.publication(at="preparing"), make.publication(at="preparing", unit="disdukcapil")
        decision = make.publication(at="clarifying")
        waiting = Case.objects.awaiting(make.demo("dinsos"), on=today)
        assert list(waiting) == [mine]
        assert set(Case.objects.awaiting(make.demo("utama"), on=today)) == {decision}
        assert elsewhere in Case.objects.awaiting(make.demo("disdukcapil"), on=today)

    def test_a_unit_sees_its_own_cases_and_the_city_roles_see_all(self):
        today = timezone.localdate()
        here, there = make.publication(), make.publication(unit="disdukcapil")
        assert set(Case.objects.visible_to(make.demo("dinsos"), on=today)) == {here}
        assert set(Case.objects.visible_to(make.demo("operator"), on=today)) == {here, there}
        assert not Case.objects.visible_to(make.person(), on=today).exists()


class TestWhatBecameOfIt:
    """A case says what became of its publication, not what it once came to."""

    def labels(self, item) -> list[str]:
        read_alone = [case.state_label for case in item.cases.order_by("pk")]
        in_a_list = [case.state_label for case in item.cases.for_list().order_by("pk")]
        assert read_alone == in_a_list
        return read_alone

    def test_while_it_stands_there_it_is_published(self):
        case = make.publication(at="published")
        assert self.labels(case.information) == ["Diumumkan"]
        make.publication(information=case.information)  # running, so nothing has changed on the shelf yet
        assert self.labels(case.information)[0] == "Diumumkan"
        assert list(Case.objects.on_the_shelf()) == [case]

    def test_replaced(self):
        first = make.publication(at="published")
        second = make.publication(information=first.information, at="published")
        assert self.labels(first.information) == ["Digantikan pengumuman yang lebih baru", "Diumumkan"]
        assert (list(Case.objects.on_the_shelf()), list(Case.objects.off_the_shelf())) == ([second], [first])

    def test_replaced_and_then_retracted(self):
        first = make.publication(at="published")
        second = make.publication(information=first.information, at="published")
        take_step(second, "retract", actor=make.demo("utama"), note="Berkas keliru.")
        assert self.labels(first.information) == ["Digantikan pengumuman yang lebih baru", "Dicabut dari portal"]
        assert not Case.objects.on_the_shelf().exists()

    def test_excluded(self):
        case = make.publication(at="published", unit="disdukcapil")
        make.exclusion(at="adopted", information=case.information)
        assert self.labels(case.information) == ["Dikecualikan sesudah diumumkan", "Ditetapkan dikecualikan"]
        assert list(Case.objects.off_the_shelf()) == [case]

    def test_a_later_case_that_was_given_up_changes_nothing(self):
        case = make.publication(at="published")
        again = make.publication(information=case.information)
        take_step(again, "withdraw", actor=make.demo("utama"), note="Tidak jadi.")
        assert self.labels(case.information) == ["Diumumkan", "Ditarik"]


def test_after_the_end_nothing_is_added_and_no_row_is_awaited():
    case = make.publication(at="published")
    for act in (
        lambda: add_document(case, make.pdf(), title="Susulan", actor=make.demo("dinsos")),
        lambda: add_evidence(case, make.pdf(), actor=make.demo("operator")),
        lambda: case.awaited,
    ):
        with pytest.raises(StepOutOfOrder, match="Proses ini sudah berakhir: Diumumkan"):
            act()


def test_without_a_sheet_in_force_no_case_is_opened():
    item = make.information()
    with pgtrigger.ignore():
        SopVersion.objects.update(in_force_from=timezone.localdate() + timedelta(days=1))
    with pytest.raises(StepUnmet, match="Belum ada SOP yang berlaku untuk alur ini"):
        open_publication(item, actor=make.demo("bidang"))


@pytest.mark.parametrize(
    ("state", "key", "who"),
    [
        ("clarifying", "clarify", "utama"),
        ("publishing", "publish", "operator"),
        ("preparing", "publish_first", "utama"),
    ],
)
def test_what_is_excluded_is_neither_approved_nor_announced(state, key, who):
    case, actor = make.publication(at=state), make.demo(who)
    with pgtrigger.ignore():  # adopted past the portal: an item with a running case is not excluded
        Exclusion.objects.create(information=case.information, adopted_at=timezone.now())
    inputs = {"category": "periodic"} if key == "clarify" else {}
    proof = {} if key == "publish_first" else make.evidence(case, actor)
    with pytest.raises(StepUnmet, match="tidak boleh diumumkan selama pengecualiannya berlaku"):
        take_step(case, key, actor=actor, note="Segera.", evidence=proof, **inputs)
