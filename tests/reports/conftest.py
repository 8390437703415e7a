"""What the tests of reports share with the desk's."""

from tests.desk.conftest import sign_in  # noqa: F401
