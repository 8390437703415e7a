"""The addresses: the portal at the root, the desk under /meja/."""

from django.urls import include, path

urlpatterns = [
    path("", include("ppid.portal.urls")),
    path("meja/akun/", include("ppid.desk.account.urls")),
    path("meja/", include("ppid.desk.urls")),
]

handler400 = "ppid.web.errors.bad_request"
handler500 = "ppid.web.errors.server_error"
