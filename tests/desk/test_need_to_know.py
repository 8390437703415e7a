"""Who learns of an exclusion: those who perform in it, PPID Utama and Atasan PPID. For everybody else it isn't there.

Every address of the desk is walked, also tomorrow's. Who may see what is written out by hand.
"""

import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from ppid.desk.pages import DeskPage
from ppid.flows.actions import open_exclusion, open_publication, take_step
from ppid.flows.claiming import claim
from ppid.flows.consequence import fill_test, record_decree
from ppid.flows.documents import add_document, add_evidence
from ppid.flows.models import Case
from ppid.flows.opening import items_to_open
from ppid.flows.questions import answer, ask, note
from ppid.flows.steps import StepForbidden, StepUnmet
from ppid.information.documents import private_store
from ppid.information.models import Document, Exclusion
from ppid.organisation.appointing import end_appointment
from ppid.organisation.models import Appointment, Role, User
from tests import make
from tests.desk.pages import soup, text

pytestmark = pytest.mark.django_db

# Each private text holds both words: who searches searches for the first, and the second must never be seen.
BAIT, CANARY = "umpan", "burungkenari"
EVERYBODY = [
    "utama", "wakil", "atasan", "bidang", "operator", "dinsos", "pembantu", "disdukcapil", "opd", "pengelola",
]  # fmt: skip
# The demo's people who see each case. The item of all of them is Disdukcapil's, whose exclusions «opd» tests.
KNOW = {"utama", "wakil", "atasan", "bidang", "opd"}
SEE = {
    "a publication": KNOW | {"operator", "disdukcapil", "pengelola"},
    "an exclusion": KNOW,
    "a publication whose item is being excluded": KNOW,
    "a publication whose item is excluded": KNOW,
    "a publication whose item is open again": KNOW | {"operator", "disdukcapil", "pengelola"},
    "an exclusion that was given up": KNOW,
}


def routes(resolver=None, prefix="", namespace="") -> dict[str, str]:
    """Return every pattern of the desk by its name, also tomorrow's."""
    found = {}
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            inner = f"{namespace}{each.namespace}:" if each.namespace else namespace
            found |= routes(each, prefix + str(each.pattern), inner)
        elif isinstance(each, URLPattern):
            found[f"{namespace}{each.name}"] = prefix + str(each.pattern)
    return {name: route for name, route in found.items() if name.startswith("desk:")}


ROUTES = routes()
OF_A_CASE = [name for name, route in ROUTES.items() if "perkara/<slug:number>/" in route]
PLAIN = [name for name, route in ROUTES.items() if "<" not in route]


def secret_exclusion(case: Case) -> Case:
    """Walk an exclusion up to its decree; every private text of it holds the canary word."""
    opd, words = make.demo("opd"), {name: f"{CANARY} {name}" for name in ("subject", "public_interest", "place")}
    case = make.walk(case, to="testing")
    add_document(case, make.pdf(f"{CANARY}.pdf", CANARY), title=f"{CANARY} dokumen", actor=opd)
    add_evidence(case, make.pdf(f"{CANARY}-bukti.pdf", CANARY), actor=opd)
    fill_test(case, make.test(**words), [make.participant(name=f"{CANARY} peserta")], actor=opd)
    asked = ask(case, f"{BAIT} {CANARY} tanya", role=Role.objects.get(code="opd"), actor=make.demo("utama"))
    answer(asked, f"{BAIT} {CANARY} jawab", actor=opd)
    ask(case, f"{BAIT} {CANARY} tanya lagi", role=Role.objects.get(code="opd"), actor=make.demo("utama"))
    note(case, f"{BAIT} {CANARY} catatan", actor=opd)
    claim(case, actor=opd)
    case = make.step(case, "test_consequences", actor="opd", note=f"{CANARY} catatan")
    case = make.step(case, "accept", actor="utama", note=f"{CANARY} catatan")
    record_decree(case, make.decree(reason=f"{CANARY} alasan"), actor=make.demo("bidang"))
    return make.again(case)


