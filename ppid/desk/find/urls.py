"""The one search of the desk."""

from django.urls import path

from ppid.desk.find.views import Find

urlpatterns = [path("cari/", Find.as_view(), name="find")]
