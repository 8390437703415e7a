"""Addresses of this room of the desk, under /meja/."""

urlpatterns = []
