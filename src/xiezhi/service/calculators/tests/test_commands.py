"""``xiezhi law``: quick, without Django, refusals in plain Chinese with exit code 2."""

from __future__ import annotations

import subprocess
import sys

import pytest

from xiezhi.service.calculators.tests.conftest import law_command

REFUSED = 2


def _started(*words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Start the command as a user does, and list the packages it needed."""
    program = (
        "import sys; from xiezhi.sites.cli import main; code = main(sys.argv[1:]);"
        "sys.stderr.write(','.join(sorted({n.partition('.')[0] for n in sys.modules})));"
        "sys.exit(code)"
    )
    return subprocess.run(
        [sys.executable, "-c", program, *words],
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("words", "stdin", "text"),
    [
        (("law", "fee", "property", "1234567.89"), "", "15,911.11元"),
        (("law", "period", "appeal-judgment", "2026-02-06"), "", "2026年2月24日（周二）"),
        (("law", "id"), "11010519491231002X\n", "号码写法正确"),
        (("law", "sources"), "", "本项尚待核实"),
    ],
)
def test_answer_without_starting_django(words: tuple[str, ...], stdin: str, text: str) -> None:
    done = _started(*words, stdin=stdin)
    needed = set(done.stderr.split(","))
    assert done.returncode == 0
    assert text in done.stdout
    assert needed & {"django", "psycopg", "pydantic"} == set()


def test_refuse_with_exit_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert law_command(["fee", "property", "-5"]) == REFUSED
    written = capsys.readouterr()
    assert written.out == ""
    assert (
        written.err
        == "标的额：金额不能为负数。（依据：《诉讼费用交纳办法》第十三条第一款第一项）\n"
    )


def test_refuse_an_unknown_choice_with_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert law_command(["fee", "murder"]) == REFUSED
    assert "  property　财产案件\n" in capsys.readouterr().err


@pytest.mark.parametrize("words", [[], ["horoscope"], ["fee", "labour", "1", "2"], ["fee", "--x"]])
def test_refuse_a_misspelt_command(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert law_command(words) == REFUSED
    assert "用法：xiezhi law" in capsys.readouterr().err


def test_help_lists_what_can_be_asked(capsys: pytest.CaptureFixture[str]) -> None:
    assert law_command(["--help"]) == 0
    assert "capitals　金额大小写换算" in capsys.readouterr().out
    with pytest.raises(SystemExit) as left:
        law_command(["period", "--help"])
    assert left.value.code == 0
    assert "appeal-judgment　当事人｜判决上诉期" in capsys.readouterr().out


def test_options_may_stand_between_arguments(capsys: pytest.CaptureFixture[str]) -> None:
    assert law_command(["fee", "property", "--halving", "summary", "20000"]) == 0
    assert "150.00元" in capsys.readouterr().out


def test_number_on_the_command_line_is_refused_and_not_repeated(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert law_command(["id", "11010519491231002X"]) == REFUSED
    written = capsys.readouterr()
    assert "号码请从标准输入给出。" in written.err
    assert "11010519491231002X" not in written.err + written.out
