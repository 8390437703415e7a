"""Addresses of this room of the desk, under /meja/."""

from django.urls import path

from ppid.desk.work import exclusion_views

urlpatterns = [
    path("perkara/<slug:number>/uji/", exclusion_views.TestSheet.as_view(), name="test-sheet"),
    path("perkara/<slug:number>/uji/lembar/", exclusion_views.TestSheetPaper.as_view(), name="test-sheet-paper"),
    path("perkara/<slug:number>/penetapan/", exclusion_views.Decree.as_view(), name="decree"),
]
