from django.urls import path

from newsroom import feeds, sitemaps
from newsroom.audience.beacon import record_view, record_view_by_image

urlpatterns = [
    path("audience/view/", record_view, name="audience_view"),
    path("audience/view.gif", record_view_by_image, name="audience_view_image"),
    path("feeds/<str:language>/", feeds.news_feed, name="news_feed"),
    path(
        "feeds/<str:language>/category/<str:slug>/",
        feeds.news_category_feed,
        name="news_category_feed",
    ),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("robots.txt", sitemaps.robots, name="robots"),
]
