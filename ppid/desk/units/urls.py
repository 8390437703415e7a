"""Addresses of this room of the desk, under /meja/."""

from django.urls import path

from ppid.desk.units import views

urlpatterns = [
    path("unit/", views.Units.as_view(), name="units"),
    path("unit/tambah/", views.AddUnit.as_view(), name="unit-add"),
    path("unit/rencana/<int:pk>/batalkan/", views.CancelPlan.as_view(), name="unit-plan-cancel"),
    path("unit/<slug:code>/", views.UnitPage.as_view(), name="unit"),
    path("unit/<slug:code>/ganti-nama/", views.Rename.as_view(), name="unit-rename"),
    path("unit/<slug:code>/sebutan/", views.Call.as_view(), name="unit-call"),
    path("unit/<slug:code>/kontak/", views.Reach.as_view(), name="unit-contact"),
    path("unit/<slug:code>/tutup/", views.Close.as_view(), name="unit-close"),
]
