import os
import signal

# A worker of granian 2.8 that is told to stop while it loads the site would not hear it, serve on,
# and be killed with what it has counted. Nothing is under way before it serves, so it may just end.
signal_of_server = signal.signal(signal.SIGTERM, signal.SIG_DFL)

from django.core.wsgi import get_wsgi_application  # noqa: E402 (the import takes part of the time)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
signal.signal(signal.SIGTERM, signal_of_server)
