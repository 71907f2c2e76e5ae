from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from home.demo import DemoExistsError, load_demo
from home.demo.accounts import demo_password

STAGES = {
    "media": "Pictures and documents",
    "categories": "Categories and site identity",
    "pages": "Pages",
    "policies": "Policies",
    "articles": "Articles",
    "translations": "Translations",
    "aliases": "Tree synchronisation",
}


class Command(BaseCommand):
    help = (
        "Loads the demo content and its accounts into a new site. Does nothing where there is a "
        "home page already. The password is DEMO_PASSWORD, or made and kept in the file "
        "demo-password.txt of VAR_DIR."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        bar = tqdm(bar_format="    {desc}: {n_fmt}/{total_fmt}", file=self.stderr, disable=None)

        def progress(stage: str, steps: int) -> None:
            if stage:
                bar.reset(total=steps)
                bar.set_description_str(STAGES[stage])
                bar.write(f"    {STAGES[stage]}", file=self.stdout)
            else:
                bar.update()

        try:
            with bar:
                load_demo(demo_password(), progress)
        except DemoExistsError:
            self.stdout.write("There is content already: the demo is not loaded again.")
        else:
            self.stdout.write(self.style.SUCCESS("The demo is loaded."))
