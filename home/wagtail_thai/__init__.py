"""Wagtail's own words in the Thai of a public office.

Only a catalogue. It stands behind this site's rooms and before Wagtail in INSTALLED_APPS, so that
it puts right what Wagtail says, and nothing that the rooms say.
"""
