"""Nobody decides on what they worked on: asked at the domain, at the database, and read on the page beforehand."""

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ppid.flows.actions import open_exclusion, open_publication, register_information, take_step
from ppid.flows.consequence import fill_test, record_decree
from ppid.flows.documents import add_document, add_evidence, describe, remove_document, replace_document
from ppid.flows.models import Case
from ppid.flows.opening import open_new
from ppid.flows.permissions import deciders, worked_on
from ppid.flows.steps import StepForbidden
from ppid.information.classification import ConsequenceTest, FillingOfTest
from ppid.organisation.models import User
from tests import make
from tests.desk.pages import soup, text

pytestmark = pytest.mark.django_db

REST = {"summary": "Isi.", "responsible": "Sekretaris", "made_place": "Pontianak", "made_when": "2026"}
WORDS = {"title": "Judul lain", "retention": "5 tahun", **REST}


@pytest.fixture
def chief() -> User:
    """A Plh of PPID Utama who prepares for Dinas Sosial and tests for Disdukcapil, as small offices have it."""
    person = make.person("ppid_utama", unit="diskominfo", kind="plh", name="Sri Rahayu, S.E.")
    make.appoint(person, "ppid_pelaksana", unit="dinsos")
    make.appoint(person, "ppid_pembantu", unit="disdukcapil")
    return person


def prepared(case: Case) -> Case:
    """Let the usual people bring the case before the decision."""
    return make.walk(make.again(case), to="clarifying" if case.flow == "publication" else "reviewing")


def uploaded(chief):
    case = make.publication(at="preparing")
    add_document(case, make.pdf(), title="Laporan", actor=chief)
    return prepared(case)


def replaced(chief):
    case = make.publication(at="preparing")
    old = add_document(case, make.pdf(), title="Laporan", actor=make.demo("dinsos"))
    replace_document(case, old, make.pdf(), title="Laporan baru", actor=chief)
    return prepared(case)


def described(chief):
    case = make.publication(at="preparing")
    describe(case, {"retention": "9 tahun", "has_hardcopy": True}, actor=chief)
    return prepared(case)


def wrote_the_item_down(chief):
    item = register_information(unit=make.unit("dinsos"), actor=chief, title="Laporan", retention="1 tahun")
    case = make.walk(open_publication(item, actor=make.demo("bidang")), to="preparing")
    describe(case, REST, actor=make.demo("dinsos"))
    return prepared(case)


def opened_with_content(chief):
    case = open_new("publication", unit=make.unit("dinsos"), actor=chief, title="Awal", uploads=[make.pdf()])
    case = make.walk(case, to="preparing")
    (first,) = case.content
    replace_document(case, first, make.pdf(), title="Laporan", actor=make.demo("dinsos"))
    describe(case, WORDS, actor=make.demo("dinsos"))
    return prepared(case)


def took_the_step(chief):
    case = make.publication(at="preparing")
    make.step(case, "prepare", actor=make.demo("dinsos"))
    take_step(case, "return_for_repair", actor=make.demo("utama"), note="Lengkapi.")
    return make.step(make.again(case), "prepare", actor=chief)


def filled_in_the_test(chief):
    case = make.exclusion(at="testing")
    fill_test(case, make.test(), [make.participant()], actor=chief)
    return prepared(case)


def filled_in_what_another_wrote_over(chief):
    case = make.exclusion(at="testing")
    fill_test(case, make.test(), [make.participant()], actor=chief)
    seen = ConsequenceTest.objects.get(exclusion=case.exclusion).filled_at
    fill_test(case, make.test(filled_at=seen, place="Kota"), [make.participant()], actor=make.demo("opd"))
    return prepared(case)


def uploaded_for_the_exclusion(chief):
    case = make.exclusion(at="testing")
    add_document(case, make.pdf(), title="Daftar", actor=chief)
    return prepared(case)


def took_the_test(chief):
    case = make.exclusion(at="testing")
    fill_test(case, make.test(), [make.participant()], actor=make.demo("opd"))
    return make.step(case, "test_consequences", actor=chief)


OWN = {
    uploaded: "mengunggah «Laporan»",
    replaced: "mengunggah «Laporan baru»",
    described: "menulis jangka waktu penyimpanan atau retensi arsip dan hardcopy",
    wrote_the_item_down: "menulis judul dan jangka waktu penyimpanan atau retensi arsip",
    opened_with_content: "membuka proses ini beserta isinya",
    took_the_step: "mengerjakan langkah 3",
    filled_in_the_test: "mengisi lembar uji konsekuensi",
    filled_in_what_another_wrote_over: "mengisi lembar uji konsekuensi",
    uploaded_for_the_exclusion: "mengunggah «Daftar»",
    took_the_test: "mengerjakan langkah 3",
}


