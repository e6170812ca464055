"""The whole configuration, read from the environment; it runs with none set.

Every variable read here stands in `.env.example` and `docs/operations.md` (tested).
"""

from pathlib import Path
from urllib.parse import urlsplit

import environ
import fontpkg_be_vietnam_pro

from config.databases import database
from config.local_service import local_service
from config.secret import secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
if env.bool("READ_DOTENV", default=True):
    environ.Env.read_env(str(BASE_DIR / ".env"))

DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "data")))
DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)

PORT = env.int("PORT", default=8000)
PUBLIC_URL = env.str("PUBLIC_URL", default=f"http://127.0.0.1:{PORT}").rstrip("/")
PUBLIC_HOST = urlsplit(PUBLIC_URL).hostname or "127.0.0.1"
IS_HTTPS = PUBLIC_URL.startswith("https://")
DEBUG = env.bool("DEBUG", default=False)
DEMO_PUBLIC = env.bool("DEMO_PUBLIC", default=False)
LOOPBACK_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = [*LOOPBACK_HOSTS, PUBLIC_HOST, *env.list("ALLOWED_HOSTS", default=[])]
SECRET_KEY = env.str("SECRET_KEY", default="") or secret_key(DATA_DIR / "secret_key")

INSTALLED_APPS = [
    "thidua.web",
    "thidua.demo",
    "thidua.keeping",
    "thidua.imports",
    "thidua.handovers",
    "thidua.paperwork",
    "thidua.commendations",
    "thidua.scoring",
    "thidua.reporting",
    "thidua.ceremonies",
    "thidua.covenants",
    "thidua.targets",
    "thidua.movements",
    "thidua.cycles",
    "thidua.documents",
    "thidua.notifications",
    "thidua.house",
    "thidua.discards",
    "thidua.accounts",
    "thidua.organizations",
    "thidua.files",
    "thidua.jobs",
    "thidua.audit",
    "django_tasks_db",
    "rules",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "config.apps.Auth",
    "config.apps.ContentTypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "thidua.web.middleware.DatabaseTrouble",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "thidua.web.middleware.DemoGuard",
    "thidua.web.middleware.ActingFor",
    "thidua.web.middleware.Refusals",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "thidua.web.context.house",
            ],
        },
    },
]
FORM_RENDERER = "thidua.web.forms.HouseRenderer"

DATABASES = {
    "default": database(
        env.str("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'thidua.sqlite3'}"),
        timeout=env.int("SQLITE_TIMEOUT", default=20),
        keep_open=env.int("CONN_MAX_AGE", default=60),
    )
}
IS_SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASE_ROUTERS = ["thidua.keeping.side.Looking"]  # a restore looks at a second database

# Work for later is a row of the same database, written in the transaction that asks for it.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
# Seconds after which a job whose worker gives no sign of life is taken up by another.
JOB_LEASE = env.int("JOB_LEASE", default=30)

# Limits on sign-in must hold over all workers, so the cache is the database, not the process.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        # The default, 300, would let a few hundred false names push the counts out.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["thidua.accounts.backend.HouseBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "work:index"
LOGOUT_REDIRECT_URL = "home"

