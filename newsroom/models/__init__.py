from .articles import AbstractNewsArticlePage, NewsArticlePage, NewsArticleTag
from .audience import PageViews, VisitorDigest, Visitors
from .categories import NewsCategory
from .index import AbstractNewsIndexPage, NewsIndexPage

__all__ = [
    "AbstractNewsArticlePage",
    "AbstractNewsIndexPage",
    "NewsArticlePage",
    "NewsArticleTag",
    "NewsCategory",
    "NewsIndexPage",
    "PageViews",
    "VisitorDigest",
    "Visitors",
]
