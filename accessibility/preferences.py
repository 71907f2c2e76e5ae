"""Reader preferences: what can be chosen, what a choice does, and how it lies in the cookie.

This table is the only source: the page, the cookie, the stylesheet for readers without scripts, the
script for the others and the design tokens are all made from it. docs/preferences.md tells a
site's designer which custom properties to use.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.templatetags.static import static
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from wagtail.coreutils import get_content_languages

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

COOKIE_NAME = "preferences"
COOKIE_VERSION = "1"
COOKIE_MAX_AGE = 31_536_000  # seconds: one year

# The value of each preference by its name, for example {"text_size": "125", "theme": "system", …}.
Choices = Mapping[str, str]
# Says where a static file lies, by its path.
Address = Callable[[str], str]


def _declarations(properties: Mapping[str, str]) -> str:
    return ":root{" + "".join(f"{name}:{value};" for name, value in properties.items()) + "}"


@dataclass(frozen=True)
class Face:
    """A font file of this plugin, by its path among the static files."""

    family: str
    weight: int
    path: str

    def css(self, address: Address) -> str:
        return (
            f'@font-face{{font-family:"{self.family}";font-weight:{self.weight};'
            f'font-display:swap;src:url("{address(self.path)}")format("woff2")}}'
        )


@dataclass(frozen=True)
class Choice:
    """One value of a preference.

    `properties` are set on `:root`; `rules` use them on sites whose own CSS does not.
    """

    value: str
    label: "StrPromise"
    properties: Mapping[str, str] = field(default_factory=dict)
    rules: str = ""
    media: str = ""
    faces: tuple[Face, ...] = ()

    def css(self, address: Address = static) -> str:
        css = (_declarations(self.properties) if self.properties else "") + self.rules
        if self.media:
            css = f"@media {self.media}{{{css}}}"
        return "".join(face.css(address) for face in self.faces) + css


@dataclass(frozen=True)
class Preference:
    """Something a reader may choose. The first choice is the default: the site's and system's."""

    name: str
    label: "StrPromise"
    help: "StrPromise"
    choices: tuple[Choice, ...]

    @property
    def default(self) -> str:
        return self.choices[0].value

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(choice.value for choice in self.choices)

    def choice(self, value: str) -> Choice:
        """Raises KeyError for a value that this preference does not have."""
        for choice in self.choices:
            if choice.value == value:
                return choice
        raise KeyError(value)


def _text_size(percent: int, label: "StrPromise") -> Choice:
    return Choice(
        str(percent), label, {"--text-size": f"{percent}%"}, ":root{font-size:var(--text-size)}"
    )


def _line_height(value: str, label: "StrPromise", height: str) -> Choice:
    rules = (
        ":where(body,p,li,dt,dd,th,td,blockquote,figcaption,label){line-height:var(--line-height)}"
    )
    return Choice(value, label, {"--line-height": height}, rules)


def _spacing(kind: str, value: str, label: "StrPromise", space: str) -> Choice:
    # On each element, because lengths in em are inherited as pixels: a heading would get those of
    # its small surroundings.
    rules = f"*{{{kind}:var(--{kind})}}"
    return Choice(value, label, {f"--{kind}": space}, rules)


def _typeface(value: str, label: "StrPromise", families: str, *faces: Face) -> Choice:
    rules = (
        ":where(body,h1,h2,h3,h4,h5,h6,button,input,select,textarea){font-family:var(--typeface)}"
    )
    return Choice(value, label, {"--typeface": families}, rules, faces=faces)


def _contrast(theme: str, scheme: str, colours: Mapping[str, str]) -> tuple[dict[str, str], str]:
    """Return the properties and rules of a high-contrast theme; a site may replace each colour."""
    properties = {"color-scheme": scheme} | {
        f"--color-{name}": f"var(--{theme}-{name},{colour})" for name, colour in colours.items()
    }
    return properties, "html,body{background-color:var(--color-background);color:var(--color-text)}"


# At least 7:1 for text (WCAG 1.4.6), and for borders and focus far above 3:1 (1.4.11).
CONTRAST_LIGHT = _contrast(
    "contrast-light",
    "light",
    {
        "background": "#fff",
        "surface": "#fff",
        "text": "#000",
        "muted": "#000",
        "link": "#00009c",
        "link-visited": "#4b0070",
        "border": "#000",
        "separator": "#000",
        "mark": "#00009c",
        "accent": "#00009c",
        "on-accent": "#fff",
        "focus": "#000",
        "error": "#8b0000",
        "success": "#003d00",
    },
)
CONTRAST_DARK = _contrast(
    "contrast-dark",
    "dark",
    {
        "background": "#000",
        "surface": "#000",
        "text": "#fff",
        "muted": "#fff",
        "link": "#ffff00",
        "link-visited": "#ffc4ff",
        "border": "#fff",
        "separator": "#fff",
        "mark": "#ffff00",
        "accent": "#ffff00",
        "on-accent": "#000",
        "focus": "#00ffff",
        "error": "#ffb3b3",
        "success": "#8f8",
    },
)
MORE_CONTRAST = "".join(
    f"@media screen and (prefers-contrast:more){condition}{{{_declarations(properties)}{rules}}}"
    for condition, (properties, rules) in (
        ("", CONTRAST_LIGHT),
        (" and (prefers-color-scheme:dark)", CONTRAST_DARK),
    )
)

# A reader who needs stillness must get it over any rule of the site; a reader's own style
# sheet still wins, because its !important outranks a page's.
STILLNESS = (
    "*,::before,::after{animation-duration:.01ms!important;animation-iteration-count:1!important;"
    "transition-duration:.01ms!important;scroll-behavior:auto!important}"
)

ATKINSON = "Atkinson Hyperlegible Next"
_ATKINSON_FILE = "accessibility/fonts/atkinson-hyperlegible-next-latin-{}-normal.woff2"

PREFERENCES = (
    Preference(
        "text_size",
        _("Text size"),
        _("You can also zoom with your browser: press Ctrl (or ⌘) and +."),
        (
            Choice("100", _("100 percent")),
            _text_size(125, _("125 percent")),
            _text_size(150, _("150 percent")),
            _text_size(200, _("200 percent")),
        ),
    ),
    Preference(
        "line_height",
        _("Space between lines"),
        _("More space helps the eye to find the next line."),
        (
            Choice("normal", _("As the site sets it")),
            _line_height("wide", _("Wide"), "2"),
            _line_height("wider", _("Wider"), "2.4"),
        ),
    ),
    Preference(
        "letter_spacing",
        _("Space between letters"),
        _(
            "Meant for Latin letters. In Thai, space between letters loosens vowels and tone marks "
            "from their consonants, and words are harder to recognise."
        ),
        (
            Choice("normal", _("As the site sets it")),
            _spacing("letter-spacing", "wide", _("Wide"), "0.05em"),
            _spacing("letter-spacing", "wider", _("Wider"), "0.12em"),
        ),
    ),
    Preference(
        "word_spacing",
        _("Space between words"),
        _(
            "Thai does not part words by spaces: there, this only widens the gaps between phrases "
            "and sentences."
        ),
        (
            Choice("normal", _("As the site sets it")),
            _spacing("word-spacing", "wide", _("Wide"), "0.16em"),
            _spacing("word-spacing", "wider", _("Wider"), "0.32em"),
        ),
    ),
    Preference(
        "theme",
        _("Colours and contrast"),
        _("High contrast uses few colours that stand out strongly from each other."),
        (
            Choice("system", _("As your device is set"), rules=MORE_CONTRAST),
            Choice("light", _("Light"), {"color-scheme": "light"}, media="screen"),
            Choice("dark", _("Dark"), {"color-scheme": "dark"}, media="screen"),
            Choice(
                "contrast-light", _("High contrast, dark on light"), *CONTRAST_LIGHT, media="screen"
            ),
            Choice(
                "contrast-dark", _("High contrast, light on dark"), *CONTRAST_DARK, media="screen"
            ),
        ),
    ),
    Preference(
        "typeface",
        _("Typeface"),
        _(
            "Atkinson Hyperlegible has Latin letters only; "
            "Thai letters stay in the site's typeface."
        ),
        (
            Choice("site", _("The site's")),
            _typeface("plain", _("Plain, from your device"), "ui-sans-serif,system-ui,sans-serif"),
            _typeface(
                "hyperlegible",
                _("Atkinson Hyperlegible, made for readers with low vision"),
                f'"{ATKINSON}",var(--site-typeface,sans-serif)',
                Face(ATKINSON, 400, _ATKINSON_FILE.format(400)),
                Face(ATKINSON, 700, _ATKINSON_FILE.format(700)),
            ),
        ),
    ),
    Preference(
        "links",
        _("Links"),
        _("Underlines let you tell links from text without seeing their colour."),
        (
            Choice("site", _("As the site sets it")),
            Choice(
                "underlined",
                _("Always underlined"),
                {"--link-decoration": "underline"},
                "a:any-link{text-decoration-line:var(--link-decoration)}",
            ),
        ),
    ),
    Preference(
        "motion",
        _("Motion"),
        _("For readers whom moving parts distract or make dizzy."),
        (
            Choice(
                "system",
                _("As your device is set"),
                rules=f"@media (prefers-reduced-motion:reduce){{{STILLNESS}}}",
            ),
            Choice("reduced", _("Keep everything still"), rules=STILLNESS),
        ),
    ),
)
TEXT_SIZE = PREFERENCES[0]


def decode(cookie: str | None) -> dict[str, str]:
    """Return the choices in a cookie such as `1.text_size-125.theme-dark`.

    Known parts are looked for and nothing else is read, so a tampered, foreign or older
    cookie means the default, of that part or of all.
    """
    version, *parts = (cookie or "").split(".")
    if version != COOKIE_VERSION:
        parts = []
    return {
        preference.name: next(
            (value for value in preference.values if f"{preference.name}-{value}" in parts),
            preference.default,
        )
        for preference in PREFERENCES
    }


def encode(choices: Choices) -> str:
    """Return the cookie's value; empty when all is default, and then no cookie is needed."""
    parts = [
        f"{preference.name}-{choices[preference.name]}"
        for preference in PREFERENCES
        if choices[preference.name] != preference.default
    ]
    return ".".join([COOKIE_VERSION, *parts]) if parts else ""


