"""Why a file is not taken, each in one sentence that says what to do."""

from collections.abc import Mapping
from typing import Final

from xiezhi.files.sandbox.protocol import Problem
from xiezhi.foundation.errors import Refusal

_BASIS: Final = "人民法院在线诉讼规则第十一条"


class FileRefused(Refusal):
    """A file that is not taken."""

    code = "files.refused"
    text = "文件“{name}”不能使用。"
    remedy = "请换一份PDF、JPG或者PNG文件重新上传。"
    basis = _BASIS


class FileEmpty(FileRefused):
    """Nothing in it."""

    code = "files.empty"
    text = "文件“{name}”是空的，没有内容。"
    remedy = "请确认文件能正常打开后，重新上传。"


class FileTooLarge(FileRefused):
    """More bytes than are taken."""

    code = "files.too-large"
    text = "文件“{name}”超过了{limit}MB。"
    remedy = "请压缩文件，或者拆成几份分别上传，每份不超过{limit}MB。"


class FileTypeRefused(FileRefused):
    """Neither PDF nor JPG nor PNG, whatever its name says."""

    code = "files.type"
    text = "文件“{name}”的内容不是PDF、JPG或者PNG格式。"
    remedy = "请另存为PDF，或者拍照后上传照片；只改文件名后缀没有用。"


class FileMixed(FileRefused):
    """Two kinds of file in one."""

    code = "files.mixed"
    text = "文件“{name}”中夹带了其他类型的内容，为安全起见没有接收。"
    remedy = "请用“打印为PDF”重新生成一份，或者拍照后上传照片。"


class FileDamaged(FileRefused):
    """Cut off or broken."""

    code = "files.damaged"
    text = "文件“{name}”已损坏或者不完整，无法完整打开。"
    remedy = "请在您的设备上确认能看到每一页，再重新保存并上传。"


class FileLocked(FileRefused):
    """A password is needed to read it."""

    code = "files.locked"
    text = "文件“{name}”设置了打开密码，法院无法查看。"
    remedy = "请取消密码后重新上传。"


class FileActive(FileRefused):
    """Scripts, launches, embedded files, forms that run."""

    code = "files.active"
    text = "文件“{name}”中含有脚本、附件或者可以自动运行的内容，为安全起见没有接收。"
    remedy = "请打开文件，用“打印为PDF”重新生成一份后上传；附件请单独上传。"


class FileTooManyPages(FileRefused):
    """More pages than are taken."""

    code = "files.too-many-pages"
    text = "文件“{name}”超过了 {pages} 页。"
    remedy = "请拆成几份分别上传，每份不超过 {pages} 页。"


class FileTooManyPixels(FileRefused):
    """A picture finer than is taken."""

    code = "files.too-many-pixels"
    text = "图片“{name}”的尺寸过大，超过了 {megapixels} 百万像素。"
    remedy = "请缩小图片尺寸或者重新拍照后上传。"


class FileTooComplex(FileRefused):
    """Could not be looked through in the time and memory given."""

    code = "files.too-complex"
    text = "文件“{name}”的内容过于复杂，无法在限定时间内完成检查。"
    remedy = "请用“打印为PDF”重新生成一份，或者拆成几份后上传。"


BY_PROBLEM: Final[Mapping[Problem, type[FileRefused]]] = {
    Problem.EMPTY: FileEmpty,
    Problem.UNKNOWN_TYPE: FileTypeRefused,
    Problem.MIXED: FileMixed,
    Problem.DAMAGED: FileDamaged,
    Problem.LOCKED: FileLocked,
    Problem.ACTIVE: FileActive,
    Problem.TOO_MANY_PAGES: FileTooManyPages,
    Problem.TOO_MANY_PIXELS: FileTooManyPixels,
    Problem.TOO_COMPLEX: FileTooComplex,
}
