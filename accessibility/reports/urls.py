from django.urls import path

from .findings import FindingReportView
from .left_to_people import LeftToPeopleReportView
from .translations import TranslationReportView
from .trend import TrendReportView

app_name = "accessibility_reports"
urlpatterns = [
    path("", FindingReportView.as_view(), name="findings"),
    path("results/", FindingReportView.as_view(results_only=True), name="findings_results"),
    path("left-to-people/", LeftToPeopleReportView.as_view(), name="left_to_people"),
    path(
        "left-to-people/results/",
        LeftToPeopleReportView.as_view(results_only=True),
        name="left_to_people_results",
    ),
    path("translations/", TranslationReportView.as_view(), name="translations"),
    path(
        "translations/results/",
        TranslationReportView.as_view(results_only=True),
        name="translations_results",
    ),
    path("trend/", TrendReportView.as_view(), name="trend"),
    path("trend/results/", TrendReportView.as_view(results_only=True), name="trend_results"),
]
