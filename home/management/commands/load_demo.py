from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from tqdm import tqdm

from home.demo import DemoExistsError, load_demo
from home.demo.accounts import demo_password

STAGES = {
    "media": "Pictures and documents",
    "categories": "Categories and site identity",
    "pages": "Pages and policies",
    "articles": "Articles",
    "translations": "Translations",
    "aliases": "Tree synchronisation",
    "indexes": "Search",
}


class Command(BaseCommand):
    help = (
        "Makes the tables, and loads the demo content and its accounts into a new site. Loads "
        "nothing where there is a home page already. The password is DEMO_PASSWORD, or made and "
        "kept in the file demo-password.txt of VAR_DIR."
    )
    # Each start of the demo runs it: one process, without checks, is a third of the time.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--port", type=int, help="then say the addresses and sign-ins, as demo_accounts does"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0, skip_checks=True)
        bar = tqdm(bar_format="    {desc}: {n_fmt}/{total_fmt}", leave=False, disable=None)

        def progress(stage: str, steps: int) -> None:
            if stage:
                bar.clear()
                self.stdout.write(f"    {STAGES[stage]}")
                bar.reset(total=steps)
                bar.set_description_str(STAGES[stage])
            else:
                bar.update()

        try:
            with bar:
                load_demo(demo_password(), progress)
        except DemoExistsError:
            self.stdout.write("There is content already: the demo is not loaded again.")
        else:
            self.stdout.write(self.style.SUCCESS("The demo is loaded."))
        if options["port"]:
            call_command("demo_accounts", port=options["port"], stdout=self.stdout)
