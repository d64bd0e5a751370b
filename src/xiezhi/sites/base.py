"""Settings that both sites share; each site's module names its apps, its pages and its actor."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any

from xiezhi.foundation import logs
from xiezhi.sites import environment

DEBUG = False
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
LANGUAGE_CODE = "zh-hans"
USE_I18N = True
ALLOWED_HOSTS = environment.hosts()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
XIEZHI_HOME = environment.home()
XIEZHI_PROCESS = os.environ.get("XIEZHI_PROCESS", "")
XIEZHI_CRYPTO_SUITE = os.environ.get("XIEZHI_CRYPTO_SUITE", "national")
XIEZHI_OPERATIONS_IDLE_SECONDS = int(os.environ.get("XIEZHI_OPERATIONS_IDLE_SECONDS", "1800"))
XIEZHI_EXCHANGE_BATCH = int(os.environ.get("XIEZHI_EXCHANGE_BATCH", "64"))
XIEZHI_EXCHANGE_TRANSPORT = os.environ.get("XIEZHI_EXCHANGE_TRANSPORT", "spool")
XIEZHI_EXCHANGE_TRANSPORTS = environment.transports()
XIEZHI_EXCHANGE_NATS = environment.nats()
XIEZHI_EXCHANGE_ALARM_MINUTES = float(os.environ.get("XIEZHI_EXCHANGE_ALARM_MINUTES", "10"))
XIEZHI_EXCHANGE_BANNER_SECONDS = float(os.environ.get("XIEZHI_EXCHANGE_BANNER_SECONDS", "300"))
XIEZHI_EXCHANGE_BACKLOG_FILES = int(os.environ.get("XIEZHI_EXCHANGE_BACKLOG_FILES", "1000"))
XIEZHI_EXCHANGE_BACKLOG_BYTES = int(os.environ.get("XIEZHI_EXCHANGE_BACKLOG_BYTES", "268435456"))
XIEZHI_BACKUP_NIGHTLY = os.environ.get("XIEZHI_BACKUP_NIGHTLY") == "1"
XIEZHI_UPLOAD_LIMIT_BYTES = int(os.environ.get("XIEZHI_UPLOAD_LIMIT_BYTES", "52428800"))
XIEZHI_METRICS_TOKEN = os.environ.get("XIEZHI_METRICS_TOKEN", "")

SHARED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "axes",
    "procrastinate.contrib.django",
    "xiezhi.foundation",
    "xiezhi.security.custody",
    "xiezhi.security.audit",
    "xiezhi.security.grading",
    "xiezhi.directory",
    "xiezhi.files",
    "xiezhi.exchange",
    "xiezhi.operations.continuity",
]

WEB_MIDDLEWARE = [
    "xiezhi.foundation.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "xiezhi.foundation.live.middleware.LiveOriginMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "xiezhi.foundation.middleware.DoorMiddleware",
]
LIVE_MIDDLEWARE = ["django.contrib.sessions.middleware.SessionMiddleware"]
MIDDLEWARE = LIVE_MIDDLEWARE if XIEZHI_PROCESS == "live" else WEB_MIDDLEWARE

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "xiezhi.foundation.pages.environment",
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 600
WHITENOISE_ALLOW_ALL_ORIGINS = False

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = False
CSRF_FAILURE_VIEW = "xiezhi.foundation.faults.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("XIEZHI_HTTPS") == "1"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

PASSWORD_HASHERS = ["xiezhi.security.passwords.Argon2Hasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# Else axes takes the account model's USERNAME_FIELD, finds nothing under it and locks nobody out.
AXES_USERNAME_FORM_FIELD = "username"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = "xiezhi.identity.login.throttle.parameters"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
SILENCED_SYSTEM_CHECKS = ["axes.W003"]
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
FILE_UPLOAD_PERMISSIONS = 0o600

LOGGING_CONFIG = None
logs.configure()
