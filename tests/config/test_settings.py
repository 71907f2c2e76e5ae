"""A production site that is not set up safely does not start, and says why."""

import os
import subprocess
import sys

import pytest

from tests.server import ROOT

# Each starts a process.
pytestmark = pytest.mark.integration


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**inherited, "ENV_FILE": os.devnull, **environment},
        capture_output=True,
        text=True,
    )


PRODUCTION = {
    "SECRET_KEY": "x9$fT2!mQ7@vL4#zR8%wK1^nB6&hJ3*dP5(sG0)cY-aE_uI=oW+",
    "ALLOWED_HOSTS": "news.example.org",
}


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_a_missing_setting_is_refused_by_its_name(name):
    result = manage("check", **{k: v for k, v in PRODUCTION.items() if k != name})
    assert result.returncode != 0
    assert f"{name} is not set" in result.stderr


def test_the_deployment_check_is_silent_with_production_settings():
    result = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert result.returncode == 0, result.stderr
    assert "no issues (0 silenced)" in result.stdout


def test_a_third_language_needs_only_a_setting():
    result = manage(
        "shell",
        "--no-imports",
        "-c",
        "from django.conf import settings; from django.urls import reverse;"
        "from django.utils.translation import override\n"
        "with override('ms'): print(reverse('search'), dict(settings.LANGUAGES)['ms'])",
        **PRODUCTION,
        LANGUAGES="th,en,ms",
    )
    assert result.stdout.split() == ["/ms/search/", "Bahasa", "Melayu"], result.stderr


def test_the_models_and_their_migrations_agree():
    result = manage("makemigrations", "--check", "--dry-run", **PRODUCTION)
    assert result.returncode == 0, result.stdout + result.stderr
