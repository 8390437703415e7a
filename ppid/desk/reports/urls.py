"""Addresses of this room of the desk, under /meja/."""

from django.urls import path

from ppid.desk.reports import views

urlpatterns = [
    path("laporan-masalah/", views.Problems.as_view(), name="problems"),
    path("laporan-masalah/<int:pk>/", views.ProblemPage.as_view(), name="problem"),
]
