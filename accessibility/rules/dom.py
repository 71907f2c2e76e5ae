"""The parsed document that every rule reads, built once."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import attrgetter

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from . import styles
from .model import shorten
from .writing import words

#: Elements that begin and end a run of text. Everything else flows within a line.
BLOCKS = words(
    "address article aside blockquote body br caption center dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main "
    "menu nav ol optgroup option p pre search section select summary table tbody td tfoot th "
    "thead title tr ul"
)
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
#: Content that no reader meets. What lies in noscript exists only where scripts do not run.
_UNRENDERED = frozenset(("script", "style", "template", "noscript", "head"))
_NO_PROSE = words("code pre kbd samp var math svg textarea style script")
_UNDECLARED: dict[str, str] = {}
_VOID = words("area base br col embed hr img input link meta source track wbr")

_PAGE = re.compile(
    r"\ufeff?(?>\s+|<!--.*?-->|<\?[^>]*>|<(?:meta|link)\s[^>]*>)*"
    r"<(?:(?:!doctype|html|head|body|title)[\s>/]|meta\s[^>]*charset)",
    re.I | re.S,
)
_SIMPLE_ID = re.compile(r"[A-Za-z][\w-]*", re.A)
_SIMPLE_TAG = re.compile(r"[a-z][a-z0-9-]*")
#: The white space of HTML; a no-break space is text.
_SPACE = re.compile(r"[ \t\n\f\r]+")
_order = attrgetter("order")
#: Browsers nest some 512 elements at most: what lies deeper has no place of its own in them.
_DEEPEST = 500


def is_page(html: str) -> bool:
    """Whether this begins as a whole page does; else it is a fragment."""
    return bool(_PAGE.match(html))


def as_document(html: str) -> str:
    """What a parser must be given, so that the selectors of findings lead to what was found.

    It would move the beginning of some fragments into the head.
    """
    return html if is_page(html) else f"<body>{html}"


class Element:
    """An element of the document: tag, attributes, children in order (elements and strings)."""

    __slots__ = (
        "_declared",
        "_own_text",
        "_selector",
        "_text",
        "attributes",
        "children",
        "depth",
        "document",
        "end",
        "exposed",
        "lang",
        "order",
        "parent",
        "place",
        "position",
        "prose",
        "rendered",
        "tag",
    )

    def __init__(
        self,
        document: Document,
        tag: str,
        attributes: dict[str, str],
        parent: Element | None,
        position: int,
    ) -> None:
        self.document = document
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.children: list[Element | str] = []
        #: Place in document order, and among the element children of the parent (from 1).
        self.order = len(document.elements)
        self.position = position
        #: Place among all children of the parent, text included (from 0).
        self.place = len(parent.children) if parent else 0
        self.depth: int = parent.depth + 1 if parent else 0
        #: The order of the first element after this one that is not inside it.
        self.end = self.order + 1
        self._text: str | None = None
        self._own_text: str | None = None
        self._selector = ""
        self._declared: dict[str, str] | None = None
        #: The language in force here: that of the nearest `lang` (BCP 47).
        self.lang: str = attributes.get("lang", parent.lang if parent else document.lang).strip()
        hidden = "hidden" in attributes or tag in _UNRENDERED
        if not hidden and "style" in attributes:
            hidden = _is_hidden(self.inline_style)
        #: Whether anybody meets the element, and whether a screen reader does.
        self.rendered: bool = not hidden and (parent is None or parent.rendered)
        self.exposed: bool = (
            self.rendered
            and attributes.get("aria-hidden") != "true"
            and (parent is None or parent.exposed)
        )

        #: Whether its text is of a language: no code, and nothing that is not to be translated.
        self.prose: bool = (
            tag not in _NO_PROSE
            and attributes.get("translate") != "no"
            and (parent is None or parent.prose)
        )

    def get(self, name: str) -> str:
        """The attribute's value without outer space, "" where it is missing."""
        return self.attributes.get(name, "").strip()

    @property
    def inline_style(self) -> dict[str, str]:
        return styles.declarations(self.attributes.get("style", ""))

    @property
    def style(self) -> dict[str, str]:
        """The declarations known for this element: from its own `style` and from `<style>`."""
        declared = self._declared
        if declared is None:
            declared = self.document.sheet.get(self.order, _UNDECLARED)
            if "style" in self.attributes:
                declared = declared | self.inline_style
            self._declared = declared
        return declared

    @property
    def role(self) -> str:
        """The first token of the `role` attribute, in lower case."""
        tokens = self.attributes.get("role", "").lower().split()
        return tokens[0] if tokens else ""

    @property
    def ancestors(self) -> Iterator[Element]:
        element = self.parent
        while element is not None:
            yield element
            element = element.parent

    def closest(self, *tags: str) -> Element | None:
        """The nearest ancestor with one of the tags, or None."""
        if self.document.by_tag.keys().isdisjoint(tags):
            return None
        return next((element for element in self.ancestors if element.tag in tags), None)

    @property
    def element_children(self) -> list[Element]:
        return [child for child in self.children if isinstance(child, Element)]

    @property
    def descendants(self) -> list[Element]:
        """The elements inside, in document order."""
        return self.document.elements[self.order + 1 : self.end]

    def inside(self, *tags: str) -> list[Element]:
        """The descendants with one of the tags, in document order."""
        found: list[Element] = []
        for tag in tags:
            known = self.document.by_tag.get(tag, [])
            start, end = (bisect_left(known, at, key=_order) for at in (self.order + 1, self.end))
            found += known[start:end]
        return found if len(tags) == 1 else sorted(found, key=_order)

    @property
    def own_text(self) -> str:
        """The text that lies directly in the element, on one line."""
        if self._own_text is None:
            texts = (child for child in self.children if isinstance(child, str))
            self._own_text = squeeze(" ".join(texts))
        return self._own_text

    @property
    def text(self) -> str:
        """The rendered text inside, on one line; blocks are separated by a space."""
        if self._text is None:
            if self.rendered:
                written, places = self.document.written
                start, end = places[self.order]
                self._text = squeeze(written[start:end])
            else:
                self._text = squeeze("".join(c for c in self.children if isinstance(c, str)))
        return self._text

    def beside(self, step: int) -> Iterator[Element | str]:
        """What stands after (1) or before (-1) the element, nearest first, without white space."""
        row = self.parent.children if self.parent else []
        at = self.place + step
        while 0 <= at < len(row):
            item = row[at]
            if isinstance(item, Element) or _SPACE.sub("", item):
                yield item
            at += step

    def sibling(self, step: int) -> Element | None:
        """The next (1) or previous (-1) element, or None at the edge or when text lies between."""
        found = next(self.beside(step), None)
        return found if isinstance(found, Element) else None

    @property
    def heading_level(self) -> int:
        """1 to 6 (or more by aria-level) for a heading, 0 for anything else."""
        if self.tag in HEADINGS and self.role in ("", "heading"):
            level = int(self.tag[1])
        elif self.role == "heading":
            level = 2  # The default of the role heading in ARIA 1.2.
        else:
            return 0
        stated = self.get("aria-level")
        return int(stated) if re.fullmatch("[1-9]", stated) else level

    @property
    def selector(self) -> str:
        """A CSS selector that `querySelector` resolves to this element.

        It starts at the nearest id that is unique; compared without case, because a document
        without a doctype is in quirks mode, where ids match so. What lies deeper than browsers
        nest is looked for in its deepest ancestor that does not.
        """
        unknown: list[Element] = []
        element: Element | None = self
        while element is not None and not element._selector:
            unknown.append(element)
            element = element.parent
        for element in reversed(unknown):
            element._selector = element._select()
        return self._selector

    def _select(self) -> str:
        around = self.parent
        if around is None or self.tag in ("body", "head"):
            return self.tag
        if self.depth > _DEEPEST:
            return around.selector
        id = self.attributes.get("id", "")
        if _SIMPLE_ID.fullmatch(id) and self.document.id_count[id.lower()] == 1:
            return f"#{id}"
        tag = self.tag if _SIMPLE_TAG.fullmatch(self.tag) else "*"
        return f"{around.selector} > {tag}:nth-child({self.position})"

    @property
    def excerpt(self) -> str:
        """The start tag and the text inside, cut to a line."""
        attributes = "".join(
            f' {name}="{value}"' if value else f" {name}" for name, value in self.attributes.items()
        )
        end = "" if self.tag in _VOID else f"{shorten(self.text, 80)}</{self.tag}>"
        return shorten(f"<{shorten(f'{self.tag}{attributes}', 110)}>{end}")


