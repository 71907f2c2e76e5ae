import re
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Site

#: RFC 3966, 3: a global number, with visual separators.
_TELEPHONE = re.compile(r"\+[0-9][0-9().-]*\Z")
#: RFC 9116, 2.5.4: a key in the DNS, or a mere fingerprint.
_KEY = re.compile(r"(dns:[!-~]+\?type=OPENPGPKEY|openpgp4fpr:[0-9A-Fa-f]{32,64})\Z")

_is_web_address = URLValidator(schemes=["https"])
_is_mail_address = EmailValidator()


def _is_valid(uri: str) -> bool:
    # The file is ASCII: other letters are percent-encoded (RFC 3986, 2.1).
    if not uri.isascii():
        return False
    scheme, _colon, rest = uri.partition(":")
    try:
        match scheme.lower():
            case "https":
                _is_web_address(uri)
            case "mailto":
                _is_mail_address(rest)
            case "tel":
                return bool(_TELEPHONE.match(rest))
            case _:
                return False
    except ValidationError:
        return False
    return True


def validate_contact(uri: str) -> None:
    """Raise ValidationError for what is no web, mail or telephone address (RFC 9116, 2.5.3)."""
    if not _is_valid(uri):
        raise ValidationError(
            _(
                "“%(value)s” is no address for reports. Write one such as "
                "https://www.example.org/report, mailto:security@example.org or tel:+66-2-000-1000."
            ),
            params={"value": uri},
        )


def validate_web_address(uri: str) -> None:
    """Raise ValidationError unless it is an https: address in ASCII."""
    if not (uri.startswith("https:") and _is_valid(uri)):
        raise ValidationError(
            _(
                "“%(value)s” is no https: address in plain letters. Copy it from the address bar "
                "of a browser."
            ),
            params={"value": uri},
        )


def validate_key(uri: str) -> None:
    """Raise ValidationError unless it is https:, dns: or openpgp4fpr: (RFC 9116, 2.5.4)."""
    if not (_KEY.match(uri) or (uri.startswith("https:") and _is_valid(uri))):
        raise ValidationError(
            _(
                "“%(value)s” is no address of a key. Write one that begins with https:, "
                "openpgp4fpr: or dns:, such as https://www.example.org/pgp-key.txt."
            ),
            params={"value": uri},
        )


def validate_not_past(moment: datetime) -> None:
    """A file that has expired may not be used (RFC 9116, 2.5.5)."""
    if moment <= timezone.now():
        raise ValidationError(_("This moment is past. Choose one to come, within a year."))


def in_a_year() -> datetime:
    """The latest expiry that RFC 9116 recommends, to the minute."""
    return (timezone.now() + timedelta(days=365)).replace(second=0, microsecond=0)


class SecurityTxt(models.Model):
    """What /.well-known/security.txt of a site says (RFC 9116), beside what is known anyhow.

    The languages, the address of the file and of the security policies need not be entered.
    """

    site = models.OneToOneField(
        Site,
        on_delete=models.CASCADE,
        related_name="security_txt",
        verbose_name=gettext_lazy("site"),
    )
    contacts = models.TextField(
        gettext_lazy("where to report vulnerabilities"),
        help_text=gettext_lazy(
            "One address in each line, the one that you prefer first: https://…, mailto:… or tel:+…"
        ),
    )
    expires = models.DateTimeField(
        gettext_lazy("expires"),
        default=in_a_year,
        validators=[validate_not_past],
        help_text=gettext_lazy(
            "From then on the file is not served. At most a year from now; confirm the rest when "
            "you renew it."
        ),
    )
    encryption = models.CharField(
        gettext_lazy("key for encryption"),
        max_length=500,
        blank=True,
        validators=[validate_key],
        help_text=gettext_lazy("Where the OpenPGP key for encrypted reports lies."),
    )
    acknowledgments = models.URLField(
        gettext_lazy("acknowledgments"),
        blank=True,
        validators=[validate_web_address],
        help_text=gettext_lazy("A page that thanks those who have reported something."),
    )
    hiring = models.URLField(
        gettext_lazy("security jobs"), blank=True, validators=[validate_web_address]
    )
    signature = models.TextField(
        gettext_lazy("signed text"),
        blank=True,
        help_text=gettext_lazy(
            "Optional: save, sign the text shown above with “gpg --clearsign”, and paste the "
            "whole result."
        ),
    )

    class Meta:
        verbose_name = "security.txt"
        verbose_name_plural = "security.txt"
        ordering = ["site__hostname"]

    def __str__(self) -> str:
        return f"security.txt – {self.site}"

    @property
    def contact_list(self) -> list[str]:
        return [line.strip() for line in self.contacts.splitlines() if line.strip()]

    @property
    def is_expired(self) -> bool:
        return self.expires <= timezone.now()

    def expires_within(self, days: int) -> bool:
        return self.expires <= timezone.now() + timedelta(days=days)

    def clean_fields(self, exclude: object = None) -> None:
        # What people paste has the line ends of their system.
        self.contacts = "\n".join(self.contact_list)
        super().clean_fields(exclude=exclude)  # type: ignore[arg-type]

    def clean(self) -> None:
        errors = []
        for contact in self.contact_list:
            try:
                validate_contact(contact)
            except ValidationError as error:
                errors.append(error)
        if errors:
            raise ValidationError({"contacts": errors})
