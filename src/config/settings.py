"""The one settings module. Everything that differs between machines comes from the environment (``DONDOC_…``)."""

from pathlib import Path
from urllib.parse import unquote, urlparse

import structlog
from csp.constants import NONCE, SELF
from django.core.exceptions import ImproperlyConfigured

from config import env

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(env.text("DONDOC_VAR", str(BASE_DIR / "var")))

DEBUG = env.boolean("DONDOC_DEBUG")
DEVELOPMENT_KEY = "development-only-key-that-system-checks-refuse-in-production"
SECRET_KEY = env.text("DONDOC_SECRET_KEY", DEVELOPMENT_KEY)
ALLOWED_HOSTS = env.names("DONDOC_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env.names("DONDOC_ORIGINS")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "django_filters",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "config",
    "dondoc.common",
    "dondoc.files",
    "dondoc.units",
    "dondoc.search",
    "dondoc.notices",
    "dondoc.comments",
    "dondoc.documents",
    "dondoc.programmes",
    "dondoc.reporting",
    "dondoc.desk",
    "dondoc.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "dondoc.units.middleware.PasswordChangeMiddleware",
    "dondoc.common.middleware.RefusalMiddleware",
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
                "csp.context_processors.nonce",
                "dondoc.units.context.seat",
            ],
            "builtins": ["dondoc.common.templatetags.house"],
        },
    }
]


FORM_RENDERER = "dondoc.common.rendering.HouseRenderer"
CSRF_FAILURE_VIEW = "dondoc.common.views.csrf_failure"


def _database(url: str) -> dict[str, object]:
    """``postgresql://user:password@host:port/name`` or ``sqlite:///path``."""
    parts = urlparse(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": parts.path,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 60,  # seconds: 65 units at once wait for one another, none is turned away
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;",
            },
        }
    if parts.scheme in {"postgresql", "postgres"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    raise ImproperlyConfigured(f"DONDOC_DATABASE starts with {parts.scheme!r}; sqlite or postgresql is meant")


DATABASES = {"default": _database(env.text("DONDOC_DATABASE", f"sqlite://{VAR_DIR / 'dondoc.sqlite3'}"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "units.Person"
LOGIN_URL = "units:login"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "dondoc.units.hashing.OneTimePasswordHasher",
]
PASSWORD_RESET_TIMEOUT = 3 * 3600
LOGOUT_REDIRECT_URL = "units:login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.boolean("DONDOC_HTTPS")
SECURE_SSL_REDIRECT = env.boolean("DONDOC_HTTPS")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.boolean("DONDOC_BEHIND_PROXY") else None
SECURE_HSTS_SECONDS = 31_536_000 if env.boolean("DONDOC_HTTPS") else 0
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-ancestors": ["'none'"],
        "form-action": [SELF],
        "base-uri": [SELF],
        "object-src": ["'none'"],
    }
}

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True
DATE_INPUT_FORMATS = ["%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d%m%Y"]

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "build" / "static"
ASSETS_DIR = BASE_DIR / "build" / "assets"  # icons and fonts, by tools/build_assets.py
STATICFILES_DIRS = [ASSETS_DIR] if ASSETS_DIR.is_dir() else []
MEDIA_ROOT = VAR_DIR / "files"
PAGES_ROOT = VAR_DIR / "pages"  # page images and words, made again where they are missing
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
MAX_FILE_BYTES = env.integer("DONDOC_MAX_FILE_MB", 50) * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 200
# A part of a report with a hundred rows and twelve months, without scripts; what was read of a form, held by the page in between.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

_EMAIL = "smtp" if env.text("DONDOC_EMAIL_HOST") else "console"
EMAIL_BACKEND = f"django.core.mail.backends.{_EMAIL}.EmailBackend"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("DONDOC_EMAIL_FROM", "dondoc@localhost")
EMAIL_HOST = env.text("DONDOC_EMAIL_HOST", "localhost")
EMAIL_PORT = env.integer("DONDOC_EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("DONDOC_EMAIL_USER")
EMAIL_HOST_PASSWORD = env.text("DONDOC_EMAIL_PASSWORD")
EMAIL_USE_TLS = env.boolean("DONDOC_EMAIL_TLS")
EMAIL_TIMEOUT = 10
SITE_URL = env.text("DONDOC_URL", "http://127.0.0.1:8000").rstrip("/")  # what letters lead to

_SHARED_PROCESSORS: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso"),
]
# For people while developing, one JSON object a line for machines otherwise.
_RENDERERS: list[structlog.typing.Processor] = (
    [structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)]
    if DEBUG
    else [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "console": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_RENDERERS],
            "foreign_pre_chain": _SHARED_PROCESSORS,
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "console"}},
    "loggers": {"django": {"handlers": []}},
    "root": {"handlers": ["console"], "level": env.text("DONDOC_LOG_LEVEL", "INFO")},
}
structlog.configure(
    processors=[*_SHARED_PROCESSORS, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=True,
)
