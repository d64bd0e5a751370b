"""The form of an application over a private loan: its sections, fields, help and articles."""

from __future__ import annotations

from xiezhi.contracts.forms import Choice, FieldSpec, FieldType, FormSpec, SectionSpec
from xiezhi.contracts.kinds.private_lending.payload import MOST_CLAIMS, MOST_DEFENDANTS

CPL = "《中华人民共和国民事诉讼法》"

_NAME = FieldSpec("name", "姓名", max_length=50, help="与身份证一致。", autocomplete="off")
_ADDRESS = FieldSpec(
    "address", "住所地", help="写到门牌号，法院按这个地址送达文书。", confidential=True
)

FORM = FormSpec(
    (
        SectionSpec(
            "plaintiff",
            "原告（您）",
            (
                _NAME,
                FieldSpec("id_number", "公民身份号码", FieldType.ID_NUMBER, confidential=True),
                FieldSpec("phone", "联系电话", FieldType.PHONE, confidential=True),
                _ADDRESS,
            ),
            intro="提起诉讼的人，也就是出借人。",
            basis=f"{CPL}第一百二十四条第一项",
        ),
        SectionSpec(
            "defendants",
            "被告",
            (
                _NAME,
                FieldSpec(
                    "id_number",
                    "公民身份号码",
                    FieldType.ID_NUMBER,
                    required=False,
                    help="不知道可以不填，但身份号码和联系电话至少填一项。",
                    confidential=True,
                ),
                FieldSpec("phone", "联系电话", FieldType.PHONE, required=False, confidential=True),
                _ADDRESS,
            ),
            intro="借款人；有共同借款人或者保证人的，可以一并列为被告。",
            basis=f"{CPL}第一百二十二条第二项",
            repeated=True,
            at_most=MOST_DEFENDANTS,
            item_label="被告",
        ),
        SectionSpec(
            "loan",
            "借款情况",
            (
                FieldSpec(
                    "principal",
                    "出借本金",
                    FieldType.MONEY,
                    help="实际交付给对方的金额，例如48000或者4.8万。",
                ),
                FieldSpec("lent_on", "出借日期", FieldType.DATE, past=True),
                FieldSpec(
                    "due_on",
                    "约定还款日期",
                    FieldType.DATE,
                    required=False,
                    help="没有约定可以不填。",
                ),
                FieldSpec(
                    "form",
                    "交付方式",
                    FieldType.RADIO,
                    choices=(
                        Choice("bank", "银行转账"),
                        Choice("mobile", "微信、支付宝转账"),
                        Choice("cash", "现金"),
                        Choice("other", "其他"),
                    ),
                ),
                FieldSpec(
                    "interest",
                    "利息约定",
                    required=False,
                    help="例如：年利率6%；没有约定可以不填。",
                ),
            ),
            intro="把借款的经过拆成几项填写，法官看得清楚。",
        ),
        SectionSpec(
            "claims",
            "诉讼请求",
            (
                FieldSpec("text", "请求内容", help="例如：判令被告归还借款本金48,000元。"),
                FieldSpec(
                    "amount", "金额", FieldType.MONEY, required=False, help="有金额的请求写明金额。"
                ),
            ),
            intro="您希望法院判决什么，一项一条。",
            basis=f"{CPL}第一百二十二条第三项",
            repeated=True,
            at_most=MOST_CLAIMS,
            item_label="请求",
        ),
        SectionSpec(
            "facts",
            "事实与理由",
            (
                FieldSpec(
                    "text",
                    "事实与理由",
                    FieldType.TEXTAREA,
                    help="按时间写：什么时候、为什么借、怎么交付、怎么催要、对方怎么答复。",
                    max_length=20_000,
                ),
            ),
            basis=f"{CPL}第一百二十四条第三项",
        ),
    )
)
