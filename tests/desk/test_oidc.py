"""Signing in with the city's one account, against a real provider that runs beside the tests."""

import json
import threading
import time
from contextlib import contextmanager, nullcontext
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import jwt
import oidc_provider_mock
import pytest
import requests
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.checks import ERROR, INFO, WARNING
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse
from werkzeug.serving import make_server

from ppid.desk.account import checks, oidc
from ppid.desk.account.checks import the_citys_account_answers
from ppid.organisation import appointing
from ppid.organisation.actions import unlink_city_account
from ppid.organisation.city_account import person_of
from ppid.organisation.models import CityAccount, SignInSession, User
from tests import make
from tests.desk.pages import fields, soup, text

pytestmark = pytest.mark.django_db

NAME = "Akun Pontianak"
START, BACK, LOGIN = "account_oidc", "account_oidc_callback", "account_login"


@pytest.fixture(scope="module")
def provider():
    """Serve by address: an empty machine knows no names, not even its own."""
    server = make_server("127.0.0.1", 0, oidc_provider_mock.app(), threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def city(provider, settings, monkeypatch):
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
    connect(settings, provider)
    return provider


def connect(settings, issuer):
    settings.OIDC_ISSUER, settings.OIDC_NAME = issuer, NAME
    app = {"provider_id": "kota", "name": NAME, "client_id": "ppid", "secret": "rahasia-klien"}
    app["settings"] = {"server_url": issuer, "oauth_pkce_enabled": True}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}


@pytest.fixture
def member():
    return make.person("ppid_pelaksana")


def known_there(provider, sub, **claims):
    assert requests.put(f"{provider}/users/{sub}", json=claims, timeout=5).status_code == 204
    return sub


def ask(client, **typed):
    """Start here, and return the address of the provider to which the page leads on."""
    return soup(client.post(reverse(START), typed)).find("main").a["href"]


def answer(address, sub, action="authorize") -> str:
    """Sign in at the provider, and return the address to which it sends back."""
    sent = requests.post(address, data={"sub": sub, "action": action}, allow_redirects=False, timeout=5)
    assert sent.status_code == 302
    parts = urlsplit(sent.headers["Location"])
    return f"{parts.path}?{parts.query}"


def sign_in(client, sub, **typed):
    return client.get(answer(ask(client, **typed), sub), follow=True)


def is_in(client) -> bool:
    return client.get(reverse("desk:inbox")).status_code == 200


def test_who_has_an_account_here_with_the_verified_address_is_in(city, member):
    client = Client()
    sub = known_there(city, "pegawai-1", email=member.email.upper(), email_verified=True)
    response = sign_in(client, sub)
    assert response.redirect_chain[-1][0] == reverse("desk:inbox")
    assert (CityAccount.objects.get().person, CityAccount.objects.get().subject) == (member, sub)
    assert member.changes.latest("pk").kind == "linked"
    assert SignInSession.objects.get().person == member
    assert User.objects.get(pk=member.pk).password == member.password, "the password stays"


def test_the_second_time_it_is_known_by_its_subject(city, member):
    sub = known_there(city, "pegawai-2", email=member.email, email_verified=True)
    sign_in(Client(), sub)
    known_there(city, sub, email="alamat.baru@example.test", email_verified=True)
    client = Client()
    sign_in(client, sub)
    assert is_in(client)
    assert CityAccount.objects.count() == 1


def test_it_leads_where_one_wanted_to_go_but_nowhere_else(city, member):
    sub = known_there(city, "pegawai-3", email=member.email, email_verified=True)
    wanted = reverse("desk:news")
    assert sign_in(Client(), sub, next=wanted).redirect_chain[-1][0] == wanted
    assert sign_in(Client(), sub, next="https://jahat.example/").redirect_chain[-1][0] == reverse("desk:inbox")


def test_what_is_asked_has_state_nonce_and_pkce(city):
    asked = parse_qs(urlsplit(ask(Client())).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["nonce"][0]) >= 32
    assert len(asked["state"][0]) >= 16
    assert asked["response_type"] == ["code"]
    assert asked["redirect_uri"][0].endswith(reverse(BACK))


