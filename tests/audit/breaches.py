"""Ways to break each rule on purpose: what is written where, and which check must notice."""

from __future__ import annotations

from dataclasses import dataclass

HEAD = '"""Broken on purpose."""\n\nfrom __future__ import annotations\n'
ACTIONS = "src/omzien/base/journal/actions.py"
QUERIES = "src/omzien/base/journal/queries.py"
MODELS = "src/omzien/base/accounts/models.py"
PAGE = "src/omzien/site/templates/site/broken.html"
DECISION = "docs/decisions/0999-far.md"


AUDIENCES = "src/omzien/config/audiences.py"
SETTINGS = "src/omzien/config/settings.py"
THIRD_PARTY = "src/omzien/config/privacy.py"


@dataclass(frozen=True)
class Breach:
    """Write `text` at the end of `path` (or in place of `instead_of`), and `rule` must fail.

    `path` exists, unless the breach is that there is a `new` file. What the rule says is "FAILED"
    and its name, unless it says something `else_said`.
    """

    rule: str
    path: str
    text: str
    instead_of: str = ""
    new: bool = False
    else_said: str = ""


CONTRACTS = [
    Breach("Storeys", QUERIES, "\nimport omzien.site.queries\n"),
    Breach("Storeys", "src/omzien/cellar/__init__.py", HEAD, new=True),
    Breach("Storeys", "src/omzien/outreach/reads.py", f"{HEAD}import omzien.insight\n", new=True),
    Breach("Base", "src/omzien/base/jobs/actions.py", "\nimport omzien.base.accounts.models\n"),
    Breach("Rooms", "src/omzien/base/journal/utils.py", HEAD, new=True),
    Breach("Rooms", MODELS, "\nimport omzien.base.accounts.queries\n"),
    Breach("Methods: pure", "src/omzien/methods/impure.py", f"{HEAD}import django\n", new=True),
    Breach(
        "Methods do not go round",
        "src/omzien/methods/first.py",
        f"{HEAD}import omzien.methods.second\n",
        new=True,
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
        SETTINGS,
        LONG[:8000],
    ),
    Breach("test_functions_are_small", QUERIES, MANY_LONG),
    Breach("test_no_function_is_longer_than_60_lines", QUERIES, LONG_FUNCTION),
    Breach(
        "test_an_app_has_the_known_rooms_only", "src/omzien/base/desk/helpers.py", HEAD, new=True
    ),
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
        new=True,
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
    Breach("test_every_template_is_used", PAGE, "<p>nobody shows me</p>", new=True),
    Breach(
        "test_no_template_has_inline_style_or_script",
        PAGE,
        '<p style="color: red">x</p>',
        new=True,
    ),
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
        SETTINGS,
        '\nLANGUAGE_CODE = "en"\n',
    ),
]

REPOSITORY_RULES = [
    Breach(
        "test_every_variable_in_the_environment_is_described",
        SETTINGS,
        '\nX = environment.text("OMZIEN_SECRET_SETTING")\n',
    ),
    Breach(
        "test_no_variable_is_described_that_nothing_reads",
        "docs/settings.md",
        "\n| `OMZIEN_GONE` | nothing | |\n",
    ),
    Breach("test_decisions_are_numbered_without_a_gap", DECISION, "# Far\n", new=True),
    Breach("test_every_decision_has_its_three_parts", DECISION, "# Far\n", new=True),
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
    Breach(
        "test_every_locked_package_has_a_wheel",
        "uv.lock",
        '\n[[package]]\nname = "old"\nsource = { registry = "somewhere" }\n',
    ),
    Breach(
        "test_no_third_party_address_of_a_registry_stands_in_the_node_lock",
        "package-lock.json",
        '"packages": {\n    "far": {"resolved": "https://far.example/far.tgz"},',
        '"packages": {',
    ),
]

