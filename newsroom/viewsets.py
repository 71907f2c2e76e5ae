"""Listings of the newsroom in the admin: articles with their views, and categories."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, LocaleColumn, NumberColumn
from wagtail.admin.views.pages.listing import ExplorableIndexView, IndexView, PageListingMixin
from wagtail.admin.viewsets.pages import PageListingViewSet, PageViewSet
from wagtail.models import PageQuerySet
from wagtail.search import index
from wagtail.snippets.views.snippets import SnippetViewSet

from .audience import sum_of_views
from .models import NewsArticlePage, NewsCategory

VIEWS = NumberColumn("views", label=_("Views"), sort_key="views", width="8%")


class ViewsMixin(PageListingMixin):
    """Gives each page of a listing its views, to show and to sort by."""

    def annotate_queryset(self, pages: PageQuerySet) -> PageQuerySet:
        return super().annotate_queryset(pages.annotate(views=sum_of_views()))

    def get_valid_orderings(self) -> list[str]:
        orderings = super().get_valid_orderings()
        if not self.is_searching:
            return orderings
        # Search can sort only by what its index holds.
        indexed = {
            field.field_name
            for field in self.model.get_search_fields()
            if isinstance(field, index.FilterField)
        }
        return [name for name in orderings if name.removeprefix("-") in indexed]


class ArticleExplorerView(ViewsMixin, ExplorableIndexView):
    """The pages below a news index."""

    base_columns = ExplorableIndexView.base_columns.copy()
    base_columns.insert(-1, VIEWS)


class ArticleListingView(ViewsMixin, IndexView):
    """All articles of the site that a person may see in the admin."""

    default_ordering = "-publication_date"
    base_columns = [
        *(column for column in IndexView.base_columns if column.name in ("bulk_actions", "title")),
        DateColumn(
            "publication_date",
            label=_("Publication date"),
            sort_key="publication_date",
            width="14%",
        ),
        Column("category", label=_("Category"), sort_key="category__name", width="14%"),
        LocaleColumn(label=_("Language"), sort_key="locale__language_code"),
        VIEWS,
        *(column for column in IndexView.base_columns if column.name == "status"),
    ]

    def annotate_queryset(self, pages: PageQuerySet) -> PageQuerySet:
        return super().annotate_queryset(pages).prefetch_related("category")


class ArticlePageViewSet(PageViewSet):
    model = NewsArticlePage
    index_view_class = ArticleExplorerView


class ArticleListingViewSet(PageListingViewSet):
    model = NewsArticlePage
    index_view_class = ArticleListingView
    icon = "doc-full"
    menu_label = _("News articles")
    menu_order = 110
    add_to_admin_menu = True
    name = url_prefix = "news_articles"


class NewsCategoryViewSet(SnippetViewSet):
    model = NewsCategory
    icon = "tag"
    list_display = ["name", "slug", "locale"]
    list_filter = ["locale"]
    search_fields = ["name", "slug"]
