"""The addresses: the portal at the root, the desk under /meja/."""

urlpatterns = []
