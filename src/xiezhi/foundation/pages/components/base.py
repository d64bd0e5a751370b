"""What a component is: a frozen, strictly typed record that knows its template."""

from __future__ import annotations

import dataclasses
import re
from typing import Annotated, ClassVar, Final, TypeVar, cast, dataclass_transform

import jinja2
from django.utils.functional import Promise
from markupsafe import Markup
from pydantic import BeforeValidator, ConfigDict, PlainValidator
from pydantic.dataclasses import dataclass as checked_dataclass

_CHECKED: Final = ConfigDict(
    strict=True, extra="forbid", arbitrary_types_allowed=True, use_enum_values=True
)
_bound: list[jinja2.Environment] = []


class ComponentError(TypeError):
    """A component was asked for in a way that its signature does not allow."""


def bind(environment: jinja2.Environment) -> None:
    """Name the environment in which a component shows itself when a page prints it."""
    _bound[:] = [environment]


class Component:
    """A part of a page; printed in a template it renders its own."""

    TEMPLATE: ClassVar[str] = ""

    def variables(self) -> dict[str, object]:
        """Give the template its variables: the fields, and whatever follows from them.

        The field ``icon`` is called ``icon_name`` there: ``icon`` is the function that shows it.
        """
        return {
            "icon_name" if field.name == "icon" else field.name: getattr(self, field.name)
            for field in _fields(self)
        }

    def __html__(self) -> str:
        """Render in the bound environment (the protocol that escaping honours)."""
        return show(self, _bound[0])


def _fields(of: object) -> tuple[dataclasses.Field[object], ...]:
    return dataclasses.fields(of)  # type: ignore[arg-type]  # every component is a dataclass


def show(part: Component, environment: jinja2.Environment) -> Markup:
    """Render a component in an environment."""
    return Markup(environment.get_template(part.TEMPLATE).render(part.variables()))  # noqa: S704


def _settled(value: object) -> object:
    return str(value) if isinstance(value, Promise) else value


def _content(value: object) -> object:
    if isinstance(value, Promise):
        return str(value)
    if isinstance(value, str | Component):
        return value
    message = f"text or a component expected, got {type(value).__name__}"
    raise ValueError(message)  # pydantic reports ValueError as a finding


Text = Annotated[str, BeforeValidator(_settled)]
Content = Annotated[str | Component, PlainValidator(_content)]

_T = TypeVar("_T")
_C = TypeVar("_C", bound=Component)

COMPONENTS: Final[dict[str, type[Component]]] = {}
ITEMS: Final[dict[str, type[object]]] = {}


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


@dataclass_transform(kw_only_default=True, frozen_default=True)
def item(cls: type[_T]) -> type[_T]:
    """Make a checked, frozen record that components take as an argument (a choice, a step)."""
    made = cast("type[_T]", checked_dataclass(config=_CHECKED, kw_only=True, frozen=True)(cls))
    ITEMS[_snake(cls.__name__)] = made
    return made


@dataclass_transform(kw_only_default=True, frozen_default=True)
def component(cls: type[_C]) -> type[_C]:
    """Make a component: fields are its arguments, the class name in snake case its name."""
    name = _snake(cls.__name__)
    cls.TEMPLATE = f"foundation/components/{name}.html"
    made = cast("type[_C]", checked_dataclass(config=_CHECKED, kw_only=True, frozen=True)(cls))
    COMPONENTS[name] = made
    return made
