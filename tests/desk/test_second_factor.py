"""Signing in with a second factor, setting it up, proving again who sits there: through the pages, as people do."""

import json
import re
from base64 import b64decode

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from hypothesis import given
from hypothesis import strategies as st

from ppid.desk.account.weighty import Weighty
from ppid.desk.typed.keeping import mark_of
from ppid.desk.typed.models import TypedDraft
from ppid.flows.models import Case
from ppid.notices.models import Notice
from ppid.organisation import second_factor
from ppid.organisation.models import FactorRecovery, SignInTry, User
from ppid.organisation.sign_in import count_try
from tests import make
from tests.desk.pages import fields, soup, text
from tests.second_factors import Device, code_of, grown_old, seated, with_app

pytestmark = pytest.mark.django_db

PASSWORD = "sandi-yang-panjang"
DEFAULT = ["ppid_utama", "atasan_ppid", "admin_ppid"]
SETUP, AGAIN, APP = reverse("second_factor_setup"), reverse("account_again"), reverse("second_factor_app")
STEP, LOGIN = reverse("mfa_authenticate"), reverse("account_login")


def officer(*roles: str) -> User:
    person = make.person(*roles)
    person.set_password(PASSWORD)
    person.save()
    return person


def first_step(person, client: Client | None = None, **more) -> Client:
    client = client or Client()
    client.post(LOGIN, {"login": person.email, "password": PASSWORD, **more})
    return client


def secret_on(page) -> str:
    return soup(page).select_one(".secret").text.replace(" ", "")


def codes_on(page) -> list[str]:
    return [item.text for item in soup(page).select(".recovery-codes li")]


# Signing in


def test_after_the_password_a_code_is_asked_and_leads_to_where_one_wanted_to_go():
    person = officer("ppid_pelaksana")
    secret, wanted = with_app(person), reverse("desk:people")
    client = first_step(person, next=wanted)
    assert client.get(reverse("desk:inbox")).status_code == 302, "not in yet"
    page = client.get(STEP)
    assert "Langkah kedua" in text(page)
    assert client.get(LOGIN).headers["Location"] == STEP, "the sign-in page leads on, too"
    answer = client.post(STEP, {"code": code_of(secret)})
    assert answer.headers["Location"] == wanted
    assert client.get(wanted).status_code == 200


def test_the_browser_is_known_only_once_its_person_is_in():
    person = officer("ppid_pelaksana")
    secret = with_app(person)
    answer = Client().post(LOGIN, {"login": person.email, "password": PASSWORD})
    assert "known_browser" not in answer.cookies, "a password alone makes no browser known"
    client = first_step(person)
    assert "known_browser" in client.post(STEP, {"code": code_of(secret)}).cookies


def test_wrong_replayed_and_late_codes_are_sentences():
    person = officer("ppid_pelaksana")
    secret = with_app(person)
    client = first_step(person)
    answer = client.post(STEP, {"code": "123"})
    assert (answer.status_code, "Kode ini salah" in text(answer)) == (422, True)
    assert "Ketik kodenya." in text(client.post(STEP, {"code": ""}))
    assert "lewat waktunya" in text(client.post(STEP, {"code": code_of(secret, periods=-6)}))
    code = code_of(secret)
    assert client.post(STEP, {"code": code}).status_code == 302
    assert "sudah dipakai" in text(first_step(person).post(STEP, {"code": code}))


def test_five_wrong_codes_and_the_next_right_one_waits():
    person = officer("ppid_pelaksana")
    secret = with_app(person)
    client = first_step(person)
    for _ in range(5):
        assert "Kode ini salah" in text(client.post(STEP, {"code": "1"}))
    assert "Tunggu lima menit" in text(client.post(STEP, {"code": code_of(secret)}))


def told_of_wrong_codes(person) -> list[Notice]:
    return list(Notice.objects.filter(person=person, kind="account", event__startswith="wrong-codes"))


