"""Every setting × what makes no sense: one sentence that names the setting, and no start."""

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as ours
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

SETTINGS = Path(ours.BASE_DIR) / "ppid" / "settings.py"
SERVING = SETTINGS.with_name("serving.py")
PRODUCTION = {
    "PPID_DEMO": "0",
    "DATABASE_URL": "postgresql://ppid@db.invalid/ppid",
    "SECRET_KEY": "an-example-of-a-secret-key-that-is-long-enough",
    "ALLOWED_HOSTS": "ppid.example.go.id",
    "MFA_KEY": "an-example-of-a-key-of-second-factors-long-enough",
}
PASSWORD = "k4ta-rahasia"

# What every number refuses.
NO_NUMBERS = ["", "-1", "-5", "1.5", "1e3", "0x10", "satu", "50 MB", "٢٥", "9" * 5000]
NO_ORIGINS = [
    "javascript:alert(1)",
    "ppid.example.go.id",
    "https://",
    "ftp://ppid.example.go.id",
    "https://ppid.example.go.id/portal",
    "https://ppid.example.go.id/?q=1",
    "https://ppid.example.go.id#x",
    "https://petugas:sandi@ppid.example.go.id",
    "https://ppid.example.go.id:99999",
    "https://ppid.example.go.id\nX: y",
    "https://*",
    "https://[::1",
]
NO_BUCKETS = [
    *("s3:", "s3://", "s3:/ppid", "s3://AB", "s3://ppid_berkas", "s3://ppid?x=1", "s3://ppid/a//b", "s3://ppid/../b"),
    *("s3://ppid/.", "s3://ppid/./b", "s3://ppid/a/.", "s3://ppid//", "s3://ppid//a", "s3://ppid/a//"),
    "s3://ppid",  # is one, without keys for it
    *("s3://ppid/meja umum", "s3://kunci:sandi@ppid/meja", "s3://" + "x" * 64, "s3://ppid/" + "x" * 201),
]
NO_SERVERS = [
    "s3.kota.example",
    "http://s3.kota.example",
    "ftp://s3.kota.example",
    "https://",
    "https://a:b@s3.kota.id",
]
OF_31 = "abcdefghijklmnopqrstuvwxyz01234"
KEYS_OF_32 = {"SECRET_KEY": OF_31 + "5", "MFA_KEY": OF_31 + "6", "BACKUP_KEY": OF_31 + "7"}
NONSENSE = {
    "PPID_DEMO": ["ya", "2", "tidak"],
    "DEBUG": ["ya", "1"],
    "SSL_REDIRECT": ["ya"],
    "BEHIND_PROXY": ["ya", "2"],
    "SECRET_KEY": ["", "short", "a" * 50, "ab" * 30, OF_31, "demo-only-this-key-is-refused-in-production"],
    "MFA_KEY": [
        *("", " , ", "short", OF_31, "a" * 50, "demo-only-this-key-of-second-factors-is-refused-too"),
        *("an-example-of-a-secret-key-that-is-long-enough", "an-example-of-a-key-of-second-factors-long-enough,short"),
    ],
    "SECOND_FACTOR_ROLES": ["", " , ", "PPID Utama", "ppid_utama;operator", "none,ppid_utama", "x" * 60],
    "SIGN_IN_AGAIN_MINUTES": [*NO_NUMBERS, "0", "4", "721"],
    "STATEMENT_SECONDS": [*NO_NUMBERS, "0", "601"],
    "FIRST_PASSWORD_DAYS": [*NO_NUMBERS, "0", "31"],
    "ALLOWED_HOSTS": [
        *("", " , ", "*", "ppid.example.go.id,*", ".id", ".", "https://ppid.example.go.id", "ppid.example.go.id:8000"),
        *("ppid.example.go.id/", "*.example.go.id", "ppid example", "-x.id", "a..b", "x" * 70 + ".id"),
    ],
    "CSRF_TRUSTED_ORIGINS": NO_ORIGINS,
    "SITE_URL": NO_ORIGINS,
    "CONTACT_ADDRESS": ["x" * 201, "Jalan A\nNomor 1"],
    "CONTACT_EMAIL": ["ppid", "ppid@", "ppid di kota", "a@b\nc@d"],
    "ALERT_EMAIL": ["ti", "ti@", "a@b.id; c@d.id", "a@b.id\nc@d.id", "x" * 251 + "@b.id"],
    "LOG_FORMAT": ["", "xml", "JSON lines"],
    "CONTACT_PHONE": ["telepon kami", "12", "0561 " * 30],
    "CONTACT_WHATSAPP": ["wa.me/62", "-"],
    "CONTACT_HOURS": ["x" * 201, "Senin\nSelasa"],
    "OFFICE": ["", "x" * 201],
    "GOVERNMENT": ["", "x" * 201],
    "CITY": ["", "Ponti\nanak"],
    "SITE_NAME": ["", "   ", "x" * 101, "PPID\nKota", "PPID \u202e atoK", "PPID\x07"],
    "REUSE_LICENCE": ["", "x" * 601, "Boleh\ndipakai"],
    "SIGNATURE_CHECK": ["", "x" * 401, "Komdigi\nBSrE"],
    "DATABASE_URL": [
        *("", "mysql://ppid@db/ppid", "sqlite:///db.sqlite3", "ppid", "postgresql://", "postgresql://ppid@db/"),
        *("postgresql://ppid@db:99999/ppid", "postgresql://ppid@db:lima/ppid", "postgresql://ppid@db/ppid?warna=biru"),
        f"postgres//ppid:{PASSWORD}@db/ppid",
    ],
    "PORTAL_DATABASE_URL": ["mysql://ppid@db/ppid", "ppid", "postgresql://ppid@db:0/ppid", f"x://p:{PASSWORD}@db/ppid"],
    "OWNER_DATABASE_URL": ["mysql://ppid@db/ppid", "postgresql://ppid@db/", f"x://p:{PASSWORD}@db/ppid"],
    "BACKUP_KEY": ["pendek", OF_31, "x" * 40, PRODUCTION["SECRET_KEY"]],
    "MAX_UPLOAD_MB": [*NO_NUMBERS, "0", "1025"],
    "X_ACCEL": ["2", "nginx"],
    "CLAMAV_URL": [
        *("clamd", "http://127.0.0.1:3310", "tcp://127.0.0.1", "tcp://127.0.0.1:0", "tcp://127.0.0.1:99999"),
        *("tcp://127.0.0.1:3310/x", "unix://", "unix://run/clamd", "unix:///", "tcp://a b:1"),
    ],
    "TRUSTED_PROXY_COUNT": [*NO_NUMBERS, "1", "11"],
    "HSTS_SECONDS": NO_NUMBERS,
    "PORT": [*NO_NUMBERS, "0", "65536"],
    "WEB_CONCURRENCY": [*NO_NUMBERS, "0", "65"],
    "EMAIL_HOST": ["x" * 251, "surel\nkota"],
    "EMAIL_PORT": [*NO_NUMBERS, "0", "65536"],
    "EMAIL_SECURITY": ["ya", "ssl3", ""],
    "EMAIL_HOST_USER": ["x" * 201, "a\nb"],
    "EMAIL_HOST_PASSWORD": [PASSWORD],
    "WEBHOOK_SECRET": ["pendek"],
    "EMAIL_TIMEOUT": [*NO_NUMBERS, "1", "121"],
    "EMAIL_FROM": ["ppid", "PPID <ppid@kota.example>", "a@b\nc@d"],
    "OVERDUE_COPY_DAYS": [*NO_NUMBERS, "0", "61"],
    "WEBHOOK_URL": ["gerbang", "ftp://gerbang.example/", "http://gerbang.example/", "https://"],
    "PPID_VAR": ["", "/", "/dev/null"],
    "PRIVATE_FILES": ["", "/", "/dev/null", *NO_BUCKETS],
    "PUBLIC_FILES": ["", "/", "/dev/null", *NO_BUCKETS],
    "S3_ENDPOINT_URL": NO_SERVERS,
    "S3_PUBLIC_ENDPOINT_URL": NO_SERVERS,
    "S3_REGION": ["x" * 201, "jakarta 1", "a\nb"],
    "S3_PUBLIC_REGION": ["x" * 201, "jakarta 1", "a\nb"],
    "S3_ACCESS_KEY_ID": ["x" * 201, "dua kata", "a\nb", "kunci"],
    "S3_PUBLIC_ACCESS_KEY_ID": ["x" * 201, "dua kata", "a\nb", "kunci"],
    "S3_SECRET_ACCESS_KEY": [PASSWORD],
    "S3_PUBLIC_SECRET_ACCESS_KEY": [PASSWORD],
    "PPID_SITE": ["", "meja", "whole portal"],
    "KEPT_PAGES_MB": ["", "-1", "2000", "x"],
    "LETTERBOX": ["", "/", "/dev/null"],
    "SESSION_IDLE_MINUTES": [*NO_NUMBERS, "4", "721"],
    "SESSION_HOURS": [*NO_NUMBERS, "0", "25"],
    "OIDC_ISSUER": ["akun", "http://akun.example", "https://akun.example", "ftp://akun.example"],
    "OIDC_CLIENT_ID": ["ppid"],
    "OIDC_CLIENT_SECRET": [PASSWORD],
    "OIDC_NAME": ["Akun Kota", "x" * 61, "Akun\nKota"],
    "OIDC_SECOND_FACTOR_COUNTS": ["ya"],
}


