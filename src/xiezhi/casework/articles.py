"""Articles that several declarations of the court's core cite."""

from __future__ import annotations

from typing import Final

CPL: Final = "《中华人民共和国民事诉讼法》"
CPL_122: Final = f"{CPL}第一百二十二条"
CPL_124: Final = f"{CPL}第一百二十四条"
CPL_126: Final = f"{CPL}第一百二十六条"
CPL_127: Final = f"{CPL}第一百二十七条"
CPL_129: Final = f"{CPL}第一百二十九条"
CPL_INTERPRETATION: Final = "《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》"
REGISTRATION: Final = "《最高人民法院关于人民法院登记立案若干问题的规定》第二条"
ONLINE_9: Final = "《人民法院在线诉讼规则》第九条"
CASE_NUMBERS: Final = "《最高人民法院关于人民法院案件案号的若干规定》第九条"
E_FILE: Final = "《最高人民法院关于全面推进人民法院电子卷宗随案同步生成和深度应用的指导意见》"
DISCLOSURE: Final = "《最高人民法院关于人民法院通过互联网公开审判流程信息的规定》第一条"