@pytest.mark.parametrize("verified", [False, None, "true", "false", 1, []])
def test_an_address_that_is_not_verified_lets_nobody_in(city, member, verified):
    claims = {"email": member.email} | ({} if verified is None else {"email_verified": verified})
    client = Client()
    assert "belum terverifikasi" in text(sign_in(client, known_there(city, "belum", **claims)))
    assert not is_in(client)
    assert not CityAccount.objects.exists()


def test_nobody_is_added(city):
    before = User.objects.count()
    client = Client()
    said = text(sign_in(client, known_there(city, "orang-luar", email="luar@example.test", email_verified=True)))
    assert "tidak terhubung dengan akun" in said
    assert not is_in(client)
    assert User.objects.count() == before


def test_another_account_of_the_city_with_the_same_address_takes_nobodys(city, member):
    sign_in(Client(), known_there(city, "yang-pertama", email=member.email, email_verified=True))
    thief = Client()
    said = text(sign_in(thief, known_there(city, "yang-kedua", email=member.email, email_verified=True)))
    assert "tidak terhubung dengan akun" in said
    assert not is_in(thief)
    assert CityAccount.objects.get().subject == "yang-pertama"


def test_an_address_that_changes_to_somebody_elses_lets_in_as_before(city, member):
    other = make.person("opd")
    sub = known_there(city, "berganti", email=member.email, email_verified=True)
    sign_in(Client(), sub)
    known_there(city, sub, email=other.email, email_verified=True)
    client = Client()
    page = sign_in(client, sub)
    assert page.wsgi_request.user == member


def test_after_it_was_let_go_of_the_next_one_is_linked(city, member):
    sign_in(Client(), known_there(city, "lama", email=member.email, email_verified=True))
    unlink_city_account(member, actor=make.demo("utama"))
    client = Client()
    sign_in(client, known_there(city, "baru", email=member.email, email_verified=True))
    assert is_in(client)


def test_the_database_lets_no_link_change_hands(city, member):
    sign_in(Client(), known_there(city, "tetap", email=member.email, email_verified=True))
    for other in ({"subject": "lain"}, {"person": make.person()}):
        with pytest.raises(DatabaseError), transaction.atomic():
            CityAccount.objects.update(**other)


def test_a_keeper_lets_go_of_it_on_the_persons_page(city, member):
    sign_in(Client(), known_there(city, "lepas", email=member.email, email_verified=True))
    keeper = Client()
    keeper.force_login(make.demo("utama"))
    url = reverse("desk:person-unlink", args=[member.pk])
    assert url in keeper.get(reverse("desk:person", args=[member.pk])).content.decode()
    assert "dilepas" in text(keeper.post(url, {"note": "Akun kota diganti."}, follow=True))
    assert not CityAccount.objects.exists()
    assert "tidak terhubung dengan akun kota" in text(keeper.post(url, {"note": ""}))


@pytest.mark.parametrize("linked", [True, False])
def test_who_has_left_is_not_let_in(city, member, linked):
    sub = known_there(city, f"mantan-{linked}", email=member.email, email_verified=True)
    if linked:
        sign_in(Client(), sub)
    appointing.stop(member.appointments.get(), actor=make.demo("utama"))
    client = Client()
    said = text(sign_in(client, sub))
    assert ("Surel atau kata sandi salah." if linked else "tidak terhubung") in said
    assert not is_in(client)
    assert CityAccount.objects.exists() is linked