OIDC = {
    "OIDC_ISSUER": "https://akun.example.go.id",
    "OIDC_CLIENT_ID": "ppid",
    "OIDC_CLIENT_SECRET": PASSWORD,
    "OIDC_NAME": "Akun Kota",
}


S3 = {
    "PRIVATE_FILES": "s3://ppid-meja",
    "PUBLIC_FILES": "s3://ppid-umum/berkas/",
    "S3_ENDPOINT_URL": "https://s3.kota.example",
    "S3_ACCESS_KEY_ID": "kunci-meja",
    "S3_SECRET_ACCESS_KEY": PASSWORD,
}


def read(monkeypatch, module: Path = SETTINGS, **changes: str | None) -> dict:
    """Read the settings in production's environment but for ``changes``."""
    for name in named_in_code():
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(f"{name}_FILE", raising=False)
    for name, value in (PRODUCTION | changes).items():
        if value is not None:
            monkeypatch.setenv(name, value)
    return runpy.run_path(str(module))


def named_in_code() -> set[str]:
    """Return the names of all settings, as the code asks for them."""
    code = Path(ours.BASE_DIR).glob("ppid/**/*.py")
    return {name for file in code for name in re.findall(r'env\.\w+\(\s*["\']([A-Z0-9_]+)["\']', file.read_text())}


