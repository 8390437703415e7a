"""The running portal and a real browser: gunicorn on a copy of the office, Debian's Chromium."""

import os
import shutil

import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher, make_password
from django.db import connections
from playwright.sync_api import sync_playwright

from ppid.organisation.models import User
from tests import serve
from tests.conftest import copied_database

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"


@pytest.fixture(scope="module")
def portal(django_db_setup, django_db_blocker):
    """Serve a copy of the office, and give its address."""
    with copied_database(django_db_blocker):
        password = make_password(settings.DEMO_PASSWORD, hasher=Argon2PasswordHasher())
        User.objects.filter(is_demo=True).update(password=password)
        serve.collect_static()
        with serve.gunicorn() as server:
            yield server.url


@pytest.fixture(scope="module")
def browser(portal):
    # Playwright keeps a loop running in this thread: Django would refuse the ORM, and would not find the connection
    # that the office was set up with, so the portal comes first.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        browser.close()
        connections.close_all()  # those opened beside the loop: the next module's database is another one
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
