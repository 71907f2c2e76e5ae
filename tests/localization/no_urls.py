"""The URLs of a site that serves no pages."""

urlpatterns: list = []