def test_the_third_wrong_code_is_told_to_the_accounts_owner_by_mail_once_a_day():
    person = officer("ppid_pelaksana")
    secret = with_app(person)
    client = first_step(person)
    for _ in range(2):
        client.post(STEP, {"code": "123456"})
    client.post(STEP, {"code": code_of(secret)})
    assert told_of_wrong_codes(person) == [], "one may mistype"
    for _ in range(3):
        client = first_step(person)
        client.post(STEP, {"code": "123456"})
    (notice,) = told_of_wrong_codes(person)
    assert (notice.is_urgent, "mail" in notice.channels) == (True, True)
    assert "ganti kata sandi Anda sekarang juga" in str(notice.facts)
    assert "127.0.0.1" in str(notice.facts)
    client.post(STEP, {"code": "123456"})
    assert len(told_of_wrong_codes(person)) == 1
    SignInTry.objects.all().delete()
    for _ in range(4):
        first_step(person).post(STEP, {"code": "123456"})
    assert len(told_of_wrong_codes(person)) == 1, "not a mail for each"


def test_wrong_codes_from_many_places_are_told_too():
    person = officer("ppid_pelaksana")
    with_app(person)
    for n in range(3):
        client = Client(REMOTE_ADDR=f"203.0.113.{n}")
        first_step(person, client).post(STEP, {"code": "123456"})
    assert len(told_of_wrong_codes(person)) == 1


def test_wrong_codes_from_many_places_are_counted_together_but_for_a_browser_that_is_known():
    person = officer("ppid_pelaksana")
    secret = with_app(person)
    known = first_step(person)
    known.post(STEP, {"code": code_of(secret)})
    known.post(reverse("account_logout"))
    for n in range(10):
        count_try(f"second step: {person.email}", address=f"203.0.113.{n}", anywhere=True)
    assert "Tunggu lima menit" in text(first_step(person).post(STEP, {"code": code_of(secret, periods=1)}))
    assert first_step(person, known).post(STEP, {"code": code_of(secret, periods=1)}).status_code == 302


def test_a_recovery_code_lets_in_and_says_how_many_are_left():
    person = officer("ppid_pelaksana")
    with_app(person)
    code = second_factor.renew_codes(person)[0]
    client = first_step(person)
    assert client.post(STEP, {"code": f" {code[:4]}-{code[4:]} "}).status_code == 302
    assert "Sisa 9 kode" in text(client.get(reverse("desk:inbox")))
    assert "sudah pernah dipakai" in text(first_step(person).post(STEP, {"code": code}))


def test_the_second_step_has_an_end_and_a_way_back():
    person = officer("ppid_pelaksana")
    with_app(person)
    assert "Waktu untuk langkah kedua sudah habis" in text(Client().get(STEP, follow=True))
    client = first_step(person)
    assert client.post(STEP, {"batal": "1"}).headers["Location"] == LOGIN
    assert "Masuk ke meja kerja" in text(client.get(LOGIN))
    assert seated(person).get(STEP).headers["Location"] == reverse("desk:inbox")


def test_what_was_typed_as_the_session_ended_comes_through_the_second_step():
    person = make.demo("bidang")
    person.set_password(PASSWORD)
    person.save()
    secret, url = with_app(person), reverse("desk:open-publication")
    sent = {"title": "Rekap bantuan", "penulis": mark_of(person)}
    stranger = Client()
    kept = fields(stranger.post(url, sent), LOGIN)["isian"]
    client = first_step(person, stranger, isian=kept)
    answer = client.post(STEP, {"code": code_of(secret)})
    assert answer.headers["Location"] == url
    assert "Rekap bantuan" in client.get(url).content.decode()


# Setting up


def test_an_app_is_set_up_and_the_codes_are_shown_once():
    client = seated(person := officer("ppid_pelaksana"))
    page = client.get(APP)
    assert soup(page).select_one("img.qr")["src"].startswith("data:image/svg+xml")
    secret = secret_on(page)
    assert secret_on(client.get(APP)) == secret, "a second tab shows the same"
    refused = text(client.post(APP, {"code": "000"}))
    assert "Kode dari aplikasi: Kode ini salah." in refused
    assert "(" not in refused.partition("Kode ini salah")[2], "a sentence, not what Python makes of it"
    answer = client.post(APP, {"code": code_of(secret)})
    codes = codes_on(answer)
    assert (answer.status_code, len(codes)) == (200, 10)
    file = soup(answer).find("a", download=True)
    assert codes[0] in b64decode(file["href"].partition("base64,")[2]).decode()
    home = client.get(reverse("account_home"))
    assert "Sisa 10 kode" in text(home)
    assert not any(code in home.content.decode() for code in codes)
    session = json.dumps(dict(client.session.items()))
    assert secret not in session
    assert codes[0].replace(" ", "") not in session
    assert second_factor.has_second_factor(person)
    assert "Aplikasi kode dipasang" in text(client.get(reverse("desk:news"))), "its person is told, by mail too"


