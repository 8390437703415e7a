"""What is examined of the city's one account, where there is one: that people can sign in with it."""

from allauth.socialaccount.adapter import get_adapter
from django.conf import settings
from django.core.checks import Error, Info, Warning
from requests.exceptions import RequestException

from ppid.web.examinations import examination

_PATIENCE = 5  # seconds
_DISCOVERY = "/.well-known/openid-configuration"
_MUST_NAME = ("authorization_endpoint", "token_endpoint", "jwks_uri")


@examination("Akun kota menjawab, bila dipasang", at_start=False)
def the_citys_account_answers(databases):
    """Find a provider that is away, and one whose description is not of the issuer that the settings name."""
    if not settings.OIDC_ISSUER:
        return [Info("Tidak dipasang.")]
    issuer = settings.OIDC_ISSUER.rstrip("/")
    try:
        with get_adapter().get_requests_session() as session:
            answer = session.get(issuer + _DISCOVERY, timeout=_PATIENCE)
        answer.raise_for_status()
    except RequestException as error:
        said = f"{settings.OIDC_NAME} tidak menjawab ({type(error).__name__}): petugas masuk dengan kata sandi."
        hint = f"Buka {issuer}{_DISCOVERY} dari server ini; bila tidak terbuka, hubungi pengelola akun kota."
        return [Warning(said, hint=hint, id="ppid.H080")]
    try:
        told = answer.json()
        named = str(told["issuer"]).rstrip("/")
        lacks = [each for each in _MUST_NAME if not told.get(each)]
    except (ValueError, KeyError, TypeError, AttributeError):
        named, lacks = "", list(_MUST_NAME)
    if named != issuer or lacks:
        said = f"Keterangan {settings.OIDC_NAME} bukan milik {issuer}: tidak ada yang dapat masuk dengannya."
        hint = "Samakan OIDC_ISSUER dengan «issuer» yang disebut pengelola akun kota, lalu systemctl restart ppid."
        return [Error(said, hint=hint, id="ppid.H081")]
    return [Info(f"{settings.OIDC_NAME} menjawab.")]
