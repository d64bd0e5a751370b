"""Titles of refusal pages, by what kind of refusal it is."""

from __future__ import annotations

from typing import Final

_TITLES: Final[dict[int, str]] = {
    400: "提交的内容无法识别",
    401: "请先登录",
    403: "您不能办理这一事项",
    404: "没有找到",
    409: "现在不能办理这一步",
    422: "这一步没有办成",
    429: "操作过于频繁，请稍后再试",
    500: "系统出现故障",
    503: "系统正在维护",
}


def refusal_title(status: int) -> str:
    """Give the title of a refusal with this HTTP status."""
    return _TITLES.get(status, _TITLES[422])