def test_the_secret_of_a_set_up_that_is_not_finished_lies_in_no_session_in_clear():
    client = seated(officer("ppid_pelaksana"))
    secret = secret_on(client.get(APP))
    assert secret not in json.dumps(dict(client.session.items()))


def test_a_page_of_a_set_up_that_was_used_is_a_sentence():
    client = seated(officer("ppid_pelaksana"))
    secret = secret_on(client.get(APP))
    client.post(APP, {"code": code_of(secret)})
    assert "Pindai lagi" in text(client.post(APP, {"code": code_of(secret, periods=1)}))


def test_of_two_browsers_the_second_is_told_that_the_first_was_there():
    person = officer("ppid_pelaksana")
    one, other = seated(person), seated(person)
    secrets = [secret_on(browser.get(APP)) for browser in (one, other)]
    assert one.post(APP, {"code": code_of(secrets[0])}).status_code == 200
    answer = other.post(APP, {"code": code_of(secrets[1])})
    assert (answer.status_code, "baru saja dipasang" in text(answer)) == (422, True)
    secret = secret_on(other.get(APP))
    answer = other.post(APP, {"code": code_of(secret)}, follow=True)
    assert "Aplikasi kode terpasang." in text(answer), "opened again, it takes the place"


def test_a_passkey_is_added_and_signs_in_by_itself_and_as_the_second_step():
    person, device = officer("ppid_pelaksana"), Device()
    client, url = secure(seated(person)), reverse("second_factor_passkey")
    options = soup(client.get(url)).find("form", attrs={"data-passkey": True})["data-options"]
    answer = client.post(url, {"name": "Ponsel saya", "credential": device.added(options)})
    assert len(codes_on(answer)) == 10, text(answer)
    assert "Kunci sandi «Ponsel saya»" in text(client.get(reverse("account_home")))

    by_passkey, stranger = reverse("mfa_login_webauthn"), secure(Client())
    asked = stranger.get(by_passkey, headers={"X-Requested-With": "fetch"}).content.decode()
    answer = stranger.post(by_passkey, {"credential": device.proved(asked), "next": reverse("desk:people")})
    assert answer.headers["Location"] == reverse("desk:people")
    assert stranger.get(reverse("desk:people")).status_code == 200

    second = first_step(person, secure(Client()))
    asked = passkey_options(second.get(STEP))
    assert second.post(STEP, {"credential": device.proved(asked)}).headers["Location"] == reverse("desk:inbox")


def secure(client: Client) -> Client:
    client.defaults |= {"wsgi.url_scheme": "https"}
    return client


def passkey_options(page) -> str:
    return soup(page).find("form", attrs={"data-options": True})["data-options"]


def with_passkey(person) -> Device:
    device, client, url = Device(), secure(seated(person)), reverse("second_factor_passkey")
    options = soup(client.get(url)).find("form", attrs={"data-passkey": True})["data-options"]
    client.post(url, {"name": "Ponsel", "credential": device.added(options)})
    return device


def test_an_answer_to_a_passkey_is_good_once_and_for_its_own_person():
    person, other = officer("ppid_pelaksana"), officer("operator")
    device, stranger = with_passkey(person), with_passkey(other)
    client = first_step(person, secure(Client()))
    asked = passkey_options(client.get(STEP))
    answer = client.post(STEP, {"credential": stranger.proved(asked)})
    assert (answer.status_code, "tidak dikenali" in text(answer)) == (422, True)
    assert "tidak dikenali" in text(client.post(STEP, {"credential": device.proved(asked)})), "that question is over"
    asked = passkey_options(client.get(STEP))
    said = device.proved(asked)
    assert client.post(STEP, {"credential": said}).status_code == 302
    again = first_step(person, secure(Client()))
    again.get(STEP)
    assert "tidak dikenali" in text(again.post(STEP, {"credential": said})), "replayed"


