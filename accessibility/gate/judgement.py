"""What the content rules find in what editors have written on a page."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

from django.utils.html import escape
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from selectolax.lexbor import LexborHTMLParser, LexborNode
from wagtail.models import Page

from .. import conf
from ..rules import SEVERITIES, Finding
from ..rules.dom import as_document
from ..ruleset import site_rules
from .content import Part, parts, serve

#: Written by templates around what another page says, such as its title and introduction in a list.
#: It is judged there, where it can be mended.
LISTED = "data-accessibility-listed"

#: Characters from which on a text is not found in another by chance.
TELLING = 12

Identity = tuple[str | None, frozenset[tuple[str, str | None]], str]


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the form a finding can be mended: a field, and the number of a block in it."""

    field: str
    block: int | None = None


@dataclass(frozen=True)
class Judgement:
    """The findings of a page, worded in the language that was active.

    places: of the errors that could be traced to a field, by their number in `errors`
    """

    findings: tuple[Finding, ...] = ()
    places: Mapping[int, Place] = field(default_factory=dict)

    @cached_property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity == "error")

    @property
    def counts(self) -> dict[str, int]:
        """How many findings there are of each severity that occurs."""
        found = [finding.severity for finding in self.findings]
        return {severity: found.count(severity) for severity in SEVERITIES if severity in found}


def judge(page: Page, parent: Page | None = None) -> Judgement:
    """What the rules of this site find in the content of a page, as readers would get it.

    The page must be specific; it need not be saved. One that is not in the tree yet stands below
    `parent`. Where no HTML is served, as on a headless site, its fields are judged alone.
    """
    language = page.locale.language_code
    check = partial(site_rules().check, lang=language, message_lang=get_language() or "en")
    served = serve(page, parent)
    if served.html is None:
        html = "\n".join(_paragraph(part) for part in parts(page, served.context))
    else:
        html = served.html
    found = _in_content(check(html), html)
    errors = [(finding, node) for finding, node in found if finding.severity == "error"]
    places = dict(_places(errors, parts(page, served.context))) if errors else {}
    findings = [finding for finding, _node in found]
    if served.html is not None and page.seo_title:
        # It stands outside of what is content by the templates, among words that are theirs.
        in_title = [replace(finding, selector="title") for finding in check(escape(page.seo_title))]
        findings += in_title
        errors_in_title = [finding for finding in in_title if finding.severity == "error"]
        for number, _finding in enumerate(errors_in_title, start=len(errors)):
            places[number] = Place("seo_title")
    return Judgement(tuple(findings), places)


def _paragraph(part: Part) -> str:
    return part.html if part.is_markup else f"<p>{part.html}</p>"


def _in_content(findings: Iterable[Finding], html: str) -> list[tuple[Finding, LexborNode | None]]:
    """The findings in what editors have written here, each with its element."""
    if not findings:
        return []
    document = LexborHTMLParser(as_document(html))
    roots = document.css(conf.gate_content()) or document.css("body > *")
    content = {node.mem_id for node in roots}
    in_content = []
    for finding in findings:
        node = document.css_first(finding.selector)
        line = list(_line(node))
        is_listed = any(LISTED in ancestor.attributes for ancestor in line)
        if not is_listed and not content.isdisjoint(ancestor.mem_id for ancestor in line):
            in_content.append((finding, node))
    return in_content


def summary(counts: Mapping[str, int]) -> str:
    """ "Accessibility: 2 errors, 1 warning", for logs and panels."""
    words = []
    if errors := counts.get("error"):
        words.append(ngettext("%(count)d error", "%(count)d errors", errors) % {"count": errors})
    if warnings := counts.get("warning"):
        words.append(
            ngettext("%(count)d warning", "%(count)d warnings", warnings) % {"count": warnings}
        )
    return _("Accessibility: %(findings)s") % {"findings": ", ".join(words) or _("no errors")}


def _line(node: LexborNode | None) -> Iterator[LexborNode]:
    """The node and its ancestors."""
    while node is not None:
        yield node
        node = node.parent


def _places(
    errors: list[tuple[Finding, LexborNode | None]], candidates: Iterable[Part]
) -> Iterator[tuple[int, Place]]:
    """Trace the elements to the parts that they were made of; the first that fits counts."""
    wanted = {
        number: (finding, _identity(node))
        for number, (finding, node) in enumerate(errors)
        if node is not None
    }
    plain: list[tuple[Part, str]] = []
    for part in candidates:
        if not wanted:
            return
        document = LexborHTMLParser(f"<body>{part.html}")
        if part.is_markup:
            held = {_identity(node) for node in document.css("body *")}
            found = [number for number, (_, identity) in wanted.items() if identity in held]
        else:
            text = _text(document.body)
            plain.append((part, text))
            found = [number for number, (_, identity) in wanted.items() if _shows(identity, text)]
        for number in found:
            del wanted[number]
            yield number, Place(part.field, part.block)
    for number, (finding, identity) in wanted.items():
        holder = next((part for part, text in plain if _shares(finding, identity, text)), None)
        if holder:
            yield number, Place(holder.field, holder.block)


def _identity(node: LexborNode) -> Identity:
    """An element as it looks wherever it stands: its tag, its attributes and its text."""
    return node.tag, frozenset(node.attributes.items()), _text(node)


def _shows(identity: Identity, text: str) -> bool:
    """Whether the element was made of a plain text, as its content or as an alternative."""
    _tag, attributes, content = identity
    return text in (content, dict(attributes).get("alt"))


def _shares(finding: Finding, identity: Identity, text: str) -> bool:
    """Whether a plain text is the faulty one of those that a template put into one element."""
    _tag, _attributes, content = identity
    quoted = finding.excerpt.removesuffix("…")
    if quoted.startswith("<"):
        return len(text) >= TELLING and text in content
    return quoted in text


def _text(node: LexborNode | None) -> str:
    return " ".join(node.text(separator=" ").split()) if node is not None else ""
