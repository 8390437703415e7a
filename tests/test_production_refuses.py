"""Outside the demo the portal refuses to start while anything that is publicly known would open it."""

import importlib

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from ppid.organisation.models import User
from tests import make

pytestmark = pytest.mark.django_db(databases=["default", "portal"])


@pytest.fixture
def demo_person():
    """The only demo person who can sign in."""
    for each in User.objects.filter(is_demo=True):
        make.change(each, is_active=False)
    return User.objects.create_user("sekretaris@example.go.id", "sandi-untuk-uji-coba", name="Sekretaris", is_demo=True)


def start_the_web_server():
    import ppid.wsgi

    importlib.reload(ppid.wsgi)


def test_production_refuses_while_a_demo_person_can_sign_in(settings, demo_person):
    settings.DEMO = False
    with pytest.raises(SystemCheckError, match="ppid.E001"):
        call_command("check", databases=["default"])
    with pytest.raises(SystemExit, match=demo_person.email):
        start_the_web_server()


def test_production_starts_once_the_demo_people_are_deactivated(settings, demo_person):
    settings.DEMO = False
    make.change(demo_person, is_active=False)
    call_command("check", databases=["default"])


def test_the_demo_starts_with_its_people(settings, demo_person):
    settings.DEMO = True
    call_command("check", databases=["default"])
