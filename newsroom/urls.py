from django.urls import path

from newsroom.audience.beacon import record_view, record_view_by_image

urlpatterns = [
    path("audience/view/", record_view, name="audience_view"),
    path("audience/view.gif", record_view_by_image, name="audience_view_image"),
]
