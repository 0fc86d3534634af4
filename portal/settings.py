"""Settings of the portal: one file, every value from the environment or a safe default.

With nothing set, the portal runs on SQLite and a file broker under ``var/``;
``DATABASE_URL`` and ``REDIS_URL`` switch to PostgreSQL and Redis, code unchanged.
"""

import os
from pathlib import Path

import django_stubs_ext
import environ
from csp.constants import NONE, SELF
from whitenoise.compress import Compressor

from portal import logs

# Lets classes such as ModelForm[Application] be written the way the type checker reads.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(BASE_DIR / ".env")
# A secret may begin with a dollar sign, which environ takes for another one's name.
env.escape_proxy = True
env.ENVIRON = {
    name: "\\" + value if value.startswith("$") else value
    for name, value in os.environ.items()
}

VAR_DIR = Path(env("VAR_DIR", default=str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

# -- What kind of running this is ------------------------------------------------------
# DEMO shows the development gateway (收件箱) and demo sign-ins; never in production.
DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=DEBUG)

# Development keys are public: outside DEBUG and DEMO the web server refuses them, and
# so does `check --deploy` (portal/checks.py).
SECRET_KEY = env("SECRET_KEY", default="development-only-secret-key-" + "x" * 32)
FIELD_KEYS = env.list(
    "FIELD_KEYS", default=["MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA="]
)
INDEX_KEY = env("INDEX_KEY", default="development-only-index-key")

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "portal.apps.PortalConfig",
    "portal.apps.BandianAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "portal.apps.PortalStaticFilesConfig",
    "django.contrib.humanize",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "simple_history",
    "import_export",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_structlog",
    "health_check",
    "portal.accounts",
    "portal.notices",
    "portal.subscriptions",
    "portal.supervision",
    "portal.public",
    "applications",
    "outages",
    "sla",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.language.chosen_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.accounts.middleware.private_pages",
    "portal.accounts.middleware.idle_sessions",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "portal.request_log.RequestLog",
    "portal.errors.told_methods",
    "portal.accounts.middleware.second_factor",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "portal.urls"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.public.context.portal",
            ],
        },
    },
]

# -- Data ------------------------------------------------------------------------------
DATABASES = {
    "default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'portal.sqlite3'}")
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A deferred transaction that upgrades does not wait for the lock; this one does.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;",
    }
    # Threads cannot share an in-memory test database.
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / "test.sqlite3"}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

REDIS_URL = env("REDIS_URL", default="")
# Wrong and used codes of the second factor are counted here: over all processes, and
# also while Redis is away, or nobody of staff could sign in.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_remembered",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}
# What {% cache %} keeps stays in the process: no page waits for Redis, none outlives
# the release that rendered it.
CACHES["template_fragments"] = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "LOCATION": "fragments",
    "OPTIONS": {"MAX_ENTRIES": 1000},
}

# Uploads lie outside the web root and leave it only through an authorised view.
MEDIA_ROOT = Path(env("MEDIA_ROOT", default=str(VAR_DIR / "uploads")))

# -- Celery ----------------------------------------------------------------------------
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 240
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {
        "visibility_timeout": 600,
        "unacked_restore_throttle": 1,
        "socket_timeout": 2,
    }
else:
    BROKER_DIR = VAR_DIR / "broker"
    for folder in ("messages", "control"):
        (BROKER_DIR / folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_URL = "filesystem://"
    CELERY_BROKER_TRANSPORT = "portal.broker:Transport"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_DIR / "messages"),
        "data_folder_out": str(BROKER_DIR / "messages"),
        "control_folder": str(BROKER_DIR / "control"),
        "polling_interval": 0.2,
    }

# Telling thousands has workers of its own, so that nothing else waits for it.
CELERY_TASK_ROUTES = {
    f"notices.{name}": {"queue": "bulk"}
    for name in ("broadcast", "deliver_many", "deliver_outside")
}

# -- Language and time -----------------------------------------------------------------
# The source strings are Chinese; English is chosen by a reader, never guessed.
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["portal.formats"]
TIME_ZONE = "Asia/Shanghai"

# -- People ----------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/applications/"
LOGOUT_REDIRECT_URL = "/"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

AXES_HANDLER = "portal.accounts.lockout.Lockout"
AXES_FAILURE_LIMIT = 5
# Wrong passwords for one name within the cool-off, from whatever addresses.
STAFF_NAME_FAILURES = 50
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
# The proxy in front replaces X-Real-IP; without one, nobody's header is believed.
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
AXES_CLIENT_IP_CALLABLE = "sla.ground.clients.client_ip"
AXES_LOCKOUT_CALLABLE = "portal.accounts.views.staff.locked_out"
AXES_VERBOSE = False

