"""Settings of the portal. Everything that differs between machines comes from the environment (README, "Settings")."""

from email.utils import formataddr
from itertools import permutations
from pathlib import Path

import bootstrap_wrapper
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict
from whitenoise.compress import Compressor

from ppid import embedded_postgres, env
from ppid.s3_place import S3Place

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = env.folder("PPID_VAR", BASE_DIR / "var")
# «portal»: this process serves the portal alone, from a database that holds nothing but the shelf (docs/operasi.md).
PORTAL_ALONE = env.choice("PPID_SITE", "whole", ("whole", "portal")) == "portal"
_portal_url = env.database("PORTAL_DATABASE_URL")
# The portal alone is served by its own sign-in; only «prepare», which makes the tables, needs the owner's.
DATABASE_URL = env.database("DATABASE_URL") or (_portal_url if PORTAL_ALONE else "")

# The demo has known passwords and a known key, so it is what runs on the embedded database and nothing else by default.
DEMO = env.flag("PPID_DEMO", default=not DATABASE_URL)
DEMO_PASSWORD = "etalase-pontianak"  # noqa: S105 - refused outside the demo, see organisation/checks.py
DEMO_SECRET_KEY = "demo-only-this-key-is-refused-in-production"  # noqa: S105
DEMO_MFA_KEY = "demo-only-this-key-of-second-factors-is-refused-too"

SECRET_KEY = env.text("SECRET_KEY", DEMO_SECRET_KEY)
DEBUG = env.flag("DEBUG", default=False)
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS", ("127.0.0.1", "localhost", "[::1]") if DEMO else ())
CSRF_TRUSTED_ORIGINS = env.origins("CSRF_TRUSTED_ORIGINS")

# A proxy says by which scheme and from which address it was asked; without one, anybody could say so.
BEHIND_PROXY = env.flag("BEHIND_PROXY", default=False)
TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", int(BEHIND_PROXY), least=0, most=10)
if bool(TRUSTED_PROXY_COUNT) != BEHIND_PROXY:
    raise ImproperlyConfigured(
        "TRUSTED_PROXY_COUNT must be at least 1 with BEHIND_PROXY=1, and left out without it: "
        "sign-in attempts are counted by the address that the proxies tell."
    )

if not DEMO:
    if not DATABASE_URL:
        raise ImproperlyConfigured("Set DATABASE_URL: the embedded database is for the demo and the tests only.")
    if DEBUG:
        raise ImproperlyConfigured("DEBUG must be off outside the demo.")
    if len(SECRET_KEY) < 32 or SECRET_KEY == DEMO_SECRET_KEY or len(set(SECRET_KEY)) < 8:
        raise ImproperlyConfigured("Set SECRET_KEY (or SECRET_KEY_FILE) to a random text of at least 32 characters.")
    if not ALLOWED_HOSTS:
        raise ImproperlyConfigured("Set ALLOWED_HOSTS to the portal's host names, separated by commas.")
    if any(host == "*" or (host.startswith(".") and host.count(".") < 2) for host in ALLOWED_HOSTS):
        raise ImproperlyConfigured("ALLOWED_HOSTS must name the portal's own hosts: * and .id are strangers' too.")

# Secrets of second factors are kept encrypted by the first of these; the others still open what was written before.
MFA_KEYS = env.keys("MFA_KEY", DEMO_MFA_KEY if DEMO else "", needed=not PORTAL_ALONE, never=(SECRET_KEY,))
if not DEMO and DEMO_MFA_KEY in MFA_KEYS:
    raise ImproperlyConfigured("Set MFA_KEY to a random text of your own: the demo's is public.")
# Who signs in with a second factor or not at all (ppid/organisation/second_factor.py): codes of roles, or «none».
SECOND_FACTOR_ROLES = env.codes("SECOND_FACTOR_ROLES", () if DEMO else ("ppid_utama", "atasan_ppid", "admin_ppid"))
# For so long a proof of who sits there is good enough for weighty acts (ppid/desk/account/weighty.py).
SIGN_IN_AGAIN_MINUTES = env.number("SIGN_IN_AGAIN_MINUTES", 30, least=5, most=720)

