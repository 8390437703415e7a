"""The one search of the desk, and the words that mean the same to the public's search."""

from django.urls import path

from ppid.desk.find import families
from ppid.desk.find.views import Find

urlpatterns = [
    path("cari/", Find.as_view(), name="find"),
    path("padanan-kata/", families.Families.as_view(), name="families"),
    path("padanan-kata/tambah/", families.AddFamily.as_view(), name="family-add"),
    path("padanan-kata/<int:pk>/", families.EditFamily.as_view(), name="family-edit"),
    path("padanan-kata/<int:pk>/hapus/", families.DropFamily.as_view(), name="family-drop"),
]
