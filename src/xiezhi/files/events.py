"""What is recorded about blobs."""

from typing import Final

from xiezhi.foundation.events import EventKind, EventKinds

_KEPT: Final = "随所属案件材料的保管期限；未进入案件的保存六个月以上（网络安全法第二十一条）"
_REDACTION: Final = "只含编号和摘要，无需隐去"

EVENTS: Final = EventKinds(
    EventKind("files.blob_stored", "保存材料", "人民法院在线运行规则第三十五条", _KEPT, _REDACTION),
    EventKind("files.blob_held", "暂扣材料", "人民法院在线运行规则第三十五条", _KEPT, _REDACTION),
    EventKind(
        "files.blob_released", "解除暂扣", "人民法院在线运行规则第三十五条", _KEPT, _REDACTION
    ),
    EventKind("files.blob_destroyed", "销毁材料", "个人信息保护法第四十七条", _KEPT, _REDACTION),
    EventKind(
        "files.blob_damaged", "材料损坏事件", "人民法院在线运行规则第四十条", _KEPT, _REDACTION
    ),
)