class TestForged:
    @pytest.fixture
    def sub(self, city, member):
        return known_there(city, "sasaran", email=member.email, email_verified=True)

    def refused(self, client, address):
        response = client.get(address, follow=True)
        assert "tidak berhasil" in text(response)
        assert not is_in(client)

    @pytest.mark.parametrize("state", ["", "state=", "state=palsu", "state=%00", "state=" + "x" * 5000])
    def test_a_state_that_nobody_gave(self, sub, state):
        client = Client()
        code = parse_qs(urlsplit(answer(ask(client), sub)).query)["code"][0]
        self.refused(client, f"{reverse(BACK)}?code={code}&{state}")

    def test_a_state_of_another_browser(self, sub):
        self.refused(Client(), answer(ask(Client()), sub))

    def test_an_answer_that_comes_twice(self, sub):
        client = Client()
        address = answer(ask(client), sub)
        client.get(address)
        client.post(reverse("account_logout"))
        self.refused(client, address)

    def test_a_code_that_was_used(self, sub):
        first = Client()
        used = parse_qs(urlsplit(answer(ask(first), sub)).query)
        first.get(f"{reverse(BACK)}?code={used['code'][0]}&state={used['state'][0]}")
        second = Client()
        state = parse_qs(urlsplit(ask(second)).query)["state"][0]
        self.refused(second, f"{reverse(BACK)}?code={used['code'][0]}&state={state}")

    def test_a_token_of_another_request(self, sub):
        victim = Client()
        mine = urlsplit(ask(victim))
        asked = {name: values[0] for name, values in parse_qs(mine.query).items()}
        changed = requests.Request("GET", mine._replace(query="").geturl(), params=asked | {"nonce": "lain"}).prepare()
        self.refused(victim, answer(changed.url, sub))

    def test_a_token_whose_signature_is_not_the_providers(self, sub, monkeypatch):
        real = oidc.CityProtocol.get_access_token_data

        def altered(self, *args, **kwargs):
            data = real(self, *args, **kwargs)
            head, body, signature = data["id_token"].split(".")
            return data | {"id_token": f"{head}.{body}.{signature[:-8]}AAAAAAAA"}

        monkeypatch.setattr(oidc.CityProtocol, "get_access_token_data", altered)
        client = Client()
        self.refused(client, answer(ask(client), sub))

    @pytest.mark.parametrize("data", [{"access_token": "x"}, {"access_token": "x", "id_token": "a.b.c"}, {}])
    def test_an_answer_without_a_token(self, sub, monkeypatch, data):
        monkeypatch.setattr(oidc.CityProtocol, "get_access_token_data", lambda *args, **kwargs: data)
        client = Client()
        self.refused(client, answer(ask(client), sub))

    def test_who_thinks_better_of_it_is_told_so(self, sub):
        client = Client()
        state = parse_qs(urlsplit(ask(client)).query)["state"][0]
        said = text(client.get(f"{reverse(BACK)}?error=access_denied&state={state}", follow=True))
        assert "Anda membatalkan" in said

    def test_a_broken_answer_of_the_provider_is_a_sentence(self, city, monkeypatch):
        class Answer:
            status_code, headers = 200, {}

            def raise_for_status(self):
                pass

            def json(self):
                return json.loads('{"nothing": "of use"}')

        monkeypatch.setattr(requests.Session, "get", lambda *args, **kwargs: Answer())
        assert "tidak berhasil" in text(Client().post(reverse(START), follow=True))