def test_production_starts_when_all_is_set(monkeypatch):
    assert read(monkeypatch)["DEMO"] is False


def test_the_citys_account_is_set_up_whole(monkeypatch):
    assert read(monkeypatch, **OIDC)["OIDC_NAME"] == "Akun Kota"


def test_the_table_holds_every_setting():
    assert set(NONSENSE) == named_in_code() - {"APPOINT_PASSWORD"}  # a password that appoint itself judges


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in NONSENSE.items() for value in values])
def test_what_makes_no_sense_is_refused_by_its_name(monkeypatch, name, value):
    module = SERVING if name == "WEB_CONCURRENCY" else SETTINGS
    with pytest.raises((ImproperlyConfigured, SystemExit), match=name) as refused:
        read(monkeypatch, module, **{name: value})
    assert PASSWORD not in str(refused.value)
    assert len(str(refused.value)) < 300


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"SECRET_KEY": None}, "Set SECRET_KEY"),
        ({"ALLOWED_HOSTS": None}, "Set ALLOWED_HOSTS"),
        ({"MFA_KEY": None}, "Set MFA_KEY"),
        ({"DATABASE_URL": None}, "Set DATABASE_URL"),
        ({"PPID_DEMO": None, "SECRET_KEY": None}, "Set SECRET_KEY"),  # an address of a database alone means production
        ({"BEHIND_PROXY": "1", "TRUSTED_PROXY_COUNT": "0"}, "TRUSTED_PROXY_COUNT must be at least 1"),
        ({"BEHIND_PROXY": "0", "TRUSTED_PROXY_COUNT": "1"}, "TRUSTED_PROXY_COUNT must be"),
        ({"X_ACCEL": "1", "BEHIND_PROXY": "0", "TRUSTED_PROXY_COUNT": None}, "X_ACCEL=1 needs BEHIND_PROXY=1"),
        ({"SESSION_IDLE_MINUTES": "120", "SESSION_HOURS": "1"}, "SESSION_IDLE_MINUTES must not be longer"),
        ({**OIDC, "OIDC_ISSUER": "http://127.0.0.1:9000"}, "OIDC_ISSUER must begin with https://"),
        ({**OIDC, "OIDC_NAME": None}, "all or none"),
        ({"PRIVATE_FILES": "/srv/ppid", "PUBLIC_FILES": "/srv/ppid"}, "must lie apart"),
        ({"PRIVATE_FILES": "/srv/ppid/public/private", "PUBLIC_FILES": "/srv/ppid/public"}, "must lie apart"),
        ({"PPID_VAR": "/srv/ppid", "PRIVATE_FILES": "/srv/ppid/static/private"}, "must lie apart"),
        ({**S3, "PUBLIC_FILES": "s3://ppid-meja"}, "must lie apart"),
        ({**S3, "PUBLIC_FILES": "s3://ppid-meja/umum"}, "must lie apart"),
        ({**S3, "PRIVATE_FILES": "s3://ppid-umum/berkas/meja"}, "must lie apart"),
        (
            {**S3, "PUBLIC_FILES": "s3://ppid-meja", "S3_PUBLIC_ENDPOINT_URL": "https://S3.kota.example:443/"},
            "lie apart",
        ),
        ({**S3, "S3_ACCESS_KEY_ID": None}, "S3_SECRET_ACCESS_KEY"),
        ({**S3, "S3_ACCESS_KEY_ID": None, "S3_SECRET_ACCESS_KEY": None}, "PRIVATE_FILES lies in S3: set S3_ACCESS"),
        ({**S3, "S3_PUBLIC_ACCESS_KEY_ID": "kunci-umum"}, "S3_PUBLIC_SECRET_ACCESS_KEY_FILE"),
    ],
)
def test_settings_that_do_not_fit_each_other_are_refused(monkeypatch, changes, sentence):
    with pytest.raises(ImproperlyConfigured, match=sentence):
        read(monkeypatch, **changes)


