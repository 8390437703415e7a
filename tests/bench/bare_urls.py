"""The portal's addresses and two more: views that do nothing but render the base template, open and closed."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.urls import path

from ppid.urls import urlpatterns as _portal


@login_not_required
def bare(request):
    return render(request, "base.html")


def closed(request):
    return render(request, "base.html")


urlpatterns = [path("bare/", bare), path("meja/bare/", closed), *_portal]
