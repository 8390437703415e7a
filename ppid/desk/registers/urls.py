"""Addresses of this room of the desk, under /meja/."""

from django.urls import path

from ppid.desk.registers import together, views

urlpatterns = [
    path("berjalan/", views.Running.as_view(), name="cases"),
    path("berjalan/csv/", views.RunningCsv.as_view(), name="cases-csv"),
    path("berjalan/sekaligus/", together.Together.as_view(), name="together"),
    path("register/pengumuman/", views.Publications.as_view(), name="publications"),
    path("register/pengumuman/csv/", views.PublicationsCsv.as_view(), name="publications-csv"),
    path("register/pengecualian/", views.Exclusions.as_view(), name="exclusions"),
    path("register/pengecualian/csv/", views.ExclusionsCsv.as_view(), name="exclusions-csv"),
    path("register/dip/", views.Dip.as_view(), name="dip"),
    path("register/dip/csv/", views.DipCsv.as_view(), name="dip-csv"),
    path("register/dik/", views.Dik.as_view(), name="dik"),
    path("register/dik/csv/", views.DikCsv.as_view(), name="dik-csv"),
]
