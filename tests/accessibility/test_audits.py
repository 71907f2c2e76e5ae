"""Audits: pages as readers get them, compared with the look before, by command and publication."""

import dataclasses
import datetime
import io
import json
import os
import re
from collections import defaultdict

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks import task_backends
from wagtail import hooks
from wagtail.models import Page, PageViewRestriction, Site

from accessibility.audits.comparison import store
from accessibility.audits.content_rules import look_by_rules
from accessibility.audits.coverage import BROWSER_CHECKS, CHECKS
from accessibility.audits.findings import Found, Look, fingerprints
from accessibility.audits.formats import audit_earl
from accessibility.audits.pages import Scope, auditable_pages
from accessibility.audits.retention import forget_old_audits
from accessibility.audits.sarif import audit_sarif_log
from accessibility.audits.served import ServedSite
from accessibility.audits.whole_file import try_to_write, write_whole
from accessibility.models import Audit, PageAudit
from accessibility.ruleset import HOOK, site_rules
from tests.factories import (
    AuditFactory,
    ContentPageFactory,
    NewsArticlePageFactory,
    PageAuditFactory,
    alias,
)

pytestmark = pytest.mark.django_db

#: A heading that is empty is an error of the content rules.
EMPTY_HEADING = "<h2></h2><p>ยื่นคำขอได้ทุกวันทำการ</p>"


def broken(page, html: str = EMPTY_HEADING, **values):
    """An article whose text has an error, live."""
    return NewsArticlePageFactory(
        parent=page, body=[("text", html)] if isinstance(html, str) else html, **values
    )


def audit(*arguments: str, **options) -> tuple[str, int]:
    """The command's output and exit code."""
    out = io.StringIO()
    try:
        call_command("audit_accessibility", *arguments, stdout=out, stderr=io.StringIO(), **options)
    except SystemExit as end:
        return out.getvalue(), int(str(end.code))
    return out.getvalue(), 0


def audited_json(*arguments: str) -> dict:
    return json.loads(audit(*arguments, "--format", "json")[0])


def found(rule: str = "heading-empty", **values) -> Found:
    wording = {"en": "wrong", "th": "ผิด"}
    return Found(
        **{
            "rule": rule,
            "severity": "error",
            "criterion": "1.3.1",
            "engine": "Sala content rules",
            "engine_version": "1",
            "selector": "main > h2",
            "excerpt": "<h2></h2>",
            "message": wording,
            "remedy": wording,
            **values,
        }
    )


def look(*findings: Found, **values) -> Look:
    return Look(found=list(findings), **values)


ENGINES = [
    {"name": name, "version": "1"}
    for name in ("Sala content rules", "axe-core", "Chromium", "virtual-screen-reader")
]


@pytest.fixture
def stored(bilingual_site):
    """Store a look at the Thai home page: `stored(look())`."""
    page = bilingual_site.home

    def make(seen: Look) -> PageAudit:
        run = Audit.objects.create(trigger=Audit.Trigger.COMMAND)
        return store(run, page, page.full_url, seen)

    return make


# --- What is compared -------------------------------------------------------------------------


def states(page_audit: PageAudit) -> dict[str, str]:
    return {finding.rule: finding.state for finding in page_audit.findings.all()}


def test_findings_are_new_then_known_then_mended(stored):
    first = stored(look(found(), found("image-alt-missing", excerpt="<img>")))
    assert states(first) == {"heading-empty": "new", "image-alt-missing": "new"}
    second = stored(look(found()))
    assert states(second) == {"heading-empty": "known"}
    assert [item["rule"] for item in second.mended] == ["image-alt-missing"]
    assert second.findings.get().first_found_at == first.findings.first().first_found_at
    assert stored(look(found("image-alt-missing", excerpt="<img>"))).findings.get().state == "new"


def test_a_finding_that_moves_is_still_the_same(stored):
    stored(look(found(selector="main > h2:nth-child(2)")))
    moved = stored(look(found(selector="main > h2:nth-child(7)")))
    assert states(moved) == {"heading-empty": "known"}
    assert moved.mended == []


def test_one_of_two_alike_is_mended_alone(stored):
    stored(look(found(selector="h2:nth-child(1)"), found(selector="h2:nth-child(2)")))
    after = stored(look(found(selector="h2:nth-child(2)")))
    assert [finding.state for finding in after.findings.all()] == ["known"]
    assert len(after.mended) == 1