NO_MIDDLEWARE = ("", '    "omzien.base.accounts.middleware.AudienceMiddleware",\n')
ACCESS_RULES = [
    Breach(
        "test_every_address_with_parameters_has_an_example",
        "tests/examples.py",
        "",
        '    "desk:open": Example(her_key, foreign=200),\n',
    ),
    Breach(
        "test_there_is_no_example_without_an_address",
        "tests/examples.py",
        '"desk:ajar"',
        '"desk:open"',
    ),
    Breach(
        "test_no_audience_is_wider_than_its_app_allows",
        AUDIENCES,
        '"journal:search": PUBLIC',
        '"journal:search": for_roles("privacy_officer")',
    ),
    Breach(
        "test_no_audience_is_wider_than_its_app_allows",
        AUDIENCES,
        '"desk:open": for_roles("coordinator", "analyst")',
        '"desk:open": for_roles("coordinator")',
    ),
    Breach(
        "test_sam_sees_what_is_public_and_nothing_else",
        AUDIENCES,
        "",
        '    "desk:find": for_roles("coordinator"),\n',
    ),
    Breach("test_sam_sees_what_is_public_and_nothing_else", SETTINGS, *NO_MIDDLEWARE),
    Breach("test_a_role_sees_what_its_audience_admits", SETTINGS, *NO_MIDDLEWARE),
    Breach("test_another_persons_object_stays_shut", SETTINGS, *NO_MIDDLEWARE),
    Breach(
        "test_an_email_code_alone_does_not_open_what_asks_for_more",
        "src/omzien/base/accounts/permissions.py",
        "return Assurance.SECOND_FACTOR if methods",
        "return Assurance.EMAIL if methods",
    ),
    Breach(
        "test_every_role_is_played_by_somebody",
        "tests/cast.py",
        "",
        '    "analyst": ("Ravi Ramdin", "ravi@example.nl"),\n',
    ),
]

PRIVACY_RULES = [
    # It stops the gathering of the tests already.
    Breach(
        "test_every_model_has_a_complete_declaration",
        MODELS,
        MODEL.format(body='"""Odd."""'),
        else_said="Undeclared: accounts.Oddity",
    ),
    Breach(
        "test_every_model_has_a_complete_declaration",
        MODELS,
        'purpose = ""',
        'purpose = "Know who may see what, now and at any moment before."',
    ),
    Breach(
        "test_the_fields_that_a_declaration_names_exist",
        MODELS,
        'keep_from = "stopped_at"',
        'keep_from = "ended_at"',
    ),
    Breach(
        "test_every_table_in_the_database_has_a_declaration",
        THIRD_PARTY,
        "",
        '"procrastinate_events", ',
    ),
    Breach(
        "test_no_declaration_is_without_a_table",
        THIRD_PARTY,
        '"procrastinate_nothing", "procrastinate_events", ',
        '"procrastinate_events", ',
    ),
    Breach(
        "test_no_table_is_declared_twice",
        THIRD_PARTY,
        '"accounts_user", "procrastinate_events", ',
        '"procrastinate_events", ',
    ),
    Breach(
        "test_third_parties_stand_under_the_name_of_their_table",
        THIRD_PARTY,
        "declaration.table.upper(): declaration",
        "declaration.table: declaration",
    ),
]

BREACHES = {
    "test_house_rules.py": HOUSE_RULES,
    "test_repository.py": REPOSITORY_RULES,
    "test_access.py": ACCESS_RULES,
    "test_privacy_rules.py": PRIVACY_RULES,
}
# Rules without a breach: one is about a proportion of the whole (a breach would be a second
# codebase), the others are about the tools of a rule.
WITHOUT = {
    "test_nine_files_in_ten_are_at_most_250_lines",
    "test_a_complete_declaration_has_no_faults",
    "test_an_incomplete_declaration_says_what_is_missing",
    "test_a_model_without_a_declaration_is_named",
    "test_our_models_are_ours",
    "test_a_table_that_nobody_declared_is_found",
}
