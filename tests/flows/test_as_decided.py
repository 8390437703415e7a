"""What an exclusion says is what was decided: whatever is changed of it behind the portal's back is found."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from ppid.chain.verify import faults
from ppid.flows.amendments import decide, propose
from ppid.flows.dik import dik_words
from ppid.flows.lifting import lapse_due
from ppid.flows.models import Case
from ppid.flows.participants import confirm_test
from ppid.flows.replay import unlike_their_ledger
from tests import make
from tests.chain.test_chain import a_superuser
from tests.takeover.office import carried_out_dik

pytestmark = pytest.mark.django_db

NOW, DAY = timezone.now(), timedelta(days=1)

EXCLUSION = "UPDATE information_exclusion SET {} WHERE id = {{exclusion}}"
DECREE = "UPDATE information_classificationdecree SET {} WHERE exclusion_id = {{exclusion}}"
TEST = "UPDATE information_consequencetest SET {} WHERE exclusion_id = {{exclusion}}"
OF_TEST = "(SELECT id FROM information_consequencetest WHERE exclusion_id = {exclusion})"


@pytest.fixture(scope="module")
def adopted(built_once) -> Case:
    return make.adopted(ends_on=timezone.localdate(NOW + 90 * DAY))


def told() -> list[str]:
    make.at_the_end()
    return [*(fault.sentence for fault in faults()), *unlike_their_ledger()]


def tampered(case: Case, *statements: str) -> str:
    assert told() == []
    with a_superuser() as sql:
        for each in statements:
            sql(each.format(exclusion=case.exclusion_id))
    return " ".join(told())


def corrected(case: Case) -> None:
    words = {**dik_words(case, case.exclusion.test), "hides_former": False, "information": "Data pemohon akta"}
    made = propose(case, "correct_dik", actor=make.demo("bidang"), after=words, reason="Salah tulis.")
    decide(made, approve=True, actor=make.demo("utama"))


def test_whatever_becomes_of_an_exclusion_is_no_difference():
    make.exclusion(at="adopting")
    corrected(make.adopted())
    make.lifted(make.adopted())
    make.adopted(days_ago=9, ends_on=timezone.localdate(NOW + DAY))
    old = make.adopted(days_ago=3)
    make.adopted(of=old.information)
    assert make.again(old).exclusion.continued_by
    tested = make.exclusion(at="testing")
    make.fill_test(tested, make.test(conclusion="open", grounds=[]), [make.participant()], actor=make.demo("opd"))
    for key, who in [("test_consequences", "opd"), ("conclude_open", "utama")]:
        tested = make.step(tested, key, actor=who, note="Terbuka.")
    assert carried_out_dik().rows.get().failed == ""
    confirmed, opd = make.exclusion(at="testing"), make.demo("opd")
    mate = make.person("ppid_pembantu", unit="disdukcapil")
    make.filled_in(confirmed, mate, opd)
    confirm_test(make.again(confirmed), actor=mate)
    make.walk(make.again(confirmed), to="adopting")
    sent_back = make.exclusion(at="reviewing")
    make.step(sent_back, "return_to_testing", actor="utama", note="Lengkapi.")
    assert told() == []
    assert list(lapse_due(at=NOW + 2 * DAY))
    assert told() == []


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (EXCLUSION.format("ends_on = ends_on + 30"), "diubah"),
        (EXCLUSION.format("ends_on = NULL"), "diubah"),
        (EXCLUSION.format("adopted_at = adopted_at + interval '1 day'"), "saat penetapannya bukan"),
        (EXCLUSION.format("adopted_at = NULL"), "saat penetapannya bukan"),
        (EXCLUSION.format("opened_on = current_date"), "hari pembukaannya kembali bukan"),
        (EXCLUSION.format("continued_by_id = id"), "tidak tercatat dalam rantai"),
        (DECREE.format("number = '1/LAIN'"), "diubah"),
        (DECREE.format("date = date + 1"), "diubah"),
        (DECREE.format("approved_on = approved_on - 1"), "diubah"),
        (DECREE.format("reason = 'Lain.'"), "diubah"),
        (DECREE.format("test_digest = repeat('0', 64)"), "memutuskan lembar uji yang lain"),
        ("DELETE FROM information_classificationdecree WHERE exclusion_id = {exclusion}", "surat penetapannya tidak"),
        (TEST.format("grounds = '{{a}}'"), "bukan lagi yang diterima (pasal 17 huruf)"),
        (TEST.format("ends_on = ends_on + 30"), "bukan lagi yang diterima (pengecualian berakhir pada)"),
        (TEST.format("conclusion = 'open'"), "bukan lagi yang diterima (kesimpulan)"),
        (TEST.format("public_description = 'Lain'"), "bukan lagi yang diterima (uraian untuk daftar (DIK))"),
        (TEST.format("tested_on = tested_on - 1"), "bukan lagi yang diterima (tanggal pengujian)"),
        (TEST.format("filled_by_id = (SELECT min(id) FROM organisation_user)"), "yang diterima (diisi oleh)"),
        (TEST.format("digest = repeat('0', 64)"), "memutuskan lembar uji yang lain"),
        ("UPDATE information_participant SET name = 'Lain' WHERE test_id = " + OF_TEST, "(peserta pengujian)"),
        ("DELETE FROM information_participant WHERE test_id = " + OF_TEST, "(peserta pengujian)"),
    ],
)
def test_what_is_changed_of_an_adopted_exclusion_is_found(adopted, statement, said):
    assert said in tampered(adopted, statement)


def test_the_command_tells_it_and_fails(adopted):
    tampered(adopted, EXCLUSION.format("ends_on = NULL"))
    with pytest.raises(CommandError):
        call_command("verify_ledger")


def test_a_test_and_a_term_that_were_changed_together_are_found(adopted):
    found = tampered(adopted, EXCLUSION.format("ends_on = ends_on + 1"), TEST.format("ends_on = ends_on + 1"))
    assert "Pengecualian nomor" in found
    assert "bukan lagi yang diterima (pengecualian berakhir pada)" in found


def test_another_decree_in_the_place_of_the_adopted_one_is_found(adopted):
    columns = "place, date, decided_by, approved_by, approved_on, reason, test_digest, recorded_by_id, recorded_at"
    moved = (
        f"INSERT INTO information_classificationdecree (exclusion_id, number, unit_name, {columns}) "
        f"SELECT -1, '1/LAIN', unit_name, {columns} FROM information_classificationdecree "
        "WHERE exclusion_id = {exclusion}"
    )
    found = tampered(
        adopted,
        moved,
        "DELETE FROM information_classificationdecree WHERE exclusion_id = {exclusion}",
        "UPDATE information_classificationdecree SET exclusion_id = {exclusion} WHERE exclusion_id = -1",
    )
    assert "dihapus" in found
    assert "tidak tercatat dalam rantai" in found


@pytest.mark.parametrize("unsaid", ["opened_on = NULL", "opened_on = opened_on - 1"])
def test_an_opening_that_is_hidden_is_found(unsaid):
    case = make.lifted(make.adopted())
    found = tampered(case, EXCLUSION.format(unsaid))
    assert "hari pembukaannya kembali bukan yang disebut riwayatnya" in found
    assert "diubah" in found


def test_an_extension_that_is_hidden_is_found():
    old = make.adopted(days_ago=3)
    make.adopted(of=old.information)
    hidden = "continued_by_id = NULL, opened_on = current_date"  # the index lets no two stand
    assert "diubah" in tampered(old, EXCLUSION.format(hidden))


def test_an_exclusion_that_nobody_adopted_is_found():
    case = make.exclusion(at="reviewing")
    found = tampered(case, EXCLUSION.format("adopted_at = now()"))
    assert "tidak tercatat dalam rantai" in found
    assert f"Proses {case.number}: saat penetapannya bukan yang disebut riwayatnya." in found


def test_a_test_that_was_accepted_is_bound_before_its_decree():
    case = make.exclusion(at="adopting")
    assert "yang diterima (jangka waktu pengecualian)" in tampered(case, TEST.format("term = 'Selamanya'"))


def test_a_draft_of_a_test_binds_nothing_yet():
    assert tampered(make.exclusion(at="reviewing"), TEST.format("term = 'Selamanya'")) == ""


def test_a_result_that_opened_is_bound():
    case = make.exclusion(at="testing")
    make.fill_test(case, make.test(conclusion="open", grounds=[]), [make.participant()], actor=make.demo("opd"))
    make.step(case, "test_consequences", actor="opd")
    case = make.step(make.again(case), "conclude_open", actor="utama", note="Terbuka.")
    assert "kesimpulan, bagian yang dihitamkan)" in tampered(
        case, TEST.format("conclusion = 'part', redacted_parts = 'x', grounds = '{{h}}'")
    )


def test_a_test_that_was_taken_over_is_bound():
    case = carried_out_dik().rows.get().case
    assert told() == []
    assert "yang diterima (konsekuensi bila dibuka)" in tampered(case, TEST.format("consequence_if_open = 'Lain'"))


def test_a_decree_that_was_voided_lawfully_is_no_difference():
    case = make.exclusion(at="adopting")
    make.record_decree(case, make.decree(), actor=make.demo("bidang"))
    make.step(case, "send_back", actor="bidang", note="Uji lagi.", to=3)
    assert told() == []


def test_a_participant_whose_word_is_not_there_is_found(adopted):
    opd = make.demo("opd")
    named = f"UPDATE information_participant SET person_id = {opd.pk} WHERE test_id = {OF_TEST}"
    assert f"peserta uji yang tidak mengonfirmasi lembarnya: {opd.name}" in tampered(adopted, named)