def test_only_the_last_look_at_a_page_is_the_newest(stored):
    looks = [stored(look()) for _number in range(3)]
    assert list(PageAudit.objects.newest()) == [looks[-1]]


def test_what_could_not_be_checked_again_stays_open(stored):
    axe = found("image-alt", engine="axe-core", excerpt="<img>")
    wide = found("reflow", engine="Chromium", excerpt="<table>")
    first = stored(look(found(), axe, wide))
    skipped = dict.fromkeys(BROWSER_CHECKS, "no-browser")
    second = stored(look(not_checked=skipped))
    assert states(second) == {"image-alt": "unchecked", "reflow": "unchecked"}
    assert [item["rule"] for item in second.mended] == ["heading-empty"]
    assert first.findings.count() == 3
    third = stored(look(axe))
    assert states(third) == {"image-alt": "known"}
    assert (
        third.findings.get().first_found_at == first.findings.get(rule="image-alt").first_found_at
    )
    assert [item["rule"] for item in third.mended] == ["reflow"]


def test_a_rule_that_is_left_to_a_person_mends_nothing(stored):
    stored(look(found("color-contrast", engine="axe-core")))
    after = stored(look(not_checked={"color-contrast": "needs-person"}))
    assert states(after) == {"color-contrast": "unchecked"}


def test_what_is_left_to_people_is_no_finding_and_stays_until_axe_looks_again(stored):
    places = [{"selector": "p", "excerpt": "<p>"}]
    left = [{"rule": "color-contrast", "criterion": "1.4.3", "count": 1, "places": places}]
    seen = look()
    seen.add(look(not_checked={"color-contrast": "needs-person"}, left_to_people=left))
    first = stored(seen)
    assert first.left_to_people == left
    assert not first.findings.exists()
    assert stored(look(not_checked={"axe": "no-browser"})).left_to_people == left
    assert stored(look()).left_to_people == []


def test_a_page_that_fails_loses_none_of_its_findings(stored):
    stored(look(found()))
    failed = stored(look(not_checked=dict.fromkeys(CHECKS, "not-served"), failure="500"))
    assert states(failed) == {"heading-empty": "unchecked"}


def test_a_page_that_is_deleted_meanwhile_costs_nothing(bilingual_site):
    page = ContentPageFactory(parent=bilingual_site.home)
    run = Audit.objects.create(trigger=Audit.Trigger.COMMAND)
    Page.objects.get(pk=page.pk).delete()
    assert store(run, page, "http://localhost/", look(found())) is None


def test_alike_findings_have_fingerprints_of_their_own():
    assert len(set(fingerprints([found(), found(), found("other")]))) == 3
    assert fingerprints([found(engine_version="1")]) == fingerprints([found(engine_version="2")])


# --- One fault, one finding -------------------------------------------------------------------

LINKS = (
    '<main><h1>ข่าว</h1><ul><li><a href="/a/"></a></li><li><a href="/b/">ข</a></li></ul>'
    '<p><a href="/c/"></a></p></main>'
)


def by_axe(selector: str, excerpt: str, rule: str = "link-name", **values) -> Found:
    return found(rule, engine="axe-core", selector=selector, excerpt=excerpt, **values)


def rules_then_axe(html: str, *findings: Found) -> Look:
    both = look_by_rules(f"<!doctype html><html lang='th'><title>ข่าว</title>{html}", "th")
    both.add(look(*findings))
    return both


def kept(html: str, *findings: Found) -> list[str]:
    """Selectors of what is kept of axe's findings."""
    return [
        item.selector for item in rules_then_axe(html, *findings).found if item.engine == "axe-core"
    ]


def test_what_two_engines_say_of_one_element_counts_once_in_our_words():
    links = [
        by_axe('a[href$="a/"]', '<a href="/a/"></a>'),
        by_axe("p > a", '<a href="/c/" class="js"></a>'),
    ]
    both = rules_then_axe(LINKS, *links)
    assert [item.rule for item in both.found] == ["link-name-missing"] * 2


def test_what_axe_finds_where_no_rule_of_ours_did_stays():
    # A script took the text away; wrote a link before the one that ours names; another rule.
    emptied = by_axe("li:nth-child(2) > a", '<a href="/b/"></a>')
    written = by_axe("li:nth-child(1) > a", '<a href="/new/"></a>')
    other = by_axe("li:nth-child(1) > a", '<a href="/a/"></a>', "target-size")
    unclear = by_axe("a", '<a href="/a/"></a>')
    strange = by_axe("::slotted(", '<a href="/a/"></a>')
    for item in (emptied, written, other, unclear, strange):
        assert kept(LINKS, item) == [item.selector]