# What is wrong with the answer of a device × what it is told.
def test_a_device_of_another_site_or_one_that_does_not_unlock_adds_nothing():
    client, url = secure(seated(officer("ppid_pelaksana"))), reverse("second_factor_passkey")
    for device in (Device(origin="https://jahat.example"), Device(unlocks=False)):
        options = soup(client.get(url)).find("form", attrs={"data-passkey": True})["data-options"]
        answer = client.post(url, {"name": "x", "credential": device.added(options)})
        assert answer.status_code == 422, text(answer)
    assert not Authenticator.objects.exists()


def test_whoever_has_left_does_not_come_in_by_a_passkey():
    person = officer("ppid_pelaksana")
    device, client = with_passkey(person), secure(Client())
    make.change(person, is_active=False)
    asked = client.get(reverse("mfa_login_webauthn"), headers={"X-Requested-With": "fetch"}).content.decode()
    answer = client.post(reverse("mfa_login_webauthn"), {"credential": device.proved(asked)})
    assert (answer.status_code, "tidak dikenali" in text(answer)) == (422, True)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["id", "rawId", "type", "response", "clientDataJSON", "attestationObject", "userHandle", "x"]
            )
            | st.sampled_from(["authenticatorData", "signature", "clientExtensionResults"]),
            inner,
            max_size=6,
        )
    ),
    max_leaves=12,
)


@given(sent=_JSON.map(json.dumps) | st.text(max_size=60))
def test_whatever_is_sent_as_a_passkey_is_one_sentence(sent):
    client = secure(Client())
    client.get(reverse("mfa_login_webauthn"), headers={"X-Requested-With": "fetch"})
    answer = client.post(reverse("mfa_login_webauthn"), {"credential": sent})
    assert answer.status_code == 422


def test_at_a_bare_address_passkeys_are_not_offered():
    client = seated(officer("ppid_pelaksana"))
    at = {"headers": {"Host": "127.0.0.1:8000"}}
    assert "hanya dapat dipasang bila portal dibuka dengan namanya" in text(client.get(SETUP, **at))
    assert soup(Client().get(LOGIN, **at)).find("form", attrs={"data-passkey": True}) is None
    assert soup(Client().get(LOGIN)).find("form", attrs={"data-passkey": True}) is not None


def test_recovery_codes_are_made_anew_and_few_are_warned_of():
    client = seated(person := officer("ppid_pelaksana"))
    with_app(person)
    for code in second_factor.renew_codes(person)[:8]:
        second_factor.use_code(person, code)
    assert "Tinggal 2 kode pemulihan" in text(client.get(reverse("account_home")))
    assert len(codes_on(client.post(reverse("second_factor_codes")))) == 10
    assert "Sisa 10 kode" in text(client.get(reverse("account_home")))


def test_a_factor_is_removed_by_its_person_alone():
    client, other = seated(person := officer("ppid_pelaksana")), seated(officer("operator"))
    with_app(person)
    url = reverse("second_factor_remove", args=[second_factor.standing_of(person).app.pk])
    assert other.get(url).status_code == 404
    assert other.post(url).status_code == 404
    assert "dijaga kata sandi saja" in text(client.get(url))
    assert "Aplikasi kode dihapus" in text(client.post(url, follow=True))


@pytest.mark.parametrize("what", ["removed", "changed", "codes"])
def test_a_factor_that_goes_or_changes_ends_the_persons_other_sessions(what):
    here, phone, stranger = seated(person := officer("ppid_pelaksana")), seated(person), seated(officer("operator"))
    with_app(person)
    inbox, app = reverse("desk:inbox"), second_factor.standing_of(person).app
    assert phone.get(inbox).status_code == 200
    if what == "changed":
        assert len(codes_on(here.post(APP, {"code": code_of(secret_on(here.get(APP)))}))) == 0
    elif what == "codes":
        assert "sesi lain diakhiri" in text(here.post(reverse("second_factor_codes")))
    else:
        said = text(here.post(reverse("second_factor_remove", args=[app.pk]), follow=True))
        assert "Sesi Anda di peramban dan perangkat lain diakhiri." in said
    assert here.get(inbox).status_code == 200
    assert phone.get(inbox).status_code == 302
    assert stranger.get(inbox).status_code == 200


# Where it is required


