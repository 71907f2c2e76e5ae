from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ...policies.reminders import remind


class Command(BaseCommand):
    """Run it by the timer that runs publish_scheduled: nobody is told the same twice."""

    help = "Mail those responsible when the review of a policy comes near, and when it is overdue."

    def handle(self, *args: Any, **options: Any) -> None:
        sent, failed = remind()
        if options["verbosity"] > 0 and sent:
            self.stdout.write(f"{sent} reminders sent")
        if failed:
            raise CommandError(f"{failed} reminders could not be sent; the log says why.")