def step_text_size(current: str, direction: str) -> str:
    """Return the next size that is `smaller` or `larger`, or the same at either end."""
    sizes = TEXT_SIZE.values
    index = sizes.index(current) + {"smaller": -1, "larger": 1}[direction]
    return sizes[min(max(index, 0), len(sizes) - 1)]


def text_size_message(choices: Choices) -> str:
    """Return what a reader is told about the text size, in the active language."""
    size = choices[TEXT_SIZE.name]
    if size == TEXT_SIZE.values[-1]:
        return gettext("Text size %(size)s percent, the largest") % {"size": size}
    return gettext("Text size %(size)s percent") % {"size": size}


def _text_size_status(size: str) -> str:
    """Return CSS that writes the size beside A− A A+, in the language of the page.

    The HTML is the same for every reader, so only a stylesheet can say it without scripts. A
    script that says it hides this.
    """
    css = ""
    for code in get_content_languages():
        with override(code):
            message = text_size_message({TEXT_SIZE.name: size})
        text = message.replace("\\", r"\\").replace('"', r"\"")
        css += f'.text-size-controls__size:lang({code})::before{{content:"{text}"}}'
    return css


def choice_css(preference: Preference, choice: Choice) -> str:
    """Return all that a choice adds to a page's styles."""
    css = choice.css()
    if preference is TEXT_SIZE:
        css += _text_size_status(choice.value)
    return css


def stylesheet(choices: Choices) -> str:
    """Return the CSS of all choices together, as it is applied with and without scripts."""
    return "".join(
        choice_css(preference, preference.choice(choices[preference.name]))
        for preference in PREFERENCES
    )


def named(choices: Choices) -> Iterable[tuple["StrPromise", "StrPromise"]]:
    """Yield the labels of preference and choice, for each that is not the default."""
    for preference in PREFERENCES:
        if choices[preference.name] != preference.default:
            yield preference.label, preference.choice(choices[preference.name]).label