INSTALLED_APPS = [
    "ppid.web",
    "ppid.shelf",
    "ppid.chain",
    "ppid.scanning",
    "ppid.organisation",
    "ppid.worktime",
    "ppid.notices",
    "ppid.health",
    "ppid.information",
    "sop",
    "ppid.showing",
    "ppid.flows",
    "ppid.reports",
    "ppid.editions",
    "ppid.obligations",
    "ppid.pages",
    "ppid.downloads",
    "ppid.takeover",
    "ppid.proof",
    "ppid.desk",
    "ppid.portal",
    "ppid.upkeep",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_fsm",
    "django_htmx",
    "pgtrigger",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "ppid.web.reference.ReferenceMiddleware",
    "ppid.web.charset.Utf8OnlyMiddleware",
    "ppid.portal.crowding.SearchCrowdMiddleware",
    "ppid.portal.downloads.CountDownloadsMiddleware",
    "ppid.portal.kept.KeptPagesMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "ppid.desk.no_store.NoStoreMiddleware",
    "ppid.web.parameters.PlainCookiesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "ppid.desk.account.held_session.HeldSessionMiddleware",
    "ppid.desk.door.DeskDoorMiddleware",
    "ppid.desk.account.first_password.FirstPasswordMiddleware",
    "ppid.desk.account.second_factor_owed.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "ppid.web.parameters.PlainParametersMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

_OF_THE_PORTAL = {
    *("ppid.web", "ppid.shelf", "ppid.portal", "django.contrib.humanize", "django.contrib.postgres"),
    *("whitenoise.runserver_nostatic", "django.contrib.staticfiles", "csp", "pgtrigger"),
    "ppid.web.reference.ReferenceMiddleware",
    "ppid.web.charset.Utf8OnlyMiddleware",
    "ppid.portal.crowding.SearchCrowdMiddleware",
    "ppid.portal.downloads.CountDownloadsMiddleware",
    "ppid.portal.kept.KeptPagesMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
}
if PORTAL_ALONE:
    INSTALLED_APPS = [app for app in INSTALLED_APPS if app in _OF_THE_PORTAL]
    MIDDLEWARE = [each for each in MIDDLEWARE if each in _OF_THE_PORTAL]

ROOT_URLCONF = "ppid.portal.alone" if PORTAL_ALONE else "ppid.urls"
WSGI_APPLICATION = "ppid.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request"],
            "libraries": {"heroicons": "ppid.web.templatetags.kept_icons"},
        },
    }
]


def database_settings(url: str, **options) -> dict:
    """Return Django's settings for a libpq address; libpq's own parser reads it."""
    parts = conninfo_to_dict(url)
    if "options" in parts and "options" in options:
        options["options"] = f"{parts['options']} {options['options']}"
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5, **parts, **options},
    }


_url = DATABASE_URL or embedded_postgres.url(VAR / "postgres")