def an_exclusion(**fields) -> Case:
    item = make.information(
        unit="disdukcapil", title=f"{BAIT} {CANARY} judul", summary=f"{BAIT} {CANARY} isi", **fields
    )
    return secret_exclusion(open_exclusion(item, actor=make.demo("bidang")))


def given_up(case: Case) -> Case:
    take_step(case, "withdraw", actor=make.demo("utama"), note=f"{CANARY} ternyata terbuka")
    return make.again(case)


def subject(what: str) -> Case:
    """Return the case that a row of SEE is about."""
    if what == "a publication":
        return make.publication(at="clarifying", unit="disdukcapil")
    if what == "an exclusion":
        return an_exclusion()
    if what == "an exclusion that was given up":
        return given_up(an_exclusion())
    published = make.publication(at="published", unit="disdukcapil", title=f"{BAIT} {CANARY} judul")
    exclusion = secret_exclusion(open_exclusion(published.information, actor=make.demo("bidang")))
    if what == "a publication whose item is excluded":
        make.step(exclusion, "adopt", actor="bidang", note=f"{CANARY} catatan")
    if what == "a publication whose item is open again":
        given_up(exclusion)
    return make.again(published)


def arguments(route: str, case: Case) -> list:
    """Return what fills the route for this case; what isn't known here is filled with a number or a word."""
    document = case.information.documents.order_by("pk").first()
    known = {"number": case.number, "key": "clarify" if case.flow == "publication" else "adopt", "pk": document.pk}
    return [
        known.get(name, 1 if converter == "int" else "berkas")
        for converter, name in re.findall(r"<(\w+):(\w+)>", route)
    ]


def answers(client, url: str) -> set[int]:
    """Return how the address answers a look and an empty form; what that did is taken back."""
    with transaction.atomic():
        found = {client.get(url).status_code, client.post(url).status_code}
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("what", SEE)
def test_no_address_of_a_case_is_there_for_those_who_need_not_know_of_it(sign_in, what):
    case = subject(what)
    for who in EVERYBODY:
        client = sign_in(who)
        if who in SEE[what]:
            # Other addresses are of one flow alone, or of those whose step it is: its page and its files are there.
            document = Document.objects.in_case(case).first()
            assert client.get(reverse("desk:case", args=[case.number])).status_code == 200, who
            assert client.get(reverse("desk:document", args=[case.number, document.pk])).status_code == 200, who
            continue
        for name in OF_A_CASE:
            url = reverse(name, args=arguments(ROUTES[name], case))
            # 405: there is nothing to send here, whatever the case.
            assert answers(client, url) in ({404}, {404, 405}), (name, who)


def test_the_table_knows_who_the_demos_people_are():
    held = {user.email.partition("@")[0] for user in User.objects.filter(is_demo=True)} or set(EVERYBODY)
    assert held == set(EVERYBODY)
    assert set(KNOW) == {
        each.user.email.partition("@")[0]
        for each in Appointment.objects.in_force(on=timezone.localdate()).select_related("user", "role", "unit")
        if each.user.email.endswith("@demo.example")
        and (
            each.role.code in ("ppid_utama", "atasan_ppid", "bidang_layanan")
            or each.role.code in ("opd", "ppid_pembantu")
            and each.unit.code == "disdukcapil"
        )
    }


@pytest.mark.parametrize("who", [who for who in EVERYBODY if who not in KNOW])
def test_no_page_and_no_export_of_the_desk_names_it_to_others(sign_in, who):
    exclusion = an_exclusion()
    published = subject("a publication whose item is being excluded")
    client = sign_in(who)
    for name in PLAIN:
        for query in ("", f"?q={BAIT}", "?keadaan=semua", "?cetak=1", "?tampil=unit"):
            response = client.get(reverse(name) + query)
            body = b"".join(response.streaming_content) if response.streaming else response.content
            page = body.decode(errors="replace")
            if name in ("desk:dip", "desk:dip-csv"):  # what still stands on the portal, as it stands there
                page = page.replace(published.information.title, "")
            assert CANARY not in page, (name, query)
            assert exclusion.number not in page, (name, query)
            assert published.number not in page, (name, query)