def nothing(chief):
    return make.publication(at="clarifying")


def uploaded_what_was_replaced(chief):
    case = make.publication(at="preparing")
    mine = add_document(case, make.pdf(), title="Laporan", actor=chief)
    replace_document(case, mine, make.pdf(), title="Laporan", actor=make.demo("dinsos"))
    return prepared(case)


def uploaded_what_was_taken_out(chief):
    case = make.publication(at="preparing")
    mine = add_document(case, make.pdf(), title="Laporan", actor=chief)
    remove_document(case, mine, actor=make.demo("dinsos"))
    return prepared(case)


def described_what_another_wrote_over(chief):
    case = make.publication(at="preparing")
    describe(case, {"retention": "9 tahun"}, actor=chief)
    describe(case, {"retention": "7 tahun"}, actor=make.demo("dinsos"))
    return prepared(case)


def opened_for_what_others_wrote(chief):
    item = make.information()
    return prepared(open_publication(item, actor=chief))


def added_a_proof(chief):
    case = make.publication(at="clarifying")
    add_evidence(case, make.pdf("bukti.pdf"), actor=chief)
    return case


def sent_it_back(chief):
    case = make.publication(at="clarifying")
    take_step(case, "return_for_repair", actor=chief, note="Lengkapi.")
    return prepared(case)


def diverted_it(chief):
    case = make.publication(at="clarifying", unit="disdukcapil")
    take_step(case, "divert", actor=chief, note="Perlu diuji.")
    return prepared(make.again(case).diverted_to)


FREE = [
    nothing, uploaded_what_was_replaced, uploaded_what_was_taken_out, described_what_another_wrote_over,
    opened_for_what_others_wrote, added_a_proof, sent_it_back, diverted_it,
]  # fmt: skip


def decide(case: Case, actor: User):
    key, inputs = ("clarify", {"category": "periodic"}) if case.flow == "publication" else ("accept", {})
    return take_step(make.again(case), key, actor=actor, evidence=make.evidence(make.again(case), actor), **inputs)


@pytest.mark.parametrize("work", OWN, ids=lambda work: work.__name__)
def test_nobody_decides_on_what_they_worked_on(work, chief):
    case = work(chief)
    assert OWN[work] in worked_on(case, chief)
    assert worked_on(case, make.demo("wakil")) == ""
    with pytest.raises(StepForbidden) as refusal:
        decide(case, chief)
    said = str(refusal.value)
    assert said.startswith("Anda tidak dapat mengerjakan langkah 4 karena Anda ")
    assert OWN[work] in said
    assert "tidak seorang pun menyetujui pekerjaannya sendiri. Yang dapat memutuskan: " in said
    assert "drs. H. Uray Ahmad, M.Si. (PPID Utama)" in said
    assert "Dewi Kartika, S.Kom., M.T. (Plh PPID Utama)" in said
    assert decide(case, make.demo("wakil")).actor == make.demo("wakil")


@pytest.mark.parametrize("work", OWN, ids=lambda work: work.__name__)
def test_the_database_says_the_same(work, chief, monkeypatch):
    case = work(chief)
    monkeypatch.setattr("ppid.flows.permissions.everybodys_work", lambda case: {})
    with pytest.raises(DatabaseError, match="nobody approves their own work"), make.savepoint():
        decide(case, chief)
    assert decide(case, make.demo("wakil"))


@pytest.mark.parametrize("work", FREE, ids=lambda work: work.__name__)
def test_what_no_longer_stands_or_is_no_content_keeps_nobody_from_deciding(work, chief):
    case = work(chief)
    assert worked_on(case, chief) == ""
    assert decide(case, chief).actor == chief


def test_they_may_still_send_it_back(chief):
    case = described(chief)
    assert take_step(case, "return_for_repair", actor=chief, note="Ada yang salah.").to_state == "preparing"


class TestAdopting:
    @pytest.fixture
    def officer(self) -> User:
        person = make.person("bidang_layanan", unit="diskominfo")
        make.appoint(person, "ppid_pembantu", unit="disdukcapil")
        return person

    def waiting(self, officer, *, tests: bool) -> Case:
        case = make.exclusion(at="testing")
        fill_test(case, make.test(), [make.participant()], actor=officer if tests else make.demo("opd"))
        case = make.walk(case, to="adopting")
        make.supply(case, "adopt", make.demo("bidang"))
        return make.again(case)

    def adopt(self, case, actor):
        return take_step(case, "adopt", actor=actor, evidence=make.evidence(case, actor))

    def test_whoever_tested_does_not_adopt(self, officer, monkeypatch):
        case = self.waiting(officer, tests=True)
        with pytest.raises(
            StepForbidden, match="langkah 5 karena Anda mengisi lembar uji konsekuensi: .* Budi Hartono"
        ):
            self.adopt(case, officer)
        monkeypatch.setattr("ppid.flows.permissions.tested", lambda case, user: "")
        with pytest.raises(DatabaseError, match="nobody adopts what they tested"), make.savepoint():
            self.adopt(case, officer)
        assert self.adopt(case, make.demo("bidang")).to_state == "adopted"

    def test_whoever_opened_collected_and_wrote_the_decree_adopts(self, officer):
        item = make.information(unit="disdukcapil", actor=officer)
        case = make.walk(open_exclusion(item, actor=officer), to="adopting")
        make.supply(case, "adopt", officer)
        assert self.adopt(make.again(case), officer).to_state == "adopted"


