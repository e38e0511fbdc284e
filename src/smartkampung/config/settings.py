"""Django settings. Everything an operator may change comes from the environment."""

import os
from datetime import timedelta
from pathlib import Path

import pgtrigger
from csp.constants import NONE, SELF

from smartkampung.config.logs import logging_settings, set_up_structlog
from smartkampung.kernel import env

PACKAGE = Path(__file__).resolve().parent.parent

# -- what the operator says --------------------------------------------------
DEMO = env.flag("SMARTKAMPUNG_DEMO")
# How far the clock of a demo is ahead (kernel.clock); a real one is never.
AHEAD = int(os.environ.get("SMARTKAMPUNG_TIME_TRAVEL", "0")) if DEMO else 0
TIME_TRAVEL = timedelta(days=AHEAD)
DEBUG = False
HOME = env.home()
SECRET_KEY = os.environ.get("SMARTKAMPUNG_SECRET_KEY", "")
KEY_FILE = Path(os.environ.get("SMARTKAMPUNG_KEY_FILE", HOME / "keys.json"))
UPLOADS = Path(os.environ.get("SMARTKAMPUNG_UPLOADS", HOME / "uploads"))
ALLOWED_HOSTS = os.environ.get("SMARTKAMPUNG_HOSTS", "localhost,127.0.0.1,[::1]").split(
    ","
)
# The code of the regency served, needed only where several are loaded.
REGENCY = os.environ.get("SMARTKAMPUNG_REGENCY", "")
SITE_URL = os.environ.get("SMARTKAMPUNG_SITE_URL", "http://localhost:8000")
# How many reverse proxies of our own stand in front (each adds to X-Forwarded-For).
PROXIES = int(os.environ.get("SMARTKAMPUNG_PROXIES", "0"))
HTTPS = SITE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# -- the one database --------------------------------------------------------
DATABASES = {
    "default": env.database(
        os.environ.get("DATABASE_URL", "postgresql://localhost/smartkampung")
    )
}
# Limits on sign-in and spent codes hold for all processes together, so they live in
# the database; "local" is for what each process may remember for itself.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    "local": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "today": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "today",
        "OPTIONS": {"MAX_ENTRIES": 1_000},
    },
    # Of its own: whoever asks a thousand questions must not push names and maps out.
    "houses": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "houses",
        "OPTIONS": {"MAX_ENTRIES": 600},
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Statement level costs COPY a half, row level three quarters (design section 4).
PGHISTORY_LEVEL = pgtrigger.Statement
PGHISTORY_APPEND_ONLY = True

# -- assembly ----------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "template_partials",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "smartkampung.kernel",
    "smartkampung.audit",
    "smartkampung.notify",
    "smartkampung.ledger",
    "smartkampung.criteria",
    "smartkampung.worklist",
    "smartkampung.intake",
    "smartkampung.regions",
    "smartkampung.accounts",
    "smartkampung.residents",
    "smartkampung.quality",
    "smartkampung.duplicates",
    "smartkampung.identity",
    "smartkampung.aid",
    "smartkampung.isolation",
    "smartkampung.letters.catalogue",
    "smartkampung.letters.signing",
    "smartkampung.letters.requests",
    "smartkampung.letters.service",
    "smartkampung.recovery.affected",
    "smartkampung.recovery.targeting",
    "smartkampung.recovery.programmes",
    "smartkampung.recovery.economy",
    "smartkampung.reopening.guidance",
    "smartkampung.reopening.cases",
    "smartkampung.reopening.signals",
    "smartkampung.reopening.pilots",
    "smartkampung.reopening.places",
    "smartkampung.reopening.counters",
    "smartkampung.frontline.offices",
    "smartkampung.frontline.voice",
    "smartkampung.frontline.texting",
    "smartkampung.frontline.recognition",
    "smartkampung.frontline.field",
    "smartkampung.web",
    "smartkampung.jobs",
]
# Facts that rules may name: modules with FACTS, one of them with the families (BASE).
FACTS = ["smartkampung.residents.facts", "smartkampung.aid.facts"]
# What priorities may name besides; whoever is last with a BASE says whom it is about.
_PRIORITY = "smartkampung.recovery.targeting.facts"
FACTS_ABOUT = {
    "families": [_PRIORITY],
    "affected": [
        _PRIORITY,
        "smartkampung.recovery.affected.facts",
        "smartkampung.recovery.programmes.facts",
    ],
}
# Who tells what part of a village's places keeps the protocol (day by day): places lie
# above the pilots whose gates ask for it.
COMPLIANCE = "smartkampung.reopening.places.queries.standing.compliance"
# Who tells how many a village's counters served: they stand beside the comparison.
VISITS = "smartkampung.reopening.counters.queries.visits.served"
MIDDLEWARE = [
    "smartkampung.config.observe.Observe",
    "django.middleware.security.SecurityMiddleware",
    # Outside the middlewares that answer for themselves, so that every page has them.
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "smartkampung.web.core.headers.Headers",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "smartkampung.accounts.middleware.StaffSessionMiddleware",
    "smartkampung.config.language.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "smartkampung.web.core.methods.MethodPages",
    "django.middleware.csrf.CsrfViewMiddleware",
    "smartkampung.accounts.middleware.StaffMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    "smartkampung.web.kiosk_mode.KeepsNothing",
    "smartkampung.web.core.nulls.NoNulls",
    "smartkampung.web.limits.RateLimits",
]
ROOT_URLCONF = "smartkampung.config.urls"
WSGI_APPLICATION = "smartkampung.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "smartkampung.web.context.shell",
            ],
        },
    }
]
# Form fields look the same everywhere: web/templates/django/forms.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
# Message levels take the names that the style sheet gives to states.
MESSAGE_TAGS = {20: "info", 25: "ok", 30: "wait", 40: "late"}

