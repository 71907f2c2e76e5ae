from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import override
from wagtail.models import Site

from home.demo.accounts import ACCOUNTS, demo_password, password_file


class Command(BaseCommand):
    help = "Prints the addresses of the demo site and how its four people sign in."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="where the site is served")

    def handle(self, *args: Any, **options: Any) -> None:
        base = f"http://localhost:{options['port']}"
        # Wagtail makes whole addresses from this record, in mails and in the API.
        if Site.objects.filter(hostname="localhost").update(port=options["port"]):
            Site.clear_site_root_paths_cache()
        addresses = [
            *((name, f"{base}/{code}/") for code, name in settings.LANGUAGES),
            ("Admin", f"{base}/admin/"),
            ("API", f"{base}/api/v3/docs"),
        ]
        self.stdout.write("")
        for name, address in addresses:
            self.stdout.write(f"  {name:<11} {address}")
        self.stdout.write("\n  Sign in as")
        with override("en"):
            for account in ACCOUNTS:
                self.stdout.write(f"  {account.username:<11} {account.role}")
        self.stdout.write(f"\n  Password    {demo_password()}")
        self.stdout.write(f"              (made for this machine, kept in {password_file()})\n")
