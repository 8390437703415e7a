"""The running portal and a real browser: gunicorn on a copy of the office, Debian's Chromium.

Both are started once for all walks; each file of walks gets a copy of the office and a worker of its own.
"""

import os
import shutil
from contextlib import ExitStack

import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher, make_password
from django.db import connections
from playwright.sync_api import sync_playwright

from ppid.organisation.models import User
from tests import serve
from tests.conftest import copied_database

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"


@pytest.fixture(scope="package")
def server(django_db_setup, django_db_blocker):
    """Start gunicorn; every copy of the office has the name of the one that it is started with."""
    serve.collect_static()
    with ExitStack() as until_the_end:
        with copied_database(django_db_blocker):
            server = until_the_end.enter_context(serve.gunicorn())
        yield server


@pytest.fixture(scope="module")
def portal(server, django_db_blocker):
    """Serve a copy of the office, and give its address."""
    with copied_database(django_db_blocker):
        password = make_password(settings.DEMO_PASSWORD, hasher=Argon2PasswordHasher())
        User.objects.filter(is_demo=True).update(password=password)
        server.replace_worker()
        yield server.url


@pytest.fixture(scope="package")
def browser(server):
    # Playwright keeps a loop running in this thread: Django would refuse the ORM, and would not find the connection
    # that the office was set up with, so the server comes first.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        browser.close()
        connections.close_all()  # those opened beside the loop: what follows has its own
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
