"""Titles of the statutes cited most, as an instrument writes them: in full, in title marks."""

from __future__ import annotations

CIVIL_CODE = "《中华人民共和国民法典》"
CIVIL_PROCEDURE = "《中华人民共和国民事诉讼法》"
CIVIL_INTERPRETATION = "《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》"
CRIMINAL_LAW = "《中华人民共和国刑法》"
CRIMINAL_PROCEDURE = "《中华人民共和国刑事诉讼法》"
ASSESSORS = "《中华人民共和国人民陪审员法》"
BILLS = "《中华人民共和国票据法》"
TRIAL_LIMITS = "《最高人民法院关于严格执行案件审理期限制度的若干规定》"
ADJOURNMENTS = "《最高人民法院关于严格规范民商事案件延长审限和延期开庭问题的规定》"
FEES = "《诉讼费用交纳办法》"
CASE_NUMBERS = "《关于人民法院案件案号的若干规定》"
