app_name = "django_axe"
urlpatterns: list = []
