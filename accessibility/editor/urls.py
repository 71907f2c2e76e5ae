from django.urls import path

from . import views

app_name = "accessibility_admin"
urlpatterns = [
    path("check/", views.check, name="check"),
    path("published/<int:page_id>/", views.published, name="published"),
]