def test_axe_s_graver_word_is_not_lost():
    broken_reference = '<main><h1>ข่าว</h1><section aria-labelledby="x">ข</section></main>'
    grave = by_axe("section", '<section aria-labelledby="x">', "aria-valid-attr-value")
    assert kept(broken_reference, grave) == ["section"]
    assert kept(broken_reference, dataclasses.replace(grave, severity="warning")) == []


def test_what_is_of_the_whole_page_or_of_its_surroundings_counts_once_too():
    no_main = by_axe("html", '<html lang="th">', "landmark-one-main", severity="advice")
    assert kept("<h1>ข่าว</h1>", no_main) == []
    broken_list = "<main><h1>ข่าว</h1><ul><p>ก</p></ul><ul><li>ข</li></ul></main>"
    assert kept(broken_list, by_axe("ul:nth-child(2)", "<ul><p>ก</p></ul>", "list")) == []
    whole = by_axe("ul:nth-child(3)", "<ul><li>ข</li></ul>", "list")
    assert kept(broken_list, whole) == ["ul:nth-child(3)"]


def test_a_double_of_the_look_before_is_not_said_to_be_mended(stored):
    stored(look(by_axe("p > a", '<a href="/c/"></a>')))
    after = stored(rules_then_axe(LINKS))
    assert after.mended == []
    assert set(states(after)) == {"link-name-missing"}


# --- What is audited --------------------------------------------------------------------------


def test_drafts_and_private_pages_are_not_audited(bilingual_site):
    site = bilingual_site
    draft = NewsArticlePageFactory(parent=site.news, live=False)
    hidden = ContentPageFactory(parent=site.home)
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    chosen = set(auditable_pages().values_list("pk", flat=True))
    assert {site.home.pk, site.news.pk, site.home_en.pk, site.news_en.pk} == chosen
    assert not {draft.pk, hidden.pk} & chosen


def test_pages_are_chosen_by_tree_locale_type_and_date(bilingual_site):
    site = bilingual_site
    article = NewsArticlePageFactory(parent=site.news)
    old = NewsArticlePageFactory(parent=site.news)
    long_ago = timezone.now() - datetime.timedelta(days=40)
    Page.objects.filter(pk=old.pk).update(last_published_at=long_ago)

    def chosen(**options) -> set[int]:
        return set(Scope.parse(**options).pages().values_list("pk", flat=True))

    assert chosen(tree=str(site.news.pk)) == {site.news.pk, article.pk, old.pk}
    assert chosen(tree=site.news.url) == chosen(tree=str(site.news.pk))
    assert chosen(tree=site.home_en.url) == {site.home_en.pk, site.news_en.pk}
    assert chosen(locale="en") == {site.home_en.pk, site.news_en.pk}
    assert chosen(type="newsroom.newsarticlepage") == {article.pk, old.pk}
    since = (timezone.now() - datetime.timedelta(days=2)).date().isoformat()
    assert chosen(type="newsroom.NewsArticlePage", changed_since=since) == {article.pk}
    both = Scope.parse(locale="th", type="newsroom.NewsArticlePage")
    assert Scope.of(both.as_dict()) == both


def test_a_slash_is_the_root_page_of_the_site(bilingual_site):
    site = bilingual_site
    assert Scope.parse(tree="/") == Scope.parse(tree=site.home.full_url)
    assert Scope.parse(tree="/").tree == Site.objects.get().root_page_id


def test_a_path_of_several_sites_needs_an_id_or_an_address(bilingual_site):
    home = ContentPageFactory(parent=Page.objects.get(depth=1), locale=bilingual_site.home.locale)
    other = Site.objects.create(hostname="other.test", port=80, root_page=home)
    with pytest.raises(ValueError, match=f"several sites.*{home.pk} .*other.test"):
        Scope.parse(tree="/")
    assert Scope.parse(tree=f"http://{other.hostname}/").tree == home.pk
    assert Scope.parse(tree=str(home.pk)).tree == home.pk


