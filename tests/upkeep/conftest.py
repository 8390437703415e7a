"""What the tests of upkeep share: stores of their own, sound and with nothing in them that no row names."""

from pathlib import Path

import pytest

from ppid.s3_place import S3Place
from ppid.upkeep.stores import Store, all_stores


def led_to(settings, private: Path | S3Place, public: Path | S3Place) -> tuple[Store, ...]:
    """Return the stores in these two places, once the files are there that rows name."""
    filled = all_stores()
    settings.PRIVATE_FILES, settings.PUBLIC_FILES = private, public
    for old, new in zip(filled, all_stores(), strict=True):
        for sha256, _ in old.promised():
            new.files.copy_from(old.files, sha256)
    return all_stores()


@pytest.fixture
def own_stores(settings, tmp_path):
    """Lead to folders of the test's own, with the files that the office's rows name; call it when those can be read."""

    return lambda: led_to(settings, tmp_path / "private", tmp_path / "public")


@pytest.fixture
def stores(own_stores, db):
    """The documents' store, the library's and the public one."""
    return own_stores()
