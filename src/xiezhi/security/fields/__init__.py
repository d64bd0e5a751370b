"""Model fields that keep their content encrypted, and indexes that find it without reading it."""

from xiezhi.security.fields.blind_index import BlindIndexField, blind_index
from xiezhi.security.fields.encrypted import EncryptedJSONField, EncryptedTextField
from xiezhi.security.fields.normal_forms import account_number, id_number, phone, plain
from xiezhi.security.fields.renewal import renew

__all__ = [
    "BlindIndexField",
    "EncryptedJSONField",
    "EncryptedTextField",
    "account_number",
    "blind_index",
    "id_number",
    "phone",
    "plain",
    "renew",
]