# The portal's role may read the shelf and nothing else. Its own sign-in is better (PORTAL_DATABASE_URL); without one,
# the main sign-in steps down to that role as it connects.
PORTAL_ROLE = "ppid_portal"
PORTAL_DATABASE = "portal"
PORTAL_HAS_OWN_SIGN_IN = bool(_portal_url)
_step_down = f"-c role={PORTAL_ROLE}"
# The desk's role reads and writes rows (ppid/shelf/desk_role.py). The owner of the tables signs in apart, where it is
# told as whom: for prepare and its like alone, never in what serves.
DESK_ROLE = "ppid_desk"
_owner_url = env.database("OWNER_DATABASE_URL")
OWNER_SIGNS_IN_APART = bool(_owner_url)
OWNER_DATABASE = "owner" if OWNER_SIGNS_IN_APART else "default"
DATABASES = {
    "default": database_settings(_url),
    "portal": {
        **(database_settings(_portal_url) if _portal_url else database_settings(_url, options=_step_down)),
        "TEST": {"MIRROR": "default"},
    },
}
if OWNER_SIGNS_IN_APART:
    DATABASES["owner"] = database_settings(_owner_url) | {"TEST": {"MIRROR": "default"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

if not PORTAL_ALONE:  # where nobody signs in, there are no users
    AUTH_USER_MODEL = "organisation.User"
    CSRF_FAILURE_VIEW = "ppid.desk.mishaps.csrf_failure"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email", "nip")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "ppid.organisation.passwords.HasLetters"},
    {"NAME": "ppid.organisation.passwords.NotOnesOwnName"},
    {"NAME": "ppid.organisation.passwords.NotCommon"},
    {"NAME": "ppid.organisation.passwords.NotADemoPassword"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:inbox"
ACCOUNT_LOGOUT_REDIRECT_URL = "portal:home"
ACCOUNT_ADAPTER = "ppid.organisation.adapter.ClosedSignup"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = False  # ppid.organisation.sign_in counts instead, where nothing pushes the counts out
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
MFA_ADAPTER = "ppid.organisation.mfa_adapter.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # so a passkey is two factors: the device, and who unlocks it
MFA_ALLOW_UNVERIFIED_EMAIL = True  # accounts are made by keepers of people, no address waits to be confirmed
MFA_RATE_LIMITS = False  # as above

# So many days a first password is good, which somebody else has seen (ppid/organisation/first_password.py).
FIRST_PASSWORD_DAYS = env.number("FIRST_PASSWORD_DAYS", 3, least=1, most=30)

# The city's one account (OpenID Connect): all four, or none.
OIDC_ISSUER = env.address("OIDC_ISSUER").rstrip("/")
OIDC_CLIENT_ID, OIDC_CLIENT_SECRET = env.text("OIDC_CLIENT_ID").strip(), env.text("OIDC_CLIENT_SECRET").strip()
OIDC_NAME = env.line("OIDC_NAME", "", longest=60) if env.text("OIDC_NAME").strip() else ""
OIDC_SECOND_FACTOR_COUNTS = env.flag("OIDC_SECOND_FACTOR_COUNTS", default=False)
_oidc = (OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME)
if any(_oidc) and not all(_oidc):
    raise ImproperlyConfigured(
        "Set OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET (or OIDC_CLIENT_SECRET_FILE) and OIDC_NAME, all or none."
    )
if not DEMO and OIDC_ISSUER and not OIDC_ISSUER.startswith("https://"):
    raise ImproperlyConfigured("OIDC_ISSUER must begin with https:// outside the demo.")
SOCIALACCOUNT_ADAPTER = "ppid.desk.account.oidc.CityAccounts"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # it would take the person's password away
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "APPS": [
            {
                "provider_id": "kota",
                "name": OIDC_NAME,
                "client_id": OIDC_CLIENT_ID,
                "secret": OIDC_CLIENT_SECRET,
                "settings": {"server_url": OIDC_ISSUER, "oauth_pkce_enabled": True},
            }
        ]
    }
}

# The desk's cookies are never sent to the portal: their path is the desk's.
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/meja/"
# A session ends after so many minutes without use, and after so many hours whatever is done in it.
SESSION_IDLE_MINUTES = env.number("SESSION_IDLE_MINUTES", 60, least=5, most=720)
SESSION_HOURS = env.number("SESSION_HOURS", 12, least=1, most=24)
if SESSION_IDLE_MINUTES > SESSION_HOURS * 60:
    raise ImproperlyConfigured("SESSION_IDLE_MINUTES must not be longer than SESSION_HOURS.")
SESSION_COOKIE_AGE = 60 * 60 * SESSION_HOURS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEMO
# By this beginning browsers take them over TLS alone; their path keeps them from «__Host-».
_SECURE_ALONE = "" if DEMO else "__Secure-"
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_SECURE_ALONE}sessionid", f"{_SECURE_ALONE}csrftoken"
KNOWN_BROWSER_COOKIE_NAME = f"{_SECURE_ALONE}known_browser"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LANGUAGE_CODE = "id"
TIME_ZONE = "Asia/Pontianak"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = "ppid.formats"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static", ("bootstrap", bootstrap_wrapper.get_bootstrap_dir())]
# Files lie in folders, or in a store that speaks S3: then this is how it is reached, and how the public one is, where
# that is otherwise. The portal alone needs the public one's, and only to read.
_S3_KEY = r"^[\x21-\x7e]+$"
_s3 = {
    "endpoint": env.address("S3_ENDPOINT_URL"),
    "region": env.contact("S3_REGION", "us-east-1", like=r"^[A-Za-z0-9-]{1,50}$"),
    "key_id": env.contact("S3_ACCESS_KEY_ID", "", like=_S3_KEY),
    "secret": env.text("S3_SECRET_ACCESS_KEY").strip(),
}
_s3_public = {
    "endpoint": env.address("S3_PUBLIC_ENDPOINT_URL") or _s3["endpoint"],
    "region": env.contact("S3_PUBLIC_REGION", _s3["region"], like=r"^[A-Za-z0-9-]{1,50}$"),
    "key_id": env.contact("S3_PUBLIC_ACCESS_KEY_ID", "", like=_S3_KEY),
    "secret": env.text("S3_PUBLIC_SECRET_ACCESS_KEY").strip(),
}
for _prefix, _each in (("S3", _s3), ("S3_PUBLIC", _s3_public)):
    if bool(_each["key_id"]) != bool(_each["secret"]):
        raise ImproperlyConfigured(
            f"Set {_prefix}_ACCESS_KEY_ID and {_prefix}_SECRET_ACCESS_KEY (or {_prefix}_SECRET_ACCESS_KEY_FILE), both "
            "or neither."
        )
