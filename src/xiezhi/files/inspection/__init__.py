"""Inspect what people hand in: by content, never by name, and never in this process."""

from xiezhi.files.inspection.finding import Finding
from xiezhi.files.inspection.inspect import inspect
from xiezhi.files.inspection.limits import UploadLimits, upload_limits

__all__ = ["Finding", "UploadLimits", "inspect", "upload_limits"]
