"""What the desk's tests share: a signed-in browser for each person."""

import pytest
from django.test import Client

from tests import make


@pytest.fixture
def sign_in(db):
    """Sign a person in: ``sign_in("bidang")`` for one of the demo's cast, or ``sign_in(user)``."""

    def client_of(who, **options) -> Client:
        client = Client(**options)
        client.force_login(make.demo(who) if isinstance(who, str) else who)
        return client

    return client_of


@pytest.fixture
def stranger(db):
    """A person whose unit has nothing to do with the cases of the tests."""
    return make.person("ppid_pelaksana", unit="dinkes")
