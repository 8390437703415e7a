"""The addresses: the portal at the root, the desk under /meja/."""

from django.urls import include, path

urlpatterns = [
    path("", include("ppid.portal.urls")),
    path("meja/akun/", include("ppid.desk.account.urls")),
    path("meja/", include("ppid.desk.urls")),
]

handler400 = "ppid.desk.mishaps.bad_request"
handler403 = "ppid.desk.mishaps.forbidden"
handler404 = "ppid.desk.mishaps.not_found"
handler500 = "ppid.desk.mishaps.server_error"