def test_the_page_is_what_a_visitor_gets_and_not_its_draft(bilingual_site):
    page = ContentPageFactory(parent=bilingual_site.home, title="ติดต่อสำนักงาน")
    page.title = "ยังเป็นความลับ"
    page.save_revision()
    reply = ServedSite().get(page.full_url)
    assert reply.is_page
    assert "ติดต่อสำนักงาน" in reply.html
    assert "ยังเป็นความลับ" not in reply.html
    assert reply.html.startswith(Client().get(page.url).text[:200])


def test_static_files_and_media_are_answered_though_a_web_server_serves_them(media, db):
    site = ServedSite()
    style = site.get("http://localhost/static/home/site.css")
    assert (style.status, style.headers["Content-Type"]) == (200, "text/css")
    (media / "media").mkdir(exist_ok=True)
    (media / "media" / "a.txt").write_text("ก")
    assert site.get("http://localhost/media/a.txt").body.decode() == "ก"
    assert site.get("http://localhost/static/../config/settings.py").status in (400, 404)
    assert site.get("http://localhost/media/../db.sqlite3").status in (400, 404)


# --- The command ------------------------------------------------------------------------------


def test_the_command_finds_what_the_rules_find_and_says_what_was_not_checked(bilingual_site):
    article = broken(bilingual_site.news)
    data = audited_json("--tree", str(article.pk))
    page = data["pages"][0]
    assert page["url"] == article.full_url
    assert page["locale"] == "th"
    assert page["revision"] == article.live_revision_id
    assert [(item["rule"], item["state"]) for item in page["findings"]] == [
        ("heading-empty", "new")
    ]
    finding = page["findings"][0]
    assert finding["engine"] == "Sala content rules"
    assert finding["engine_version"]
    assert finding["message"]["th"] != finding["message"]["en"]
    assert page["not_checked"] == dict.fromkeys(BROWSER_CHECKS, "no-browser")
    assert Audit.objects.get().ended_at


def test_the_command_says_aloud_that_there_is_no_browser(bilingual_site):
    errors = io.StringIO()
    call_command("audit_accessibility", "--locale", "en", stdout=io.StringIO(), stderr=errors)
    assert "ACCESSIBILITY_CHROMIUM" in errors.getvalue()


def test_good_pages_end_with_0_and_errors_with_1(bilingual_site):
    assert audit()[1] == 0
    broken(bilingual_site.news)
    text, code = audit("--message-lang", "en")
    assert code == 1
    assert "error heading-empty (WCAG" in text
    assert "error: 1, " in text


def test_fail_on_takes_slighter_findings_as_well(bilingual_site):
    page = broken(bilingual_site.news, "<p><b>เอกสารแนบ</b></p><p>ยื่นคำขอได้ทุกวัน</p>")
    tree = ("--tree", str(page.pk))
    assert {item["severity"] for item in audited_json(*tree)["pages"][0]["findings"]} == {"warning"}
    assert audit(*tree)[1] == audit(*tree, "--fail-on", "error")[1] == 0
    assert audit(*tree, "--fail-on", "warning")[1] == 1
    assert audit(*tree, "--fail-on", "advice")[1] == 1


def test_a_page_that_cannot_be_had_is_a_failure_and_stops_no_other(bilingual_site, settings):
    site = bilingual_site
    lost = ContentPageFactory(parent=site.home)
    Page.objects.filter(pk=lost.pk).update(content_type=site.news.content_type_id)
    pages = {item["page"]: item for item in audited_json()["pages"]}
    assert len(pages) == 5
    failed = pages[lost.pk]
    assert "not 200 with HTML" in failed["failure"]
    assert failed["not_checked"] == dict.fromkeys(CHECKS, "not-served")
    assert pages[site.home.pk]["failure"] == ""
    assert audit()[1] == 1


def test_an_alias_is_audited_as_the_page_that_its_readers_get(bilingual_site):
    article = broken(bilingual_site.news)
    twin = alias(article)
    page = audited_json("--tree", str(twin.pk))["pages"][0]
    assert page["locale"] == "en"
    assert "heading-empty" in {item["rule"] for item in page["findings"]}


def begun(hours_ago: int = 1, **values) -> Audit:
    """An audit of the Thai pages that was not finished."""
    start = timezone.now() - datetime.timedelta(hours=hours_ago)
    return Audit.objects.create(
        trigger=Audit.Trigger.COMMAND, scope={"locale": "th"}, started_at=start, **values
    )


