"""Refusals about stored contents."""

from xiezhi.foundation.errors import Refusal


class ContentDamaged(Refusal):
    """A stored content cannot be opened although it should be there; an incident."""

    code = "files.content-damaged"
    text = "材料“{name}”保存的内容已损坏或者缺失，暂时无法打开。"
    remedy = "系统已将此情况报告运维人员。如急需使用，请重新提交该材料，或拨打12368。"
    basis = "人民法院在线运行规则第三十九条"
    status = 503


class ContentGone(Refusal):
    """The content was destroyed; the trace is kept."""

    code = "files.content-gone"
    text = "该材料已经依法销毁，只保留销毁记录。"
    remedy = "如需要该材料，请联系办理案件的法院。"
    status = 410


class ContentHeld(Refusal):
    """The content is held until somebody has looked into it."""

    code = "files.content-held"
    text = "材料“{name}”正在接受安全检查，暂时不能查看。"
    remedy = "检查完成后即可查看，请稍后再试。"
    status = 423
