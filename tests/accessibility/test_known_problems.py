"""The register of known problems: who keeps it, and what it asks of whoever writes in it."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from accessibility.models import KnownProblem
from tests import factories

pytestmark = pytest.mark.django_db

ADD = "wagtailsnippets_accessibility_knownproblem:add"
LIST = "wagtailsnippets_accessibility_knownproblem:list"
EDIT = "wagtailsnippets_accessibility_knownproblem:edit"


def form(pages=(), **values):
    hindered = values.pop("hindered", ["no-vision", "low-vision"])
    return {"hindered": hindered} | nested_form_data(
        {
            "title": "เอกสาร PDF ที่สแกนไม่มีข้อความ",
            "description": "",
            "criterion": "1.1.1",
            "reason": "non-compliance",
            "reason_detail": "",
            "workaround": "ขอฉบับที่อ่านได้",
            "planned_date": "2027-06-30",
            "state": "open",
            "affected_pages": inline_formset([{"page": page.pk, "ORDER": 1} for page in pages]),
            **values,
        }
    )


def test_a_moderator_adds_a_problem_with_the_pages_it_is_met_on(client, moderator, bilingual_site):
    client.force_login(moderator)
    response = client.post(reverse(ADD), form([bilingual_site.news]))
    assert response.status_code == 302, response.context["form"].errors
    problem = KnownProblem.objects.get()
    assert problem.hindered == ["no-vision", "low-vision"]
    assert [affected.page for affected in problem.affected_pages.all()] == [
        Page.objects.get(pk=bilingual_site.news.pk)
    ]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("criterion", "4.1.1"),
        ("criterion", "1.1"),
        ("hindered", ["everybody"]),
        ("hindered", []),
        ("reason", "no-time"),
        ("title", ""),
    ],
)
def test_what_does_not_exist_is_refused_at_its_field(client, moderator, thai, field, value):
    client.force_login(moderator)
    response = client.post(reverse(ADD), form(**{field: value}))
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert not KnownProblem.objects.exists()


@pytest.mark.parametrize("reason", ["burden", "exempt"])
def test_a_burden_and_an_exemption_must_be_explained(client, moderator, thai, reason):
    client.force_login(moderator)
    response = client.post(reverse(ADD), form(reason=reason))
    assert "reason_detail" in response.context["form"].errors
    response = client.post(reverse(ADD), form(reason=reason, reason_detail="ประเมินแล้ว"))
    assert response.status_code == 302, response.context["form"].errors


def test_code_cannot_put_anybody_unknown_into_the_register(thai):
    problem = factories.KnownProblemFactory.build(locale=thai, hindered=["no-vision", "cats"])
    with pytest.raises(ValidationError, match="cats"):
        problem.clean()


def test_what_goes_beyond_wcag_needs_no_criterion(client, moderator, thai):
    client.force_login(moderator)
    assert client.post(reverse(ADD), form(criterion="")).status_code == 302


def test_the_editor_chooses_criteria_by_name(client, moderator, thai):
    client.force_login(moderator)
    html = client.get(reverse(ADD), headers={"Accept-Language": "th"}).text
    assert "1.4.3 ความเปรียบต่างขั้นต่ำ (AA)" in html
    assert html.count('type="checkbox" name="hindered"') == 10


def test_a_translator_edits_but_adds_none(client, translator):
    problem = factories.translate(factories.KnownProblemFactory(), title="Scans hold no text")
    client.force_login(translator)
    assert client.get(reverse(EDIT, args=[problem.pk])).status_code == 200
    assert client.get(reverse(ADD)).status_code == 302


def test_an_editor_without_permission_sees_no_register(client, editor):
    problem = factories.KnownProblemFactory()
    client.force_login(editor)
    for address in (reverse(LIST), reverse(ADD), reverse(EDIT, args=[problem.pk])):
        assert client.get(address).url == "/admin/"


def test_problems_stand_in_the_order_of_wcag_and_each_once(thai, english):
    for criterion in ("", "2.4.10", "1.4.11", "1.4.3"):
        problem = factories.KnownProblemFactory(criterion=criterion)
        factories.translate(problem, title=f"In English {criterion}")
    found = KnownProblem.objects.open().of_locale(english)
    assert [problem.criterion for problem in found] == ["1.4.3", "1.4.11", "2.4.10", ""]
    assert {problem.locale for problem in found} == {english}


def test_the_register_takes_two_queries(thai, bilingual_site, django_assert_num_queries):
    for _ in range(3):
        factories.KnownProblemFactory()
    with django_assert_num_queries(2):
        for problem in KnownProblem.objects.open().of_locale(thai):
            assert problem.live_pages == []
            assert str(problem.locale)
