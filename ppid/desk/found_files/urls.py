"""Addresses of this room of the desk, under /meja/."""

from django.urls import path

from ppid.desk.found_files import views

urlpatterns = [
    path("berkas-tertahan/", views.FoundFiles.as_view(), name="found-files"),
    path("berkas-tertahan/<int:pk>/", views.DecideOnFound.as_view(), name="found-file"),
]
