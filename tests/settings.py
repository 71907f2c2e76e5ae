"""The site's own settings, as a test runs them: in memory, with cheap passwords."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-tests")
os.environ.setdefault("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],testserver")
os.environ.setdefault("HTTPS", "false")
os.environ.setdefault("ENV_FILE", "/dev/null")
os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")
os.environ.setdefault("EMAIL_URL", "memorymail://")
os.environ.setdefault("VAR_DIR", os.path.join(os.path.dirname(__file__), "..", "var", "test"))

from config.settings import *  # noqa: F403
from config.settings import STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# Each publication would serve and judge the page; the tests of the gate switch it on.
ACCESSIBILITY_GATE = "off"
# The same of the audit after it; the tests of audits switch it on.
ACCESSIBILITY_AUDIT_ON_PUBLISH = False
ACCESSIBILITY_CHROMIUM = ""
# Views are written at once, so that no test starts the thread that writes batches.
NEWSROOM_AUDIENCE_INTERVAL = 0
