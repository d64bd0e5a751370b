"""Register an account."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import Refusal
from xiezhi.foundation.transactions import acting
from xiezhi.foundation.typed import as_seen
from xiezhi.identity.people.actions._record import record
from xiezhi.identity.people.models import Account
from xiezhi.law.errors import LawError
from xiezhi.law.identity import check_phone, check_resident_id

REGISTRAR = Actor.system("people.register")


class AlreadyRegistered(Refusal):
    """An account bears this ID number or this phone; it is not said which, nor whose it is."""

    code = "people.already-registered"
    text = "用这个公民身份号码或者手机号码不能再注册新账号。"
    remedy = "如果您以前注册过，请直接登录；如果没有注册过，请拨打12368核实。"
    status = 409


class IdentityUnreadable(Refusal):
    """The name, the ID number or the phone cannot be one."""

    code = "people.identity-unreadable"
    text = "{reason}"
    remedy = "请对照身份证和手机核对后重新填写。"


@transaction.atomic
def register(
    *, name: str, id_number: str, phone: str, password: str, actor: Actor, at: datetime
) -> Account:
    """Open an account for a person who declares a name, an ID number and a phone.

    Basis: 人民法院在线诉讼规则第七条. The identity is declared, not verified.
    Refuses: :class:`IdentityUnreadable`, :class:`AlreadyRegistered`.
    Idempotence: none; the unique blind indexes decide between two at the same moment.
    """
    del actor  # nobody yet: whoever registers becomes the account's owner
    try:
        number = check_resident_id(id_number, on=at.date()).canonical
        mobile = check_phone(phone).number
    except LawError as error:
        raise IdentityUnreadable(reason=error.reason) from None
    seen = as_seen(name).replace("\n", " ").strip()
    if not seen:
        raise IdentityUnreadable(reason="姓名不能是空白。")
    account = Account(name=seen, id_number=number, phone=mobile, registered_at=at)
    account.set_password(password)
    with acting(REGISTRAR):
        try:
            with transaction.atomic():
                account.save(force_insert=True)
        except IntegrityError:
            raise AlreadyRegistered from None
        owner = Actor.person(account.pk, name=account.name)
        record("account.registered", account_id=account.pk, actor=owner, at=at)
    return account
