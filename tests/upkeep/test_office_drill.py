"""The move: an office works, is written out as open files, its machine goes, and it works on elsewhere."""

import hashlib
import io
import json
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from urllib.request import urlopen

import pytest

from ppid.flows.models import Case
from ppid.notices.models import Notice
from ppid.proof.models import OfficeMove
from ppid.upkeep.backups.sealing import Damaged, Key
from ppid.upkeep.office.layout import opened
from ppid.upkeep.office.making import rows_of
from ppid.upkeep.office.reading import read
from ppid.upkeep.office.tables import STAYS, tables
from sop.models import fixed_activities
from tests import make, serve
from tests.machine import machine
from tests.upkeep.test_backup_drill import GRANTS, MADE_OF, PASSWORD, answer_to, bring, work

KEY = "a-key-of-this-export-alone-told-to-who-takes-it"
WHY = "Permintaan PPID Utama, surat 045/12/2026, pindah ke pusat data"
# To these the import itself adds what it did.
GROWN = {
    "proof_officemove",
    "proof_examination",
    "notices_notice",
    "notices_dispatch",
    "chain_link",
    "shelf_shelfedition",
}


def rows(one) -> dict[str, list[str]]:
    """Return each row of each table that goes along."""
    with one.led_to("ppid_owner"):
        return {table.name: list(rows_of(table)) for table in tables()}


def files(one) -> dict[str, bytes]:
    return {
        str(path.relative_to(one.folder)): path.read_bytes()
        for store in ("private", "public")
        for path in sorted((one.folder / store).rglob("*"))
        if path.is_file()
    }


def sequences(one) -> dict[str, int]:
    said = one.rows("SELECT sequencename::text, last_value FROM pg_sequences WHERE schemaname = 'public'")
    return {name: value for name, value in said if not name.startswith(("procrastinate_", *STAYS))}


@pytest.fixture(scope="module")
def office(short_folder, django_db_setup, django_db_blocker):
    """What an office was, once it had worked and was written out, three ways, and lost its machine."""
    (short_folder / "key").write_text(KEY + "\n")
    with django_db_blocker.unblock(), machine(short_folder / "old") as old:
        bring(old, short_folder / "office.dump")
        old.managed("prepare", served=True)
        with old.led_to():
            work()
        was = {"rows": rows(old)}
        (short_folder / "office.tar").write_bytes(old.manage("export_office", "-", "--because", WHY).stdout)
        said = old.managed(
            "export_office", str(short_folder / "sealed"), "--because", WHY, "--key-file", str(short_folder / "key")
        )
        assert ", sealed.\nSHA-256 of SHA256SUMS: " in said
        said = old.managed("export_office", str(short_folder / "plain"), "--because", WHY, SUDO_USER="budi")
        assert "NOT sealed" in said
        was |= {
            "files": files(old),
            "sequences": sequences(old),
            "proof": said.strip().rsplit(" ", 1)[1],
        }
        with old.led_to():
            told = OfficeMove.objects.filter(account="budi").order_by("pk").values_list("what", "because", "sums")
            assert list(told) == [("begun", WHY, ""), ("made", WHY, was["proof"])]
            utama = Notice.objects.filter(person=make.demo("utama"), kind="office_moved").order_by("pk")
            assert ["TIDAK disegel: terbaca siapa pun" in dict(each.facts)["Segel"] for each in utama][-2:] == [
                True
            ] * 2
        old.destroy()
    return was


@pytest.fixture(scope="module")
def plain(office, short_folder) -> Path:
    """The export in a folder."""
    (found,) = (short_folder / "plain").iterdir()
    return found


def test_a_bare_python_proves_the_export(plain):
    command = [sys.executable, "-I", "-S", str(plain / "periksa.py")]
    done = subprocess.run(command, capture_output=True, text=True, cwd="/")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert done.stdout.startswith("Utuh.")


def test_what_an_archivist_opens_can_be_read(plain):
    assert "Pontianak" in (plain / "BACA-SAYA.txt").read_text().splitlines()[0]
    assert (plain / "README.txt").read_text().startswith("THE WHOLE OFFICE: ")
    lists = {path.name: path.read_text("utf-8-sig").splitlines() for path in (plain / "registers").iterdir()}
    assert set(lists) == {"dip.csv", "dik.csv", "sop.csv", "proses.csv", "penugasan.csv"}
    assert lists["dip.csv"][0].startswith('"Nomor";"Ringkasan isi informasi";')
    assert all(len(lines) > 1 for name, lines in lists.items() if name != "sop.csv")
    index = (plain / "files.csv").read_text("utf-8-sig").splitlines()[1:]
    named = {line.split(";")[0].strip('"') for line in index}
    assert named == {path.relative_to(plain).as_posix() for path in (plain / "files").rglob("*") if path.is_file()}
    schema = json.loads((plain / "schema.json").read_text())
    (people,) = [table for table in schema["tables"] if table["table"] == "organisation_user"]
    assert all("password" not in json.loads(line) for line in (plain / people["member"]).open())


