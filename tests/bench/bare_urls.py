"""The portal's addresses and one more: a view that does nothing but render the base template."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.urls import path

from ppid.urls import urlpatterns as _portal


@login_not_required
def bare(request):
    return render(request, "base.html")


urlpatterns = [path("bare/", bare), *_portal]