def test_a_provider_that_sends_elsewhere_is_not_followed(settings, member):
    class Elsewhere(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(302)
            self.send_header("Location", f"{settings.REALLY}/.well-known/openid-configuration")
            self.end_headers()

        def log_message(self, *args):
            pass

    settings.REALLY = settings.OIDC_ISSUER
    with ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        connect(settings, f"http://127.0.0.1:{server.server_port}")
        answer = Client().post(reverse(START), follow=True)
        server.shutdown()
    assert oidc.UNREACHABLE in text(answer)


def test_a_provider_that_is_down_is_a_sentence_and_the_password_still_works(settings, member):
    connect(settings, "http://127.0.0.1:9")
    client = Client()
    page = client.post(reverse(START), follow=True)
    assert "tidak dapat dihubungi" in text(page)
    member.set_password("jembatan-kapuas-dua")
    member.save()
    typed = fields(page, reverse(LOGIN)) | {"login": member.email, "password": "jembatan-kapuas-dua"}
    client.post(reverse(LOGIN), typed)
    assert is_in(client)


@pytest.mark.parametrize(
    ("amr", "counts", "proved"),
    [
        (["pwd", "otp"], True, True),
        (["mfa"], True, True),
        (["pwd"], True, False),
        (["mfa"], False, False),
        (7, True, False),
    ],
)
def test_a_second_factor_at_the_city_counts_where_the_office_says_so(city, member, settings, amr, counts, proved):
    settings.OIDC_SECOND_FACTOR_COUNTS = counts
    sub = known_there(city, f"amr-{counts}-{len(str(amr))}", email=member.email, email_verified=True, amr=amr)
    request = sign_in(Client(), sub).wsgi_request
    assert oidc.has_second_factor_of_the_city(request) is proved


def test_without_a_provider_there_is_neither_button_nor_page(settings):
    settings.OIDC_ISSUER = settings.OIDC_NAME = ""
    assert "Masuk dengan Akun" not in text(Client().get(reverse(LOGIN)))
    assert Client().post(reverse(START)).status_code == 404
    assert Client().get(reverse(BACK)).status_code == 404


def test_with_one_the_button_has_its_words():
    assert f"Masuk dengan {NAME}" in text(Client().get(reverse(LOGIN)))


@pytest.mark.parametrize("name", ["socialaccount_connections", "socialaccount_signup", "openid_connect_login"])
def test_no_page_of_allauth_that_we_do_not_draw_has_an_address(name):
    with pytest.raises(NoReverseMatch):
        reverse(name, kwargs={"provider_id": "kota"} if "openid" in name else {})


# What a token must be. Each is one that the provider itself would never send, so they are written here.

HERE = "https://masuk.kota.example"
NONCE = "nonce-yang-diminta"
OURS, STRANGERS = (rsa.generate_private_key(65537, 2048) for _ in range(2))


def public(key, name: str) -> dict:
    return json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key())) | {"kid": name, "alg": "RS256"}


@pytest.fixture
def protocol(settings, monkeypatch):
    """The protocol as it stands at the provider's answer, whose only key is ours, by the name «a»."""
    settings.OIDC_ISSUER = HERE
    keys = {"keys": [public(OURS, "a")]}

    class Answers:
        def get(self, address):
            return SimpleNamespace(raise_for_status=lambda: None, json=lambda: keys)

    monkeypatch.setattr(oidc.CityAccounts, "get_requests_session", lambda self: nullcontext(Answers()))
    monkeypatch.setattr(oidc.CityProtocol, "openid_config", {"issuer": HERE, "jwks_uri": f"{HERE}/keys"}, raising=False)
    found = oidc.CityProtocol.__new__(oidc.CityProtocol)
    found.nonce, found.keys = NONCE, keys
    return found


def signed(key=OURS, algorithm="RS256", kid="a", **claims) -> str:
    now = int(time.time())
    said = {"iss": HERE, "sub": "x", "aud": "ppid", "nonce": NONCE, "iat": now, "exp": now + 300} | claims
    said = {name: value for name, value in said.items() if value is not None}
    said |= {name: now + said[name] for name in ("iat", "exp", "nbf") if abs(said.get(name, now)) < 10_000}
    return jwt.encode(said, key, algorithm, headers={"kid": kid} if kid else None)


def claims_of(protocol, token) -> dict:
    return protocol.claims_of(SimpleNamespace(client_id="ppid"), token)


@pytest.mark.parametrize(
    "claims", [{}, {"aud": ["ppid", "lain"], "azp": "ppid"}, {"exp": -20, "iat": -400}, {"iat": 20}]
)
def test_a_token_of_the_issuer_for_us_and_this_request_counts(protocol, claims):
    assert claims_of(protocol, signed(**claims))["sub"] == "x"


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://lain.example"},
        {"aud": "lain"},
        {"aud": ["lain"]},
        {"azp": "lain"},
        {"aud": ["ppid", "lain"], "azp": "lain"},
        {"nonce": "lain"},
        {"exp": -120, "iat": -400},
        {"iat": 600},
        {"nbf": 600},
        *({name: None} for name in ("iss", "sub", "aud", "exp", "iat", "nonce")),
    ],
)
def test_a_token_of_somebody_else_for_somebody_else_or_of_another_time_does_not(protocol, claims):
    with pytest.raises(OAuth2Error):
        claims_of(protocol, signed(**claims))