@dataclass(frozen=True, slots=True)
class TextRun:
    """Unbroken text of one language in one block: what a voice would say in one breath."""

    element: Element
    text: str
    #: Whether the run is all the text of its block.
    whole: bool


class Document:
    """HTML as rules see it.

    `page` tells a whole page from a fragment; rules about pages keep silent on fragments. Where it
    is not given, a doctype, a tag html, head or body, or a title or charset at the beginning
    decides.
    """

    def __init__(self, html: str, lang: str = "", page: bool | None = None) -> None:
        self.page = is_page(html) if page is None else page
        source = as_document(html)
        self.lang = lang
        self.elements: list[Element] = []
        self.by_tag: dict[str, list[Element]] = {}
        self.by_attribute: dict[str, list[Element]] = {}
        self.ids: dict[str, Element] = {}
        #: What `names.name` has found, by the element's order.
        self.names: dict[int, str] = {}
        #: How often an id occurs, compared without case.
        self.id_count: dict[str, int] = {}
        # A lone surrogate cannot be encoded, and no page can hold one.
        self._parser = LexborHTMLParser(source.encode("utf-8", "replace"))
        self._by_node: dict[int, Element] = {}
        root = self._parser.root
        assert root is not None, "an HTML parser makes a root of any input"  # noqa: S101
        self.root = self._build(root)
        for element in reversed(self.elements):
            if element.parent is not None:
                element.parent.end = max(element.parent.end, element.end)
        self._hide()

    def _build(self, node: LexborNode) -> Element:
        root = self._element(node, None, 1)
        stack = [(root, node.first_child, 0)]
        while stack:
            parent, child, position = stack.pop()
            while child is not None:
                if child.is_text_node:
                    parent.children.append(child.text_content or "")
                elif child.is_element_node:
                    position += 1
                    element = self._element(child, parent, position)
                    parent.children.append(element)
                    first = child.first_child
                    if first is not None:
                        # Go down first, so that `elements` is in document order.
                        stack.append((parent, child.next, position))
                        stack.append((element, first, 0))
                        break
                child = child.next
        return root

    def _element(self, node: LexborNode, parent: Element | None, position: int) -> Element:
        attributes = {name: value or "" for name, value in node.attributes.items()}
        element = Element(self, node.tag or "", attributes, parent, position)
        self.elements.append(element)
        self._by_node[node.mem_id] = element
        self.by_tag.setdefault(element.tag, []).append(element)
        for attribute in attributes:
            self.by_attribute.setdefault(attribute, []).append(element)
        id = attributes.get("id")
        if id:
            self.ids.setdefault(id, element)
            self.id_count[id.lower()] = self.id_count.get(id.lower(), 0) + 1
        return element

    def _hide(self) -> None:
        """Take what `<style>` always hides for what nobody meets."""
        for order in self.sheet:
            element = self.elements[order]
            shown_at_times = self.at_times.get(order, set()) & {"display", "visibility"}
            if element.rendered and not shown_at_times and _is_hidden(element.style):
                for inner in (element, *element.descendants):
                    inner.rendered = inner.exposed = False

    def all(self, *tags: str) -> list[Element]:
        """Elements with one of the tags that a screen reader meets, in document order."""
        return in_order(element for tag in tags for element in self.by_tag.get(tag, ()))

    def having(self, *attributes: str) -> list[Element]:
        """Elements with one of the attributes that a screen reader meets, in document order."""
        found = (e for attribute in attributes for e in self.by_attribute.get(attribute, ()))
        return in_order(found)

    @cached_property
    def styled(self) -> list[Element]:
        """The elements with known declarations of style that a screen reader meets."""
        declared = [self.elements[order] for order in self.sheet]
        return in_order([*declared, *self.by_attribute.get("style", ())])

    @cached_property
    def body(self) -> Element:
        """The body; the root in a document of frames."""
        return next(iter(self.by_tag.get("body", ())), self.root)

    @cached_property
    def headings(self) -> list[Element]:
        candidates = [*self.all(*HEADINGS), *self.having("role")]
        return [element for element in in_order(candidates) if element.heading_level]

    @cached_property
    def links(self) -> list[Element]:
        return [element for element in self.all("a", "area") if "href" in element.attributes]

    @cached_property
    def labels(self) -> dict[str, list[Element]]:
        """The label elements by the id that they point at; one that is hidden names it as well."""
        found: dict[str, list[Element]] = {}
        for label in self.by_tag.get("label", ()):
            found.setdefault(label.get("for"), []).append(label)
        return found

    @cached_property
    def sheet(self) -> dict[int, dict[str, str]]:
        """What `<style>` declares for each element, by its order."""
        found: dict[int, list[tuple[styles.Weight, str, str]]] = {}
        for weight, selector, block in styles.matchable(self.style_rules):
            for element in self._matched(selector):
                found.setdefault(element.order, []).extend(
                    (weight, name, value) for name, value in block.items()
                )
        return {
            order: {name: value for _, name, value in sorted(entries)}
            for order, entries in found.items()
        }

    @cached_property
    def at_times(self) -> dict[int, set[str]]:
        """The properties that `<style>` sets at times only, for each element, by its order."""
        found: dict[int, set[str]] = {}
        rules = [
            rule for order, css in self._sheets for rule in styles.conditional_rules(css, order)
        ]
        for _, selector, block in styles.matchable(rules):
            for element in self._matched(selector):
                found.setdefault(element.order, set()).update(block)
        return found

    def _matched(self, selector: str) -> list[Element]:
        try:
            nodes = self._parser.css(selector)
        except SelectolaxError:
            # No selector: browsers, too, pass over its rule.
            return []
        return [self._by_node[node.mem_id] for node in nodes if node.mem_id in self._by_node]

    @cached_property
    def style_rules(self) -> list[styles.StyleRule]:
        return [rule for order, css in self._sheets for rule in styles.style_rules(css, order)]

    @cached_property
    def _sheets(self) -> list[tuple[int, str]]:
        return [
            (element.order, "".join(child for child in element.children if isinstance(child, str)))
            for element in self.by_tag.get("style", ())
        ]

    @cached_property
    def styles_complete(self) -> bool:
        """Whether all CSS is in the page itself: what is not declared is the default."""
        imports = any("@import" in element.own_text for element in self.by_tag.get("style", ()))
        links = any("stylesheet" in link.get("rel").lower() for link in self.by_tag.get("link", ()))
        return self.page and not imports and not links

    @cached_property
    def written(self) -> tuple[str, dict[int, tuple[int, int]]]:
        """The rendered text, blocks set apart by spaces, and each element's place in it."""
        parts: list[str] = []
        at = 0
        places: dict[int, tuple[int, int]] = {}
        stack: list[Element | str | tuple[int, int]] = [self.root]
        while stack:
            item = stack.pop()
            if isinstance(item, str):
                parts.append(item)
                at += len(item)
            elif isinstance(item, tuple):
                order, start = item
                places[order] = (start, at)
            elif item.rendered:
                if item.tag in BLOCKS:
                    parts.append(" ")
                    at += 1
                    stack.append(" ")
                stack.append((item.order, at))
                stack.extend(item.children[::-1])
        return "".join(parts), places

    @cached_property
    def runs(self) -> list[TextRun]:
        """The rendered text, broken where a block or another language begins."""
        runs: list[TextRun] = []
        pieces: list[tuple[Element, str]] = []

        def flush() -> None:
            languages = [list(part) for _, part in groupby(pieces, lambda piece: piece[0].lang)]
            for part in languages:
                text = squeeze("".join(text for _, text in part))
                if text:
                    element = _common([element for element, _ in part])
                    runs.append(TextRun(element, text, len(languages) == 1))
            pieces.clear()

        stack: list[Element | tuple[Element, str] | None] = [self.body]
        while stack:
            item = stack.pop()
            if item is None:
                flush()
            elif isinstance(item, tuple):
                pieces.append(item)
            elif item.exposed:
                if item.tag in BLOCKS:
                    flush()
                    stack.append(None)
                for child in reversed(item.children):
                    stack.append(child if isinstance(child, Element) else (item, child))
        return runs


def _is_hidden(style: dict[str, str]) -> bool:
    return style.get("display") == "none" or style.get("visibility") == "hidden"


def in_order(elements: Iterable[Element]) -> list[Element]:
    """Those that a screen reader meets, each once and in document order."""
    found = {element.order: element for element in elements if element.exposed}
    return [found[order] for order in sorted(found)]


def _common(elements: list[Element]) -> Element:
    """The innermost element that holds all the others."""
    first = elements[0]
    if all(element is first for element in elements):
        return first
    shared = [first, *first.ancestors]
    for element in elements[1:]:
        line = {id(ancestor) for ancestor in (element, *element.ancestors)}
        shared = [ancestor for ancestor in shared if id(ancestor) in line]
    return shared[0]


def squeeze(text: str) -> str:
    """The text with every white space made one space, none at its ends."""
    return " ".join(text.split())
