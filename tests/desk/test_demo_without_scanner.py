"""The demo is not filled while its virus scanner is away, and says which setting to look at."""

import socket
from contextlib import closing

import pytest
from django.core.management import CommandError, call_command

from ppid.desk.management.commands import load_demo
from ppid.organisation.models import User


@pytest.mark.django_db
def test_the_demo_says_in_a_sentence_that_its_scanner_does_not_answer(settings, monkeypatch):
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        settings.CLAMAV_URL = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    monkeypatch.setattr(type(User.objects), "exists", lambda self: False)
    monkeypatch.setattr(load_demo, "call_command", lambda *args, **options: pytest.fail("it went on"))
    with pytest.raises(CommandError, match="CLAMAV_URL names a virus scanner that does not answer"):
        call_command("load_demo")


@pytest.mark.django_db
def test_a_demo_that_is_filled_starts_without_it(settings):
    settings.CLAMAV_URL = "tcp://127.0.0.1:1"
    call_command("load_demo")  # the office of all tests: nothing to do