def test_a_token_without_a_signature_of_the_issuers_public_keys_does_not(protocol):
    for token in (signed(STRANGERS), signed(None, "none"), signed("rahasia-klien-yang-panjang-sekali", "HS256")):
        with pytest.raises(OAuth2Error):
            claims_of(protocol, token)


def test_where_we_asked_with_no_nonce_no_token_does(protocol):
    protocol.nonce = ""
    with pytest.raises(OAuth2Error):
        claims_of(protocol, signed(nonce=""))


def test_of_several_keys_the_one_counts_that_the_token_names(protocol):
    protocol.keys["keys"].insert(0, public(STRANGERS, "b"))
    assert claims_of(protocol, signed())["sub"] == "x"
    for token in (signed(STRANGERS, kid="a"), signed(kid="b"), signed(kid="c"), signed(STRANGERS, kid="")):
        with pytest.raises(OAuth2Error):
            claims_of(protocol, token)


def test_a_description_of_another_issuer_is_believed_in_nothing(protocol, monkeypatch):
    other = {"issuer": "https://lain.example", "jwks_uri": f"{HERE}/keys"}
    monkeypatch.setattr(oidc.CityProtocol, "openid_config", other, raising=False)
    with pytest.raises(OAuth2Error):
        claims_of(protocol, signed(iss="https://lain.example"))


def test_a_profile_of_somebody_else_lends_nobody_their_address(city, member, monkeypatch):
    monkeypatch.setattr(oidc.CityProtocol, "claims_of", lambda *args: {"sub": "penyerang"})
    profile = {"sub": "sasaran", "email": member.email, "email_verified": True}
    monkeypatch.setattr(oidc.CityProtocol, "_fetch_user_info", lambda *args: profile)
    client = Client()
    assert "tidak berhasil" in text(sign_in(client, known_there(city, "penyerang", email="x@example.test")))
    assert not is_in(client)
    assert not CityAccount.objects.exists()


def test_the_citys_second_factor_counts_for_whom_it_was_asked_alone(city, settings):
    request = SimpleNamespace(user=make.demo("utama"), session={oidc.SECOND_FACTOR: make.demo("wakil").pk})
    assert not oidc.has_second_factor_of_the_city(request)
    request.session[oidc.SECOND_FACTOR] = make.demo("utama").pk
    assert oidc.has_second_factor_of_the_city(request)


def test_whoever_signs_in_again_there_without_the_second_factor_has_it_no_more(member, settings):
    settings.OIDC_SECOND_FACTOR_COUNTS = True
    request = SimpleNamespace(session={})
    for methods, counts in ((["pwd", "otp"], member.pk), (["pwd"], None)):
        claims = {"sub": "x", "email": member.email, "email_verified": True, "amr": methods}
        account = SimpleNamespace(extra_data={"claims": claims})
        oidc.CityAccounts().pre_social_login(request, SimpleNamespace(account=account))
        assert request.session[oidc.SECOND_FACTOR] == counts


def test_the_same_subject_at_another_issuer_is_somebody_else(member):
    other = make.person("operator")
    for issuer, person in (("https://lama.example", member), ("https://baru.example", other)):
        claims = {"sub": "1", "email": person.email, "email_verified": True}
        for _ in range(2):
            assert person_of(claims, issuer=issuer) == person


# What is examined of it


def test_a_provider_that_answers_as_the_issuer_is_well():
    (found,) = the_citys_account_answers(["default"])
    assert (found.level, found.msg) == (INFO, f"{NAME} menjawab.")


def test_where_none_is_set_up_nothing_is_asked(settings):
    settings.OIDC_ISSUER = ""
    (found,) = the_citys_account_answers(["default"])
    assert (found.level, found.msg) == (INFO, "Tidak dipasang.")


