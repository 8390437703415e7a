"""Ralat: two people correct the description of a published item, the old words stay readable, nothing later refuses."""

import pytest
from django.db.utils import DatabaseError
from django.urls import reverse

from ppid.flows.actions import open_exclusion, open_publication, take_step
from ppid.flows.amendments import decide, propose
from ppid.flows.item_correction import CORRECTION
from ppid.flows.renewal import confirm_still_right
from ppid.flows.steps import StepForbidden, StepOutOfOrder, StepUnmet
from ppid.information.models import Information
from ppid.shelf.models import PublishedEdition, PublishedItem
from tests import make
from tests.desk.conftest import sign_in  # noqa: F401 - a fixture
from tests.desk.pages import text
from tests.portal.test_items import text_of
from tests.together import two_at_once

OLD = "Laporan realisasi bantuan sosial triwulan III 2026"
NEW = "Laporan realisasi bantuan sosial triwulan IV 2026"
NOTE = "Triwulannya salah tulis."


def words(case, **changed):
    item = Information.objects.get(pk=case.information_id)
    return {**{name: getattr(item, name) for name in Information.DESCRIPTION_FIELDS}, "hides_former": False} | changed


def proposed(case, *, actor="dinsos", **changed):
    after = words(case, **(changed or {"title": NEW}))
    return propose(case, CORRECTION, actor=make.demo(actor), after=after, reason=NOTE)


def proposed_anew(case):
    return lambda: proposed(make.again(case))


def corrected(case, **changed):
    return decide(proposed(case, **changed), approve=True, actor=make.demo("utama"))


def shown(case) -> PublishedItem:
    return PublishedItem.objects.get(number=case.information.number)


@pytest.mark.django_db
class TestCorrecting:
    def test_it_changes_the_item_and_the_portal_and_says_what_it_was(self, client):
        case = make.publication(at="published")
        assert OLD in text_of(client.get(shown(case).get_absolute_url()))
        corrected(case, title=NEW, made_when="triwulan IV 2026")
        item = Information.objects.get(pk=case.information_id)
        assert (item.title, str(item.made_from)) == (NEW, "2026-10-01")
        page = text_of(client.get(shown(case).get_absolute_url()))
        assert NEW in page
        assert f"Judul, semula {OLD}" in page
        assert "Waktu pembuatan, semula 5 November 2026" in page
        assert NOTE in page
        assert str(shown(case).made_from) == "2026-10-01"
        assert NEW in text_of(client.get("/dip/"))
        assert shown(case).edition == 1, "no seven steps, no new edition"

    def test_former_words_that_must_not_be_read_are_hidden(self, client):
        case = make.publication(at="published")
        corrected(case, title=NEW, hides_former=True)
        page = text_of(client.get(shown(case).get_absolute_url()))
        assert NOTE in page
        assert OLD not in page

    def test_a_page_that_asks_for_other_words_than_there_are_is_a_fault_of_ours(self):
        with pytest.raises(ValueError, match="Not the words of a description"):
            proposed(make.publication(at="published"), category="immediate")

    def test_one_proposes_and_another_decides(self):
        case = make.publication(at="published")
        amendment = proposed(case, actor="utama")
        with pytest.raises(StepForbidden, match="Anda sendiri yang mengusulkan"):
            decide(amendment, approve=True, actor=make.demo("utama"))
        with pytest.raises(StepForbidden):
            decide(amendment, approve=True, actor=make.demo("dinsos"))
        with pytest.raises(StepForbidden):
            proposed(make.publication(at="published"), actor="disdukcapil")
        assert shown(case).title == OLD
        decide(amendment, approve=False, actor=make.person("ppid_utama", unit="diskominfo"), note="Tidak perlu.")
        assert shown(case).title == OLD

    @pytest.mark.parametrize(
        ("changed", "sentence"),
        [
            ({"title": " "}, None),
            ({"title": "x" * 501}, "500"),
            ({"summary": ""}, "ringkasan isi"),
            ({"made_when": ""}, "waktu pembuatan"),
            ({"rhythm": 7}, None),
            ({"title": OLD}, "Tidak ada kata yang berubah"),
            ({"has_softcopy": False, "has_hardcopy": True}, "bukan dengan ralat"),
        ],
    )
    def test_words_that_do_not_fit_are_refused_at_their_field(self, changed, sentence):
        case = make.publication(at="published")
        with pytest.raises(StepUnmet, match=sentence) as refusal:
            proposed(case, **changed)
        assert refusal.value.fields

    def test_another_rhythm_moves_the_day(self):
        case = make.publication(at="published")
        before = shown(case).renew_by
        corrected(case, rhythm=2)
        assert shown(case).rhythm == 2
        assert shown(case).renew_by < before


