"""Refusals of the court's core: what is wrong, under which article, what to do next."""

from __future__ import annotations

from xiezhi.casework.articles import CASE_NUMBERS, CPL_124, CPL_126
from xiezhi.foundation.errors import Conflict, Refusal


class UnknownKind(Refusal):
    """The court does not know this kind of application, or not in this version."""

    code = "casework.unknown-kind"
    text = "本院系统不能识别这类申请（{kind}，第{version}版）。"
    remedy = "请通过人民法院在线服务平台重新填写后提交，或者拨打12368。"


class PayloadInvalid(Refusal):
    """What was entered does not fit the form of its kind."""

    code = "casework.payload-invalid"
    text = "申请内容不符合这类申请的格式要求，共有{count}处。"
    basis = CPL_124
    remedy = "请通过人民法院在线服务平台核对后重新提交。"


class CourtNotHere(Refusal):
    """The application names a court that this site does not serve."""

    code = "casework.court-not-here"
    text = "代字为“{court}”的法院不在本系统受理范围内。"
    remedy = "请核对所选的受诉法院。"


class AlreadyDecided(Conflict):
    """Somebody has decided this application."""

    code = "casework.already-decided"
    text = "这份申请已经办结（{state}），您刚才的操作没有生效。"
    remedy = "请刷新页面，查看办理结果和经办人。"


class OpensNoCase(Refusal):
    """The kind of this application opens no case."""

    code = "casework.opens-no-case"
    text = "“{kind}”不是起诉，不能据此登记立案。"
    remedy = "请按该类申请的办理程序处理。"


class ReasonMissing(Refusal):
    """A refusal of an application without its reason or its article."""

    code = "casework.reason-missing"
    text = "不予受理必须写明理由，并选定所依据的条款。"
    basis = CPL_126
    remedy = "请选择依据，写明本案的具体情形后再提交。"


class NumberIsUsed(Conflict):
    """A number that a case bears cannot be voided."""

    code = "casework.number-in-use"
    text = "案号{number}已经用于案件，不能作废。"
    basis = CASE_NUMBERS
    remedy = "确需销号的，请先办理移送或者结案手续。"
