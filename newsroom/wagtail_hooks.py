from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet
from wagtail.snippets.models import register_snippet

from .viewsets import ArticleListingViewSet, ArticlePageViewSet, NewsCategoryViewSet

register_snippet(NewsCategoryViewSet)


@hooks.register("register_admin_viewset")
def register_article_listings() -> list[ViewSet]:
    return [ArticlePageViewSet(), ArticleListingViewSet()]
