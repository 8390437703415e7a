"""The account's pages; those of allauth under the names by which it finds them.

Sign-up, e-mail and reset pages have no address.
"""

from allauth.account.views import logout
from django.urls import path

from ppid.desk.account import oidc, sessions, views
from ppid.desk.account.held_session import in_background

urlpatterns = [
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
]
