"""Outside the demo the portal refuses to start while anything that is publicly known would open it."""

import importlib
import os
import subprocess
import sys

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from ppid.organisation.models import User

PRODUCTION = {
    "PPID_DEMO": "0",
    "DATABASE_URL": "postgresql://ppid@db.invalid/ppid",
    "SECRET_KEY": "an-example-of-a-secret-key-that-is-long-enough",
    "ALLOWED_HOSTS": "ppid.example.go.id",
}


def load_settings(**changes):
    """Load the settings in a process of their own, in production's environment but for ``changes``."""
    environment = {k: v for k, v in os.environ.items() if k not in {"DEBUG", "SECRET_KEY_FILE", "DATABASE_URL_FILE"}}
    environment |= PRODUCTION | changes
    return subprocess.run(
        [sys.executable, "-c", "import ppid.settings"],
        env={name: value for name, value in environment.items() if value is not None},
        capture_output=True,
        text=True,
    )


def test_production_starts_when_all_is_set():
    assert load_settings().returncode == 0


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"SECRET_KEY": None}, "Set SECRET_KEY"),
        ({"SECRET_KEY": "demo-only-this-key-is-refused-in-production"}, "Set SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "at least 32 characters"),
        ({"DEBUG": "1"}, "DEBUG must be off"),
        ({"ALLOWED_HOSTS": None}, "Set ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": " , "}, "Set ALLOWED_HOSTS"),
    ],
)
def test_production_refuses(changes, sentence):
    refused = load_settings(**changes)
    assert refused.returncode != 0
    assert sentence in refused.stderr.splitlines()[-1]


def test_a_database_address_alone_means_production():
    refused = load_settings(PPID_DEMO=None, SECRET_KEY=None)
    assert "Set SECRET_KEY" in refused.stderr


@pytest.fixture
def demo_person(db):
    """The only demo person who can sign in."""
    User.objects.filter(is_demo=True).update(is_active=False)
    return User.objects.create_user("sekretaris@example.go.id", "sandi-untuk-uji-coba", name="Sekretaris", is_demo=True)


def start_the_web_server():
    import ppid.wsgi

    importlib.reload(ppid.wsgi)


def test_production_refuses_while_a_demo_person_can_sign_in(settings, demo_person):
    settings.DEMO = False
    with pytest.raises(SystemCheckError, match="ppid.E001"):
        call_command("check", databases=["default"])
    with pytest.raises(SystemCheckError, match=demo_person.email):
        start_the_web_server()


def test_production_starts_once_the_demo_people_are_deactivated(settings, demo_person):
    settings.DEMO = False
    demo_person.is_active = False
    demo_person.save()
    call_command("check", databases=["default"])


def test_the_demo_starts_with_its_people(settings, demo_person):
    settings.DEMO = True
    call_command("check", databases=["default"])