# -- language and time -------------------------------------------------------
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
# One catalogue an area, so that two people rarely edit the same file.
LOCALE_PATHS = sorted((PACKAGE / "locale").iterdir())
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True
USE_I18N = True
# Counts are marked by the filter "whole"; a mark inside an id would break forms.
USE_THOUSAND_SEPARATOR = False

# -- files -------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": UPLOADS},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# What is too large for memory goes to a file without a name (imports of whole villages).
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "smartkampung.web.uploads.NamelessFileHandler",
]

# -- sign-in -----------------------------------------------------------------
AUTH_USER_MODEL = "accounts.Staff"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "smartkampung.accounts.backends.StaffBackend",
]
PASSWORD_HASHERS = ["smartkampung.accounts.hashers.Argon2"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "full_name", "email")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "smartkampung.accounts.passwords.NotTheDemoPassword"},
]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/staff/"
SESSION_ENGINE = "smartkampung.accounts.sessions"
# Lock-out: five wrong passwords for a name, or twenty-five from an address.
AXES_HANDLER = "smartkampung.accounts.lockout.Handler"
AXES_LOCKOUT_PARAMETERS = ["username", "ip_address"]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "smartkampung.accounts.lockout.fingerprint"
AXES_CLIENT_IP_CALLABLE = "smartkampung.kernel.address.client_address"
AXES_LOCKOUT_CALLABLE = "smartkampung.web.accounts.lockout.locked_out"
AXES_SENSITIVE_PARAMETERS = ["login", "username", "csrfmiddlewaretoken", "ip_address"]
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "5/5m/key"}
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
ACCOUNT_ADAPTER = "smartkampung.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_LOGOUT_REDIRECT_URL = "/accounts/login/"
MFA_ADAPTER = "smartkampung.accounts.adapters.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_TOTP_ISSUER = "Smart Kampung"
MFA_TOTP_TOLERANCE = 1
ACCOUNT_FORMS = {
    "login": "smartkampung.web.accounts.forms.SignInForm",
    "reauthenticate": "smartkampung.web.accounts.forms.AgainForm",
    "change_password": "smartkampung.web.accounts.forms.NewPasswordForm",
}
MFA_FORMS = {
    "authenticate": "smartkampung.web.accounts.forms.CodeForm",
    "reauthenticate": "smartkampung.web.accounts.forms.CodeAgainForm",
    "activate_totp": "smartkampung.web.accounts.forms.ActivateAppForm",
    "authenticate_webauthn": "smartkampung.web.accounts.forms.PasskeyForm",
    "login_webauthn": "smartkampung.web.accounts.forms.PasskeyAloneForm",
    "reauthenticate_webauthn": "smartkampung.web.accounts.forms.PasskeyAgainForm",
    "add_webauthn": "smartkampung.web.accounts.forms.AddPasskeyForm",
}
# All demo accounts share these; `smartkampung check` finds them elsewhere.
DEMO_PASSWORD = "kampung-yang-cerdas"  # noqa: S105 (public on purpose)
DEMO_TOTP_SECRET = "SMARTKAMPUNGDEMOONLYNEVERREALA23"  # noqa: S105 (public on purpose)