class TestFillings:
    def test_each_filling_in_leaves_its_line(self):
        case = make.exclusion(at="testing")
        fill_test(case, make.test(), [make.participant()], actor=make.demo("opd"))
        assert [line.filled_by_name for line in case.exclusion.fillings.all()] == ["Fransiskus Andi, S.IP."]

    def test_the_database_takes_none_without_it(self):
        case, now = make.exclusion(at="testing"), timezone.now()
        row = make.test(exclusion=case.exclusion, filled_by=make.demo("opd"), filled_at=now)

        def written() -> None:
            with make.savepoint():
                row.save()
                make.at_the_end()

        with pytest.raises(DatabaseError, match="filled in with its line"):
            written()
        line = {"filled_by": make.demo("opd"), "filled_by_name": "Fransiskus", "filled_at": now}
        FillingOfTest.objects.create(exclusion=case.exclusion, **line)
        row.pk = None
        written()
        for act in (lambda: FillingOfTest.objects.all().delete(), lambda: FillingOfTest.objects.update(filled_at=now)):
            with pytest.raises(DatabaseError), make.savepoint():
                act()


def page_of(who: User | str, case: Case):
    client = Client()
    client.force_login(make.demo(who) if isinstance(who, str) else who)
    return client.get(reverse("desk:case", args=[case.number]))


def test_a_plh_whose_own_work_it_is_is_named_and_who_may_instead(chief):
    case = uploaded(chief)
    own = page_of(chief, case)
    assert "Anda tidak dapat mengerjakan langkah 4 karena Anda mengunggah «Laporan»" in text(own)
    assert soup(own).find("form", id="kerja-form") is None
    for who in ("dinsos", "bidang"):
        page = text(page_of(who, case))
        assert "Sri Rahayu, S.E. Plh PPID Utama, tidak memutuskan karena mengunggah «Laporan»" in page
        assert "drs. H. Uray Ahmad, M.Si. PPID Utama, dapat memutuskan" in page


def test_it_is_told_before_it_comes_to_the_decision(chief):
    case = make.publication(at="preparing")
    assert "Bila Anda mengunggah dokumen, menulis keterangan, atau mengerjakan langkah 3, orang lain yang" in text(
        page_of(chief, case)
    )
    describe(case, {"retention": "9 tahun"}, actor=chief)
    assert "Anda tidak dapat mengerjakan langkah 4 karena Anda menulis jangka waktu" in text(page_of(chief, case))
    assert "Bila Anda mengunggah dokumen" not in text(page_of("dinsos", case))


def test_a_chief_who_opens_a_case_reads_that_another_decides(client):
    for who, told in (("utama", True), ("bidang", False)):
        client.force_login(make.demo(who))
        page = text(client.get(reverse("desk:open-publication")))
        assert ("Siapa yang membuka proses beserta isinya tidak memutuskannya." in page) == told, who


def test_when_nobody_is_left_the_page_says_so_and_leads_whoever_can_to_what_helps(chief):
    case = make.publication(at="preparing")
    describe(case, {"retention": "9 tahun"}, actor=chief)
    for each in User.objects.filter(appointments__role__code="ppid_utama").exclude(pk=chief.pk):
        make.change(each, is_active=False)
    assert deciders(case, on=timezone.localdate()).free == []
    for at in ("preparing", "clarifying"):
        case = make.walk(case, to=at)
        own, others = page_of(chief, case), page_of("dinsos", case)
        for page in (own, others):
            assert "Tidak ada orang lain yang bertugas sebagai PPID Utama" in text(page), at
        link = {"href": reverse("desk:people"), "string": "Catat penugasan"}
        assert soup(own).find("main").find("a", **link), at
        assert soup(others).find("main").find("a", **link) is None, at
    another = make.person("ppid_utama", unit="diskominfo", starts_on=timezone.localdate() - timedelta(days=1))
    assert decide(case, another)


def test_a_decree_recorded_by_the_chief_is_no_work_on_the_decision(chief):
    case = make.exclusion(at="adopting")
    with pytest.raises(StepForbidden):
        record_decree(case, make.decree(), actor=chief)
