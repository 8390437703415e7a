import pytest

from tests import clamd


@pytest.fixture(scope="session")
def daemon(tmp_path_factory):
    """Run a real ClamAV daemon for the session."""
    with clamd.running(tmp_path_factory.mktemp("clamd")) as url:
        yield url


@pytest.fixture
def scanner(daemon, settings):
    """Let the product scan with the daemon."""
    settings.CLAMAV_URL = daemon
    return daemon


@pytest.fixture
def nobody(tmp_path):
    """Return the address of a daemon that is not there."""
    return f"unix://{tmp_path}/nobody"
