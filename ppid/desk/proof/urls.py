"""Addresses of this room of the desk, under /meja/."""

from django.urls import path

from ppid.desk.proof import ledger

urlpatterns = [
    path("buku-besar/", ledger.Ledger.as_view(), name="ledger"),
    path("buku-besar/periksa/", ledger.Examine.as_view(), name="ledger-examine"),
]