@pytest.mark.parametrize("role", ["ppid_utama", "atasan_ppid", "admin_ppid"])
def test_who_decides_or_administers_sees_nothing_of_the_desk_before(role, settings):
    settings.SECOND_FACTOR_ROLES = DEFAULT
    person = officer(role)
    client = first_step(person)
    for name in ("desk:inbox", "desk:people", "desk:publications", "account_home"):
        assert client.get(reverse(name)).headers["Location"] == SETUP
    assert "mewajibkannya" in text(client.get(SETUP))
    secret = secret_on(client.get(APP))
    assert len(codes_on(client.post(APP, {"code": code_of(secret)}))) == 10
    assert client.get(reverse("desk:inbox")).status_code == 200
    assert Client().get("/").status_code == 200, "the portal asks nobody"


def test_who_came_in_by_both_steps_is_asked_for_neither_again(settings):
    settings.SECOND_FACTOR_ROLES = DEFAULT
    person = officer("admin_ppid")
    secret = with_app(person)
    client = first_step(person)
    client.post(STEP, {"code": code_of(secret)})
    assert client.get(reverse("desk:inbox")).status_code == 200


def test_others_go_on_as_before(settings):
    settings.SECOND_FACTOR_ROLES = DEFAULT
    assert first_step(officer("ppid_pelaksana")).get(reverse("desk:inbox")).status_code == 200


def test_first_the_own_password_then_the_second_factor_and_signing_out_is_always_open(settings):
    settings.SECOND_FACTOR_ROLES = DEFAULT
    person = make.first_password(officer("admin_ppid"), PASSWORD)
    client = first_step(person)
    change = reverse("account_change_password")
    assert client.get(SETUP).headers["Location"] == change
    client.post(
        change,
        {"oldpassword": PASSWORD, "password1": "kapuas-mengalir-jauh", "password2": "kapuas-mengalir-jauh"},
    )
    assert client.get(reverse("desk:inbox")).headers["Location"] == SETUP
    assert client.get(change).status_code == 200
    assert client.post(reverse("account_logout")).headers["Location"] == "/"


def test_what_is_sent_before_it_is_set_up_lies_by(settings):
    person = make.demo("utama")
    client = seated(person)
    settings.SECOND_FACTOR_ROLES = DEFAULT
    url = reverse("desk:person-add")
    answer = client.post(url, {"name": "Siti Aminah", "penulis": mark_of(person)})
    assert answer.headers["Location"] == SETUP
    assert TypedDraft.objects.get(person=person).path == url


def test_a_session_from_before_it_was_set_up_elsewhere_proves_it_and_a_password_is_not_enough(settings):
    settings.SECOND_FACTOR_ROLES = DEFAULT
    person = officer("ppid_pelaksana")
    client = first_step(person)
    secret = with_app(person)
    people = reverse("desk:people")
    answer = client.get(people)
    assert answer.headers["Location"] == f"{AGAIN}?lalu={people.replace('/', '%2F')}"
    page = client.get(answer.headers["Location"])
    assert soup(page).find("input", attrs={"name": "password"}) is None
    assert client.post(AGAIN, {"password": PASSWORD, "lalu": people}).status_code == 422
    assert client.post(AGAIN, {"code": code_of(secret), "lalu": people}).headers["Location"] == people
    assert client.get(people).status_code == 200


# Proving again who sits there

