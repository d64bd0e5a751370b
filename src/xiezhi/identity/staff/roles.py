"""The roles a post can bear (岗位角色): codes and names of the court network's table of roles."""

from __future__ import annotations

from django.db import models


class Role(models.TextChoices):
    """What a post is; what it may do stands in each app's table of grants."""

    FILING_OFFICER = "filing_officer", "立案人员"
    CASE_JUDGE = "case_judge", "承办法官"
    PRESIDING_JUDGE = "presiding_judge", "审判长"
    PANEL_MEMBER = "panel_member", "合议庭成员"
    JUDGE_ASSISTANT = "judge_assistant", "法官助理"
    CLERK = "clerk", "书记员"
    PEOPLES_ASSESSOR = "peoples_assessor", "人民陪审员"
    ENFORCEMENT_OFFICER = "enforcement_officer", "执行员"
    ENFORCEMENT_SUPERVISOR = "enforcement_supervisor", "执行指挥中心"
    DIVISION_HEAD = "division_head", "庭长"
    COURT_LEADER = "court_leader", "院长、副院长"
    ADJUDICATION_COMMITTEE = "adjudication_committee", "审判委员会委员"
    TRIAL_MGMT = "trial_mgmt", "审判管理"
    JUDICIAL_INSPECTOR = "judicial_inspector", "督察"
    JUDICIAL_POLICE = "judicial_police", "司法警察"
    ARCHIVE_OFFICER = "archive_officer", "档案员"
    OPENNESS_EDITOR = "openness_editor", "公开审核员"
    FINANCE_OFFICER = "finance_officer", "案款管理"
    DATA_STEWARD = "data_steward", "数据管理员"
    SECURITY_ADMIN = "security_admin", "安全管理员"
    AUDIT_ADMIN = "audit_admin", "审计员"
    SYSTEM_ADMIN = "system_admin", "系统管理员"
    TIER1_OPERATOR = "tier1_operator", "一线运维"
    TIER2_OPERATOR = "tier2_operator", "二线运维"