@pytest.mark.parametrize("value", [each for each in NO_BUCKETS if each != "s3://ppid"])
def test_what_names_no_bucket_is_refused_with_keys_too(monkeypatch, value):
    with pytest.raises(ImproperlyConfigured, match="PRIVATE_FILES must be a folder or s3://bucket/prefix"):
        read(monkeypatch, **S3 | {"PRIVATE_FILES": value})


def test_both_stores_may_lie_in_s3_and_the_public_one_be_reached_otherwise(monkeypatch):
    found = read(monkeypatch, **S3)
    desk, public = found["PRIVATE_FILES"], found["PUBLIC_FILES"]
    assert (str(desk), str(public)) == ("s3://ppid-meja", "s3://ppid-umum/berkas")
    assert desk.prefix == ""
    assert public.prefix == "berkas/"
    assert (public.endpoint, public.key_id, public.secret) == (desk.endpoint, desk.key_id, desk.secret)
    own = {"S3_PUBLIC_ENDPOINT_URL": "https://umum.kota.example", "S3_PUBLIC_REGION": "id-2"}
    own |= {"S3_PUBLIC_ACCESS_KEY_ID": "kunci-umum", "S3_PUBLIC_SECRET_ACCESS_KEY": "sandi-umum"}
    found = read(monkeypatch, **S3, **own)
    desk, public = found["PRIVATE_FILES"], found["PUBLIC_FILES"]
    assert (desk.endpoint, desk.key_id, desk.secret) == ("https://s3.kota.example", "kunci-meja", PASSWORD)
    assert (public.endpoint, public.region) == ("https://umum.kota.example", "id-2")
    assert (public.key_id, public.secret) == ("kunci-umum", "sandi-umum")
    alike = {**S3, **own, "PUBLIC_FILES": "s3://ppid-meja"}
    assert read(monkeypatch, **alike)["PUBLIC_FILES"].bucket == "ppid-meja", "the same name on another server"