# Every weighty act, by hand from the issue: adopting, lifting, approving, taking down, changing people, appointments,
# units and second factors. The address × what fills it.
WEIGHTY = [
    ("desk:head-approval", {"number": "1-2026"}),
    ("desk:head-approval-scan", {"number": "1-2026"}),
    ("desk:amendment", {"number": "1-2026", "pk": 1}),
    ("desk:edition-approve", {"pk": 1}),
    ("desk:edition-set", {"pk": 1}),
    ("desk:page-approve", {"slug": "profil", "pk": 1}),
    ("desk:announcement-approve", {"pk": 1}),
    ("desk:announcement-send-back", {"pk": 1}),
    ("desk:announcement-end", {"pk": 1}),
    ("desk:duty-approve", {"code": "a", "pk": 1}),
    ("desk:duty-send-back", {"code": "a", "pk": 1}),
    ("desk:statement-approve", {"pk": 1}),
    ("desk:statement-send-back", {"pk": 1}),
    ("desk:statement-end", {"pk": 1}),
    ("desk:fulfilment-approve", {"pk": 1}),
    ("desk:fulfilment-send-back", {"pk": 1}),
    ("desk:fulfilment-end", {"pk": 1}),
    ("desk:takeover-approve", {"pk": 1}),
    ("desk:sop-approve", {"slug": "a", "version": 1}),
    ("desk:sop-retire", {"slug": "a", "version": 1}),
    ("desk:auditor-link-give", {}),
    ("desk:found-file", {"pk": 1}),
    ("desk:person-add", {}),
    ("desk:appoint", {"pk": 1}),
    ("desk:person-edit", {"pk": 1}),
    ("desk:person-password", {"pk": 1}),
    ("desk:person-confirm", {"pk": 1}),
    ("desk:person-deactivate", {"pk": 1}),
    ("desk:person-sign-out", {"pk": 1}),
    ("desk:person-unlink", {"pk": 1}),
    ("desk:person-reactivate", {"pk": 1}),
    ("desk:person-recovery", {"pk": 1}),
    ("desk:person-recovery-confirm", {"pk": 1, "recovery": 1}),
    ("desk:person-recovery-cancel", {"pk": 1, "recovery": 1}),
    ("desk:unit-add", {}),
    ("desk:unit-rename", {"code": "dinsos"}),
    ("desk:unit-call", {"code": "dinsos"}),
    ("desk:unit-contact", {"code": "dinsos"}),
    ("desk:unit-close", {"code": "dinsos"}),
    ("desk:unit-plan-cancel", {"pk": 1}),
    ("desk:appointment-end", {"pk": 1}),
    ("desk:appointment-replace", {"pk": 1}),
    ("desk:appointment-stop", {"pk": 1}),
    ("desk:appointment-cancel", {"pk": 1}),
    ("desk:appointment-annul", {"pk": 1}),
    ("second_factor_app", {}),
    ("second_factor_passkey", {}),
    ("second_factor_codes", {}),
    ("second_factor_remove", {"pk": 1}),
]
# Whose acts are weighty at some rows of a sheet alone (below), or never.
OTHERS = {"desk:step", "desk:confirm-row", "desk:appointment-scan-add"}


@pytest.mark.parametrize(("name", "filled"), WEIGHTY)
def test_a_weighty_act_asks_who_sits_there(name, filled):
    person = make.demo("utama")
    person.set_password(PASSWORD)
    person.save(update_fields=["password"])
    client, address = grown_old(seated(person)), reverse(name, kwargs=filled)
    answer = client.post(address, {"reason": "Sebab yang panjang", "penulis": mark_of(person)})
    assert (answer.status_code, "Buktikan bahwa ini Anda" in text(answer)) == (403, True), text(answer)
    is_form_of_the_desk = name.startswith("desk:")
    assert ("tidak hilang" in text(answer)) == is_form_of_the_desk, "codes and secrets are never kept"
    before = client.session.session_key
    onward = client.post(AGAIN, fields(answer, AGAIN) | {"password": PASSWORD})
    assert onward.headers["Location"] == address
    assert client.session.session_key != before  # whoever had the cookie before is out
    drafts = TypedDraft.objects.filter(person=person)
    assert [draft.fields for draft in drafts] == [[["reason", "Sebab yang panjang"]]] * is_form_of_the_desk


def views(resolver=None, space=""):
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            yield from views(each, f"{space}{each.namespace}:" if each.namespace else space)
        elif isinstance(each, URLPattern) and (view := getattr(each.callback, "view_class", None)):
            yield f"{space}{each.name}", view


def test_no_view_is_weighty_that_the_list_lacks():
    assert {name for name, view in views() if issubclass(view, Weighty)} == {name for name, _ in WEIGHTY} | OTHERS


# The moves of a case × whether they are weighty: deciding and adopting, and what takes off the portal.
MOVES = [
    ("publication", "clarifying", "clarify", "utama", True),
    ("publication", "preparing", "prepare", "dinsos", False),
    ("publication", "releasing", "release", "bidang", False),
    ("publication", "updating", "withdraw", "bidang", True),
    ("publication", "published", "retract", "utama", True),
    ("exclusion", "screening", "screen", "utama", True),
    ("exclusion", "testing", "test_consequences", "opd", False),
    ("exclusion", "reviewing", "accept", "utama", True),
    ("exclusion", "adopting", "adopt", "bidang", True),
]