def test_an_unfinished_audit_goes_on_with_what_is_left(bilingual_site):
    site = bilingual_site
    run = begun()
    store(run, site.home, site.home.full_url, look())
    PageAudit.objects.update(checked_at=run.started_at)
    data = audited_json("--resume")
    assert data["audit"]["id"] == run.pk
    assert {page["page"] for page in data["pages"]} == {site.home.pk, site.news.pk}
    assert PageAudit.objects.filter(page=site.home).count() == 1
    run.refresh_from_db()
    assert run.ended_at
    assert "no unfinished audit" in refusal("--resume")


def refusal(*arguments: str) -> str:
    """Why the command refuses to work."""
    with pytest.raises(CommandError) as refused:
        call_command("audit_accessibility", *arguments, stderr=io.StringIO())
    assert refused.value.returncode == 2
    return str(refused.value)


def test_an_audit_that_is_still_at_work_is_not_made_twice(bilingual_site):
    older, newer = begun(hours_ago=5), begun()
    store(newer, bilingual_site.home, bilingual_site.home.full_url, look())
    why = refusal("--resume")
    assert f"--resume {newer.pk}" in why
    assert f"{older.pk} (" in why
    assert PageAudit.objects.count() == 1


def test_any_unfinished_audit_can_be_named_and_gone_on_with(bilingual_site):
    older, newer = begun(hours_ago=5), begun()
    store(older, bilingual_site.home, bilingual_site.home.full_url, look())
    errors = io.StringIO()
    call_command(
        *("audit_accessibility", "--resume", str(older.pk), "--message-lang", "en"),
        stdout=io.StringIO(),
        stderr=errors,
    )
    assert f"Going on with audit {older.pk} (" in errors.getvalue()
    assert "Pages done: 1, left: 1." in errors.getvalue()
    assert Audit.objects.get(ended_at=None) == newer
    assert f"Go on with one of: {newer.pk} (" in refusal("--resume", str(older.pk))


def test_where_no_page_has_changed_the_log_is_empty_and_all_is_well(bilingual_site, tmp_path):
    output = tmp_path / "audit.sarif"
    since = ("--changed-since", "2999-01-01")
    assert audit(*since, "--format", "sarif", "--output", str(output)) == ("", 0)
    (run,) = json.loads(output.read_text("utf-8"))["runs"]
    assert run["results"] == []
    assert run["invocations"][0]["executionSuccessful"] is True
    data = audited_json(*since)
    assert (data["audit"]["id"], data["pages"]) == (None, [])
    assert audit(*since)[1] == 0
    assert not Audit.objects.exists()
    # Where there is no such page at all, the choice is wrong, not the date.
    assert "No live, public page" in refusal(*since, "--type", "newsroom.NewsArticlePage")


def test_a_refusal_leaves_the_file_as_it_was(bilingual_site, tmp_path):
    output = tmp_path / "audit.json"
    assert refusal("--tree", "99999", "--output", str(output))
    assert list(tmp_path.iterdir()) == []
    output.write_text("{}")
    assert refusal("--tree", "99999", "--output", str(output))
    assert output.read_text() == "{}"
    assert list(tmp_path.iterdir()) == [output]


def test_a_file_is_replaced_only_by_a_whole_one(tmp_path):
    output = tmp_path / "audit.json"
    output.write_text("{}")
    with pytest.raises(UnicodeEncodeError):
        write_whole(str(output), "half \ud800")
    assert output.read_text() == "{}"
    assert list(tmp_path.iterdir()) == [output]
    write_whole(str(output), "[]")
    assert output.read_text() == "[]"


def test_a_link_to_a_file_and_a_pipe_are_written_to_and_not_replaced(tmp_path):
    target, link, pipe = tmp_path / "a.json", tmp_path / "b.json", tmp_path / "pipe"
    link.symlink_to(target)
    write_whole(str(link), "[]")
    assert link.is_symlink()
    assert target.read_text() == "[]"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try_to_write(str(pipe))
    write_whole(str(pipe), "{}")
    assert os.read(reader, 10) == b"{}"
    os.close(reader)


def test_what_is_mended_is_named_below_its_page(bilingual_site):
    page = broken(bilingual_site.news)
    tree = ("--tree", str(page.pk), "--message-lang", "en")
    audit(*tree)
    page.body = [("text", "<p>ยื่นคำขอได้ทุกวันทำการ</p>")]
    page.save_revision().publish()
    lines = audit(*tree)[0].splitlines()
    assert lines[0] == page.full_url
    assert lines[1].startswith("  mended: heading-empty (WCAG ")
    assert "h2" in lines[2]
    assert "mended: 1" in lines[-2]


