"""The API against its own description: whatever schemathesis makes of it is answered as it says there."""

import os
import subprocess
import sys

import pytest

from tests.portal import shelf_rows

pytestmark = pytest.mark.e2e
# A cursor is a text that only the answer before knows, so one that fits its schema is refused all the same; and what is
# too long is refused by its length before it is read.
CHECKS = """
[checks]
positive_data_acceptance.enabled = false
negative_data_rejection.expected-statuses = ["400", "404", "405", "414"]
"""


def test_every_answer_is_one_that_the_description_knows(portal, tmp_path):
    shelf_rows.everything()
    shelf_rows.dik(information="Kedua")
    (tmp_path / "schemathesis.toml").write_text(CHECKS)
    run = subprocess.run(
        [
            *(sys.executable, "-c", "from schemathesis.cli import schemathesis; schemathesis()", "--no-color", "run"),
            *(f"{portal}/api/v1/openapi.json", "--seed", "26", "--max-examples", "15"),
            *("--phases", "examples,coverage,fuzzing", "--generation-database", "none"),
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)},
    )
    assert run.returncode == 0, run.stdout[-5000:] + run.stderr[-2000:]
    assert "Tested: 8" in run.stdout, run.stdout[-1000:]