@pytest.mark.parametrize(("flow", "state", "key", "who", "weighty"), MOVES)
def test_moves_that_decide_or_adopt_ask_and_others_do_not(flow, state, key, who, weighty):
    case = getattr(make, flow)(at=state)
    client = grown_old(seated(make.demo(who)))
    answer = client.post(reverse("desk:step", args=[case.number, key]), {"moves": case.moves})
    assert ("Buktikan bahwa ini Anda" in text(answer)) == weighty if answer.status_code != 302 else not weighty
    assert Case.objects.get(pk=case.pk).moves == case.moves or not weighty


def test_a_decision_that_was_asked_keeps_what_was_typed_and_is_made_after_the_proof():
    case, person = make.publication(at="clarifying"), make.demo("utama")
    person.set_password(PASSWORD)
    person.save()
    client = grown_old(seated(person))
    url, screen = reverse("desk:step", args=[case.number, "clarify"]), reverse("desk:decide", args=[case.number])
    sent = fields(client.get(screen), url) | {"category": "periodic", "note": "Sudah dibaca semua."}
    asked = client.post(url, sent)
    assert "Buktikan bahwa ini Anda" in text(asked)
    page = client.post(AGAIN, fields(asked, AGAIN) | {"password": PASSWORD}, follow=True)
    assert page.request["PATH_INFO"] == screen
    sent = fields(page, url)
    assert sent["note"] == "Sudah dibaca semua."
    assert sent["category"] == "periodic"
    assert client.post(url, sent).headers["Location"].startswith(screen)
    assert Case.objects.get(pk=case.pk).state == "releasing"


def test_a_file_that_came_along_is_kept_and_chosen():
    case, person = make.exclusion(at="adopting"), make.demo("bidang")
    person.set_password(PASSWORD)
    person.save()
    client, url = grown_old(seated(person)), reverse("desk:step", args=[case.number, "adopt"])
    before = case.information.documents.count()
    sent = fields(client.get(case.get_absolute_url()), url) | {"requirement_file": make.pdf("bukti.pdf")}
    asked = client.post(url, sent)
    assert "Berkas perlu dipilih lagi" not in text(asked)
    assert case.information.documents.count() == before + 1
    client.post(AGAIN, fields(asked, AGAIN) | {"password": PASSWORD})
    kept = dict(TypedDraft.objects.get(person=person).fields)
    assert kept["requirement"] == str(case.information.documents.latest("pk").pk)


def test_the_window_is_the_settings_and_a_proof_opens_it_again(settings):
    client, url = seated(make.demo("utama")), reverse("desk:person-add")
    assert "Buktikan" not in text(client.post(url, {}))
    settings.SIGN_IN_AGAIN_MINUTES = 5
    session = client.session
    session["identity_proved_at"] -= 6 * 60
    session.save()
    assert "Buktikan" in text(client.post(url, {}))
    assert client.get(url).status_code == 200, "reading asks for nothing"
    settings.SIGN_IN_AGAIN_MINUTES = 10
    assert "Buktikan" not in text(client.post(url, {}))


def test_a_session_without_any_proof_and_one_from_the_future_are_asked():
    client, url = seated(make.demo("utama")), reverse("desk:person-add")
    for proof in (None, 10**11):
        session = client.session
        session["identity_proved_at"] = proof or 0
        session.save()
        assert "Buktikan" in text(client.post(url, {}))


def test_it_is_proved_by_a_code_or_a_passkey_too_but_by_no_recovery_code():
    person = officer("ppid_pelaksana")
    secret, device = with_app(person), with_passkey(person)
    client = secure(grown_old(seated(person)))
    recovery = second_factor.renew_codes(person)[0]
    assert client.post(AGAIN, {"code": recovery}).status_code == 422
    assert "Isi kata sandi atau kode dari aplikasi." in text(client.post(AGAIN, {"password": "", "code": ""}))
    assert client.post(AGAIN, {"code": code_of(secret)}).status_code == 302
    asked = passkey_options(client.get(AGAIN))
    sent = {"credential": device.proved(asked), "lalu": "/meja/orang/"}
    assert client.post(AGAIN, sent).headers["Location"] == "/meja/orang/"
    assert "sudah berakhir" in text(client.post(AGAIN, sent)), "replayed"


