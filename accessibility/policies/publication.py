"""Every published version of a policy is kept."""

from typing import Any

from django.utils import timezone

from ..models import AbstractPolicyPage


def keep_published_version(
    instance: AbstractPolicyPage, alias: bool = False, **kwargs: Any
) -> None:
    """Keep what has just been published. Receives `page_published`.

    The same number as before corrects that version; a new number is a new version, and takes the
    place of those that were to come into force on its day or after it.
    """
    if alias or not isinstance(instance, AbstractPolicyPage) or not instance.live:
        return
    known = instance.newest_version
    content, facts = instance.serializable_data(), instance.facts_of_today()
    if known is None or known.version != instance.version:
        instance.policy_versions.filter(
            effective_date__gt=timezone.localdate(), effective_date__gte=instance.effective_date
        ).delete()
        instance.policy_versions.create(
            version=instance.version,
            effective_date=instance.effective_date,
            content=content,
            facts=facts,
        )
        return
    if known.content_page(instance).binding_text() != instance.binding_text():
        known.corrected_at = timezone.now()
    known.effective_date = instance.effective_date
    known.content = content
    known.facts = facts
    known.save()
