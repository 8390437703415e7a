"""Addresses of the editor, under /meja/."""

from django.urls import path

from ppid.desk.library.editor import views

_VERSION = "sop/<slug:slug>/<int:version>/"

urlpatterns = [
    path("sop/baru/", views.StartSop.as_view(), name="sop-new"),
    path(f"{_VERSION}sunting/<slug:page>/", views.edit, name="sop-edit"),
    path(f"{_VERSION}hapus-draf/", views.DeleteDraft.as_view(), name="sop-delete-draft"),
]
