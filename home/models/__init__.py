from .identity import SiteIdentity
from .media import SiteDocument, SiteImage, SiteRendition
from .pages import ContentPage, HomePage

__all__ = [
    "ContentPage",
    "HomePage",
    "SiteDocument",
    "SiteIdentity",
    "SiteImage",
    "SiteRendition",
]