if not _s3_public["key_id"]:
    _s3_public |= {"key_id": _s3["key_id"], "secret": _s3["secret"]}
PRIVATE_FILES = env.files("PRIVATE_FILES", VAR / "files" / "private", server=_s3)
PUBLIC_FILES = env.files("PUBLIC_FILES", VAR / "files" / "public", server=_s3_public)
# What the portal, which can write nothing to the database, hands to the office (ppid/web/letterbox.py).
LETTERBOX = env.folder("LETTERBOX", VAR / "letterbox")
for _one, _other in permutations((STATIC_ROOT, PRIVATE_FILES, PUBLIC_FILES, LETTERBOX), 2):
    if isinstance(_one, S3Place) or isinstance(_other, S3Place):
        _lie_apart = not (isinstance(_one, S3Place) and isinstance(_other, S3Place) and _one.overlaps(_other))
    else:
        _lie_apart = not _one.resolve().is_relative_to(_other.resolve())
    if not _lie_apart:
        raise ImproperlyConfigured(
            f"PRIVATE_FILES, PUBLIC_FILES, LETTERBOX and the static files must lie apart: {_one}."
        )
# Whether nginx sends the bytes of files, as deploy/nginx.conf lets it; only behind that nginx.
X_ACCEL = env.flag("X_ACCEL", default=False)
if X_ACCEL and not BEHIND_PROXY:
    raise ImproperlyConfigured("X_ACCEL=1 needs BEHIND_PROXY=1: without nginx in front nobody would send the files.")
# Where ClamAV's daemon listens; without it no file is scanned for viruses.
CLAMAV_URL = env.scanner("CLAMAV_URL")
# What seals backups; without it they lie as they are (ppid/upkeep/backups/sealing.py).
BACKUP_KEY = env.text("BACKUP_KEY").strip()
if BACKUP_KEY and (len(BACKUP_KEY) < 32 or len(set(BACKUP_KEY)) < 8 or BACKUP_KEY == SECRET_KEY):
    raise ImproperlyConfigured(
        "Set BACKUP_KEY_FILE to a file with a random text of at least 32 characters, another one than SECRET_KEY."
    )
