"""Settings of the Sala site, read from the environment (docs/operators.md lists every variable).

Safe by default: without DEBUG, a missing SECRET_KEY or ALLOWED_HOSTS is refused.
"""

from importlib.util import find_spec
from pathlib import Path

import environ
from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.Env()
env.read_env(env.str("ENV_FILE", default=str(BASE_DIR / ".env")))
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="only-for-development" if DEBUG else "")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["*"] if DEBUG else [])
for name in ("SECRET_KEY", "ALLOWED_HOSTS"):
    if not globals()[name]:
        raise ImproperlyConfigured(
            f"{name} is not set. Set it in the environment or in .env "
            "(see .env.example), or set DEBUG=true on a developer's machine."
        )

INSTALLED_APPS = [
    *("home", "newsroom", "accessibility", "localization", "home.wagtail_thai"),
    *("wagtail_localize", "wagtail_localize.locales"),
    "wagtail.contrib.frontend_cache",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    *("wagtail.api.v2", "wagtail.api.v3", "rest_framework", "ninja"),
    *("wagtail.embeds", "wagtail.sites", "wagtail.users", "wagtail.snippets"),
    *("wagtail.documents", "wagtail.images", "wagtail.search", "wagtail.admin", "wagtail"),
    *("modelcluster", "taggit", "django_filters"),
    *("axes", "corsheaders", "csp"),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "home.middleware.ContentSecurityPolicyMiddleware",
    "home.middleware.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "home.middleware.UnavailableMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "home.middleware.PublicCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "home.middleware.PublicLocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accessibility.middleware.GateMiddleware",
    "localization.middleware.RefusedPublicationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.template.context_processors.i18n",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "home.context_processors.site_furniture",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": CONTEXT_PROCESSORS},
    }
]

# Data. SQLite waits for its turn instead of failing, and loses nothing when the power fails.
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR}/db.sqlite3")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
else:
    DATABASES["default"].update(CONN_MAX_AGE=60, CONN_HEALTH_CHECKS=True)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://sala")}
if CACHES["default"]["BACKEND"].startswith("django_redis"):
    # A cache that is away must never turn a committed write into an error.
    CACHES["default"]["OPTIONS"] = {
        "IGNORE_EXCEPTIONS": True,
        "SOCKET_CONNECT_TIMEOUT": 1,
        "SOCKET_TIMEOUT": 1,
    }
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
EMAIL_TIMEOUT = 10  # seconds
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="newsroom@localhost")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

# Files. Documents lie beside the media, not inside: only Wagtail's guarded view serves them.
STATIC_URL, STATIC_ROOT = "/static/", VAR_DIR / "static"
MEDIA_URL, MEDIA_ROOT = "/media/", VAR_DIR / "media"
FILES = "django.core.files.storage.FileSystemStorage"
STORAGES = {
    "default": {"BACKEND": FILES},
    "documents": {"BACKEND": FILES, "OPTIONS": {"location": VAR_DIR / "documents"}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if bucket := env.str("S3_BUCKET", default=""):
    from botocore.config import Config

    # One that is away is asked twice, and not for minutes.
    patience = Config(connect_timeout=2, read_timeout=20, retries={"total_max_attempts": 2})
    S3 = {"bucket_name": bucket, "file_overwrite": False, "client_config": patience}
    for option in ("endpoint_url", "region_name", "access_key", "secret_key"):
        S3[option] = env.str(f"S3_{option.upper()}", default=None)
    PUBLIC = {"location": "media", "querystring_auth": False, "default_acl": "public-read"}
    PRIVATE = {"location": "documents", "default_acl": "private"}
    for alias, place in (("default", PUBLIC), ("documents", PRIVATE)):
        STORAGES[alias] = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": S3 | place}
MEDIA_ORIGINS = env.list("MEDIA_ORIGINS", default=[])

# Languages: the first is the source. Another is added here and in Wagtail's settings: no code.
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = WAGTAILADMIN_PERMITTED_LANGUAGES = [
    (code, LANG_INFO.get(code, {}).get("name_local", code))
    for code in env.list("LANGUAGES", default=["th", "en"])
]
LANGUAGE_CODE = LANGUAGES[0][0]
USE_I18N = USE_TZ = WAGTAIL_I18N_ENABLED = True
LOCALE_PATHS = [BASE_DIR / "home" / "locale"]
TIME_ZONE = env.str("TIME_ZONE", default="Asia/Bangkok")

# Security. HTTPS=false is for a server that only this machine can reach.
HTTPS = env.bool("HTTPS", default=not DEBUG)
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
PUBLIC_DIRECTIVES = {
    "default-src": [NONE],
    **{f"{kind}-src": [SELF] for kind in ("script", "style", "font", "connect", "manifest")},
    **{f"{kind}-src": [SELF, *MEDIA_ORIGINS] for kind in ("img", "media")},
    "form-action": [SELF],
    "frame-ancestors": [NONE],
    "base-uri": [NONE],
    "upgrade-insecure-requests": HTTPS,
}
CONTENT_SECURITY_POLICY = {"DIRECTIVES": PUBLIC_DIRECTIVES}
# Wagtail 8's admin and the API's documentation need inline scripts and styles (wagtail#1288).
ADMIN_DIRECTIVES = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:", *MEDIA_ORIGINS],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
    "worker-src": [SELF, "blob:"],
}
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}Validator"}
    for name in ("UserAttributeSimilarity", "MinimumLength", "CommonPassword", "NumericPassword")
]
AXES_FAILURE_LIMIT, AXES_COOLOFF_TIME = 5, 0.25  # attempts, hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "locked_out.html"
AXES_RESET_ON_SUCCESS = AXES_DISABLE_ACCESS_LOG = True
# The API is public to read; browsers of these origins may call it too.
CORS_ALLOWED_ORIGINS = env.list("CORS_ALLOWED_ORIGINS", default=[])
CORS_URLS_REGEX = r"^/api/"

# Audits in a real browser; `manage.py audit_accessibility` says what it leaves out without one.
ACCESSIBILITY_CHROMIUM = env.str("ACCESSIBILITY_CHROMIUM", default="")
# How many days the server's logs are kept, for the security policy; None: it says nothing of it.
ACCESSIBILITY_SEARCH_SEGMENTER = "localization.thai.segmented"
ACCESSIBILITY_LOG_DAYS = env.int("LOG_DAYS", default=None)

WAGTAIL_SITE_NAME = "Sala"
WAGTAILADMIN_BASE_URL = env.str("BASE_URL", default="http://localhost:8000")
WAGTAIL_ENABLE_UPDATE_CHECK, WAGTAIL_GRAVATAR_PROVIDER_URL = False, None
WAGTAILIMAGES_IMAGE_MODEL = "home.SiteImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "home.forms.SiteImageForm"
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_DOCUMENT_MODEL = "home.SiteDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odp", "ods", "odt", "pdf", "pptx", "txt", "xlsx", "zip"]
WAGTAILDOCS_EXTENSIONS += ["mp3", "mp4", "vtt", "webm"]
NEWSROOM_PUBLISHER = "home.models.identity.publisher_name"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "newsroom.search_backend"}}
WAGTAILAPI_RICH_TEXT_FORMAT, WAGTAILAPI_LIMIT_MAX = "html", 100
# A translation goes live when its translator publishes it, never by being made.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False

if DEBUG and find_spec("django_axe"):
    INSTALLED_APPS.append("django_axe")
    DJANGO_AXE_REPORT_PATH = str(VAR_DIR / "axe-report.json")
    DATA_UPLOAD_MAX_MEMORY_SIZE = 20_000_000  # bytes; axe-core's whole result of a long page