def test_stream_folder_and_seal_hold_the_same(plain, short_folder):
    with tarfile.open(
        short_folder / "office.tar"
    ) as tar:  # the tool that everybody has reads it, in spite of our last line
        names = set(tar.getnames())
    assert names == {path.relative_to(plain).as_posix() for path in plain.rglob("*") if path.is_file()}
    (sealed,) = (short_folder / "sealed").iterdir()
    assert b"dinsos" not in sealed.read_bytes()
    for export in (opened(plain, None), opened(short_folder / "office.tar", None), opened(sealed, Key(KEY))):
        assert set(read(export).sums) == names - {"SHA256SUMS"}
    with pytest.raises(Damaged, match="It is sealed: name the key"):
        opened(sealed, None)
    command = [sys.executable, "-m", "ppid.upkeep.backups.unseal", "--stream", str(short_folder / "key"), str(sealed)]
    bare = subprocess.run(command, capture_output=True, check=True).stdout
    with tarfile.open(fileobj=io.BytesIO(bare)) as tar:
        assert set(tar.getnames()) == names


def test_one_byte_changed_in_any_member_is_told(plain):
    for path in sorted(path for path in plain.rglob("*") if path.is_file() and path.stat().st_size > 1)[::7]:
        was = path.read_bytes()
        path.write_bytes(was[:-2] + bytes([was[-2] ^ 1]) + was[-1:])
        with pytest.raises(Damaged, match=r"was changed|no line of it|is missing|is no part"):
            read(opened(plain, None))
        path.unlink()
        with pytest.raises(Damaged, match="is missing"):
            read(opened(plain, None))
        path.write_bytes(was)
    (plain / "more").write_text("x")
    with pytest.raises(Damaged, match="more is no part of this export"):
        read(opened(plain, None))
    (plain / "more").unlink()
    read(opened(plain, None))


