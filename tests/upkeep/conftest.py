"""What the tests of upkeep share: stores of their own, sound and with nothing in them that no row names."""

import pytest

from ppid.upkeep.stores import Store, all_stores


@pytest.fixture
def own_stores(settings, tmp_path):
    """Lead to folders of the test's own, with the files that the office's rows name; call it when those can be read."""

    def lead() -> tuple[Store, ...]:
        filled = all_stores()
        settings.PRIVATE_FILES, settings.PUBLIC_FILES = tmp_path / "private", tmp_path / "public"
        for old, new in zip(filled, all_stores(), strict=True):
            for sha256, _ in old.promised():
                new.files.copy_from(old.files, sha256)
        return all_stores()

    return lead


@pytest.fixture
def stores(own_stores, db):
    """The documents' store, the library's and the public one."""
    return own_stores()
