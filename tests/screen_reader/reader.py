"""A person who listens to a page: Orca over a real Chromium with a window."""

import json
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from .desktop import Desktop

ORCA = Path(__file__).with_name("silent_orca.py")
CHROMIUM = (
    *("chromium", "--no-sandbox", "--test-type", "--force-renderer-accessibility"),
    *("--no-first-run", "--disable-gpu", "--disable-background-networking", "--disable-sync"),
    *("--disable-component-update", "--window-size=1600,1200", "--window-position=0,0"),
    # The site counts no views of robots, so its counts stay as they are.
    "--user-agent=HeadlessChrome",
)
PATIENCE = 40  # seconds for the first phrase, on a machine that does other work as well
SILENCE = 0.5  # seconds without a phrase, after which nothing more is said
SILENCE_AFTER_LOADING = 2.0
#: What Orca says behind the last heading, landmark and link.
ENDS = ("No more headings.", "No landmark found.", "No more links.")
LONGEST_LIST = 100  # headings, landmarks, links or stops of the Tab key


class ReaderDiedError(Exception):
    """Orca, or something that it stands on, ended or fell silent: that is not the page's fault."""


class ScreenReader:
    """Reads pages on a desktop. Orca speaks English role words, whatever language a page has."""

    def __init__(self, desktop: Desktop) -> None:
        self.desktop = desktop
        self.phrases = desktop.directory / "phrases.txt"
        self.phrases.touch()
        self.heard = 0
        # The system's Python has Orca; that of the tests has not.
        preferences = desktop.directory / "orca"
        desktop.start("/usr/bin/python3", str(ORCA), str(preferences), str(self.phrases))
        self._listen()

    def open(self, url: str) -> list[str]:
        """Open a page in a window; returns what is said meanwhile, in an order of chance."""
        profile = self.desktop.directory / "chromium"
        (profile / "Default").mkdir(parents=True)
        preferences = {"translate": {"enabled": False}}
        (profile / "Default" / "Preferences").write_text(json.dumps(preferences))
        self.desktop.start(*CHROMIUM, f"--user-data-dir={profile}", f"--app={url}")
        said: list[str] = []
        while not any(phrase.startswith("Finished loading") for phrase in said):
            said += self._listen(SILENCE_AFTER_LOADING)
        return said

    def press(self, key: str) -> list[str]:
        """Press a key, as xdotool names it, and return what is said then."""
        try:
            self.desktop.run("xdotool", "key", key)
        except subprocess.SubprocessError as error:
            raise ReaderDiedError(f"{key} could not be pressed: {error}") from error
        try:
            return self._listen()
        except ReaderDiedError as error:
            error.add_note(f"The last key was {key}.")
            raise

    def list_all(self, key: str) -> list[str]:
        """Press a key of structural navigation from the top on, until there is nothing more."""
        self.press("ctrl+Home")
        return self._press_until(key, lambda phrase: phrase in ENDS)

    def tab_around(self) -> list[str]:
        """Press Tab from the top on, until it comes back to where it began."""
        first = self.press("ctrl+Home")[-1]
        said = self._press_until("Tab", lambda phrase: phrase == first)
        # What is left behind on the way back to the top is said only sometimes.
        while said[-1] == first or said[-1].startswith("leaving") or said[-1].endswith("web."):
            said.pop()
        return [first, *said, first]

    def tab_to(self, name: str) -> None:
        """Press Tab from the top on, until something is said that begins with `name`."""
        self.press("ctrl+Home")
        self._press_until("Tab", lambda phrase: phrase.startswith(name))

    def _press_until(self, key: str, is_end: Callable[[str], bool]) -> list[str]:
        said: list[str] = []
        for _ in range(LONGEST_LIST):
            new = self.press(key)
            said += new
            if any(map(is_end, new)):
                return said
        raise AssertionError(f"{key} was pressed {LONGEST_LIST} times without an end: {said}")

    def _listen(self, silence: float = SILENCE) -> list[str]:
        """Wait for a phrase, then for silence, and return what was said."""
        known = self.heard
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            said = self._all_phrases()
            if len(said) > known:
                known, deadline = len(said), time.monotonic() + silence
            for process in self.desktop.processes:
                if process.poll() is not None:
                    raise ReaderDiedError(f"{process.args} ended with {process.returncode}.")
            time.sleep(0.02)  # a file tells nobody that it grows
        new, self.heard = self._all_phrases()[self.heard : known], known
        if not new:
            raise ReaderDiedError(f"Nothing was said for {PATIENCE} seconds.")
        return new

    def _all_phrases(self) -> list[str]:
        """The phrases that are written whole and are not blank."""
        lines = self.phrases.read_text(encoding="utf-8").split("\n")[:-1]
        return [line for line in lines if line]
