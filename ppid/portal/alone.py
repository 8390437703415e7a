"""The addresses of a portal that stands alone (``PPID_SITE=portal``): no desk, no sign-in, nothing under /meja/."""

from django.urls import include, path

urlpatterns = [path("", include("ppid.portal.urls"))]

handler400 = "ppid.web.errors.bad_request"
handler404 = "ppid.web.errors.not_found"
handler500 = "ppid.web.errors.server_error"