@pytest.mark.parametrize("who", [who for who in EVERYBODY if who not in KNOW])
def test_no_count_moves_for_others_when_an_exclusion_comes(sign_in, who):
    client = sign_in(who)
    names = ["desk:inbox", "desk:cases", "desk:exclusions", "desk:publications", "desk:dip", "desk:dik", "desk:units"]
    addresses = [*map(reverse, names), reverse("desk:unit", args=["disdukcapil"]), f"{reverse('desk:find')}?q={BAIT}"]
    before = [words_of(client.get(address)) for address in addresses]
    an_exclusion()
    assert [words_of(client.get(address)) for address in addresses] == before


def words_of(response) -> str:
    page = soup(response)
    return " ".join(page.find("nav", class_="side").get_text(" ").split()) + text(response)


def test_those_who_perform_in_it_see_it_in_the_register_the_inbox_and_the_counts(sign_in):
    case = an_exclusion()
    for who in KNOW:
        assert case.number in text(sign_in(who).get(reverse("desk:exclusions"))), who
        assert case.number in text(sign_in(who).get(reverse("desk:cases"))), who
    assert case.number in text(sign_in("bidang").get(reverse("desk:inbox")))


def test_a_case_that_is_not_there_and_one_that_must_not_be_known_answer_alike(sign_in):
    case = an_exclusion()
    client = sign_in("operator")
    hidden, missing = (client.get(f"/meja/perkara/{number}/") for number in (case.number, "K-2026-9999"))
    assert hidden.status_code == missing.status_code == 404
    assert words_of(hidden) == words_of(missing)


def test_the_register_of_others_tells_where_the_public_list_is(sign_in):
    an_exclusion()
    page = sign_in("operator").get(reverse("desk:exclusions"))
    assert "hanya terlihat oleh yang bertugas di dalamnya" in text(page)
    assert soup(page).find("main").find("a", href=reverse("desk:dik"))


def test_the_dik_at_the_desk_says_what_the_public_reads_and_links_only_for_those_who_may_follow(sign_in):
    case = make.step(an_exclusion(), "adopt", actor="bidang")
    for who in ("operator", "pengelola", "opd"):
        page = sign_in(who).get(reverse("desk:dik"))
        assert case.number in text(page)
        assert CANARY not in text(page)
        assert bool(soup(page).find("a", href=case.get_absolute_url())) == (who in KNOW), who


def test_the_dip_leads_to_the_process_only_those_who_may_see_it(sign_in):
    published = subject("a publication whose item is being excluded")
    for who in ("operator", "disdukcapil", "bidang", "opd"):
        page = sign_in(who).get(reverse("desk:dip"))
        assert published.information.number in text(page), "it still stands on the portal"
        assert bool(soup(page).find("a", href=published.get_absolute_url())) == (who in KNOW), who


def test_the_page_of_a_publication_names_no_exclusion_and_no_paper_of_it_to_others(sign_in):
    published = subject("a publication whose item is open again")
    exclusion = published.information.cases.get(flow="exclusion")
    assert exclusion.information.documents.filter(exclusion=exclusion.exclusion).exists()
    for who in ("operator", "disdukcapil"):
        page = sign_in(who).get(published.get_absolute_url()).content.decode()
        assert exclusion.number not in page
        assert f"{CANARY}-bukti" not in page
    assert exclusion.number in sign_in("opd").get(published.get_absolute_url()).content.decode()


