import re
from datetime import datetime, timedelta
from urllib.parse import unquote

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Site

# RFC 3986: a letter that stands for itself (2.3) or percent-encoded (2.1), and then what a path and
# a query may hold beside (3.3, 3.4).
_LETTER = r"[A-Za-z0-9._~-]|%[0-9A-Fa-f]{2}"
_IN_PATH = rf"(?:{_LETTER}|[!$&'()*+,;=:@/])"
_IN_QUERY = rf"(?:{_IN_PATH}|\?)"
_WEB_ADDRESS = re.compile(
    r"https://(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]+)?"
    rf"(?:/{_IN_PATH}*)?(?:\?{_IN_QUERY}*)?(?:#{_IN_QUERY}*)?",
    re.IGNORECASE,
)
#: RFC 6068, 2: addresses, and fields of the mail such as its subject.
_IN_MAIL = rf"(?:{_LETTER}|[!$'()*+,;:@])"
_MAIL_ADDRESS = re.compile(
    rf"(?P<to>(?:{_IN_MAIL}|[&=/])+)(?:\?{_IN_MAIL}*={_IN_MAIL}*(?:&{_IN_MAIL}*={_IN_MAIL}*)*)?"
)
#: RFC 3966, 3: a global number, with visual separators, and parameters such as an extension.
_TELEPHONE = re.compile(
    r"\+[().-]*[0-9][0-9().-]*"
    rf"(?:;[A-Za-z0-9-]+(?:=(?:{_LETTER}|[!*'()/:&+$])+)?)*"
)
#: RFC 9116, 2.5.4: a key in the DNS (RFC 4501), or a mere fingerprint.
_KEY = re.compile(
    r"dns:(?://[A-Za-z0-9.-]+(?::[0-9]+)?/)?(?:[A-Za-z0-9._~-]|%[0-9A-Fa-f]{2})+\?type=OPENPGPKEY"
    r"|openpgp4fpr:[0-9A-Fa-f]{32,64}",
    re.IGNORECASE,  # gpg and QR codes write schemes in capitals
)

_is_web_address = URLValidator(schemes=["https"])
_is_mail_address = EmailValidator()


def _is_valid(uri: str) -> bool:
    scheme, _colon, rest = uri.partition(":")
    try:
        match scheme.lower():
            case "https":
                _is_web_address(uri)
                return bool(_WEB_ADDRESS.fullmatch(uri))
            case "mailto":
                return _is_mail(rest)
            case "tel":
                return bool(_TELEPHONE.fullmatch(rest))
            case _:
                return False
    except ValidationError:
        return False


def _is_mail(rest: str) -> bool:
    """Say whether this is what follows `mailto:`. Raises ValidationError for other addresses."""
    parts = _MAIL_ADDRESS.fullmatch(rest)
    if parts is None:
        return False
    for encoded in parts["to"].split(","):
        address = unquote(encoded)
        _is_mail_address(address)
        if not (address.isascii() and address.isprintable()):
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
    if not (_KEY.fullmatch(uri) or (uri.startswith("https:") and _is_valid(uri))):
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
