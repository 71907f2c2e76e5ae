from django.urls import path

from . import report, views

app_name = "accessibility_gate"
urlpatterns = [
    path("override/<int:page_id>/", views.OverrideView.as_view(), name="override"),
    path("overrides/", report.OverrideReportView.as_view(), name="overrides"),
    path(
        "overrides/results/",
        report.OverrideReportView.as_view(results_only=True),
        name="overrides_results",
    ),
]
