"""What a content rule is, and what it finds.

Messages live in the rule itself, in Thai and English, and not in gettext catalogues: the rules are
pure Python that runs without Django's settings, and the very same words are sent to the browser as
JSON, where no catalogue of Django's reaches. One definition, one wording, everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypedDict

if TYPE_CHECKING:
    from .dom import Document, Element

Severity = Literal["error", "warning", "advice"]
#: From grave to slight. An error is a sure failure of WCAG 2.2 A or AA and stops publication; a
#: warning is a likely one; advice is good practice.
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "advice")


@dataclass(frozen=True, slots=True)
class Text:
    """One wording in each language that the rules speak."""

    en: str
    th: str

    def in_language(self, lang: str) -> str:
        """The Thai wording for `th` and its regional forms; English for every other language."""
        return self.th if lang.lower().split("-")[0] == "th" else self.en

    def as_dict(self) -> dict[str, str]:
        return {"en": self.en, "th": self.th}


_NOT_CHECKED = Text(
    en="This rule could not be checked, because it failed itself.",
    th="ไม่สามารถตรวจตามกฎข้อนี้ได้ เนื่องจากตัวกฎทำงานผิดพลาด",
)
_ASK = Text(
    en="Tell your administrator; the log says why.",
    th="โปรดแจ้งผู้ดูแลระบบ สาเหตุบันทึกไว้ในบันทึกของระบบ (log)",
)


@dataclass(frozen=True, slots=True)
class Example:
    """A piece of HTML that a rule accepts or complains about, and the language around it."""

    html: str
    lang: str = "th"


@dataclass(frozen=True, slots=True)
class Problem:
    """A place that breaks a rule, and the values that its message names."""

    element: Element
    values: Mapping[str, object] = field(default_factory=dict)
    #: The words themselves, where the whole element would be too much to show.
    excerpt: str = ""


class FindingDict(TypedDict):
    rule: str
    severity: Severity
    criterion: str
    lang: str
    selector: str
    excerpt: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One complaint about one place.

    `criterion` is the number of a WCAG 2.2 success criterion ("1.1.1"). `lang` is the language in
    force at the place (BCP 47, "" where unknown). `selector` finds the element with
    `querySelector` in the parsed document; a fragment is taken for the content of a `body`.
    `excerpt` is markup or text, cut to a line.
    """

    rule: str
    severity: Severity
    criterion: str
    lang: str
    selector: str
    excerpt: str
    message: str
    remedy: str

    def as_dict(self) -> FindingDict:
        return {
            "rule": self.rule,
            "severity": self.severity,
            "criterion": self.criterion,
            "lang": self.lang,
            "selector": self.selector,
            "excerpt": self.excerpt,
            "message": self.message,
            "remedy": self.remedy,
        }


class NotChecked(Finding):
    """Stands for a rule that failed itself: it has found nothing, and proves nothing."""

    __slots__ = ()


Check = Callable[["Document"], Iterable[Problem]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A content rule: its facts, its wording, examples that hold it to its word, its check."""

    id: str
    criterion: str
    severity: Severity
    name: Text
    message: Text
    remedy: Text
    passes: tuple[Example, ...]
    fails: tuple[Example, ...]
    check: Check

    def findings(
        self, document: Document, severity: Severity, message_lang: str
    ) -> Iterator[tuple[int, Finding]]:
        """The rule's complaints about a document, each with its element's place in the order."""
        message = self.message.in_language(message_lang)
        remedy = self.remedy.in_language(message_lang)
        for problem in self.check(document):
            element = problem.element
            values = {
                key: shorten(value, 80) if isinstance(value, str) else value
                for key, value in problem.values.items()
            }
            yield (
                element.order,
                Finding(
                    rule=self.id,
                    severity=severity,
                    criterion=self.criterion,
                    lang=element.lang,
                    selector=element.selector,
                    excerpt=shorten(problem.excerpt) or element.excerpt,
                    message=message.format_map(values),
                    remedy=remedy.format_map(values),
                ),
            )

    def not_checked(self, document: Document, message_lang: str) -> NotChecked:
        """The notice that the rule could not be checked: advice, which stops nothing."""
        return NotChecked(
            rule=self.id,
            severity="advice",
            criterion=self.criterion,
            lang=document.body.lang,
            selector=document.body.selector,
            excerpt="",
            message=_NOT_CHECKED.in_language(message_lang),
            remedy=_ASK.in_language(message_lang),
        )

    def as_dict(self) -> dict[str, Any]:
        """The rule as plain data, the shape in which it is sent to the browser."""
        return {
            "id": self.id,
            "criterion": self.criterion,
            "severity": self.severity,
            "name": self.name.as_dict(),
            "message": self.message.as_dict(),
            "remedy": self.remedy.as_dict(),
            "passes": [{"html": example.html, "lang": example.lang} for example in self.passes],
            "fails": [{"html": example.html, "lang": example.lang} for example in self.fails],
        }


def rule(
    id: str,
    *,
    criterion: str,
    severity: Severity,
    name: Text,
    message: Text,
    remedy: Text,
    passes: Iterable[Example | str],
    fails: Iterable[Example | str],
) -> Callable[[Check], Rule]:
    """Make a rule of the function below it. An example given as a string stands in Thai text."""

    def examples(given: Iterable[Example | str]) -> tuple[Example, ...]:
        return tuple(Example(item) if isinstance(item, str) else item for item in given)

    def decorate(check: Check) -> Rule:
        return Rule(
            id=id,
            criterion=criterion,
            severity=severity,
            name=name,
            message=message,
            remedy=remedy,
            passes=examples(passes),
            fails=examples(fails),
            check=check,
        )

    return decorate


def shorten(text: str, length: int = 160) -> str:
    """The text on one line, cut to `length` characters with an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"
