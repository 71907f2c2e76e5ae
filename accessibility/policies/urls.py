from django.urls import path

from .report import PolicyReportView

app_name = "accessibility_policies"
urlpatterns = [
    path("policies/", PolicyReportView.as_view(), name="report"),
    path("policies/results/", PolicyReportView.as_view(results_only=True), name="report_results"),
]
