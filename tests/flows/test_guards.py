"""The database keeps what decides: the item's words, its documents, the papers of an exclusion, the due dates."""

from datetime import date, timedelta

import pgtrigger
import pytest
from django.db import connection
from django.db.utils import DatabaseError
from django.utils import timezone

from ppid.flows.actions import take_step
from ppid.flows.documents import add_document, describe, remove_document, replace_document
from ppid.flows.ledger import MovedDeadline, StepRecord, Tally
from ppid.flows.models import Case
from ppid.flows.steps import StepUnmet
from ppid.information.classification import ClassificationDecree, ConsequenceTest, Participant
from ppid.information.models import Document, Exclusion, Information, NumberSeries
from ppid.worktime import actions as holidays
from ppid.worktime.models import Holiday
from tests import make

pytestmark = pytest.mark.django_db


def sql(statement: str, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def refused(act, match: str | None = None):
    """Run the act; the database must refuse it, at the latest when the transaction is about to end."""

    def act_and_commit():
        act()
        sql("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(DatabaseError, match=match), make.savepoint():
        act_and_commit()


# Every table that keeps what happened or what was decided, written out by hand.
KEPT = [
    "flows_case",
    "flows_steprecord",
    "flows_evidence",
    "flows_confirmation",
    "flows_moveddeadline",
    "flows_heldtime",
    "flows_papernumber",
    "flows_signedpaper",
    "flows_headapproval",
    "flows_participantconfirmation",
    "flows_amendment",
    "flows_exclusionopening",
    "flows_tally",
    "flows_stillright",
    "flows_withdrawal",
    "information_information",
    "information_descriptionchange",
    "information_document",
    "information_exclusion",
    "information_consequencetest",
    "information_fillingoftest",
    "information_participant",
    "information_classificationdecree",
    "information_voideddecree",
    "information_numberseries",
]


@pytest.fixture(scope="module")
def publications(built_once) -> dict[str, Case]:
    """A publication at each of these states."""
    states = ["updating", "preparing", "clarifying", "releasing", "renewing", "publishing", "published"]
    return {state: make.publication(at=state) for state in states}


@pytest.mark.parametrize("table", KEPT)
def test_no_table_that_keeps_what_happened_is_ever_emptied(table):
    refused(lambda: sql(f"TRUNCATE {table} CASCADE"), f"^{table} is kept, never emptied")


class TestDescription:
    FIELDS = {
        "title": "Judul lain",
        "summary": "Ringkasan lain",
        "responsible": "Orang lain",
        "made_place": "Tempat lain",
        "made_when": "2020",
        "has_softcopy": False,
        "has_hardcopy": True,
        "on_request": True,
        "rhythm": 3,
        "retention": "1 hari",
    }

    @pytest.mark.parametrize("field", FIELDS)
    @pytest.mark.parametrize("state", ["clarifying", "publishing", "published"])
    def test_it_stays_from_step_four_on(self, field, state, publications):
        item = publications[state].information
        rows = Information.objects.filter(pk=item.pk)
        refused(lambda: rows.update(**{field: self.FIELDS[field]}), "only while it is prepared")

    def test_an_item_without_a_case_keeps_its_words(self):
        item = make.information()
        refused(lambda: Information.objects.filter(pk=item.pk).update(title="Lain"), "only while it is prepared")

    @pytest.mark.parametrize("state", ["updating", "preparing", "releasing", "published"])
    def test_its_class_is_chosen_by_step_four_alone(self, state, publications):
        item = publications[state].information
        refused(lambda: Information.objects.filter(pk=item.pk).update(category="immediate"), "the approval that chose")

    def test_it_is_written_while_it_is_prepared(self):
        case = make.publication(at="preparing")
        describe(case, {"summary": "Ringkasan baru."}, actor=make.demo("dinsos"))
        assert make.again(case).information.summary == "Ringkasan baru."

    @pytest.mark.parametrize("column", ["number", "created_by_id", "created_at"])
    def test_who_wrote_it_down_and_when_stays(self, column):
        item = make.publication().information
        other = {"number": "'X-1'", "created_by_id": str(make.demo("utama").pk), "created_at": "now()"}[column]
        refused(lambda: sql(f"UPDATE information_information SET {column} = {other} WHERE id = %s", item.pk))
        refused(lambda: make.information().delete())


class TestApproval:
    def test_step_four_keeps_the_words_that_it_approves(self):
        case = make.publication(at="releasing")
        assert case.records.get(key="clarify").approved == {
            "title": "Laporan realisasi bantuan sosial triwulan III 2026",
            "summary": "Jumlah penerima dan realisasi anggaran bantuan sosial per kelurahan.",
            "responsible": "Sekretaris Dinas Sosial",
            "made_place": "Pontianak",
            "made_when": "5 November 2026",
            "retention": "5 tahun",
            "has_softcopy": "True",
            "has_hardcopy": "False",
            "on_request": "False",
            "rhythm": "6",
            "category": "periodic",
        }
        assert set(case.records.exclude(key="clarify").values_list("approved", flat=True)) == {None}

    def test_of_an_exclusion_it_keeps_the_whole_lembar_uji(self):
        case = make.exclusion(at="adopting")
        test = case.records.get(key="accept").approved["test"]
        assert test["subject"] == "Data pribadi pemohon akta kelahiran"
        assert test["conclusion"] == "whole"
        assert test["participants"] == ["Fransiskus Andi, S.IP., Kepala Seksi Identitas Penduduk"]

    @pytest.mark.parametrize(
        ("state", "key", "who"),
        [("releasing", "release", "bidang"), ("renewing", "renew", "operator"), ("publishing", "publish", "operator")],
    )
    @pytest.mark.parametrize("change", [{"title": "Lain"}, {"made_when": "2020"}, {"category": "immediate"}])
    def test_other_words_than_the_approved_ones_go_no_further(self, state, key, who, change, publications):
        case, actor = make.again(publications[state]), make.demo(who)
        with pgtrigger.ignore():
            Information.objects.filter(pk=case.information_id).update(**change)
        with pytest.raises(StepUnmet, match="tidak lagi sama dengan yang disetujui pada langkah 4"):
            take_step(case, key, actor=actor, evidence=make.evidence(case, actor))

    @pytest.mark.parametrize("change", [{"subject": "Lain"}, {"conclusion": "part", "redacted_parts": "Semua"}])
    def test_another_test_than_the_accepted_one_is_not_adopted(self, change):
        case, bidang = make.exclusion(at="adopting"), make.demo("bidang")
        make.supply(case, "adopt", bidang)
        with pgtrigger.ignore():
            ConsequenceTest.objects.filter(exclusion=case.exclusion).update(**change)
        with pytest.raises(StepUnmet, match="tidak lagi sama dengan yang diterima pada langkah 4"):
            take_step(case, "adopt", actor=bidang, evidence=make.evidence(case, bidang))

    def test_a_participant_written_afterwards_is_noticed(self):
        case, bidang = make.exclusion(at="adopting"), make.demo("bidang")
        make.supply(case, "adopt", bidang)
        with pgtrigger.ignore():
            make.participant(test=case.exclusion.test, name="Susulan").save()
        with pytest.raises(StepUnmet, match="tidak lagi sama"):
            take_step(case, "adopt", actor=bidang, evidence=make.evidence(case, bidang))

    def test_a_document_that_slipped_in_by_sql_is_not_published(self):
        case, operator = make.publication(at="publishing"), make.demo("operator")
        old = case.information.documents.content().get()
        sql(
            """INSERT INTO information_document (information_id, purpose, title, filename, media_type, size, sha256,
               uploaded_by_id, uploaded_at, address_key)
               SELECT information_id, purpose, 'Susupan', filename, media_type, size, repeat('0', 64), uploaded_by_id,
               uploaded_at, repeat('0', 12) FROM information_document WHERE id = %s""",
            old.pk,
        )
        with pytest.raises(StepUnmet, match="tidak lagi sama"):
            take_step(case, "publish", actor=operator, evidence=make.evidence(case, operator))
        refused(lambda: forged_row(case, "publish", "published"), "what goes on is what step 4 approved")

    def test_an_approval_without_its_words_is_none(self):
        case = make.publication(at="clarifying")
        found = {"stood": case.what_stands(case.move_called("clarify"))}
        refused(lambda: forged_row(case, "clarify", "releasing", **found), "approval_says_what_it_approves")


def forged_row(case: Case, key: str, to_state: str, **fields) -> StepRecord:
    last = case.records.last()
    return StepRecord.objects.create(
        case=case,
        sequence=case.moves + 1,
        key=key,
        from_state=case.state,
        to_state=to_state,
        actor=make.demo("utama"),
        actor_name="Utama",
        appointment=last.appointment,
        acting_as=last.acting_as,
        unit=case.unit,
        received_at=case.received_at,
        done_at=case.received_at,
        due_at=case.due_at,
        **{"kind": "step", "step": case.step_number, **fields},
    )


class TestDocuments:
    def test_what_was_removed_never_comes_back(self):
        case, siti = make.publication(at="preparing"), make.demo("dinsos")
        document = add_document(case, make.pdf(), title="A", actor=siti)
        remove_document(case, document, actor=siti)
        rows = Document.objects.filter(pk=document.pk)
        refused(lambda: rows.update(removed_at=None, removed_by=None), "stays so")
        refused(lambda: rows.update(removed_at=timezone.now()), "stays so")
        with pytest.raises(StepUnmet, match="sudah diganti atau dikeluarkan"):
            replace_document(case, document, make.pdf(), title="A", actor=siti)
        refused(lambda: document_in_place_of(document), "replaces a current one")

    def test_a_removal_says_by_whom(self):
        document = make.publication(at="clarifying").information.documents.content().get()
        rows = Document.objects.filter(pk=document.pk)
        refused(lambda: rows.update(removed_at=timezone.now()), "removed_by_somebody")

    def test_what_was_replaced_is_not_removed_as_well(self):
        case, siti = make.publication(at="preparing"), make.demo("dinsos")
        old = add_document(case, make.pdf(), title="A", actor=siti)
        replace_document(case, old, make.pdf(), title="A", actor=siti)
        with pytest.raises(StepUnmet, match="sudah diganti"):
            remove_document(case, old, actor=siti)
        removed = {"removed_at": timezone.now(), "removed_by": siti}
        refused(lambda: Document.objects.filter(pk=old.pk).update(**removed), "stays so")

    def test_an_address_means_one_document_and_its_successors(self):
        document = make.publication(at="clarifying").information.documents.content().get()
        refused(lambda: make.twin(document, sha256="1" * 64), "an address means one document")
        refused(lambda: document_in_place_of(document, address_key="0" * 12), "an address means one document")

    def test_a_document_is_never_deleted_not_even_one_that_nothing_names(self):
        case = make.publication(at="preparing")
        document = add_document(case, make.pdf(), title="A", actor=make.demo("dinsos"))
        refused(
            lambda: sql("DELETE FROM information_document WHERE id = %s", document.pk),
            "Cannot delete rows from information_document",
        )

    def test_a_document_of_another_item_is_not_replaced(self):
        case, siti = make.publication(at="preparing"), make.demo("dinsos")
        foreign = make.publication(at="clarifying").information.documents.content().get()
        with pytest.raises(StepUnmet, match="sudah diganti atau dikeluarkan"):
            replace_document(case, foreign, make.pdf(), title="A", actor=siti)
        refused(lambda: document_in_place_of(foreign, information=case.information), "replaces a current one")


def document_in_place_of(document: Document, **fields) -> Document:
    given = {name: getattr(document, name) for name in ("information", "purpose", "filename", "media_type", "size")}
    given |= {"title": "Baru", "sha256": "1" * 64, "uploaded_by": document.uploaded_by, "uploaded_at": timezone.now()}
    given["address_key"] = document.address_key
    return Document.objects.create(replaces=document, **(given | fields))


class TestPapersOfAnExclusion:
    @pytest.mark.parametrize("state", ["reviewing", "adopting", "adopted"])
    def test_the_test_is_written_at_its_step_and_never_else(self, state):
        case = make.exclusion(at=state)
        test = ConsequenceTest.objects.get(exclusion=case.exclusion)
        for change in (
            lambda: ConsequenceTest.objects.filter(pk=test.pk).update(subject="Lain"),
            lambda: test.participants.all().delete(),
            lambda: test.participants.update(name="Lain"),
            lambda: Participant.objects.create(test=test, name="Susulan", position="-"),
            lambda: sql("DELETE FROM information_participant; DELETE FROM information_consequencetest"),
        ):
            refused(change, "never changes but at its step")

    @pytest.mark.parametrize("state", ["reviewing", "adopted"])
    def test_the_decree_is_written_at_its_step_and_never_else(self, state):
        case = make.exclusion(at=state)
        decree = make.decree(exclusion=case.exclusion, recorded_by=make.demo("bidang"), recorded_at=timezone.now())
        refused(decree.save, "never changes but at its step")
        if state == "adopted":
            refused(lambda: ClassificationDecree.objects.update(number="0"), "never changes but at its step")
            refused(lambda: ClassificationDecree.objects.all().delete(), "never changes but at its step")

    @pytest.mark.parametrize("state", ["testing", "adopting"])
    def test_an_exclusion_is_adopted_by_its_last_step_alone(self, state):
        case = make.exclusion(at=state)
        rows = Exclusion.objects.filter(pk=case.exclusion_id)
        refused(lambda: rows.update(adopted_at=timezone.now()), "with its row of the ledger only")
        refused(lambda: rows.update(ends_on=date(2030, 1, 1)), "with its row of the ledger only")
        refused(lambda: rows.update(information=make.information()))

    def test_an_adopted_exclusion_keeps_its_term(self):
        case = make.exclusion(at="adopted")
        rows = Exclusion.objects.filter(pk=case.exclusion_id)
        refused(lambda: rows.update(ends_on=timezone.localdate()), "never changes")
        refused(lambda: rows.update(adopted_at=None), "never changes")
        refused(lambda: rows.delete())

    def test_nor_at_its_step_while_a_decree_rests_on_it(self):
        case = make.exclusion(at="adopting")
        make.supply(case, "adopt", make.demo("bidang"))
        test = ConsequenceTest.objects.get(exclusion=case.exclusion)
        with pgtrigger.ignore():  # a way back that voided no decree
            Case.objects.filter(pk=case.pk).update(state="testing", step=3)
        for change in (
            lambda: ConsequenceTest.objects.filter(pk=test.pk).update(subject="Lain"),
            lambda: test.participants.update(name="Lain"),
            lambda: test.participants.all().delete(),
            lambda: Participant.objects.create(test=test, name="Susulan", position="-"),
        ):
            refused(change, "never changes but at its step, before its decree")

    def test_no_exclusion_is_deleted_not_even_one_that_nothing_names(self):
        exclusion = Exclusion.objects.create(information=make.information())
        refused(exclusion.delete, "Cannot delete rows from information_exclusion")

    def test_no_exclusion_is_born_adopted(self):
        refused(lambda: Exclusion.objects.create(information=make.information(), adopted_at=timezone.now()))

    def test_no_case_is_adopted_without_decree_and_test(self):
        case = make.exclusion(at="adopting")

        def adopt_by_sql():
            forged_row(case, "adopt", "adopted")
            sql(
                "UPDATE flows_case SET state = 'adopted', moves = moves + 1, ended_at = received_at WHERE id = %s",
                case.pk,
            )

        refused(adopt_by_sql, "adopted with its test and its decree")


class TestMovedDeadlines:
    def case_due_after_tomorrow(self) -> Case:
        """Return a case that waits for step 3, three working days."""
        return make.publication(at="preparing")

    def test_a_new_holiday_moves_the_due_date_and_leaves_a_line_that_says_why(self):
        case, bidang = self.case_due_after_tomorrow(), make.demo("bidang")
        day = timezone.localtime(case.due_at).date()
        assert holidays.add(Holiday(date=day, name="Pemilihan ulang", kind="local"), actor=bidang) >= 1
        line = MovedDeadline.objects.get(case=case)
        after = make.again(case)
        assert after.due_at > case.due_at
        assert (line.due_before, line.due_after, line.moves) == (case.due_at, after.due_at, 2)
        assert (line.actor, line.actor_name) == (bidang, bidang.name)
        assert line.because == f"{day:%d/%m/%Y}, Pemilihan ulang menjadi hari libur."

    def test_taking_the_holiday_away_again_leaves_a_second_line(self):
        case, bidang = self.case_due_after_tomorrow(), make.demo("bidang")
        day = timezone.localtime(case.due_at).date()
        holiday = Holiday(date=day, name="Pemilihan ulang", kind="local")
        holidays.add(holiday, actor=bidang)
        holidays.remove(holiday, actor=bidang)
        assert make.again(case).due_at == case.due_at
        assert [line.because for line in MovedDeadline.objects.filter(case=case)] == [
            f"{day:%d/%m/%Y}, Pemilihan ulang menjadi hari libur.",
            f"{day:%d/%m/%Y}, Pemilihan ulang menjadi hari kerja.",
        ]
        sql("SET CONSTRAINTS ALL IMMEDIATE")

    def test_the_step_is_then_judged_by_the_moved_date(self):
        case, bidang = self.case_due_after_tomorrow(), make.demo("bidang")
        day = timezone.localtime(case.due_at).date()
        holidays.add(Holiday(date=day, name="Pemilihan ulang", kind="local"), actor=bidang)
        moved = make.again(case)
        make.step(moved, "prepare", actor="dinsos")
        assert case.records.get(key="prepare").due_at == moved.due_at

    def test_a_line_alone_moves_nothing_and_an_old_line_serves_once(self):
        case, bidang = self.case_due_after_tomorrow(), make.demo("bidang")
        later = case.due_at + timedelta(days=9)

        def line(**fields):
            given = {"case": case, "moves": case.moves, "due_before": case.due_at, "due_after": later}
            given |= {"because": "Coba.", "actor": bidang, "actor_name": bidang.name, "moved_at": timezone.now()}
            return MovedDeadline.objects.create(**(given | fields))

        refused(line, "without its move")
        refused(lambda: line(due_before=later), "starts where its case stands")
        refused(lambda: line(moves=0), "starts where its case stands")
        day = timezone.localtime(case.due_at).date()
        holidays.add(Holiday(date=day, name="Libur", kind="local"), actor=bidang)
        moved = make.again(case)
        refused(lambda: Case.objects.filter(pk=case.pk).update(due_at=later), "moves with its line")
        refused(lambda: Case.objects.filter(pk=case.pk).update(due_at=case.due_at), "moves with its line")
        refused(lambda: MovedDeadline.objects.update(because="Lain."))
        refused(lambda: MovedDeadline.objects.all().delete())
        assert make.again(case).due_at == moved.due_at


def test_what_was_tallied_is_not_deleted():
    version = make.publication().sop_version
    tally = Tally.objects.create(sop_version=version, step=0, measure="days", value=1, n=1)
    refused(tally.delete, "Cannot delete rows from flows_tally")


def test_a_number_is_never_given_twice():
    make.information()
    series = NumberSeries.objects.order_by("series").first()
    refused(lambda: NumberSeries.objects.filter(pk=series.pk).update(last=series.last - 1))
    refused(lambda: NumberSeries.objects.filter(pk=series.pk).update(last=series.last + 2))
    refused(lambda: NumberSeries.objects.filter(pk=series.pk).delete())