# Applicants sign in by phone code, staff by user name and password.
ACCOUNT_ADAPTER = "portal.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"phone"}
ACCOUNT_SIGNUP_FIELDS = ["phone*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
MFA_ADAPTER = "portal.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "办电"
STAFF_MFA_REQUIRED = env.bool("STAFF_MFA_REQUIRED", default=not (DEBUG or DEMO))
STAFF_SESSION_HOURS = 10
STAFF_IDLE_MINUTES = 15

# -- Notices ---------------------------------------------------------------------------
# Where text messages say the portal is, such as https://bandian.example; may be empty.
PUBLIC_URL = env("PUBLIC_URL", default="").rstrip("/")
# Without a provider's address the development gateway keeps every text in the database,
# to be read under /inbox/.
SMS_GATEWAY_URL = env("SMS_GATEWAY_URL", default="")
SMS_GATEWAY = env(
    "SMS_GATEWAY",
    default="portal.notices.gateways.HttpGateway"
    if SMS_GATEWAY_URL
    else "portal.notices.gateways.DevelopmentGateway",
)
GATEWAY_SECRET = env("GATEWAY_SECRET", default="")
WEBHOOK_URL = env("WEBHOOK_URL", default="")
# Browser notifications: a key of our own (32 bytes, base64url; `manage.py push_key`
# makes one) and whom a push service may write to. Without the key none are offered.
PUSH_KEY = env("PUSH_KEY", default="")
PUSH_CONTACT = env("PUSH_CONTACT", default="")
if DEMO and not PUSH_KEY:
    # Public, as all of a demo: development-only, in the words of base64url.
    PUSH_KEY = "ZGVtby1vbmx5LWJhbmRpYW4tcHVzaC1rZXktMDAwMDA"
    PUSH_CONTACT = PUSH_CONTACT or "mailto:demo@localhost"
# The push services of the browsers; a leading dot takes in every name below.
PUSH_HOSTS = env.list("PUSH_HOSTS", default=[]) or [
    "fcm.googleapis.com",
    ".push.services.mozilla.com",
    ".push.apple.com",
    ".notify.windows.com",
]
# Machines of the operator's own network that webhooks and pushes may reach.
INTERNAL_HOSTS = env.list("INTERNAL_HOSTS", default=[])
# Without a mail server nobody is written to by e-mail.
EMAIL_URL = env("EMAIL_URL", default="")
if EMAIL_URL:
    vars().update(env.email("EMAIL_URL"))
MAIL_DOMAIN = env("MAIL_DOMAIN", default="localhost")
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default=f"bandian@{MAIL_DOMAIN}")

# -- Static files ----------------------------------------------------------------------
NODE_MODULES = Path(env("NODE_MODULES", default=str(BASE_DIR / "node_modules")))
STATIC_URL = "static/"
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(VAR_DIR / "static")))
STATICFILES_DIRS = [
    (f"vendor/{package}", NODE_MODULES / package / folder)
    for package, folder in (
        ("bootstrap", "dist"),
        ("bootstrap-icons", "font"),
        ("echarts", "dist"),
    )
    if (NODE_MODULES / package / folder).is_dir()
]
# A demo serves the files where they lie; production collects them with hashed names.
WHITENOISE_USE_FINDERS = DEBUG or DEMO
# Source maps are for developers: kept, since files name them, but not compressed.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")
STORAGES = {
    "default": {"BACKEND": "sla.ground.storage.WholeFiles"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or DEMO
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# -- Security headers ------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "img-src": [SELF, "data:"],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
# Django's defaults say the rest: no frames, no sniffing, referrers and openers our own.
if env.bool("HTTPS", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz/$"]  # asked from inside, without TLS
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    LANGUAGE_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"

# -- API -------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "portal.accounts.authentication.ByToken",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "EXCEPTION_HANDLER": "portal.api.handle_exception",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "办电 Bandian API",
    "DESCRIPTION": "用电报装：申请、办理、时限、监督；停电：公告、抢修、治理。"
    "说明文字一律用中文，程序请以 code 等字段为准。",
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "portal.api.describe_errors",
    ],
    "ENUM_NAME_OVERRIDES": {
        "StageEnum": "sla.vocabulary.Stage",
        "ApplicationStatusEnum": "applications.lifecycle.Status",
        "OutageStatusEnum": "outages.lifecycles.outage.Status",
        "RepairStatusEnum": "outages.lifecycles.repair.Status",
        "OutageKindEnum": "outages.vocabulary.OutageKind",
    },
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {"deepLinking": True, "defaultModelsExpandDepth": 0},
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}

# -- The service itself ----------------------------------------------------------------
# The city served (GB/T 2260) decides calendar and policies by default.
HOME_REGION = env("HOME_REGION", default="120000")
SUBMISSIONS_PER_HOUR = env.int("SUBMISSIONS_PER_HOUR", default=5)
# Reports of faults: by phone, and by address, which a whole street may share.
FAULTS_PER_PHONE = env.int("FAULTS_PER_PHONE", default=6)
FAULTS_PER_CLIENT = env.int("FAULTS_PER_CLIENT", default=60)
MISSES_PER_CLIENT = env.int("MISSES_PER_CLIENT", default=10)
# A clamd that looks at every upload: host:port, or the path of its socket.
SCANNER = env("SCANNER", default="")

# -- Logs ------------------------------------------------------------------------------
# One line of JSON for each event in production, readable lines in a demo.
LOGGING = logs.configured(
    level=env("LOG_LEVEL", default="INFO"), for_reading=DEBUG or DEMO
)
