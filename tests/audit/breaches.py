"""Ways to break each rule on purpose: what is written where, and which check must notice."""

from __future__ import annotations

from dataclasses import dataclass

HEAD = '"""Broken on purpose."""\n\nfrom __future__ import annotations\n'
ACTIONS = "src/omzien/base/journal/actions.py"
QUERIES = "src/omzien/base/accounts/queries.py"
MODELS = "src/omzien/base/accounts/models.py"
PAGE = "src/omzien/site/templates/site/broken.html"


@dataclass(frozen=True)
class Breach:
    """Write `text` at the end of `path` (or in place of `instead_of`), and `rule` must fail."""

    rule: str
    path: str
    text: str
    instead_of: str = ""


CONTRACTS = [
    Breach("Storeys", "src/omzien/base/journal/queries.py", f"{HEAD}import omzien.site.queries\n"),
    Breach("Storeys", "src/omzien/cellar/__init__.py", HEAD),
    Breach("Storeys", "src/omzien/outreach/reads.py", f"{HEAD}import omzien.insight\n"),
    Breach("Base", "src/omzien/base/jobs/actions.py", "\nimport omzien.base.accounts.models\n"),
    Breach("Rooms", "src/omzien/base/journal/utils.py", HEAD),
    Breach("Rooms", MODELS, "\nimport omzien.base.accounts.queries\n"),
    Breach("Methods: pure", "src/omzien/methods/impure.py", f"{HEAD}import django\n"),
    Breach(
        "Methods do not go round",
        "src/omzien/methods/first.py",
        f"{HEAD}import omzien.methods.second\n",
    ),
]

LONG = "".join(f"LINE_{number} = {number}\n" for number in range(420))
LONG_FUNCTION = "\n\ndef endless() -> None:\n" + "    print()\n" * 70
MANY_LONG = "".join(
    f"\n\ndef long_{number}() -> None:\n" + "    print()\n" * 40 for number in range(400)
)
MODEL = """

class Oddity(models.Model):
    {body}

    class Meta:
        app_label = "accounts"

    def __str__(self) -> str:
        return ""
"""

HOUSE_RULES = [
    Breach("test_no_file_is_longer_than_400_lines", QUERIES, LONG),
    Breach(
        "test_the_settings_are_one_file_of_at_most_300_lines",
        "src/omzien/config/settings.py",
        LONG[:8000],
    ),
    Breach("test_functions_are_small", QUERIES, MANY_LONG),
    Breach("test_no_function_is_longer_than_60_lines", QUERIES, LONG_FUNCTION),
    Breach("test_an_app_has_the_known_rooms_only", "src/omzien/base/desk/helpers.py", HEAD),
    Breach(
        "test_outward_connections_are_opened_in_clients_only", QUERIES, "\nimport urllib.request\n"
    ),
    Breach("test_only_actions_write", QUERIES, "\n\ndef f(u: User) -> None:\n    u.save()\n"),
    Breach(
        "test_only_actions_write",
        QUERIES,
        "\n\ndef f() -> None:\n    RoleAssignment.objects.filter(id=1).update(role='x')\n",
    ),
    Breach(
        "test_the_clock_is_read_in_views_commands_and_jobs_only",
        QUERIES,
        "\n\ndef f() -> object:\n    return timezone.now()\n",
    ),
    Breach("test_every_app_says_what_it_is", "src/omzien/base/desk/__init__.py", "", "ALL"),
    Breach("test_every_model_has_a_sentence", MODELS, MODEL.format(body="pass")),
    Breach(
        "test_every_action_and_method_has_a_docstring", ACTIONS, "\n\ndef f() -> None:\n    f()\n"
    ),
    Breach(
        "test_every_action_has_a_test_of_its_name",
        ACTIONS,
        '\n\ndef do_what_nobody_tests() -> None:\n    """Do."""\n',
    ),
    Breach(
        "test_every_exception_of_an_action_is_a_sentence_for_a_person",
        ACTIONS,
        '\n\nclass Oops(Exception):\n    """no sentence"""\n',
    ),
    Breach("test_nothing_is_silenced_without_a_reason", QUERIES, "\nX = 1  # noqa: E501\n"),
    Breach(
        "test_no_test_is_skipped_or_expected_to_fail",
        "tests/test_broken.py",
        f"{HEAD}import pytest\n\n\n@pytest.mark.skip\ndef test_x() -> None: ...\n",
    ),
    Breach(
        "test_foreign_keys_between_apps_point_down_and_leave_no_trace_above",
        "src/omzien/base/places/models.py",
        MODEL.format(
            body='"""Odd."""\n\n    u = models.ForeignKey("accounts.User", models.CASCADE)'
        ).replace('"accounts"', '"places"'),
    ),
    Breach(
        "test_no_model_overrides_save_or_delete",
        MODELS,
        MODEL.format(
            body='"""Odd."""\n\n    def save(self, *a: object, **k: object) -> None: ...'
        ),
    ),
    Breach("test_every_template_is_used", PAGE, "<p>nobody shows me</p>"),
    Breach("test_no_template_has_inline_style_or_script", PAGE, '<p style="color: red">x</p>'),
    Breach(
        "test_every_deferred_job_exists",
        QUERIES,
        '\n\ndef f() -> None:\n    defer("desk.jobs.nothing", a=1)\n',
    ),
    Breach(
        "test_no_address_holds_the_word_that_is_never_used_at_a_person",
        "src/omzien/config/urls.py",
        '\nurlpatterns.append(path("eenzaam/", set_language, name="x"))\n',
    ),
    Breach(
        "test_every_address_has_a_name_and_states_its_audience",
        "src/omzien/config/urls.py",
        '\nurlpatterns.append(path("new/", set_language, name="nobody_said_who"))\n',
    ),
    Breach(
        "test_the_languages_are_dutch_first_and_english",
        "src/omzien/config/settings.py",
        '\nLANGUAGE_CODE = "en"\n',
    ),
]

REPOSITORY_RULES = [
    Breach(
        "test_every_variable_in_the_environment_is_described",
        "src/omzien/config/settings.py",
        '\nX = environment.text("OMZIEN_SECRET_SETTING")\n',
    ),
    Breach(
        "test_no_variable_is_described_that_nothing_reads",
        "docs/settings.md",
        "\n| `OMZIEN_GONE` | nothing | |\n",
    ),
    Breach("test_decisions_are_numbered_without_a_gap", "docs/decisions/0999-far.md", "# Far\n"),
    Breach("test_every_decision_has_its_three_parts", "docs/decisions/0999-far.md", "# Far\n"),
    Breach("test_one_version_everywhere", "publiccode.yml", '"9.9"', '"0.1.0"'),
    Breach("test_the_licence_is_the_one_that_is_named", "publiccode.yml", "MIT", "EUPL-1.2"),
    Breach("test_links_between_documents_lead_somewhere", "README.md", "\n[x](nowhere.md)\n"),
    Breach(
        "test_the_dutch_catalogue_is_complete_and_certain",
        "src/omzien/locale/nl/LC_MESSAGES/django.po",
        '\nmsgid "Nobody translated me"\nmsgstr ""\n',
    ),
    Breach("test_the_project_speaks_of_itself_only", "README.md", "\nSee issue 12. TODO\n"),
    Breach(
        "test_every_dependency_says_why_and_has_a_lower_bound",
        "pyproject.toml",
        'dependencies = [\n  "left-pad",',
        "dependencies = [",
    ),
]
