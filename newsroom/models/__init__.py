from .articles import AbstractNewsArticlePage, NewsArticlePage, NewsArticleTag
from .audience import PageViews, VisitorDigest, Visitors
from .categories import NewsCategory
from .imported import ImportedArticle
from .index import AbstractNewsIndexPage, NewsIndexPage

__all__ = [
    "AbstractNewsArticlePage",
    "AbstractNewsIndexPage",
    "ImportedArticle",
    "NewsArticlePage",
    "NewsArticleTag",
    "NewsCategory",
    "NewsIndexPage",
    "PageViews",
    "VisitorDigest",
    "Visitors",
]