# -- messages ----------------------------------------------------------------
# console (demo only), smtp or apprise; or channels in the order in which they are tried:
# whatsapp,sms,email. Phones reach SMTP through a gateway domain.
MESSAGES = os.environ.get("SMARTKAMPUNG_MESSAGES", "console")
MESSAGES_GATEWAY = os.environ.get("SMARTKAMPUNG_SMS_GATEWAY", "")
MESSAGES_APPRISE_URL = os.environ.get("SMARTKAMPUNG_APPRISE_URL", "")
MESSAGES_WHATSAPP_URL = os.environ.get("SMARTKAMPUNG_WHATSAPP_URL", "")
MESSAGES_SMS_URL = os.environ.get("SMARTKAMPUNG_SMS_URL", "")
# With it message services sign what they send to us; without it nothing is taken.
MESSAGES_SECRET = os.environ.get(
    "SMARTKAMPUNG_MESSAGES_SECRET", "only-for-the-demo" if DEMO else ""
)
# Rupiah: of each part of a text message, of each WhatsApp message.
MESSAGE_PRICES = {
    "sms": int(os.environ.get("SMARTKAMPUNG_PRICE_SMS", "350")),
    "whatsapp": int(os.environ.get("SMARTKAMPUNG_PRICE_WHATSAPP", "270")),
}
# Answers to texts that come in, on one day: senders can be invented, answers are paid.
TEXT_ANSWERS_A_DAY = int(os.environ.get("SMARTKAMPUNG_TEXT_ANSWERS_A_DAY", "3000"))
DEFAULT_FROM_EMAIL = os.environ.get("SMARTKAMPUNG_MAIL_FROM", "smartkampung@localhost")
EMAIL_HOST = os.environ.get("SMARTKAMPUNG_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("SMARTKAMPUNG_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("SMARTKAMPUNG_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("SMARTKAMPUNG_SMTP_PASSWORD", "")
EMAIL_USE_TLS = env.flag("SMARTKAMPUNG_SMTP_TLS")
EMAIL_TIMEOUT = 10

# -- identity checks ---------------------------------------------------------
# Off while no address is named. The number is that of the agreement (PKS).
# The account that pays: code of the bank, number and name, as "114:0012345678:Kas Daerah".
# For how many people one proxy may collect aid on a day.
PROXY_MOST_A_DAY = int(os.environ.get("SMARTKAMPUNG_PROXY_MOST_A_DAY", "3"))
PAYER = os.environ.get("SMARTKAMPUNG_PAYER", "")
IDENTITY_URL = os.environ.get("SMARTKAMPUNG_IDENTITY_URL", "")
IDENTITY_TOKEN = os.environ.get("SMARTKAMPUNG_IDENTITY_TOKEN", "")
IDENTITY_PKS = os.environ.get("SMARTKAMPUNG_IDENTITY_PKS", "")
IDENTITY_QUOTA = int(os.environ.get("SMARTKAMPUNG_IDENTITY_QUOTA", "1000"))
IDENTITY_SECONDS = float(os.environ.get("SMARTKAMPUNG_IDENTITY_SECONDS", "5"))

# Who keeps the register of letters, for the page that proves one
# (letters/signing/register.py): named here, because it lies above.
LETTER_REGISTER = "smartkampung.letters.requests.register.REGISTER"
# Who stamps the time on letters (RFC 3161): its address, and the certificates (PEM) on
# which its stamps hang. Without one this system tells the time itself, and says so.
TSA_URL = os.environ.get("SMARTKAMPUNG_TSA_URL", "")
TSA_SECONDS = float(os.environ.get("SMARTKAMPUNG_TSA_SECONDS", "5"))
TSA_ROOTS = os.environ.get("SMARTKAMPUNG_TSA_ROOTS", "")
# The national certificate service, for officers who sign through it.
BSRE_URL = os.environ.get("SMARTKAMPUNG_BSRE_URL", "")
BSRE_USER = os.environ.get("SMARTKAMPUNG_BSRE_USER", "")
BSRE_PASSWORD = os.environ.get("SMARTKAMPUNG_BSRE_PASSWORD", "")
BSRE_SECONDS = float(os.environ.get("SMARTKAMPUNG_BSRE_SECONDS", "20"))
BSRE_ROOTS = os.environ.get("SMARTKAMPUNG_BSRE_ROOTS", "")
# Where stays are told as FHIR R4; nowhere unless the operator says so.
FHIR_URL = os.environ.get("SMARTKAMPUNG_FHIR_URL", "")
FHIR_TOKEN = os.environ.get("SMARTKAMPUNG_FHIR_TOKEN", "")
FHIR_SECONDS = float(os.environ.get("SMARTKAMPUNG_FHIR_SECONDS", "10"))

# -- logs and measurements ---------------------------------------------------
set_up_structlog()
LOGGING = logging_settings(os.environ.get("SMARTKAMPUNG_LOG_LEVEL", "INFO"))
METRICS_TOKEN = os.environ.get("SMARTKAMPUNG_METRICS_TOKEN", "")

# -- backups -----------------------------------------------------------------
# The backup script touches the stamp; "elsewhere": somebody else makes them.
BACKUPS = os.environ.get("SMARTKAMPUNG_BACKUPS", "")
BACKUP_STAMP = Path(os.environ.get("SMARTKAMPUNG_BACKUP_STAMP", HOME / "backup.stamp"))

# -- jobs --------------------------------------------------------------------
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"

# -- headers -----------------------------------------------------------------
# With the prefix, browsers accept the cookie from this very host by HTTPS only.
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
SESSION_COOKIE_SECURE = HTTPS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "smartkampung.web.core.errors.csrf_failure"
CSRF_COOKIE_HTTPONLY = True
# Not "no-referrer": browsers then send "Origin: null" with every form, and CSRF refuses
# it. Other sites still learn nothing, and our own logs hold no referrers.
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Browsers that came by HTTPS once never come by HTTP again.
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