ACCOUNT_ADAPTER = "thidua.notifications.adapter.OutboxAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # strangers get no mail from us
ACCOUNT_FORMS = {"login": "thidua.web.accounts.sign_in.SignInForm"}
# A hall sits behind one address, so nothing counts tries per address ("ip"). "key" is the account
# (see the adapter) or the e-mail typed, "user" is who is signed in. False means no limit: at a
# sign-up that is closed, and where a link of 128 bits or a passkey leaves nothing to guess.
ACCOUNT_RATE_LIMITS = {
    "login": False,
    "login_failed": "10/15m/key",
    "reset_password": "5/h/key",
    "reset_password_from_key": False,
    "reauthenticate": "10/15m/user",
    "signup": False,
}
MFA_RATE_LIMITS = {"webauthn_login": False}
# Days that a one-time code, sent by mail or printed on a slip, lets its person in.
INVITATION_DAYS = env.int("INVITATION_DAYS", default=14)
# Minutes that a second factor confirmed once is enough for signing, publishing, restoring.
SECOND_FACTOR_MINUTES = env.int("SECOND_FACTOR_MINUTES", default=10)
MFA_ADAPTER = "thidua.accounts.adapter.HouseMfaAdapter"
MFA_FORMS = {
    "add_webauthn": "thidua.web.accounts.sign_in.AddKeyForm",
    "edit_webauthn": "thidua.web.accounts.sign_in.EditKeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Thi Đua"
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS
# Whoever opens an account knows the person; an address is no proof of anything here.
MFA_ALLOW_UNVERIFIED_EMAIL = True

# What the environment says wins; else the mail server that the operator typed (house.mail).
EMAIL_FROM_ENVIRONMENT = bool(env.str("EMAIL_URL", default=""))
EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_HAND_ON, EMAIL_BACKEND = EMAIL_CONFIG["EMAIL_BACKEND"], "thidua.house.mailing.HouseMail"
SENDER_FROM_ENVIRONMENT = bool(env.str("FROM_EMAIL", default=""))
DEFAULT_FROM_EMAIL = env.str("FROM_EMAIL", default=f"thidua@{PUBLIC_HOST}")

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_AGE = 60 * 60 * 12
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
CSRF_FAILURE_VIEW = "thidua.web.pages.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = False  # the proxy in front does it; see docs/operations.md
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "frame-src": ["'self'"],  # a PDF beside the marks, from our own addresses
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

# Bytes that people bring: under their SHA-256, out of every web server's reach.
FILES_DIR = Path(env.str("FILES_DIR", default=str(DATA_DIR / "files")))
UPLOAD_MAX_MB = env.int("UPLOAD_MAX_MB", default=20)
IMPORT_MAX_ROWS = env.int("IMPORT_MAX_ROWS", default=100_000)
# On the same disk as the place where they will lie, so that moving them there is one step.
INCOMING_DIR = FILES_DIR / "incoming"
FILE_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024  # a request above it never has its file in memory
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "thidua.web.upload.DiskUpload",
]
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# A folder with a Times-metric family for papers; empty means Debian's. See thidua.typesetting.
PAPER_FONTS = env.str("PAPER_FONTS", default="")

# Certificate signatures (thidua.documents.trust, .secrets): secrets stand in the environment alone.
HELD_KEYS_DIR = Path(env.str("HELD_KEYS_DIR", default=str(DATA_DIR / "keys")))
HELD_KEYS_SECRET = env.str("HELD_KEYS_SECRET", default="")
PKCS11_MODULE = env.str("PKCS11_MODULE", default="")
PKCS11_PIN = env.str("PKCS11_PIN", default="")
TSA_URL = env.str("TSA_URL", default="")
TSA_USER = env.str("TSA_USER", default="")
TSA_PASSWORD = env.str("TSA_PASSWORD", default="")
REVOCATION_DIR = env.str("REVOCATION_DIR", default="")
# The signing service on signers' own machines; empty means that this way is not offered.
VGCA_URL = local_service(env.str("VGCA_URL", default=""))

# The folder of backups; empty means that none are made by themselves. See thidua.keeping.
BACKUP_DIR = env.str("BACKUP_DIR", default="")
BACKUP_RECIPIENTS = env.list("BACKUP_RECIPIENTS", default=[])
BACKUP_IDENTITY = env.str("BACKUP_IDENTITY", default="")
BACKUP_HOUR = env.int("BACKUP_HOUR", default=1)
BACKUP_KEEP_DAYS = env.int("BACKUP_KEEP_DAYS", default=7)
BACKUP_KEEP_WEEKS = env.int("BACKUP_KEEP_WEEKS", default=5)
BACKUP_KEEP_MONTHS = env.int("BACKUP_KEEP_MONTHS", default=12)
# Days after which what has served its purpose is deleted; 0 keeps it for ever.
KEEP_NOTICES_DAYS = env.int("KEEP_NOTICES_DAYS", default=365)
KEEP_MAIL_DAYS = env.int("KEEP_MAIL_DAYS", default=90)
KEEP_SHEETS_DAYS = env.int("KEEP_SHEETS_DAYS", default=90)

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [("fonts", Path(fontpkg_be_vietnam_pro.__file__).parent / "files")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "files": {"BACKEND": "thidua.files.storage.KeptFiles", "OPTIONS": {"location": FILES_DIR}},
    "staticfiles": {"BACKEND": "thidua.web.storage.JoinedStyles"},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    # A refusal (403, 404) is an answer, not a trouble of the program.
    "loggers": {"django.request": {"level": "ERROR"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
