"""Orca, which writes what it says into a file, a phrase a line, instead of speaking it.

`/usr/bin/python3 silent_orca.py PREFERENCES FILE`: it runs in the system's Python, where Debian
installs Orca. The program `orca` itself will not do: it refuses to start beside another Orca, and
with `--replace` it would end the one of a developer who works with a screen reader.
"""

import logging
import sys

import gi

gi.require_version("Gdk", "3.0")

from orca import orca, settings, speech  # noqa: E402

SETTINGS = {
    # With a speech server, but no sound device, Orca falls silent after two phrases.
    "speechServerFactory": None,
    "enableBraille": False,
    "enableSound": False,
    # What the page says; not which key was pressed, nor a summary of the page.
    "enableKeyEcho": False,
    "sayAllOnLoad": False,
    "pageSummaryOnLoad": False,
    # Whether a search field changes the mode in time is a race; Tab and Enter need no mode.
    "nativeNavTriggersFocusMode": False,
    # "No more headings." ends a list; wrapping would begin it again.
    "wrappedStructuralNavigation": False,
    # A busy machine is slow, not hung: the tests have time limits of their own.
    "timeoutTime": 0,
}


class PhraseFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        phrase = record.getMessage().removeprefix("SPEECH OUTPUT: '")
        return " ".join(phrase[: phrase.rindex("'")].split())


def main(preferences: str, file: str) -> int:
    # Orca keeps this log for its own regression tests.
    handler = logging.FileHandler(file, encoding="utf-8")
    handler.setFormatter(PhraseFormatter())
    speech.log.addHandler(handler)
    vars(settings).update(SETTINGS)
    orca.getSettingsManager().activate(preferences, SETTINGS)
    return orca.main()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
