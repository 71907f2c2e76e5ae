from django.urls import path

from . import views

app_name = "django_axe"
urlpatterns = [
    path("", views.report, name="report"),
    path("store/", views.store, name="store"),
    path("reset/", views.reset, name="reset"),
]
