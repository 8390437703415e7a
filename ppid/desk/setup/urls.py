"""Addresses of this room of the desk, under /meja/."""

from django.urls import path

from ppid.desk.setup import views

urlpatterns = [
    path("siapkan/", views.Setup.as_view(), name="setup"),
    path("siapkan/lembar-bawaan/", views.TakeSheets.as_view(), name="setup-sheets"),
]
