"""Addresses of this room of the desk, under /meja/."""

from django.urls import path

from ppid.desk.typed import views

urlpatterns = [
    path("isian/", views.GiveBack.as_view(), name="give-back"),
    path("isian/sisihkan/", views.SetAside.as_view(), name="set-aside"),
]
