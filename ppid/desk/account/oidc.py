"""Signing in with the city's one account, by OpenID Connect: allauth speaks the protocol, the rules are ours.

Beside what allauth looks at (state, PKCE), the token's signature, issuer, audience, age and nonce are. Whatever the
provider answers, or does not, becomes a sentence above the form, where the password still works.
"""

import logging
import secrets

import jwt
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.utils import build_absolute_uri
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_variables
from django.views.generic import View
from requests import RequestException

from ppid.desk.account.city_server import BoundedAdapter
from ppid.desk.typed.keeping import desk_address
from ppid.organisation.city_account import CityAccountRefused, person_of, proves_second_factor
from ppid.web.parameters import text

PROVIDER = "kota"
SECOND_FACTOR = "langkah_kedua_kota"  # in the session: of whom the city has asked it, where the office lets that count
FAILED = "Masuk dengan akun kota tidak berhasil. Coba sekali lagi, atau masuk dengan kata sandi."
UNREACHABLE = "Layanan akun kota sedang tidak dapat dihubungi. Masuklah dengan kata sandi."
CANCELLED = "Anda membatalkan masuk dengan akun kota."
# Of public keys alone: a token that is signed with what everybody can read is signed by nobody.
_SIGNATURES = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
_CLOCKS_DIFFER = 60  # seconds
# What a broken answer of a provider makes of allauth's reading: a document without what it must hold, or of no JSON.
_BROKEN = (KeyError, TypeError, ValueError, AttributeError, NotImplementedError)


log = logging.getLogger(__name__)


class CityAccounts(DefaultSocialAccountAdapter):
    """Who is let in by the city's account: whoever has one here already."""

    def is_open_for_signup(self, request, sociallogin):
        return False

    def get_requests_session(self):
        """Follow no redirect and read no end of an answer: the provider answers itself and soon, or not at all."""
        session = super().get_requests_session()
        session.mount("https://", BoundedAdapter())
        session.mount("http://", BoundedAdapter())
        session.max_redirects = 0
        return session

    def list_apps(self, request, provider=None, client_id=None):
        """Return the provider of the settings, and none that somebody writes into a table."""
        return super().list_apps(None, provider=provider, client_id=client_id)

    def pre_social_login(self, request, sociallogin):
        try:
            claims = sociallogin.account.extra_data["claims"]
            person = person_of(claims, issuer=settings.OIDC_ISSUER)
        except CityAccountRefused as refusal:
            raise ImmediateHttpResponse(_back(request, refusal.sentences[0])) from refusal
        sociallogin.user = person
        counts = proves_second_factor(claims, counts=settings.OIDC_SECOND_FACTOR_COUNTS)
        request.session[SECOND_FACTOR] = person.pk if counts else None

    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None):
        """Lead back to the form, with a sentence instead of a page of allauth's."""
        said = FAILED
        if exception is not None:
            log.warning("The city's account let nobody in: %s.", type(exception).__name__)
        if str(error) == "cancelled":
            said = CANCELLED
        elif isinstance(exception, RequestException):
            said = UNREACHABLE
        raise ImmediateHttpResponse(_back(request, said))


class CityProtocol(OpenIDConnectOAuth2Adapter):
    """allauth's OpenID Connect at our address, with the whole token looked at; ``nonce`` is what we asked with."""

    nonce = ""

    def get_callback_url(self, request, app):
        return build_absolute_uri(request, reverse("account_oidc_callback"), self.redirect_uri_protocol)

    def complete_login(self, request, app, token, **kwargs):
        claims = self.claims_of(app, kwargs["response"].get("id_token"))
        if "email" not in claims or "email_verified" not in claims:
            more = self._fetch_user_info(token.token)
            if more.get("sub") != claims["sub"]:
                raise OAuth2Error("The profile is of somebody else.")
            claims = {**more, **claims}
        known = {name: claims.get(name) for name in ("sub", "email", "email_verified", "amr")}
        login = self.get_provider().sociallogin_from_response(request, {"userinfo": {"sub": claims["sub"]}})
        login.account.extra_data = {"claims": known}  # kept nowhere
        return login

    @sensitive_variables()
    def claims_of(self, app, id_token: str | None) -> dict:
        """Return what the token says. Raises OAuth2Error unless it is the issuer's, for us, now, for this request."""
        if not id_token or self.openid_config["issuer"].rstrip("/") != settings.OIDC_ISSUER.rstrip("/"):
            raise OAuth2Error("No token of this issuer.")
        try:
            claims = jwt.decode(
                id_token,
                self._key_of(id_token),
                algorithms=_SIGNATURES,
                issuer=self.openid_config["issuer"],
                audience=app.client_id,
                leeway=_CLOCKS_DIFFER,
                options={"require": ["iss", "sub", "aud", "exp", "iat"]},
            )
        except jwt.PyJWTError as error:
            raise OAuth2Error("The token is not good.") from error
        if claims.get("azp", app.client_id) != app.client_id:
            raise OAuth2Error("The token is for another client.")
        if not self.nonce or not constant_time_compare(str(claims.get("nonce", "")), self.nonce):
            raise OAuth2Error("The token answers another request.")
        return claims

    def _key_of(self, id_token: str):
        """Return the issuer's key that the token names; one that names none has the only key there is."""
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
        answer.raise_for_status()
        named = jwt.get_unverified_header(id_token).get("kid")
        keys = [each for each in jwt.PyJWKSet.from_dict(answer.json()).keys if named in (None, each.key_id)]
        if len(keys) != 1:
            raise OAuth2Error("The issuer has no such key.")
        return keys[0].key


class _CityCallback(OAuth2CallbackView):
    def _get_state(self, request, provider):
        state, response = super()._get_state(request, provider)
        self.adapter.nonce = (state or {}).get("nonce", "")
        return state, response


@method_decorator(login_not_required, name="dispatch")
class _OidcPage(View):
    """A step of the way there and back; what fails on it leads to the form with a sentence."""

    def dispatch(self, request, *args, **kwargs):
        if not settings.OIDC_ISSUER:
            raise Http404
        try:
            return super().dispatch(request, *args, **kwargs)
        except ImmediateHttpResponse as answer:
            return answer.response
        except (RequestException, OAuth2Error, *_BROKEN) as error:
            log.warning("The city's account can't be asked: %s.", type(error).__name__)
            return _back(request, UNREACHABLE if isinstance(error, RequestException) else FAILED)


class StartOidc(_OidcPage):
    """Ask the provider, by a page that leads on: our policy lets no form lead to another address."""

    http_method_names = ["post"]

    def post(self, request):
        protocol, nonce = CityProtocol(request, PROVIDER), secrets.token_urlsafe(24)
        provider = protocol.get_provider()
        provider.oauth2_adapter_class = CityProtocol
        onward = desk_address(text(request.POST, "next"))
        answer = provider.redirect(
            request, process="login", next_url=onward or None, auth_params={"nonce": nonce}, nonce=nonce
        )
        return render(request, "account/oidc_onward.html", {"onward": answer["Location"], "name": settings.OIDC_NAME})


class OidcCallback(_OidcPage):
    """What the provider sends people back to."""

    http_method_names = ["get"]

    def get(self, request):
        return _CityCallback.adapter_view(CityProtocol(request, PROVIDER))(request)


def has_second_factor_of_the_city(request) -> bool:
    """Whether this session was begun with the city's account and a second factor there that the office lets count."""
    return request.user.is_authenticated and request.session.get(SECOND_FACTOR) == request.user.pk


def _back(request, said: str):
    messages.warning(request, said)
    return redirect("account_login")
