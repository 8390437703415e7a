"""Addresses of this room of the desk, under /meja/."""

from django.urls import path

from ppid.desk.proof import auditor, dossiers, ledger, links

urlpatterns = [
    path("buku-besar/", ledger.Ledger.as_view(), name="ledger"),
    path("buku-besar/periksa/", ledger.Examine.as_view(), name="ledger-examine"),
    path("proses/<slug:number>/berkas.pdf", dossiers.DossierPdf.as_view(), name="dossier-pdf"),
    path("proses/<slug:number>/berkas.zip", dossiers.DossierZip.as_view(), name="dossier-zip"),
    path("tautan-pemeriksa/", links.Links.as_view(), name="auditor-links"),
    path("tautan-pemeriksa/buat/", links.Give.as_view(), name="auditor-link-give"),
    path("tautan-pemeriksa/<int:pk>/", links.LinkPage.as_view(), name="auditor-link"),
    path("tautan-pemeriksa/<int:pk>/cabut/", links.Revoke.as_view(), name="auditor-link-revoke"),
    path("pemeriksa/<slug:secret>/", auditor.Opened.as_view(), name="auditor"),
    path("pemeriksa/<slug:secret>/<slug:number>/berkas.pdf", auditor.TakenPdf.as_view(), name="auditor-pdf"),
    path("pemeriksa/<slug:secret>/<slug:number>/berkas.zip", auditor.TakenZip.as_view(), name="auditor-zip"),
]
