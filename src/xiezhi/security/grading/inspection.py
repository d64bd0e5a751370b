"""Judge the grades of one model: every field once, identifiers never in clear."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from django.db import models

from xiezhi.foundation.grades import FieldGrades, Grade
from xiezhi.foundation.models import GradedModel
from xiezhi.security.fields import BlindIndexField
from xiezhi.security.fields.encrypted import EncryptedField
from xiezhi.security.grading.third_party import THIRD_PARTY

IDENTIFYING: Final = re.compile(
    r"(^|_)(id_?number|id_?card|identity_?number|passport|phone|mobile|tele?phone|address|email"
    r"|bank|account_?number|card_?number|licen[cs]e_?number|plate|wechat|biometric|birth_?date)"
    r"(_|$)"
)
"""Names under which identifiers of people hide (个人信息保护法 28; GB/T 35273)."""

_HOLDS_TEXT: Final = (models.CharField, models.TextField, models.DateField, models.BinaryField)


def grades_of(model: type[models.Model]) -> FieldGrades | None:
    """Return the grades declared for a model, ours or another's; nothing if there are none."""
    if issubclass(model, GradedModel):
        return model.grades
    return THIRD_PARTY.get(model._meta.label)


def grade_of(model: type[models.Model], name: str) -> Grade | None:
    """Return the grade of one field."""
    for grade, names in (grades_of(model) or {}).items():
        if name in names:
            return grade
    if issubclass(model, GradedModel) and name == "id":
        return Grade.INTERNAL
    return None


def faults(model: type[models.Model]) -> Iterator[str]:
    """Yield what is wrong with the grades of a model, in words for its author."""
    graded = grades_of(model)
    if graded is None:
        yield "has no grades: derive it from GradedModel, or name its fields in third_party.py"
        return
    counted = Counter(name for names in graded.values() for name in names)
    fields = {each.name: each for each in model._meta.concrete_fields}
    own_key = {"id"} if issubclass(model, GradedModel) else set()
    for name in fields.keys() - counted.keys() - own_key:
        yield f"field {name} has no grade"
    for name in counted.keys() - fields.keys():
        yield f"grade given to {name}, which is no field"
    for name in (name for name, times in counted.items() if times > 1):
        yield f"field {name} has two grades"
    if issubclass(model, GradedModel):
        yield from _in_clear(model, fields)


def _in_clear(
    model: type[models.Model], fields: Mapping[str, "models.Field[object, object]"]
) -> Iterator[str]:
    reasons: Mapping[str, str] = getattr(model, "kept_in_clear", {})
    for name in reasons.keys() - fields.keys():
        yield f"kept_in_clear names {name}, which is no field"
    for name, each in fields.items():
        if isinstance(each, EncryptedField | BlindIndexField) or reasons.get(name):
            continue
        grade = grade_of(model, name)
        if grade is None or grade < Grade.SENSITIVE:
            continue
        if isinstance(each, models.JSONField):
            yield f"field {name} is graded {grade.name} and can hold anything: encrypt it"
        elif isinstance(each, _HOLDS_TEXT) and IDENTIFYING.search(name):
            yield f"field {name} holds an identifier graded {grade.name}: encrypt it"
