from .articles import AbstractNewsArticlePage, NewsArticlePage, NewsArticleTag
from .categories import NewsCategory
from .index import AbstractNewsIndexPage, NewsIndexPage

__all__ = [
    "AbstractNewsArticlePage",
    "AbstractNewsIndexPage",
    "NewsArticlePage",
    "NewsArticleTag",
    "NewsCategory",
    "NewsIndexPage",
]
