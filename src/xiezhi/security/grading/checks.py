"""System checks: grades of every table, SM3 in this OpenSSL, keys that open."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, Tags, register

from xiezhi.security.algorithms import CryptoError
from xiezhi.security.algorithms.digests import require_sm3
from xiezhi.security.grading.inspection import faults


@register(Tags.models)
def every_field_has_a_grade(
    app_configs: Sequence[AppConfig] | None, **_: Any
) -> Iterable[CheckMessage]:
    """Fail for an ungraded field, an unknown grade, an identifier in clear."""
    wanted = apps.get_app_configs() if app_configs is None else app_configs
    for config in wanted:
        for model in config.get_models(include_auto_created=True):
            if model._meta.proxy:
                continue
            for fault in sorted(faults(model)):
                yield Error(
                    f"{model._meta.label} {fault}",
                    hint="See docs/security.md, Grades. A reason to keep a field in clear "
                    "stands in kept_in_clear = {field: reason} of the model.",
                    obj=model,
                    id="security.E001",
                )


@register(Tags.security)
def sm3_is_there(**_: Any) -> Iterable[CheckMessage]:
    """Fail where OpenSSL has no SM3."""
    try:
        require_sm3()
    except CryptoError as error:
        yield Error(str(error), id="security.E002")
