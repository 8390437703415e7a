"""Addresses of this room of the desk, under /meja/."""

from django.urls import path

from ppid.desk.health import views

urlpatterns = [path("keadaan/", views.Health.as_view(), name="health")]
