"""What a Content-Security-Policy allows, as browsers read it (CSP Level 3)."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Sources that are neither a keyword nor elsewhere (2.3.1). What `blob:` names a script has made.
_OWN_SOURCES = ("'", "blob:", "mediastream:", "filesystem:")
_ANY_HOST = {"*", "http:", "https:"}
#: A nonce or a hash: browsers that know it pay no heed to 'unsafe-inline' (6.7.3.2).
_NONCE_OR_HASH = re.compile(r"'(nonce|sha256|sha384|sha512)-[a-z0-9+/_-]+={0,2}'")


@dataclass(frozen=True, slots=True)
class ContentSecurityPolicy:
    """sources: those of each directive, in small letters; empty where no policy is sent"""

    sources: dict[str, tuple[str, ...]]

    @classmethod
    def parse(cls, header: str) -> ContentSecurityPolicy:
        """Read a header. Of several policies the first, since each can only forbid more."""
        sources: dict[str, tuple[str, ...]] = {}
        for part in header.split(",")[0].lower().split(";"):
            if words := part.split():
                sources.setdefault(words[0], tuple(words[1:]))
        return cls(sources)

    @property
    def allows_inline_scripts(self) -> bool:
        """Whether scripts written into a page run: as an element, an attribute or an address."""
        return any(
            self._allows_all_inline(directive)
            for directive in ("script-src-elem", "script-src-attr")
        )

    @property
    def third_parties(self) -> tuple[str, ...] | None:
        """From where else scripts or styles may come; None where any host may send them."""
        found: list[str] = []
        for directive in ("script-src-elem", "style-src-elem"):
            sources = self._in_force(directive)
            # What a trusted script loads may be from anywhere with 'strict-dynamic' (8.2).
            is_dynamic = directive == "script-src-elem" and "'strict-dynamic'" in (sources or ())
            if sources is None or is_dynamic or _ANY_HOST.intersection(sources):
                return None
            found += [source for source in sources if not source.startswith(_OWN_SOURCES)]
        return tuple(dict.fromkeys(found))

    def _allows_all_inline(self, directive: str) -> bool:
        sources = self._in_force(directive)
        if sources is None:
            return True
        if "'strict-dynamic'" in sources:
            return False
        # An address `data:` holds the script, and can be written into a page as well.
        if directive == "script-src-elem" and "data:" in sources:
            return True
        return "'unsafe-inline'" in sources and not any(map(_NONCE_OR_HASH.fullmatch, sources))

    def _in_force(self, directive: str) -> tuple[str, ...] | None:
        """The sources of a directive or of what stands for it (6.8.3); None: all are allowed."""
        for name in (directive, directive.rpartition("-")[0], "default-src"):
            if name in self.sources:
                return self.sources[name]
        return None
