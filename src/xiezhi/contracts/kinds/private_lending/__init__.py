"""A civil action over a private loan (民间借贷纠纷)."""

from __future__ import annotations

from xiezhi.contracts.kinds.private_lending.form import CPL, FORM
from xiezhi.contracts.kinds.private_lending.payload import PrivateLending, case_of
from xiezhi.contracts.kinds.registry import ApplicationKind, MaterialCategory, register

KIND = register(
    ApplicationKind(
        code="filing.civil.private_lending",
        name="民间借贷纠纷起诉",
        version=1,
        payload=PrivateLending,
        form=FORM,
        materials=(
            MaterialCategory(
                "identity",
                "原告身份证明",
                required=True,
                help="居民身份证正反面。",
                basis=f"{CPL}第一百二十四条",
            ),
            MaterialCategory(
                "evidence",
                "借款和交付的证据",
                required=True,
                help="借条、借款合同、转账记录、聊天记录等。",
                basis=f"{CPL}第六十七条",
            ),
            MaterialCategory(
                "complaint",
                "已写好的起诉状",
                required=False,
                help="有就上传；没有的，系统按您填写的内容生成。",
            ),
            MaterialCategory("other", "其他材料", required=False, help="与本案有关的其他材料。"),
        ),
        basis=f"{CPL}第一百二十二条、第一百二十四条",
        summary="借出去的钱到期不还，请求归还本金和利息。",
        case=case_of,
    )
)
