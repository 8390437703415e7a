"""What holds in every test: the office with its people and both SOPs, set up once."""

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pgtrigger
import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.db.transaction import Atomic
from django.test.utils import setup_databases, teardown_databases
from hypothesis import settings as hypothesis_settings
from procrastinate.schema import SchemaManager

from ppid.web import drawn

# How long an example takes says how busy the machine is; what is too slow, script/bench tells.
hypothesis_settings.register_profile("any machine", deadline=None)
hypothesis_settings.load_profile("any machine")


def pytest_configure(config):
    from django.conf import settings

    # Static files come straight from their sources: no test waits for collectstatic, or fails for the lack of it.
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.WHITENOISE_USE_FINDERS = True
    settings.WHITENOISE_AUTOREFRESH = True
    # Argon2 is slow on purpose.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    files = Path(tempfile.mkdtemp(prefix="ppid-tests-"))
    config.add_cleanup(lambda: shutil.rmtree(files, ignore_errors=True))
    settings.PRIVATE_FILES, settings.PUBLIC_FILES = files / "private", files / "public"
    settings.LETTERBOX = files / "letterbox"
    # A test writes the shelf and reads it in one transaction, which is one edition; tests/portal/test_kept.py keeps.
    settings.KEPT_PAGES_MB = 0
    # A connection of its own would not see what a test has not committed; tests/shelf proves the portal's role.
    settings.PORTAL_DATABASE = "default"
    # The tables come from the models, and at once: the migrations draw every model anew for each trigger. That they
    # make the same tables, triggers and constraints, tests/test_prepare.py holds.
    settings.DATABASES["default"].setdefault("TEST", {})["MIGRATE"] = False


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_modify_db_settings, django_db_blocker):
    """Set up the office before the first test; each test's own rows are rolled back after it.

    pytest-django's own fixture leaves out the database when only ``committed_database`` asks for it.
    """
    from tests import make

    with django_db_blocker.unblock():
        databases = setup_databases(verbosity=0, interactive=False, aliases={"default", "portal"})
        pgtrigger.install()
        with connection.cursor() as cursor:  # the queue's own tables and functions are no models' of ours
            cursor.execute(SchemaManager.get_schema().encode())
        call_command("migrate", fake=True, verbosity=0)  # the portal does not start where migrations wait
        make.office()
    yield
    with django_db_blocker.unblock():
        connections.close_all()  # the portal's own too, or the database is in use
        teardown_databases(databases, verbosity=0)


@pytest.fixture(scope="module")
def built_once(django_db_setup, django_db_blocker):
    """Hold a transaction for the tests of a module: what is built in it is built once, each test's own rows lie above.

    Not for a module in which a test commits.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def copied_database(django_db_blocker):
    """Lead all connections to a copy of the office in which to commit; other processes see it too.

    The ledger can't be deleted or truncated, so a test that commits can't clean up after itself: its copy is dropped.
    """
    from sop.models import fixed_activities

    original = connection.settings_dict["NAME"]
    copy = f"{original}_committed"

    def maintain(*statements):
        connections.close_all()
        with connection._nodb_cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    def lead_to(name):
        connections.close_all()
        fixed_activities.cache_clear()  # another database may give the same key to another version
        for each in connections.all():
            each.settings_dict["NAME"] = name

    with django_db_blocker.unblock():
        maintain(f'DROP DATABASE IF EXISTS "{copy}"', f'CREATE DATABASE "{copy}" TEMPLATE "{original}"')
        lead_to(copy)
        try:
            yield copy
        finally:
            lead_to(original)
            maintain(f'DROP DATABASE "{copy}" WITH (FORCE)')


@pytest.fixture(scope="module")
def short_folder():
    """A short folder that root's helper account may pass through, which pytest's own are not."""
    path = Path(tempfile.mkdtemp(prefix="ppid-", dir="/tmp"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
def committed_database(django_db_setup, django_db_blocker):
    """Give the test a database of its own, in which it commits."""
    with copied_database(django_db_blocker) as name:
        yield name


@pytest.fixture(autouse=True)
def nothing_drawn_before():
    """Let no test see what another one drew: only they change the settings that pages print while they are kept."""
    drawn.kept.clear()


@pytest.fixture(autouse=True)
def commits_run(request, monkeypatch):
    """Let what waits for a commit run when the outermost transaction of the code under test ends well.

    A test's rows are never committed, so Django would forget all of it, and a sweep that forgets a file would stay
    unseen. Tests that really commit (``committed_database``) need nothing.
    """
    if not request.node.get_closest_marker("django_db"):
        yield
        return
    request.getfixturevalue("db")
    outside = len(connection.savepoint_ids)
    leave = Atomic.__exit__

    def leave_and_run(self, exc_type, exc_value, traceback):
        leave(self, exc_type, exc_value, traceback)
        if exc_type is None and connection.in_atomic_block and len(connection.savepoint_ids) == outside:
            while connection.run_on_commit:
                _, run, _ = connection.run_on_commit.pop(0)
                run()

    monkeypatch.setattr(Atomic, "__exit__", leave_and_run)
    yield