def test_a_paper_of_an_exclusion_is_no_document_of_the_items_publication(sign_in):
    published = subject("a publication whose item is open again")
    paper = Document.objects.get(information=published.information, purpose="evidence", title__contains=CANARY)
    assert paper.exclusion is not None
    for who in EVERYBODY:
        url = reverse("desk:document", args=[published.number, paper.pk])
        assert sign_in(who).get(url).status_code == 404, who
    again = open_publication(published.information, actor=make.demo("bidang"))
    assert paper not in again.documents
    with pytest.raises(StepUnmet, match="bukan dokumen yang berlaku pada proses ini"):
        take_step(again, "update_content", actor=make.demo("bidang"), evidence={"requirement": paper, "output": paper})


def test_the_same_bytes_sent_in_a_publication_do_not_give_away_the_paper_of_an_exclusion():
    published = subject("a publication whose item is open again")
    paper = Document.objects.get(information=published.information, purpose="evidence", title__contains=CANARY)
    again = open_publication(published.information, actor=make.demo("bidang"))
    upload = make.pdf("surat.pdf")
    upload.file.seek(0)
    with private_store().open_checked(paper.sha256) as kept:
        upload = make.SimpleUploadedFile("surat.pdf", kept.read(), "application/pdf")
    own = add_evidence(again, upload, actor=make.demo("bidang"))
    assert (own.sha256, own.title, own.exclusion) == (paper.sha256, "surat", None)


def test_whoever_is_appointed_to_it_later_sees_it_and_whoever_leaves_does_not(sign_in):
    case, today = an_exclusion(), timezone.localdate()
    url = case.get_absolute_url()
    assert sign_in(make.person("ppid_pembantu", unit="disdukcapil")).get(url).status_code == 200
    gone = make.person("ppid_pembantu", unit="disdukcapil", ends_on=today - timedelta(days=1))
    assert sign_in(gone).get(url).status_code == 302, "the account itself has ended"
    make.appoint(gone, "ppid_pembantu", unit="dinsos")
    assert sign_in(gone).get(url).status_code == 404
    assert sign_in(make.person("ppid_pembantu", unit="dinsos")).get(url).status_code == 404


def test_an_item_is_told_again_once_its_exclusion_is_over(sign_in):
    exclusion = make.exclusion(at="testing", unit="disdukcapil")
    today = timezone.localdate()
    test = make.test(grounds=["h"], ends_on=today + timedelta(days=5))
    fill_test(exclusion, test, [make.participant()], actor=make.demo("opd"))
    exclusion = make.walk(exclusion, to="adopted")
    published = Case.objects.secret(on=today + timedelta(days=6)).filter(pk=exclusion.pk)
    assert Case.objects.secret(on=today).filter(pk=exclusion.pk).exists()
    assert not published.exists()


def test_what_somebody_typed_there_is_not_given_back_to_whoever_may_no_longer_see_it(sign_in, monkeypatch):
    case = make.exclusion(at="testing", title=f"{CANARY} judul")
    tester = make.person("ppid_pembantu", unit="disdukcapil")
    client, url = sign_in(tester), reverse("desk:work", args=[case.number])
    page = client.get(url)
    token = soup(page).find("input", {"name": "penulis"})["value"]
    sent = {"penulis": token, "subject": f"{CANARY} ketikan"}
    client.post(reverse("desk:set-aside") + f"?untuk={url}&lalu={reverse('desk:inbox')}", sent)
    assert f"{CANARY} ketikan" in client.get(url).content.decode()
    end_appointment(tester.appointments.get(), last_day=timezone.localdate(), actor=make.demo("utama"))
    monkeypatch.setattr(DeskPage, "today", timezone.localdate() + timedelta(days=1))
    answer = client.get(url)
    assert answer.status_code == 404
    assert CANARY not in answer.content.decode()


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("ppid_utama", True),
        ("atasan_ppid", True),
        ("bidang_layanan", True),
        ("opd", True),
        ("ppid_pembantu", True),
        ("ppid_pelaksana", False),
        ("operator", False),
        ("sop_keeper", False),
    ],
)
def test_nobody_opens_an_exclusion_that_they_may_not_see_afterwards(sign_in, role, may):
    who, item = make.person(role, unit="disdukcapil"), make.information(unit="disdukcapil")
    today = timezone.localdate()
    client = sign_in(who)
    assert client.get(reverse("desk:open-exclusion")).status_code == (200 if may else 403)
    assert client.get(reverse("desk:open-exclusion-again")).status_code == (200 if may else 403)
    assert ("Mulai pengecualian" in text(client.get(reverse("desk:inbox")))) == may
    assert items_to_open("exclusion", who, on=today).filter(pk=item.pk).exists() == may
    if may:
        case = open_exclusion(item, actor=who)
        assert Case.objects.visible_to(who, on=today).filter(pk=case.pk).exists()
    else:
        with pytest.raises(StepForbidden, match="dibuka dan hanya dilihat oleh yang bertugas di dalamnya"):
            open_exclusion(item, actor=who)


