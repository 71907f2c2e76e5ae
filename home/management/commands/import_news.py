from home.importing import SiteImporter
from newsroom.management.commands import import_news


class Command(import_news.Command):
    """As the newsroom's command of this name, and keeps the identity of the site too."""

    importer_class = SiteImporter