def test_the_text_speaks_one_language_and_no_other(bilingual_site):
    page = broken(bilingual_site.news)
    tree = ("--tree", str(page.pk), "--no-browser", "--message-lang")
    rule = site_rules().rules["heading-empty"]
    english = audit(*tree, "en")[0]
    assert rule.remedy.en in english
    assert "not checked on 1 page: axe, because the browser was left out" in english
    assert not re.search("[ก-๙]", english)
    thai = audit(*tree, "th")[0]
    assert rule.remedy.th in thai
    names = [page.full_url, *CHECKS, "heading-empty", "Sala content rules", "WCAG", "--no-browser"]
    for name in sorted(names, key=len, reverse=True):
        thai = thai.replace(name, "")
    thai = re.sub(r"^    (?!ห).*(<|>).*$", "", thai, flags=re.M)
    assert not re.findall("[A-Za-z]{3,}", thai)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--tree", "99999"], "no page “99999”"),
        (["--tree", "/th/none/"], "no page “/th/none/”"),
        (["--locale", "xx"], "Use one of: "),
        (["--type", "newsroom.NewsCategory"], "home.HomePage"),
        (["--type", "rubbish"], "no type of page"),
        (["--changed-since", "yesterday"], "2026-11-24"),
        (["--changed-since", "2026-13-41"], "2026-11-24"),
        (["--type", "newsroom.NewsArticlePage"], "No live, public page is chosen"),
        (["--output", "/nowhere/at/all.json"], "cannot be written"),
        (["--workers", "0"], "Use 1 or more"),
        (["--keep", "0"], "Use 1 or more"),
        (["--resume", "--locale", "th"], "Leave out --locale"),
    ],
)
def test_bad_input_is_named_with_what_is_allowed(bilingual_site, arguments, message):
    with pytest.raises(CommandError, match=message) as refusal:
        call_command("audit_accessibility", *arguments, stderr=io.StringIO())
    assert refusal.value.returncode == 2
    assert not Audit.objects.exists()