MAX_UPLOAD_MB = env.number("MAX_UPLOAD_MB", 50, least=1, most=1024)
# A form takes fewer (ppid.web.uploads) and says so; what goes beyond this is no form of ours.
DATA_UPLOAD_MAX_NUMBER_FILES = 200
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "ppid.web.uploads.BoundedFileUploadHandler",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Only hashed names are kept and compressed, and source maps not at all: the first start waits 3 seconds, not 14.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "SAMEORIGIN"
# W019 wants DENY, but documents are shown in frames of our own pages; W003 a CSRF check, but without sign-in and cookie
# there is nothing to forge.
SILENCED_SYSTEM_CHECKS = ["security.W019", *(["security.W003"] if PORTAL_ALONE else [])]
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = env.flag("SSL_REDIRECT", default=not DEMO)
_hsts_seconds = env.number("HSTS_SECONDS", 60 * 60 * 24 * 365, least=0, most=60 * 60 * 24 * 730)
SECURE_HSTS_SECONDS = 0 if DEMO else _hsts_seconds
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEMO
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None

SITE_NAME = env.line("SITE_NAME", "PPID Kota Pontianak", longest=100)
# Whose portal this is, and where it is reached (ppid/web/contact.py); what the demo shows is made up.
_TELEPHONE = r"^\+?(?:[\s().\-/]*\d){6,15}[\s)]*$"
GOVERNMENT = env.line("GOVERNMENT", "Pemerintah Kota Pontianak", longest=200)
OFFICE = env.line("OFFICE", "Dinas Komunikasi dan Informatika", longest=200)
CITY = env.line("CITY", "Pontianak", longest=200)
CONTACT_ADDRESS = env.contact("CONTACT_ADDRESS", "Jalan Contoh Nomor 1, Pontianak (alamat peragaan)" if DEMO else "")
CONTACT_HOURS = env.contact("CONTACT_HOURS", "Senin–Kamis 08.00–15.00, Jumat 08.00–11.00 (peragaan)" if DEMO else "")
CONTACT_PHONE = env.contact("CONTACT_PHONE", "(0561) 000000" if DEMO else "", like=_TELEPHONE)
CONTACT_EMAIL = env.contact("CONTACT_EMAIL", "ppid@demo.example" if DEMO else "", like=r"^[^@\s]+@[^@\s]+$")
CONTACT_WHATSAPP = env.contact("CONTACT_WHATSAPP", "0800 0000 0000" if DEMO else "", like=_TELEPHONE)

# How what is public may be used again, as the page of each item says it.
REUSE_LICENCE = env.line(
    "REUSE_LICENCE",
    "Boleh disalin, disebarkan, dan diolah kembali untuk keperluan apa pun dengan menyebut sumbernya. "
    "Jangan mengubah maknanya atau memberi kesan bahwa hasil olahan berasal dari kantor ini.",
    longest=600,
)
# Where an electronic signature is checked, in the words of the office: this portal checks none.
SIGNATURE_CHECK = env.line(
    "SIGNATURE_CHECK",
    "layanan pemeriksaan dokumen bertanda tangan elektronik milik Kementerian Komunikasi dan Digital atau Balai Besar "
    "Sertifikasi Elektronik (BSrE)",
    longest=400,
)

# The portal's public address, which QR codes on paper lead to. Empty: papers are printed without one.
_PORT = env.number("PORT", 8000, least=1, most=65535)
SITE_URL = env.origin("SITE_URL", f"http://127.0.0.1:{_PORT}" if DEMO else "")

# Pages of the portal that are kept in each process, drawn once an edition of the shelf; 0 keeps none.
KEPT_PAGES_MB = env.number("KEPT_PAGES_MB", 32, least=0, most=1024)
# So long one statement of the database may take while somebody waits for a page (ppid/web/too_long.py).
STATEMENT_SECONDS = env.number("STATEMENT_SECONDS", 30, least=1, most=600)

# What pages say besides the shelf: another value makes another page.
PRINTED_ON_PAGES = (
    *("SITE_NAME", "GOVERNMENT", "OFFICE", "CITY", "SITE_URL", "TIME_ZONE", "DEMO", "DEBUG", "PORTAL_ALONE"),
    *("CONTACT_ADDRESS", "CONTACT_HOURS", "CONTACT_PHONE", "CONTACT_EMAIL", "CONTACT_WHATSAPP"),
    *("REUSE_LICENCE", "SIGNATURE_CHECK"),
)