@pytest.mark.parametrize("state", ["testing", "adopted"])
def test_a_refusal_to_open_names_no_exclusion_to_those_who_do_not_know_of_it(state):
    exclusion = make.exclusion(at=state)
    with pytest.raises(StepUnmet) as told:
        open_publication(exclusion.information, actor=make.demo("bidang"))
    assert exclusion.number in str(told.value) or "dikecualikan" in str(told.value)
    with pytest.raises(StepUnmet) as hidden:
        open_publication(exclusion.information, actor=make.demo("disdukcapil"))
    assert str(hidden.value) == "Untuk informasi ini belum dapat dibuka proses baru. Tanyakan kepada PPID Utama."


def test_the_database_keeps_the_papers_of_an_exclusion_with_it():
    case = make.exclusion(at="testing", unit="disdukcapil")
    opd, now = make.demo("opd"), timezone.now()
    blank = {
        "information": case.information, "title": "Bukti", "filename": "bukti.pdf", "media_type": "application/pdf",
        "size": 1, "sha256": "0" * 64, "uploaded_by": opd, "uploaded_at": now,
    }  # fmt: skip
    with pytest.raises(DatabaseError, match="is a paper of that exclusion"), make.savepoint():
        Document.objects.create(purpose="evidence", **blank)
    other = make.exclusion(at="collecting", unit="disdukcapil").exclusion
    with pytest.raises(DatabaseError, match="is a paper of that exclusion"), make.savepoint():
        Document.objects.create(purpose="evidence", exclusion=other, **blank)
    kept = Document.objects.create(purpose="evidence", exclusion=case.exclusion, **blank)
    with pytest.raises(DatabaseError), make.savepoint():
        Document.objects.filter(pk=kept.pk).update(exclusion=None)


def test_the_database_proves_no_step_of_a_publication_by_a_paper_of_an_exclusion(monkeypatch):
    published = subject("a publication whose item is open again")
    paper = Document.objects.get(information=published.information, purpose="evidence", title__contains=CANARY)
    again = open_publication(published.information, actor=make.demo("bidang"))
    monkeypatch.setattr(Case, "documents", property(lambda case: list(case.information.documents.all())))
    with pytest.raises(DatabaseError, match="evidence is a document of the same item"), make.savepoint():
        take_step(again, "update_content", actor=make.demo("bidang"), evidence={"requirement": paper, "output": paper})


def test_need_to_know_costs_no_query_a_case(sign_in):
    client = sign_in("bidang")
    asked = []
    for _ in range(2):
        make.publication(at="preparing")
        make.exclusion(at="testing")
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("desk:publications"))
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_an_exclusion_in_force_closes_the_item_whoever_holds_it():
    adopted = make.exclusion(at="adopted")
    assert Exclusion.objects.in_force(on=timezone.localdate()).filter(case=adopted).exists()
    assert not Case.objects.visible_to(make.demo("operator"), on=timezone.localdate()).exists()