@pytest.mark.django_db
class TestNothingLaterRefuses:
    def test_it_is_renewed_confirmed_and_withdrawn_as_any_other(self, client):
        case = make.publication(at="published")
        corrected(case)
        confirm_still_right(make.again(case), actor=make.demo("dinsos"))
        corrected(case, title=f"{NEW} (final)")
        renewed = make.publication(at="published", information=case.information)
        assert shown(case).title == f"{NEW} (final)"
        assert shown(case).corrections == []
        first = PublishedEdition.objects.get(number=case.information.number)
        assert [each[1] for each in first.corrected] == [NOTE, NOTE]
        assert OLD in text_of(client.get(first.get_absolute_url()))
        take_step(make.again(renewed), "retract", actor=make.demo("utama"), note="Selesai.")


@pytest.mark.django_db
class TestMeanwhile:
    @pytest.mark.parametrize("after", ["retracted", "excluded", "renewed", "renewing", "excluding"])
    @pytest.mark.parametrize("when", ["before the proposal", "before the decision"])
    def test_what_left_the_portal_or_is_on_its_way_is_not_corrected(self, after, when):
        case = make.publication(at="published")
        amendment = proposed(case) if when == "before the decision" else None
        self.happen(after, case)
        act = (lambda: decide(amendment, approve=True, actor=make.demo("utama"))) if amendment else proposed_anew(case)
        with pytest.raises(StepOutOfOrder, match="ada di portal|sedang diproses"):
            act()
        item = PublishedItem.objects.filter(number=case.information.number).first()
        assert item is None or item.title == OLD

    def happen(self, after, case):
        item = case.information
        if after == "retracted":
            take_step(case, "retract", actor=make.demo("utama"), note="Keliru.")
        elif after == "excluded":
            make.exclusion(at="adopted", information=item, hands={"test_consequences": "pembantu"})
        elif after == "renewed":
            make.publication(at="published", information=item)
        elif after == "renewing":
            open_publication(item, actor=make.demo("bidang"))
        else:
            open_exclusion(item, actor=make.demo("bidang"))

    def test_the_words_change_by_an_approved_correction_alone(self):
        case = make.publication(at="published")
        proposed(case)
        rows = Information.objects.filter(pk=case.information_id)
        with pytest.raises(DatabaseError, match="or by a correction"), make.savepoint():
            rows.update(title=NEW)
        other = make.publication(at="published")
        corrected(other)
        with pytest.raises(DatabaseError, match="or by a correction"), make.savepoint():
            Information.objects.filter(pk=other.information_id).update(title="Lain lagi")


@pytest.mark.django_db
def test_the_page_proposes_it_and_keeps_what_was_typed(sign_in):  # noqa: F811
    case = make.publication(at="published")
    client, url = sign_in("dinsos"), reverse("desk:correct-item", args=[case.number])
    page = client.get(url)
    assert OLD in page.content.decode()
    sent = words(case, title="", reason=NOTE)
    sent = {name: value for name, value in sent.items() if value is not False}
    answer = client.post(url, sent)
    assert answer.status_code == 422
    assert NOTE in answer.content.decode()
    answer = client.post(url, sent | {"title": NEW}, follow=True)
    assert "Sekarang menunggu keputusan" in text(answer)
    assert "Ralat keterangan" in text(sign_in("utama").get(reverse("desk:inbox")))


def test_a_correction_that_is_approved_while_the_item_is_withdrawn_changes_nothing(committed_database):
    case = make.publication(at="published")
    amendment = proposed(case)
    utama, other = make.demo("utama"), make.person("ppid_utama", unit="diskominfo")
    _, second = two_at_once(
        lambda: take_step(case, "retract", actor=utama, note="Keliru."),
        lambda: decide(amendment, approve=True, actor=other),
    )
    assert isinstance(second, StepOutOfOrder), repr(second)
    assert Information.objects.get(pk=case.information_id).title == OLD