# Mail: by the office's own server, or, without one, as files that show what would have been sent.
EMAIL_HOST = env.line("EMAIL_HOST", "localhost", longest=250) if env.text("EMAIL_HOST").strip() else ""
_SECURITY = env.choice("EMAIL_SECURITY", "starttls", ("starttls", "tls", "none"))
EMAIL_USE_TLS, EMAIL_USE_SSL = _SECURITY == "starttls", _SECURITY == "tls"
EMAIL_PORT = env.number("EMAIL_PORT", {"starttls": 587, "tls": 465, "none": 25}[_SECURITY], least=1, most=65535)
EMAIL_HOST_USER = env.contact("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_TIMEOUT = env.number("EMAIL_TIMEOUT", 15, least=2, most=120)
_SENDER = env.contact("EMAIL_FROM", CONTACT_EMAIL or "ppid@localhost", like=r"^[^@\s<>]+@[^@\s<>]+$")
if EMAIL_HOST and not (env.text("EMAIL_FROM") or CONTACT_EMAIL):
    raise ImproperlyConfigured("Set EMAIL_FROM to the address from which mails are sent.")
if EMAIL_HOST_PASSWORD and not EMAIL_HOST_USER:
    raise ImproperlyConfigured("EMAIL_HOST_PASSWORD is set without EMAIL_HOST_USER.")
if _SECURITY == "none" and EMAIL_HOST_PASSWORD:
    raise ImproperlyConfigured("EMAIL_SECURITY=none would send the password of EMAIL_HOST_USER in the clear.")
EMAIL_FROM_HOST = _SENDER.rpartition("@")[2]
EMAIL_FROM = DEFAULT_FROM_EMAIL = formataddr((SITE_NAME, _SENDER))
EMAIL_FILE_PATH = VAR / "mail"
EMAIL_BACKEND = f"ppid.notices.post.{'SmtpPost' if EMAIL_HOST else 'FilePost'}"
EMAIL_USE_LOCALTIME = True

# Who looks after the machine, without an account at the desk: is told by mail of what «manage.py watch» finds.
ALERT_EMAIL = env.mails("ALERT_EMAIL")

# So many working days after its due date somebody above hears of what is late.
OVERDUE_COPY_DAYS = env.number("OVERDUE_COPY_DAYS", 2, least=1, most=60)

# The office's own gateway, to WhatsApp or Telegram, that hears of each notice; without an address there is none.
WEBHOOK_URL = env.address("WEBHOOK_URL")
WEBHOOK_SECRET = env.text("WEBHOOK_SECRET")
if (WEBHOOK_URL or WEBHOOK_SECRET) and len(WEBHOOK_SECRET) < 16:
    raise ImproperlyConfigured("Set WEBHOOK_SECRET (or WEBHOOK_SECRET_FILE) to at least 16 random characters.")

# Around each job of the worker: when it ran, and which one a line of the log is of.
PROCRASTINATE_ON_APP_READY = "ppid.health.runs.note_runs"

# Time (domain facts, section 2): the two readings that the sheets leave open.
BARE_DAY_IS_WORKING_DAY = True
DAY_OF_RECEIPT_COUNTS = False

_LOG_FORMAT = env.choice("LOG_FORMAT", "line" if DEMO else "json", ("line", "json"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "reference": {"()": "ppid.web.reference.ReferenceFilter"},
        "once_an_outage": {"()": "ppid.web.away.OnceAnOutage"},
    },
    "formatters": {
        "line": {
            "class": "ppid.web.log_lines.LineFormatter",
            "format": "{asctime} {levelname} {name} [{reference}] {message}",
            "style": "{",
        },
        "json": {"()": "ppid.web.log_lines.JsonLineFormatter"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": _LOG_FORMAT,
            "filters": ["reference", "once_an_outage"],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"ppid": {"level": "INFO"}, "sop": {"level": "INFO"}},
}
