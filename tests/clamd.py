"""A real ClamAV daemon for tests, with definitions of one line: they know EICAR's test file and nothing else."""

import shutil
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

from ppid.scanning.clamd import Clamd, ScannerAway

# Written in two parts, so that no scanner takes this file for what it tests.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + rb"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
STREAM_MAX_MB = 1


@contextmanager
def running(folder: Path):
    """Run the daemon and give its address; it takes files up to STREAM_MAX_MB."""
    program = shutil.which("clamd", path="/usr/sbin:/usr/bin:/usr/local/sbin")
    assert program, "clamd is missing: script/bootstrap dev installs Debian's clamav-daemon"
    definitions = folder / "definitions"
    definitions.mkdir()
    (definitions / "test.ndb").write_text(f"Eicar-Test-Signature:0:*:{EICAR.hex()}\n")
    socket = folder / "clamd"
    config = folder / "clamd.conf"
    config.write_text(
        f"LocalSocket {socket}\nDatabaseDirectory {definitions}\nTemporaryDirectory {folder}\nForeground yes\n"
        f"StreamMaxLength {STREAM_MAX_MB}M\nAlertExceedsMax yes\nPidFile {folder}/pid\n"
    )
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([program, "--config-file", str(config)], stdout=log, stderr=log)
    try:
        url = f"unix://{socket}"
        until = time.monotonic() + 60
        while True:
            try:
                Clamd(url).definitions()
                break
            except ScannerAway:
                assert process.poll() is None, (folder / "log").read_text()
                assert time.monotonic() < until
                time.sleep(0.1)
        yield url
    finally:
        process.terminate()
        process.wait(20)
