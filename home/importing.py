"""What an import file says of the publisher goes to the site identity."""

from django.utils.translation import gettext as _
from wagtail.models import Locale

from newsroom.importing import Importer, SiteData

from .models import SiteIdentity

MAX_SHORT_NAME: int = SiteIdentity._meta.get_field("short_name").max_length  # type: ignore[union-attr,assignment]


class SiteImporter(Importer):
    def write_identity(self, site: SiteData) -> list[str]:
        """Store owner and first year in each language named. Returns notes on what to do by hand.

        An identity that exists keeps its names; only owner and year are replaced.
        """
        notes = []
        for code, owner in site.owners.items():
            locale = Locale.objects.filter(language_code=code).first()
            if locale is None:
                continue
            identity = SiteIdentity.objects.filter(locale=locale).first()
            if identity is None:
                identity = self._new_identity(owner, locale)
                notes.append(
                    _("site: the identity “%(name)s” is new; complete it in the admin")
                    % {"name": owner}
                )
            identity.copyright_owner = owner
            if site.copyright_year:
                identity.first_year = site.copyright_year
            elif identity.first_year is None:
                notes.append(_("site: give copyright_year too, or the owner cannot be stored"))
                continue
            identity.save()
        if site.copyright_year and not site.owners:
            SiteIdentity.objects.update(first_year=site.copyright_year)
        linked = {
            link.value["platform"]
            for identity in SiteIdentity.objects.all()
            for link in identity.social_links
        }
        if missing := [platform for platform in site.social if platform not in linked]:
            notes.append(
                _("site: the file gives no address for %(platforms)s; add it in the admin")
                % {"platforms": ", ".join(missing)}
            )
        return notes

    def _new_identity(self, owner: str, locale: Locale) -> SiteIdentity:
        identity = SiteIdentity(locale=locale, name=owner)
        # No name is ever cut.
        if len(owner) <= MAX_SHORT_NAME:
            identity.short_name = owner
        sibling = SiteIdentity.objects.exclude(locale=locale).first()
        if sibling:
            identity.translation_key = sibling.translation_key
        return identity
