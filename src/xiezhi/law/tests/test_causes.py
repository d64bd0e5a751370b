"""Causes: the tables of causes.md sections 2 to 5 and search by everyday words."""

from __future__ import annotations

from datetime import date

import pytest

from xiezhi.law import causes, fees
from xiezhi.law.case_number import type_name
from xiezhi.law.errors import LawError
from xiezhi.law.parameters import parameter

ON = date(2026, 3, 2)
TREE = causes.civil(ON)


def test_the_list_has_its_official_size() -> None:
    sizes = [sum(one.level == level for one in TREE.values()) for level in (1, 2, 3)]
    assert sizes == [12, 59, 514]


@pytest.mark.parametrize(
    ("group", "name", "first", "last"),
    [
        (1, "人格权纠纷", 1, 11), (2, "婚姻家庭纠纷", 12, 28), (3, "继承纠纷", 29, 35),
        (4, "不动产登记纠纷", 36, 37), (5, "物权保护纠纷", 38, 44), (6, "所有权纠纷", 45, 57),
        (7, "用益物权纠纷", 58, 70), (8, "担保物权纠纷", 71, 73), (9, "占有保护纠纷", 74, 77),
        (10, "合同纠纷", 78, 147), (11, "不当得利纠纷", 148, 148),
        (12, "无因管理纠纷", 149, 149), (13, "知识产权合同纠纷", 150, 163),
        (14, "知识产权权属、侵权纠纷", 164, 185), (15, "不正当竞争纠纷", 186, 195),
        (16, "垄断纠纷", 196, 198), (17, "数据纠纷", 199, 201),
        (18, "网络虚拟财产纠纷", 202, 204), (19, "劳动争议", 205, 209),
        (20, "人事争议", 210, 213), (21, "新就业形态用工纠纷", 214, 216),
        (22, "海事海商纠纷", 217, 275), (23, "与企业有关的纠纷", 276, 289),
        (24, "与公司有关的纠纷", 290, 317), (25, "合伙企业纠纷", 318, 320),
        (26, "与农民专业合作社有关的纠纷", 321, 326), (27, "与破产有关的纠纷", 327, 339),
        (28, "证券纠纷", 340, 356), (29, "期货交易纠纷", 357, 367), (30, "信托纠纷", 368, 370),
        (31, "保险纠纷", 371, 377), (32, "票据纠纷", 378, 388), (33, "信用证纠纷", 389, 394),
        (34, "独立保函纠纷", 395, 401), (35, "侵权责任纠纷", 402, 434),
        (36, "选民资格案件", 435, 435), (37, "宣告失踪、宣告死亡案件", 436, 440),
        (43, "实现担保物权案件", 451, 452), (44, "监护权特别程序案件", 453, 457),
        (48, "破产程序案件", 461, 464), (50, "申请保全案件", 475, 480),
        (53, "仲裁司法审查案件", 483, 490), (54, "海事诉讼特别程序案件", 491, 497),
        (57, "公益诉讼", 502, 510), (59, "执行程序中的异议之诉", 512, 514),
    ],
)  # fmt: skip
def test_second_level_table(group: int, name: str, first: int, last: int) -> None:
    found = TREE[f"group-{group}"]
    below = [int(one.code) for one in causes.children(found.code, ON)]
    assert (found.name, below) == (name, list(range(first, last + 1)))