@pytest.mark.parametrize("name", ["office.tar", "sealed"])
def test_one_byte_changed_in_a_stream_is_told(office, short_folder, name):
    path = short_folder / name
    if path.is_dir():
        (path,) = path.iterdir()
    was, changed = path.read_bytes(), short_folder / "changed"
    for at in range(0, len(was), len(was) // 9):
        changed.write_bytes(was[:at] + bytes([was[at] ^ 1]) + was[at + 1 :])
        with pytest.raises(Damaged):
            read(opened(changed, Key(KEY)))
    changed.write_bytes(was[: len(was) // 2])
    with pytest.raises(Damaged):
        read(opened(changed, Key(KEY)))


def rewritten(plain: Path, target: Path, of: str, change) -> Path:
    """Return an export in which a table's rows, or another member, are others and every sum fits again."""
    shutil.copytree(plain, target)
    (path,) = target.glob(of if of == "kantor.json" else f"tables/*_{of}.ndjson")
    path.write_bytes(change(path.read_bytes()))
    member, sums = path.relative_to(target).as_posix(), target / "SHA256SUMS"
    lines = [line for line in sums.read_text().splitlines() if not line.endswith(f"  {member}")]
    sums.write_text("\n".join([*lines, f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {member}"]) + "\n")
    return target


def refuses(new, export: Path, sentence: str, *more: str) -> None:
    """See the import refuse in one sentence and leave nothing."""
    done = new.manage("import_office", str(export), "--because", WHY, *more)
    said = done.stderr.decode()
    assert done.returncode == 1
    assert re.search(sentence, said), said
    assert "Traceback" not in said
    counts = "SELECT (SELECT count(*) FROM organisation_unit), (SELECT count(*) FROM proof_officemove)"
    assert new.rows(counts) == [(0, 0)]
    assert files(new) == {}
    assert new.rows("SELECT count(*) FROM pg_trigger WHERE tgenabled = 'D'") == [(0,)]


def test_what_does_not_hold_is_refused_and_leaves_nothing(office, plain, short_folder):
    ledger = rewritten(
        plain,
        short_folder / "ledger",
        "flows_steprecord",
        lambda was: was.replace(b'"actor_name": "', b'"actor_name": "X', 1),
    )
    proves = subprocess.run([sys.executable, "-I", str(ledger / "periksa.py")], capture_output=True, text=True)
    assert proves.returncode == 1
    assert re.search(r"flows_steprecord nomor \d+ diubah", proves.stdout)
    cut = rewritten(plain, short_folder / "cut", "organisation_role", lambda was: was[was.index(b"\n") + 1 :])
    keys = rewritten(
        plain,
        short_folder / "keys",
        "organisation_appointment",
        lambda was: was.replace(b'"role_id": ', b'"role_id": 9999', 1),
    )
    counters = rewritten(
        plain, short_folder / "counters", "kantor.json", lambda was: was.replace(b'"flows_case_id_seq"', b'"else"')
    )
    end = rewritten(
        plain, short_folder / "end", "kantor.json", lambda was: re.sub(rb'("position": )\d+', rb"\g<1>1", was)
    )
    proves = subprocess.run([sys.executable, "-I", str(end / "periksa.py")], capture_output=True, text=True)
    assert "bukan pada catatan ke-" in proves.stdout
    letters = rewritten(
        plain, short_folder / "letters", "organisation_role", lambda was: was.replace(b'"a', b'"\xff', 1)
    )
    (sealed,) = (short_folder / "sealed").iterdir()
    with machine(short_folder / "refusing") as new:
        new.managed("prepare", served=True)
        refuses(new, letters, "The database refuses what the export holds: 'utf-8'")
        refuses(new, ledger, "The ledgers of the export do not hold: .* diubah")
        refuses(new, end, r"The chain of the ledgers does not end where kantor.json says")
        refuses(new, counters, "does not say where just our sequences stand: else")
        refuses(new, cut, r"holds \d+ rows, not \d+")
        refuses(new, keys, "The database refuses what the export holds")
        refuses(new, sealed, "It is sealed: name the key")
        refuses(new, plain, "It is another export", "--sums", "0" * 64)
        (new.folder / "private" / "ab").mkdir(parents=True)
        (new.folder / "private" / "ab" / "x").write_text("x")
        assert b"is not empty" in new.manage("import_office", str(plain), "--because", WHY).stderr
        assert b"does not own" in new.manage("import_office", str(plain), "--because", WHY, served=True).stderr


@pytest.mark.parametrize("form", ["plain", "sealed"])
def test_the_office_works_on_elsewhere(office, plain, short_folder, django_db_blocker, form):
    (export,) = (short_folder / form).iterdir()
    key = ["--key-file", str(short_folder / "key")] if form == "sealed" else ["--sums", office["proof"]]
    with machine(short_folder / f"new-{form}") as new:
        new.managed("prepare", served=True)
        built = sorted(new.rows(MADE_OF)), sorted(new.rows(GRANTS))
        said = new.managed("import_office", str(export), "--because", WHY, *key)
        assert "0 faults of the ledgers, 0 of the shelf" in said
        with django_db_blocker.unblock():
            found = rows(new)
        for name, lines in office["rows"].items():
            if name == "shelf_shelfedition":
                assert len(found[name]) == len(lines)  # the search that is made anew counts one more
            elif name in GROWN:
                assert set(lines) <= set(found[name]), name
            else:
                assert found[name] == lines, name
        gone_along = {path.name for path in (plain / "files").rglob("*")}
        assert files(new) == {name: was for name, was in office["files"].items() if Path(name).name in gone_along}
        assert {name: value or 0 for name, value in sequences(new).items()}.items() >= {
            name: value or 0 for name, value in office["sequences"].items() if not name.startswith(tuple(GROWN))
        }.items()
        assert (sorted(new.rows(MADE_OF)), sorted(new.rows(GRANTS))) == built
        assert "administrator" not in new.managed("prepare", served=True)
        for check in ("verify_files", "verify_ledger", "compare_shelf", "renew_search"):
            new.managed(check, served=True)
        if form == "plain":
            works_on(new, django_db_blocker)
            new.managed("verify_ledger", served=True)
            again = new.manage("import_office", str(export), "--because", WHY)
            assert b"This installation is in use" in again.stderr


def works_on(new, django_db_blocker) -> None:
    """See nobody sign in as before, PPID Utama with a new first password, and a case go on."""
    portal = {"PORTAL_DATABASE_URL": new.url("ppid_web")}
    with django_db_blocker.unblock(), new.led_to():
        fixed_activities.cache_clear()
        email = make.demo("utama").email
        passphrase = new.manage("first_password", email, served=True).stdout.decode().strip().rsplit(": ", 1)[1]
        with serve.gunicorn(environment=portal) as server:
            assert answer_to(server.url, email, PASSWORD)[0] == f"{server.url}/meja/akun/masuk/"
            assert answer_to(server.url, email, passphrase)[0] != f"{server.url}/meja/akun/masuk/"
            item = urlopen(f"{server.url}/informasi/", timeout=60).read().decode()
            assert "/informasi/" in item
        case = Case.objects.filter(state="updating").latest("pk")
        make.walk(case, to="coordinating")
        assert make.again(case).state == "coordinating"
        row = OfficeMove.objects.get(what="brought_in")
        assert (row.because, row.is_sealed) == (WHY, False)
        fixed_activities.cache_clear()
