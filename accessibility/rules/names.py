"""Accessible names, as far as HTML alone can tell them (W3C "Accessible Name and Description")."""

from __future__ import annotations

from .dom import BLOCKS, Element, squeeze
from .writing import words

#: Input types that are buttons, and those that ask the reader for nothing.
BUTTON_TYPES = frozenset(("submit", "reset", "button", "image"))
_DEFAULT_BUTTON_TEXT = {"submit": "Submit", "reset": "Reset"}
#: Elements named by an element child of their own.
_NAMED_BY_CHILD = {"table": "caption", "figure": "figcaption", "fieldset": "legend", "svg": "title"}
_NAMED_BY_CONTENT = words(
    "a button caption figcaption h1 h2 h3 h4 h5 h6 label legend option summary td th"
)
_ROLES_NAMED_BY_CONTENT = words(
    "button checkbox cell columnheader gridcell heading link menuitem menuitemcheckbox "
    "menuitemradio option radio row rowheader switch tab tooltip treeitem"
)


def name(element: Element) -> str:
    """The accessible name on one line, "" where there is none."""
    known = element.document.names
    if element.order not in known:
        known[element.order] = _name(element)
    return known[element.order]


def _name(element: Element) -> str:
    return (
        _referenced(element, "aria-labelledby")
        or squeeze(element.get("aria-label"))
        or _native(element)
        or _by_content(element)
        or squeeze(element.get("title") or element.get("placeholder"))
    )


def description(element: Element) -> str:
    """The accessible description: aria-describedby, aria-description, or a title beside a name."""
    return _referenced(element, "aria-describedby") or squeeze(
        element.get("aria-description") or element.get("title")
    )


def content(element: Element) -> str:
    """The name that an element's content gives it: its text and its images' alternatives.

    What is hidden from assistive technology is left out.
    """
    parts: list[str] = []
    stack: list[Element | str] = element.children[::-1]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            parts.append(item)
        elif item.exposed:
            given = squeeze(item.get("aria-label")) or _native(item)
            if given:
                parts.append(f" {given} " if item.tag in BLOCKS else given)
            else:
                if item.tag in BLOCKS:
                    parts.append(" ")
                    stack.append(" ")
                stack.extend(item.children[::-1])
    return squeeze("".join(parts))


def labels(field: Element) -> list[Element]:
    """The label elements of a form field: around it, or pointing at its id."""
    around = field.closest("label")
    id = field.get("id")
    pointing = field.document.labels.get(id, []) if id else []
    return ([around] if around is not None and around not in pointing else []) + pointing


def _referenced(element: Element, attribute: str) -> str:
    targets = [element.document.ids.get(id) for id in element.get(attribute).split()]
    # What is referenced counts even where it is hidden itself.
    return squeeze(
        " ".join(
            squeeze(target.get("aria-label")) or _native(target) or content(target) or target.text
            for target in targets
            if target is not None
        )
    )


def _native(element: Element) -> str:
    """The name that HTML itself gives: alt, value, a label, a caption."""
    tag = element.tag
    if tag in ("img", "area"):
        return squeeze(element.get("alt"))
    if tag == "input":
        kind = element.get("type").lower()
        if kind in BUTTON_TYPES:
            stated = element.get("alt") if kind == "image" else element.get("value")
            return squeeze(stated) or _DEFAULT_BUTTON_TEXT.get(kind, "")
    if tag in ("input", "select", "textarea", "meter", "progress", "output"):
        return squeeze(" ".join(label.text for label in labels(element)))
    if tag in _NAMED_BY_CHILD:
        for child in element.element_children:
            if child.tag == _NAMED_BY_CHILD[tag]:
                return content(child)
    return ""


def _by_content(element: Element) -> str:
    named = element.tag in _NAMED_BY_CONTENT or element.role in _ROLES_NAMED_BY_CONTENT
    return content(element) if named else ""
