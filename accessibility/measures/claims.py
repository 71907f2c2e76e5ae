"""What a policy claims of the technical measures, beside what was measured."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.blocks import StreamBlockValidationError, StreamValue
from wagtail.models import Site

from .measurement import Measurement, measure

if TYPE_CHECKING:
    from wagtail.admin.forms import WagtailAdminPageForm

CODE = "claim-differs"


def differences(measures: StreamValue, measured: Measurement) -> dict[int, list[str]]:
    """What is claimed and is not so: sentences by the number of the block."""
    found = {
        number: list(claim.block.differences(claim.value, measured))
        for number, claim in enumerate(measures)
    }
    return {number: sentences for number, sentences in found.items() if sentences}


def site_of_form(form: "WagtailAdminPageForm") -> Site | None:
    """The site of the page that is being edited, or will be created."""
    page = form.instance if form.instance.pk else form.parent_page
    return page.get_site() if page else None


def refuse_differences(form: "WagtailAdminPageForm") -> None:
    """Mark each claim that the site does not keep as an error of the form."""
    claims: Any = form.instance.measures
    if not claims:
        return
    site = site_of_form(form)
    measured = measure(site) if site else None
    if measured is None:
        form.add_error(
            "measures",
            ValidationError(
                _(
                    "What this server really does could not be measured, because its home page "
                    "does not answer. Publish the home page, or take the measures out."
                ),
                code=CODE,
            ),
        )
        return
    found = differences(claims, measured)
    if found:
        form.add_error(
            "measures",
            StreamBlockValidationError(
                block_errors={
                    number: ValidationError(sentences, code=CODE)
                    for number, sentences in found.items()
                }
            ),
        )
