"""Addresses of this room of the desk, under /meja/."""

from django.urls import path

from ppid.desk.figures import views

_CASE = "perkara/<slug:number>/"

urlpatterns = [
    path("angka/", views.Figures.as_view(), name="figures"),
    path("angka/pdf/", views.FiguresPdf.as_view(), name="figures-pdf"),
    path("angka/xlsx/", views.FiguresXlsx.as_view(), name="figures-xlsx"),
    path(f"{_CASE}ingatkan/", views.Remind.as_view(), name="remind"),
    path("angka/laporan-tahunan/", views.AnnualReport.as_view(), name="annual-report"),
]