def test_the_portal_alone_needs_the_public_stores_keys_and_no_others(monkeypatch):
    own = {"S3_PUBLIC_ACCESS_KEY_ID": "kunci-umum", "S3_PUBLIC_SECRET_ACCESS_KEY": PASSWORD}
    alone = {"PPID_SITE": "portal", "PORTAL_DATABASE_URL": "postgresql:///ppid", "PUBLIC_FILES": "s3://ppid-umum"}
    assert read(monkeypatch, **alone, **own)["PUBLIC_FILES"].key_id == "kunci-umum"


def test_one_store_may_lie_in_a_folder_and_the_other_in_s3(monkeypatch):
    found = read(monkeypatch, **S3 | {"PRIVATE_FILES": "/srv/ppid/meja"})
    assert (found["PRIVATE_FILES"], found["PUBLIC_FILES"].bucket) == (Path("/srv/ppid/meja"), "ppid-umum")


def test_without_what_speaks_s3_one_sentence_says_how_to_install_it(monkeypatch):
    monkeypatch.setattr("ppid.env.find_spec", lambda name: None)
    assert read(monkeypatch)["DEMO"] is False
    with pytest.raises(ImproperlyConfigured, match="not installed: run PPID_EXTRAS=s3 script/bootstrap"):
        read(monkeypatch, **S3)


def test_nonsense_in_the_demo_is_refused_too(monkeypatch):
    with pytest.raises(ImproperlyConfigured, match="MAX_UPLOAD_MB"):
        read(monkeypatch, PPID_DEMO="1", MAX_UPLOAD_MB="-5")


def test_who_decides_or_administers_signs_in_with_a_second_factor_unless_the_office_says_otherwise(monkeypatch):
    assert read(monkeypatch)["SECOND_FACTOR_ROLES"] == ["ppid_utama", "atasan_ppid", "admin_ppid"]
    assert read(monkeypatch, SECOND_FACTOR_ROLES="none")["SECOND_FACTOR_ROLES"] == []
    assert read(monkeypatch, SECOND_FACTOR_ROLES="operator, opd")["SECOND_FACTOR_ROLES"] == ["operator", "opd"]
    assert read(monkeypatch, PPID_DEMO="1")["SECOND_FACTOR_ROLES"] == []


def test_several_keys_of_second_factors_are_read_in_their_order(monkeypatch):
    keys = [f"an-example-of-a-key-that-is-long-enough-{n}" for n in (1, 2)]
    assert read(monkeypatch, MFA_KEY="\n".join(keys))["MFA_KEYS"] == keys
    assert read(monkeypatch, MFA_KEY=", ".join(keys))["MFA_KEYS"] == keys


def test_outside_the_demo_cookies_are_for_tls_alone(monkeypatch):
    names = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "KNOWN_BROWSER_COOKIE_NAME")
    assert all(read(monkeypatch)[name].startswith("__Secure-") for name in names)
    assert read(monkeypatch)["SESSION_COOKIE_SECURE"]
    assert [read(monkeypatch, PPID_DEMO="1")[name] for name in names] == ["sessionid", "csrftoken", "known_browser"]


