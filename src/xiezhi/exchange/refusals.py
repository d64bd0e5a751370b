"""What is refused about peers and keys, in words for operators."""

from __future__ import annotations

from typing import ClassVar

from xiezhi.foundation.errors import Refusal


class IntroductionRefused(Refusal):
    """The file is no introduction, or one that cannot be believed."""

    code: ClassVar[str] = "exchange.introduction-refused"
    text: ClassVar[str] = "这份介绍文件不能采用：{why}。没有登记任何内容。"
    remedy: ClassVar[str] = "请对方重新生成介绍文件，并确认传送过程中没有改动。"


class FingerprintDiffers(Refusal):
    """What was heard by telephone is not the end of this key's fingerprint."""

    code: ClassVar[str] = "exchange.fingerprint-differs"
    text: ClassVar[str] = "输入的8位与这个公钥指纹的最后8位不一致，没有登记。"
    remedy: ClassVar[str] = "请打电话给对方，由对方读出其屏幕上的指纹；不要照着本页面抄写。"


class KeyUnusable(Refusal):
    """A key cannot be made, confirmed or revoked as asked."""

    code: ClassVar[str] = "exchange.key-unusable"
    text: ClassVar[str] = "这个密钥不能这样处理：{why}。"
    remedy: ClassVar[str] = "请核对密钥的有效期和状态后再试。"
    status: ClassVar[int] = 409


class OlderKey(Refusal):
    """A key may not take back one that came after it: it may be in the wrong hands."""

    code: ClassVar[str] = "exchange.revoked-by-older-key"
    text: ClassVar[str] = "较旧的密钥不能吊销较新的密钥，没有采信。"


class NotAPartner(Refusal):
    """Types are granted one by one to partners alone; for others the table stands."""

    code: ClassVar[str] = "exchange.not-a-partner"
    text: ClassVar[str] = "这个站点收发的消息种类由系统约定，不能单独调整。"
    status: ClassVar[int] = 409
