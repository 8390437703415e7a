"""allauth's pages that we draw ourselves, under the names by which it finds them, and our own. No others exist."""

from allauth.account.views import logout
from django.urls import path

from ppid.desk.account import again, oidc, second_factor, sessions, views
from ppid.desk.account.held_session import in_background

_SECOND = "langkah-kedua/"

urlpatterns = [
    path("", second_factor.Account.as_view(), name="account_home"),
    path("masuk/", views.SignIn.as_view(), name="account_login"),
    path("masuk/akun-kota/", oidc.StartOidc.as_view(), name="account_oidc"),
    path("masuk/akun-kota/kembali/", oidc.OidcCallback.as_view(), name="account_oidc_callback"),
    path("keluar/", logout, name="account_logout"),
    path("kata-sandi/", views.ChangePassword.as_view(), name="account_change_password"),
    path("sesi/", sessions.OwnSessions.as_view(), name="account_sessions"),
    path("sesi/<int:pk>/akhiri/", sessions.EndSession.as_view(), name="account_session_end"),
    path("sesi/akhiri-lainnya/", sessions.EndOthers.as_view(), name="account_sessions_end_others"),
    path("sesi/sisa/", in_background(sessions.SessionLeft.as_view()), name="account_session_left"),
    path("sesi/perpanjang/", sessions.RenewSession.as_view(), name="account_session_renew"),
    path("masuk/langkah-kedua/", views.SecondStep.as_view(), name="mfa_authenticate"),
    path("masuk/kunci-sandi/", views.SignInByPasskey.as_view(), name="mfa_login_webauthn"),
    path("masuk-lagi/", again.SignInAgain.as_view(), name="account_again"),
    path(_SECOND, second_factor.Choose.as_view(), name="second_factor_setup"),
    path(f"{_SECOND}aplikasi/", second_factor.SetUpApp.as_view(), name="second_factor_app"),
    path(f"{_SECOND}kunci-sandi/", second_factor.AddPasskey.as_view(), name="second_factor_passkey"),
    path(f"{_SECOND}kode/", second_factor.NewCodes.as_view(), name="second_factor_codes"),
    path(f"{_SECOND}pemulihan/hentikan/", second_factor.CancelRecovery.as_view(), name="second_factor_cancel"),
    path(f"{_SECOND}<int:pk>/hapus/", second_factor.RemoveFactor.as_view(), name="second_factor_remove"),
]
