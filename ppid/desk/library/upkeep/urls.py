"""Addresses of what keeps the library right."""

from django.urls import path

from ppid.desk.library.upkeep import basis_views, views

_VERSION = "sop/<slug:slug>/<int:version>/"
_BOTH = "sop/<slug:slug>/banding/<int:before>/<int:after>/"

urlpatterns = [
    path("sop/perlu-ditinjau/", views.DueForReview.as_view(), name="sop-reviews"),
    path("sop/penomoran/<slug:unit>/", views.Numbering.as_view(), name="sop-numbering"),
    path(_BOTH, views.Compare.as_view(), name="sop-compare"),
    path(f"{_BOTH}banding.pdf", views.ComparePdf.as_view(), name="sop-compare-pdf"),
    path(f"{_VERSION}masih-sesuai/", views.StillRight.as_view(), name="sop-still-right"),
    path(f"{_VERSION}sudah-dibaca/", views.Acknowledge.as_view(), name="sop-acknowledge"),
    path(f"{_VERSION}nomor/", views.AssignNumber.as_view(), name="sop-number"),
    path(f"{_VERSION}bertanda-tangan/", views.AttachSigned.as_view(), name="sop-sign"),
    path(f"{_VERSION}bertanda-tangan.pdf", views.SignedPdf.as_view(), name="sop-signed-pdf"),
    path("dasar-hukum/", basis_views.Bases.as_view(), name="legal-bases"),
    path("dasar-hukum/tambah/", basis_views.AddBasis.as_view(), name="legal-basis-add"),
    path("dasar-hukum/<int:pk>/", basis_views.ChangeBasis.as_view(), name="legal-basis"),
]