def test_a_provider_that_is_away_is_a_warning_with_what_to_do(settings):
    connect(settings, "http://127.0.0.1:1")
    (found,) = the_citys_account_answers(["default"])
    assert (found.level, found.id) == (WARNING, "ppid.H080")
    assert "masuk dengan kata sandi" in found.msg
    assert "http://127.0.0.1:1/.well-known/openid-configuration" in found.hint


@pytest.mark.parametrize(
    "body",
    [
        b'{"issuer": "https://lain.example", "authorization_endpoint": "a", "token_endpoint": "t", "jwks_uri": "k"}',
        b'{"issuer": "SELF"}',
        *(b"[]", b"{}", b"null", b"<html>", b"", b"\xff\xfe", b'{"issuer": {"a": 1}}', b'"text"'),
    ],
)
def test_a_description_that_is_not_the_issuers_is_an_error_with_what_to_do(settings, body):
    class Answers(BaseHTTPRequestHandler):
        def do_GET(self):
            issuer = f"http://127.0.0.1:{self.server.server_port}".encode()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body.replace(b"SELF", issuer))

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        connect(settings, f"http://127.0.0.1:{server.server_port}")
        (found,) = the_citys_account_answers(["default"])
    finally:
        server.shutdown()
        server.server_close()
    assert (found.level, found.id) == (ERROR, "ppid.H081")
    assert "OIDC_ISSUER" in found.hint


@contextmanager
def sending(settings, piece: bytes, *, every: float = 0):
    """Be a provider that sends the same piece for ever, and say how many bytes went."""
    went, over = [0], threading.Event()

    class Endless(BaseHTTPRequestHandler):
        def do_GET(self):
            try:
                while not over.wait(every):
                    went[0] += self.connection.send(piece)
            except OSError:
                pass

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Endless)
    server.daemon_threads, server.block_on_close = True, False
    threading.Thread(target=server.serve_forever, daemon=True).start()
    connect(settings, f"http://127.0.0.1:{server.server_port}")
    yield went
    over.set()
    server.shutdown()
    server.server_close()


HEAD = b"HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n"


def test_a_description_without_an_end_is_not_read_to_its_end(settings):
    with sending(settings, HEAD + b" " * 100_000) as went:
        (found,) = the_citys_account_answers(["default"])
        assert (found.level, found.id) == (WARNING, "ppid.H080")
        assert "AnswerTooLong" in found.msg
        said = text(Client().post(reverse(START), follow=True))
    assert oidc.UNREACHABLE in said
    assert went[0] < 50_000_000, "most of it lies in the buffers of both ends"


def test_a_description_just_as_long_as_one_may_be_is_read(settings):
    class Long(BaseHTTPRequestHandler):
        def do_GET(self):
            told = {"issuer": settings.OIDC_ISSUER, "authorization_endpoint": "a", "token_endpoint": "t"}
            body = json.dumps(told | {"jwks_uri": "k"}).encode()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body + b" " * ((64 << 10) - len(body) + settings.MORE))

        def log_message(self, *args):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Long) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        connect(settings, f"http://127.0.0.1:{server.server_port}")
        levels = []
        for settings.MORE in (0, 1):
            levels += [found.level for found in the_citys_account_answers(["default"])]
        server.shutdown()
    assert levels == [INFO, WARNING]


@pytest.mark.parametrize("piece", [b"x", HEAD + b" "], ids=["head", "body"])
def test_a_provider_that_drips_holds_nobody_beyond_the_time(settings, monkeypatch, piece):
    monkeypatch.setattr(checks, "_PATIENCE", 1)
    with sending(settings, piece, every=0.2):
        began = time.monotonic()
        (found,) = the_citys_account_answers(["default"])
        assert time.monotonic() - began < 3
    assert (found.level, found.id) == (WARNING, "ppid.H080")
    assert "ReadTimeout" in found.msg


def test_a_packed_answer_is_not_unpacked(settings):
    with sending(settings, HEAD.replace(b"Content-Type", b"Content-Encoding: gzip\r\nContent-Type") + b"x" * 100):
        (found,) = the_citys_account_answers(["default"])
    assert "ContentDecodingError" in found.msg
