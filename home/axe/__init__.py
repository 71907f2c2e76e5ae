"""django-axe for developers: every page is checked by axe-core, and one report lists the findings.

Only its script is used. Its own addresses let anyone write and delete, and its report fails on
nested targets, so storing and showing are done here. Without DEBUG nothing of this is reachable.
"""
