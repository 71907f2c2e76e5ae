"""What only a browser can find: axe-core, and checks of our own, in a real Chromium.

Playwright is imported when a browser is started, never before: it is an extra of the package.
"""
