"""Addresses of the import, under /meja/."""

from django.urls import path

from ppid.desk.library.importing import views

urlpatterns = [
    path("sop/impor/", views.Upload.as_view(), name="sop-import"),
    path("sop/impor/draf/", views.Keep.as_view(), name="sop-import-keep"),
]