def test_sarif_names_engine_rule_page_and_state(bilingual_site, tmp_path):
    article = broken(bilingual_site.news)
    output = tmp_path / "audit.sarif"
    audit("--tree", str(article.pk), "--format", "sarif", "--output", str(output))
    data = json.loads(output.read_text("utf-8"))
    assert data["version"] == "2.1.0"
    _audit, run = data["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "Sala content rules"
    (result,) = run["results"]
    assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "heading-empty"
    assert result["level"] == "error"
    assert result["baselineState"] == "new"
    rule = site_rules().rules["heading-empty"]
    described = driver["rules"][result["ruleIndex"]]
    assert described["shortDescription"]["text"] == rule.name.th
    assert described["help"]["text"] == rule.remedy.th
    place = result["locations"][0]
    # The line is not known: none is made up.
    assert place["physicalLocation"] == {"artifactLocation": {"uri": article.full_url}}
    assert place["logicalLocations"][0]["fullyQualifiedName"]


def invocation(*looks: PageAudit) -> dict:
    """What SARIF says of the audit itself."""
    return audit_sarif_log(looks, "en")["runs"][0]["invocations"][0]


def test_sarif_says_which_page_could_not_be_looked_at(bilingual_site, stored):
    unserved = dict.fromkeys(CHECKS, "not-served")
    failed = stored(look(not_checked=unserved, failure="It answers 500, not 200 with HTML."))
    told = invocation(failed)
    assert told["executionSuccessful"] is False
    (error,) = [item for item in told["toolExecutionNotifications"] if item["level"] == "error"]
    assert error["message"]["text"] == "It answers 500, not 200 with HTML."
    (place,) = error["locations"]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == bilingual_site.home.full_url


def test_sarif_says_which_checks_were_not_made_and_why(stored):
    skipped = {"reflow": "no-browser", "color-contrast": "needs-person"}
    told = invocation(stored(look(engines=ENGINES, not_checked=skipped)))
    assert told["executionSuccessful"] is True
    said = {
        item["properties"]["check"]: (item["level"], item["message"]["text"])
        for item in told["toolExecutionNotifications"]
    }
    assert said["color-contrast"] == (
        "note",
        "color-contrast was not checked: a person must decide",
    )
    assert said["reflow"][0] == "warning"
    assert "no Chromium is configured" in said["reflow"][1]


def test_sarif_of_a_page_that_is_clean_has_nothing_to_say(stored):
    clean = stored(look(engines=ENGINES))
    assert invocation(clean) == {"executionSuccessful": True, "toolExecutionNotifications": []}
    assert not any(run["results"] for run in audit_sarif_log([clean], "en")["runs"])


def test_earl_names_assertor_subject_test_and_outcome(bilingual_site):
    article = broken(bilingual_site.news)
    graph = json.loads(audit("--tree", str(article.pk), "--format", "earl")[0])["@graph"]
    by_id = {item["@id"]: item for item in graph if "@id" in item}
    assertions = [item for item in graph if item["@type"] == "earl:Assertion"]
    (failed,) = [item for item in assertions if item["result"]["outcome"] == "earl:failed"]
    assert by_id[failed["assertedBy"]]["title"] == "Sala content rules"
    assert by_id[failed["assertedBy"]]["hasVersion"]
    assert failed["subject"]["@id"] == article.full_url
    requirement = by_id[failed["test"]]["isPartOf"]
    assert requirement.startswith("https://www.w3.org/TR/WCAG22/#")
    assert failed["result"]["pointer"]["ptr:expression"]
    untested = {item["test"] for item in assertions if item["result"]["outcome"] == "earl:untested"}
    assert untested == {f"urn:rule:{check}" for check in BROWSER_CHECKS}


def outcomes(*looks: PageAudit) -> dict[tuple[str, str], list[str]]:
    """Page and test → the outcomes that EARL gives."""
    given = defaultdict(list)
    for item in audit_earl(looks, "en")["@graph"]:
        if item["@type"] == "earl:Assertion":
            test = item["test"].removeprefix("urn:rule:")
            given[item["subject"]["@id"], test].append(item["result"]["outcome"])
    return dict(given)


def test_earl_tells_a_clean_page_from_one_that_nobody_tested(bilingual_site, stored):
    url = bilingual_site.home.full_url
    judging = set(CHECKS) - {"transcript"}
    clean = outcomes(stored(look(engines=ENGINES)))
    assert clean == {(url, check): ["earl:passed"] for check in judging}
    untested = outcomes(stored(look(not_checked=dict.fromkeys(CHECKS, "not-served"))))
    assert untested == {(url, check): ["earl:untested"] for check in CHECKS}


def test_earl_passes_no_check_that_found_something_or_could_not_be_made(bilingual_site, stored):
    url = bilingual_site.home.full_url
    unmarked = found("language-unmarked")
    given = outcomes(stored(look(unmarked, engines=ENGINES, not_checked={"reflow": "error"})))
    assert given[url, "language-unmarked"] == ["earl:failed"]
    assert given[url, "reflow"] == ["earl:untested"]
    assert given[url, "axe"] == ["earl:passed"]
    # The browser finds them as well, which is not said twice.
    assert not {(url, "content-rules"), (url, "rendered-language")} & given.keys()


def test_earl_gives_each_test_of_a_page_one_outcome(bilingual_site, stored):
    small = found("target-size-44", engine="Chromium")
    stored(look(small, engines=ENGINES))
    skipped = dict.fromkeys(BROWSER_CHECKS, "no-browser")
    given = outcomes(stored(look(engines=ENGINES[:1], not_checked=skipped)))
    assert given[bilingual_site.home.full_url, "target-size-44"] == ["earl:cantTell"]
    assert {len(said) for said in given.values()} == {1}


def test_every_assertor_of_earl_has_a_version(bilingual_site):
    graph = json.loads(audit("--format", "earl")[0])["@graph"]
    assertors = [item for item in graph if "earl:Assertor" in item["@type"]]
    assert {item["title"] for item in assertors} == {"Sala content rules", "wagtail-sala"}
    assert all(item["hasVersion"] for item in assertors)


def test_keep_forgets_old_audits_but_no_newest_look(bilingual_site):
    audit("--locale", "en")
    for _number in range(3):
        audit("--locale", "th", "--keep", "2")
    assert Audit.objects.count() == 3
    assert PageAudit.objects.newest().count() == 4
    assert PageAudit.objects.filter(page=bilingual_site.home).count() == 2


def test_keep_counts_audits_by_the_command_and_keeps_the_looks_of_their_time(bilingual_site):
    page = bilingual_site.home

    def looked(days: int, **values) -> PageAudit:
        day = timezone.now() - datetime.timedelta(days=days)
        values = {"started_at": day, "ended_at": day, **values}
        return PageAuditFactory(page=page, checked_at=day, audit=AuditFactory(**values))

    by_command = [looked(days) for days in (40, 30, 20, 10)]
    old_publication, publication = [looked(days, trigger="publication") for days in (35, 15)]
    unfinished = looked(50, ended_at=None)
    published_since = [looked(days, trigger="publication") for days in range(9)]
    forget_old_audits(9)
    assert PageAudit.objects.count() == 16
    forget_old_audits(2)
    kept = {*by_command[2:], publication, unfinished, *published_since}
    assert set(PageAudit.objects.all()) == kept
    assert set(Audit.objects.all()) == {look.audit for look in kept}
    assert old_publication not in kept


# --- After publication ------------------------------------------------------------------------


@pytest.fixture
def on_publish(settings) -> None:
    settings.ACCESSIBILITY_AUDIT_ON_PUBLISH = True


def test_a_published_page_is_audited_when_it_is_committed(
    bilingual_site, on_publish, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        article = broken(bilingual_site.news)
        article.save_revision().publish()
        assert not PageAudit.objects.exists()
    seen = PageAudit.objects.newest().get(page=article)
    assert seen.audit.trigger == Audit.Trigger.PUBLICATION
    assert seen.audit.ended_at
    assert "heading-empty" in states(seen)
    assert seen.not_checked == dict.fromkeys(BROWSER_CHECKS, "no-worker")


def test_scheduling_audits_nothing(bilingual_site, on_publish, django_capture_on_commit_callbacks):
    article = NewsArticlePageFactory(parent=bilingual_site.news, live=False)
    article.go_live_at = timezone.now() + datetime.timedelta(days=1)
    with django_capture_on_commit_callbacks(execute=True):
        article.save_revision().publish()
    assert not Audit.objects.exists()


def test_publication_audits_nothing_where_it_is_switched_off(
    bilingual_site, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        bilingual_site.news.save_revision().publish()
    assert not Audit.objects.exists()


def test_an_audit_that_fails_breaks_no_publication(
    bilingual_site, on_publish, django_capture_on_commit_callbacks, monkeypatch, caplog
):
    def fail(*args: object) -> None:
        raise RuntimeError("no rules today")

    monkeypatch.setattr("accessibility.audits.run.look_by_rules", fail)
    with django_capture_on_commit_callbacks(execute=True):
        bilingual_site.news.save_revision().publish()
    assert "after its publication failed" in caplog.text
    assert Audit.objects.get().ended_at


def test_with_a_worker_the_browser_is_asked_for(
    bilingual_site, settings, on_publish, django_capture_on_commit_callbacks
):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    forget_task_backends()
    try:
        with django_capture_on_commit_callbacks(execute=True):
            bilingual_site.news.save_revision().publish()
        results = task_backends["default"].results
        audits = [result for result in results if "audits" in result.task.module_path]
        assert [result.kwargs for result in audits] == [{"with_browser": True}]
    finally:
        forget_task_backends()


def forget_task_backends() -> None:
    """Read TASKS anew when a task is next enqueued."""
    vars(task_backends).pop("settings", None)
    if hasattr(task_backends._connections, "default"):
        del task_backends["default"]


# --- Silenced rules -----------------------------------------------------------------------------


@pytest.fixture
def silenced():
    """The site has silenced the rule of empty headings."""

    def quiet(rules):
        tomorrow = datetime.date.today() + datetime.timedelta(days=1)
        return rules.silence("heading-empty", reason="ระบบเดิม", until=tomorrow)

    site_rules.cache_clear()
    with hooks.register_temporarily(HOOK, quiet):
        yield
    site_rules.cache_clear()


def test_what_a_silenced_rule_had_found_is_neither_found_nor_mended(bilingual_site, request):
    page = broken(bilingual_site.news)
    audit("--no-browser")
    request.getfixturevalue("silenced")
    audit("--no-browser")
    newest = PageAudit.objects.newest().get(page=page.pk)
    assert newest.not_checked["heading-empty"] == "silenced"
    assert newest.mended == []
    assert newest.findings.get(rule="heading-empty").state == "unchecked"


def test_the_report_says_which_rules_are_silenced_and_why(client, silenced, moderator):
    client.force_login(moderator)
    html = client.get(reverse("accessibility_reports:findings")).text
    assert "heading-empty" in html
    assert "ระบบเดิม" in html
