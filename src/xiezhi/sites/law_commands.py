"""``xiezhi law …``: the calculators as commands, quick and without Django."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, NoReturn

from typing_extensions import override

from xiezhi.law.dates import SHANGHAI
from xiezhi.law.results import Step
from xiezhi.service.calculators import refusals, sources
from xiezhi.service.calculators.answers import Answer, Json, document
from xiezhi.service.calculators.catalogue import CALCULATORS, find
from xiezhi.service.calculators.declaration import Calculator
from xiezhi.service.calculators.questions import Kind, Question
from xiezhi.service.calculators.reading import Finding, Unanswerable

REFUSED: Final = 2
SOURCES: Final = "sources"


@dataclass(frozen=True)
class Misused(Exception):
    """A command that cannot be read; never repeats its words, which may be personal."""

    usage: str


class _Parser(argparse.ArgumentParser):
    @override
    def format_help(self) -> str:
        return super().format_help().replace("usage: ", "用法：", 1)

    @override
    def error(self, message: str) -> NoReturn:
        del message
        raise Misused(self.format_usage().replace("usage: ", "用法：", 1))


def main(words: Sequence[str]) -> int:
    """Run ``xiezhi law`` with the words after it.

    Units: the day on which it is asked is today's date in Shanghai.
    Refuses: exit code 2 with the reason in plain Chinese, as JSON with ``--json``.
    """
    try:
        return _run(words)
    except BrokenPipeError:  # whoever read our lines has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _run(words: Sequence[str]) -> int:
    name = words[0] if words else ""
    if name == SOURCES:
        return _sources(words[1:])
    calculator = find(name)
    if calculator is None:
        return _overview(asked_for_help=name in {"-h", "--help"})
    return _calculate(calculator, words[1:], datetime.now(SHANGHAI).date())


def _calculate(calculator: Calculator[Any], words: Sequence[str], today: date) -> int:
    questions = calculator.questions(today)
    try:
        given = vars(_parser(calculator, questions).parse_intermixed_args(list(words)))
    except Misused as misused:
        secret = [f"{one.label}请从标准输入给出。" for one in questions if one.confidential]
        return _misused("".join([*secret, misused.usage.strip()]), as_json="--json" in words)
    as_json = given.pop("json")
    raw = {name: _listed(value) for name, value in given.items() if value is not None}
    raw |= {one.name: [_ask(one)] for one in questions if one.confidential}
    try:
        answer = calculator.answer(raw, today=today)
    except Unanswerable as unanswerable:
        if as_json:
            _print_json(refusals.of(unanswerable.findings))
        else:
            _refuse(unanswerable.findings, questions)
        return REFUSED
    if as_json:
        _print_json(document(calculator.code, calculator.title, answer))
    else:
        _print(_lines(calculator, answer))
    return 0


def _parser(calculator: Calculator[Any], questions: Sequence[Question]) -> argparse.ArgumentParser:
    """Take the declared arguments in order, every other question by its name."""
    parser = _Parser(
        prog=f"xiezhi law {calculator.code}",
        description=f"{calculator.title}。{calculator.helps}",
        allow_abbrev=False,
        add_help=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog=_choices(questions),
    )
    known = {question.name: question for question in questions if not question.confidential}
    given = parser.add_argument_group("内容")
    for name in calculator.arguments:
        given.add_argument(name, nargs="?", help=_help(known.pop(name)))
    options = parser.add_argument_group("选项")
    for name, question in known.items():
        option = f"--{name.replace('_', '-')}"
        if question.kind is Kind.YES:
            options.add_argument(
                option, dest=name, action="store_const", const="yes", help=_help(question)
            )
        else:
            several = question.kind is Kind.CHOICES
            options.add_argument(
                option,
                dest=name,
                action="append" if several else "store",
                metavar="内容",
                help=_help(question),
            )
    options.add_argument("--json", action="store_true", help="按 JSON 输出，与接口相同")
    options.add_argument("-h", "--help", action="help", help="显示本说明")
    return parser


def _help(question: Question) -> str:
    words = question.label if question.required else f"{question.label}（选填）"
    return words.replace("%", "%%")


def _choices(questions: Sequence[Question]) -> str:
    lines: list[str] = []
    for question in questions:
        if question.choices:
            lines.append(f"\n{question.label}：")
            lines += [f"  {choice.value}　{choice.label}" for choice in question.choices]
    return "\n".join(lines)


def _ask(question: Question) -> str:
    """Read a confidential answer where no shell keeps it: hidden on a terminal, else one line."""
    if sys.stdin.isatty():
        return getpass.getpass(f"请输入{question.label}（不显示），按回车键：")
    return sys.stdin.readline(question.max_length * 4).rstrip("\n")


def _listed(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]


def _lines(calculator: Calculator[Any], answer: Answer) -> Iterator[str]:
    yield f"{answer.label}：{answer.text}"
    if answer.note:
        yield answer.note
    if answer.days:
        yield "\n期满前后的日期"
        for day in answer.days:
            yield f"  {day.day.isoformat()} {day.weekday} {day.name} {day.mark}".rstrip()
    yield f"\n{calculator.steps_title}"
    yield from _steps(answer.steps)
    yield "\n法律依据"
    yield from (f"  {basis}" for basis in answer.basis)
    if answer.doubts:
        yield "\n需要留意的事项"
        yield from (f"  {doubt.text}" for doubt in answer.doubts)


def _steps(steps: Sequence[Step]) -> Iterator[str]:
    for step in steps:
        yield f"  {step.label}：{step.formula}　{step.shown}（{step.basis}）"


def _refuse(findings: Sequence[Finding], questions: Sequence[Question]) -> None:
    for finding in findings:
        sys.stderr.write(f"{finding.label}：{finding.words}\n")
    wrong = {finding.field for finding in findings if finding.code.startswith("input.")}
    chosen = [one for one in questions if one.name in wrong and one.choices]
    if chosen:
        sys.stderr.write(f"{_choices(chosen)}\n")


def _misused(remedy: str, *, as_json: bool) -> int:
    text = "命令的写法不正确。"
    if as_json:
        _print_json(
            refusals.document(
                status=refusals.UNPROCESSABLE, code="input.command", text=text, remedy=remedy
            )
        )
    else:
        sys.stderr.write(f"{text}\n{remedy}\n")
    return REFUSED


def _sources(words: Sequence[str]) -> int:
    parser = _Parser(prog="xiezhi law sources", description="规则来源与待核事项。")
    parser.add_argument("--json", action="store_true", help="按 JSON 输出，与接口相同")
    try:
        as_json = parser.parse_args(list(words)).json
    except Misused as misused:
        return _misused(misused.usage.strip(), as_json="--json" in words)
    if as_json:
        _print_json(sources.document())
    else:
        _print(sources.lines())
    return 0


def _overview(*, asked_for_help: bool) -> int:
    write: Callable[[str], int] = sys.stdout.write if asked_for_help else sys.stderr.write
    write("用法：xiezhi law <工具> [内容] [--json]；工具之后加 --help 可看写法。\n")
    for calculator in CALCULATORS:
        write(f"  {calculator.code}　{calculator.title}。{calculator.helps}\n")
    write(f"  {SOURCES}　规则来源与待核事项。\n")
    return 0 if asked_for_help else REFUSED


def _print_json(content: dict[str, Json]) -> None:
    sys.stdout.write(json.dumps(content, ensure_ascii=False, indent=2) + "\n")


def _print(lines: Iterator[str]) -> None:
    for line in lines:
        sys.stdout.write(line + "\n")
