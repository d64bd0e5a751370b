"""Render the gallery's pages to files, with the minimum of Django around them."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import django
import jinja2
from django.conf import settings
from django.http import HttpRequest
from django.urls import include, path

from xiezhi.foundation.pages.factory import environment
from xiezhi.foundation.pages.gallery import samples
from xiezhi.foundation.pages.shell import Display, Shell

FOUNDATION: Final = Path(__file__).resolve().parents[2]
HERE: Final = Path(__file__).resolve().parent

# The gallery's own addresses, when no site is configured around it.
urlpatterns = [path("", include("xiezhi.foundation.pages.urls"))]


def configure() -> None:
    """Configure Django for rendering only, unless a site has done so."""
    if settings.configured:
        return
    settings.configure(
        STATIC_URL="/static/", ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], USE_I18N=False
    )
    django.setup()


def gallery_environment() -> jinja2.Environment:
    """Make the environment over the foundation's templates and the gallery's."""
    folders = [FOUNDATION / "jinja2", HERE / "templates"]
    return environment(loader=jinja2.FileSystemLoader(folders))


def page(
    templates: jinja2.Environment,
    name: str,
    *,
    shell: Shell,
    display: Display,
    facts: Mapping[str, object],
) -> str:
    """Render one page of the gallery."""
    request = HttpRequest()
    request.path = "/"
    context = {
        "request": request,
        "csrf_input": "",
        "csrf_token": "0" * 64,
        "shell": shell,
        "display": display,
        "page_id": name,
        "messages": samples.messages(),
    }
    return templates.get_template(f"gallery/{name}.html").render(context | dict(facts))


def write(out: Path) -> list[Path]:
    """Write the gallery: ``out`` is its first page, the others and the files stand beside it."""
    configure()
    templates = gallery_environment()
    out.parent.mkdir(parents=True, exist_ok=True)
    written = []
    for name, (shell, display, facts) in samples.pages().items():
        target = out if name == "home" else out.with_name(f"{out.stem}-{name}.html")
        template = name.split("-", maxsplit=1)[0]
        text = page(templates, template, shell=shell, display=display, facts=facts)
        target.write_text(text, encoding="utf-8")
        written.append(target)
    statics = out.parent / "static"
    shutil.copytree(FOUNDATION / "static", statics, dirs_exist_ok=True)
    shutil.copy(HERE / "material.svg", statics / "material.svg")
    return written