def test_outside_the_demo_all_goes_over_tls_and_no_script_reads_a_cookie(monkeypatch):
    found = read(monkeypatch)
    assert (found["SECURE_SSL_REDIRECT"], found["SECURE_HSTS_SECONDS"]) == (True, 31_536_000)
    assert (found["SESSION_COOKIE_SECURE"], found["CSRF_COOKIE_SECURE"]) == (True, True)
    assert (found["SESSION_COOKIE_HTTPONLY"], found["CSRF_COOKIE_HTTPONLY"]) == (True, True)
    assert (found["SESSION_COOKIE_PATH"], found["CSRF_COOKIE_PATH"]) == ("/meja/", "/meja/")


def test_a_scheme_is_believed_of_a_proxy_alone(monkeypatch):
    assert read(monkeypatch)["SECURE_PROXY_SSL_HEADER"] is None
    behind = read(monkeypatch, BEHIND_PROXY="1")
    assert behind["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")


def test_a_key_of_32_letters_is_long_enough(monkeypatch):
    assert read(monkeypatch, **KEYS_OF_32)["DEMO"] is False


def test_behind_a_proxy_the_address_is_the_one_that_it_tells(monkeypatch):
    assert read(monkeypatch, BEHIND_PROXY="1")["ALLAUTH_TRUSTED_PROXY_COUNT"] == 1
    assert read(monkeypatch, BEHIND_PROXY="1", TRUSTED_PROXY_COUNT="2")["ALLAUTH_TRUSTED_PROXY_COUNT"] == 2
    assert read(monkeypatch)["ALLAUTH_TRUSTED_PROXY_COUNT"] == 0


def test_the_demos_papers_lead_to_the_port_it_is_served_on(monkeypatch):
    assert read(monkeypatch, PPID_DEMO="1", PORT="8123")["SITE_URL"] == "http://127.0.0.1:8123"
    assert read(monkeypatch)["SITE_URL"] == ""


def test_the_portals_own_sign_in_needs_no_step_down(monkeypatch):
    own = read(monkeypatch, PORTAL_DATABASE_URL="postgresql://web@db.invalid/ppid")
    assert own["DATABASES"]["portal"]["USER"] == "web"
    assert "options" not in own["DATABASES"]["portal"]["OPTIONS"]
    stepping = read(monkeypatch, DATABASE_URL="postgresql://ppid@db.invalid/ppid?options=-c%20jit%3Doff")
    assert stepping["DATABASES"]["portal"]["OPTIONS"]["options"] == "-c jit=off -c role=ppid_portal"


@pytest.mark.parametrize(
    "command", [["manage.py", "prepare"], ["-m", "gunicorn", "-c", "python:ppid.serving", "ppid.wsgi"]]
)
def test_a_refusal_is_one_sentence_and_no_traceback(command):
    environment = {"PATH": os.defpath, **PRODUCTION, "MAX_UPLOAD_MB": "-5"}
    done = subprocess.run([sys.executable, *command], env=environment, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr == "The settings refuse: MAX_UPLOAD_MB must be a whole number from 1 to 1024, not '-5'.\n"


@pytest.mark.django_db
def test_no_trigger_meets_an_error_when_it_asks_what_is_left_aside():
    """An error that is caught is a transaction of its own, for each row of a million."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = '_pgtrigger_should_ignore'")
        assert "EXCEPTION" not in cursor.fetchone()[0]
        for left_aside, is_aside in ((None, False), ("", False), ("{}", False), ("{other}", False), ("{a,kept}", True)):
            if left_aside is not None:
                cursor.execute("SELECT set_config('pgtrigger.ignore', %s, true)", [left_aside])
            cursor.execute("SELECT public._pgtrigger_should_ignore('kept')")
            assert cursor.fetchone() == (is_aside,), left_aside