@pytest.mark.parametrize(
    ("code", "name", "fee"),
    [
        ("1", "生命权、身体权、健康权纠纷", "personality"),
        ("8", "隐私权、个人信息保护纠纷", "personality"),
        ("12", "婚约财产纠纷", "property"),
        ("14", "离婚纠纷", "divorce"),
        ("15", "离婚后财产纠纷", "property"),
        ("18", "撤销婚姻纠纷", "other"),
        ("20", "同居关系纠纷", ""),
        ("22", "抚养纠纷", "other"),
        ("27", "探望权纠纷", "other"),
        ("28", "分家析产纠纷", "property"),
        ("29", "法定继承纠纷", "property"),
        ("40", "排除妨害纠纷", "other"),
        ("45", "侵害集体经济组织成员权益纠纷", ""),
        ("49", "业主知情权纠纷", "other"),
        ("55", "相邻关系纠纷", "other"),
        ("88", "买卖合同纠纷", "property"),
        ("96", "房屋买卖合同纠纷", "property"),
        ("108", "借款合同纠纷", "property"),
        ("108.3", "民间借贷纠纷", "property"),
        ("120", "建设工程合同纠纷", "property"),
        ("147", "追偿权纠纷", "property"),
        ("159", "特许经营合同纠纷", "intellectual-property"),
        ("165", "商标权权属、侵权纠纷", "intellectual-property"),
        ("199", "数据权属纠纷", "property"),
        ("205", "劳动合同纠纷", "labour"),
        ("214", "新就业形态用工合同纠纷", "labour"),
        ("228", "海上、通海水域货物运输合同纠纷", "property"),
        ("296", "股东知情权纠纷", "other"),
        ("299", "公司决议纠纷", "other"),
        ("306", "损害公司利益责任纠纷", "property"),
        ("315", "公司解散纠纷", "other"),
        ("352", "证券欺诈责任纠纷", "property"),
        ("411", "机动车交通事故责任纠纷", "property"),
        ("445", "申请指定遗产管理人", "special-procedure"),
        ("458", "申请支付令", "payment-order"),
        ("475", "申请诉前财产保全", "preservation"),
        ("481", "申请人身安全保护令", "special-procedure"),
        ("484", "申请撤销仲裁裁决", "arbitration"),
        ("511", "第三人撤销之诉", "property"),
        ("514", "执行分配方案异议之诉", "property"),
    ],
)
def test_common_causes_with_their_fee(code: str, name: str, fee: str) -> None:
    found = causes.cause(code, ON)
    assert (found.name, found.fee_kind) == (name, fee)
    assert found.needs_fee_decision == (fee == "")


def test_every_fee_kind_and_type_code_exists() -> None:
    for one in TREE.values():
        if one.fee_group == "acceptance":
            assert fees.acceptance_fee(one.fee_kind, 5000, on=ON, province="示").payable >= 0
        elif one.fee_group:
            assert fees.application_fee(one.fee_kind, 5000, on=ON, province="示").payable > 0
        assert not one.type_code or type_name(one.type_code)


def test_path_leads_from_the_part_to_the_cause() -> None:
    assert [one.label for one in causes.path("108.3", ON)] == [
        "第四部分 合同、准合同纠纷",
        "十、合同纠纷",
        "108.借款合同纠纷",
        "（3）民间借贷纠纷",
    ]


def test_by_name_prefers_the_most_specific() -> None:
    assert causes.by_name("不当得利纠纷", ON).code == "148"
    assert causes.by_name(" 民间借贷纠纷 ", ON).code == "108.3"
    with pytest.raises(LawError, match="没有对应案由不影响立案"):
        causes.by_name("太空旅行纠纷", ON)


def test_days_before_the_recorded_list_and_unknown_codes_are_refused() -> None:
    with pytest.raises(LawError, match="沿用原案由"):
        causes.civil(date(2025, 12, 31))
    assert causes.civil(date(2026, 1, 1))
    with pytest.raises(LawError, match="没有编号为“515”"):
        causes.cause("515", ON)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("借钱不还", "108.3"), ("朋友打了借条，一直不还", "108.3"), ("民间借贷", "108.3"),
        ("公司拖欠工资", "205.5"), ("追尾事故", "411"), ("离婚", "14"),
        ("房东押金不退", "116.2"), ("我要起诉邻居漏水", "55"), ("狗咬人", "419"),
        ("网购退货", "88.8"), ("第三人撤销之诉", "511"), ("房屋租赁合同", "116.2"),
    ],
)  # fmt: skip
def test_everyday_words_lead_to_the_cause(words: str, code: str) -> None:
    hits = causes.search(words, ON)
    assert hits[0].cause.code == code
    assert hits[0].why
    assert len(hits) <= 10


def test_words_that_say_nothing_find_nothing() -> None:
    assert causes.search("", ON) == ()
    assert causes.search("，。 ", ON) == ()
    assert causes.search("zzz", ON) == ()


def test_everyday_words_point_to_existing_causes() -> None:
    rows = parameter("everyday_words", "civil", ON).value
    assert set(rows) <= set(TREE)


def test_charges_by_code() -> None:
    assert causes.charge("CL133-1", ON).name == "危险驾驶罪"
    assert causes.charge("CL277.2", ON).name == "袭警罪"
    assert causes.charge("CL264", ON).basis == "《中华人民共和国刑法》第二百六十四条"
    assert causes.charge("CL133-1", ON).basis == "《中华人民共和国刑法》第一百三十三条之一"
    assert len(causes.charges(ON)) == 60
    with pytest.raises(LawError, match="没有编号为“CL1”的罪名"):
        causes.charge("CL1", ON)


def test_administrative_causes() -> None:
    found = causes.administrative(ON)
    assert len(found) == 22
    assert found["行政处罚"] == ("警告", "罚款", "没收违法所得")