def test_it_leads_nowhere_else_and_wrong_ones_are_counted():
    person = officer("ppid_pelaksana")
    client = seated(person)
    for foreign in ("https://jahat.example/", "//jahat.example", "/informasi/", "javascript:1"):
        answer = client.post(AGAIN, {"password": PASSWORD, "lalu": foreign})
        assert answer.headers["Location"] == reverse("account_home")
    for _ in range(5):
        assert "Kata sandi ini salah." in text(client.post(AGAIN, {"password": "salah"}))
    waiting = text(client.post(AGAIN, {"password": PASSWORD}))
    assert "Tunggu lima menit" in waiting
    assert "('" not in waiting


# Recovery, on the keepers' page


def test_two_keepers_recover_on_the_page_of_the_person_and_the_person_may_stop_it():
    person, chief, deputy = officer("operator"), seated(make.demo("utama")), seated(make.demo("wakil"))
    mine = seated(person)
    with_app(person)
    page = reverse("desk:person-recovery", args=[person.pk])
    assert "Pulihkan langkah kedua" in text(chief.get(reverse("desk:person", args=[person.pk])))
    assert "Tulis bagaimana Anda memastikan orangnya." in text(chief.post(page, {"why": " "}))
    answer = chief.post(page, {"why": "Datang sendiri."}, follow=True)
    assert "Anda yang memulai" in text(answer)
    assert "memulai pemulihan langkah kedua Anda" in text(mine.get(reverse("account_home")))
    assert "Langkah kedua Anda tetap berlaku" in text(mine.post(reverse("second_factor_cancel"), follow=True))
    chief.post(page, {"why": "Datang lagi."})
    recovery = FactorRecovery.objects.get(end="")
    confirm = reverse("desk:person-recovery-confirm", args=[person.pk, recovery.pk])
    assert chief.post(confirm, {"pasti": "1"}).status_code == 403
    assert "Centang dahulu" in text(deputy.post(confirm, follow=True))
    assert "Baca dan konfirmasi" in text(deputy.get(reverse("desk:person", args=[person.pk])))
    assert "dilepas" in text(deputy.post(confirm, {"pasti": "1"}, follow=True))
    assert not second_factor.has_second_factor(person)
    # Whoever has the lost device is out too; the person signs in again, and reads of it.
    assert reverse("account_login") in mine.get(reverse("desk:news")).headers["Location"]
    assert "Keamanan akun" in text(seated(person).get(reverse("desk:news")))


def test_whoever_keeps_no_people_sees_no_recovery_page():
    person = officer("operator")
    with_app(person)
    other = seated(officer("ppid_pelaksana"))
    assert other.get(reverse("desk:person-recovery", args=[person.pk])).status_code == 403
    assert "Pulihkan langkah kedua" not in text(other.get(reverse("desk:person", args=[person.pk])))


def test_no_page_of_allauth_is_reachable_that_we_do_not_draw():
    drawn = {name for name, _ in views() if name.startswith(("account_", "mfa_"))}
    ours = {"account_home", "account_again", "account_login", "account_logout", "account_change_password"}
    ours |= {"account_sessions", "account_session_end", "account_sessions_end_others"}
    ours |= {"account_session_left", "account_session_renew", "account_oidc", "account_oidc_callback"}
    assert drawn == ours | {"mfa_authenticate", "mfa_login_webauthn"}
    assert [name for name, view in views() if view.__module__.startswith("allauth")] == ["account_logout"]


@pytest.mark.parametrize("name", ["account_home", "second_factor_setup", "account_again", "second_factor_app"])
def test_the_accounts_pages_are_closed_to_visitors(name):
    answer = Client().get(reverse(name))
    assert re.match(r"/meja/akun/masuk/\?next=", answer.headers["Location"])


# Values that no page sends, into the one field of a passkey.
@pytest.mark.parametrize("sent", ["", "[]", "null", "9" * 5000, "[" * 50_000, '{"response": []}', "{", "\0", '"x"'])
def test_no_answer_of_a_passkey_breaks_a_page(sent):
    person = officer("ppid_pelaksana")
    with_passkey(person)
    client = secure(seated(person))
    for url in (AGAIN, reverse("second_factor_passkey")):
        client.get(url)
        assert client.post(url, {"credential": sent, "name": "x"}).status_code == 422
    waiting = first_step(person, secure(Client()))
    waiting.get(STEP)
    assert waiting.post(STEP, {"credential": sent}).status_code == 422
