"""A stored identity number or phone is unreadable without its key."""

import pytest
from cryptography.fernet import Fernet
from django.db import connection

from sla.ground.fields import (
    EncryptedTextField,
    UndecryptableError,
    blind_index,
    decrypt,
    encrypt,
)

OLD, NEW, FOREIGN = (Fernet.generate_key().decode() for _ in range(3))
ID_CARD = "120103199003076515"


def test_what_is_stored_does_not_contain_the_value(settings):
    settings.FIELD_KEYS = [NEW]
    token = encrypt(ID_CARD)
    assert ID_CARD not in token
    assert decrypt(token) == ID_CARD


def test_the_same_value_is_stored_differently_each_time(settings):
    settings.FIELD_KEYS = [NEW]
    assert encrypt(ID_CARD) != encrypt(ID_CARD)


def test_a_value_under_an_old_key_is_still_read_after_rotation(settings):
    settings.FIELD_KEYS = [OLD]
    token = encrypt(ID_CARD)
    settings.FIELD_KEYS = [NEW, OLD]
    assert decrypt(token) == ID_CARD


def test_new_values_are_written_under_the_first_key(settings):
    settings.FIELD_KEYS = [NEW, OLD]
    token = encrypt(ID_CARD)
    settings.FIELD_KEYS = [NEW]
    assert decrypt(token) == ID_CARD


def test_a_missing_key_raises_instead_of_showing_ciphertext(settings):
    settings.FIELD_KEYS = [OLD]
    token = encrypt(ID_CARD)
    settings.FIELD_KEYS = [FOREIGN]
    with pytest.raises(UndecryptableError, match="FIELD_KEYS"):
        decrypt(token)


def test_one_bad_value_does_not_spoil_the_field_for_later_reads():
    field = EncryptedTextField()
    good = field.get_db_prep_save(ID_CARD, connection)
    with pytest.raises(UndecryptableError):
        field.from_db_value("not a token", None, None)
    assert field.from_db_value(good, None, None) == ID_CARD
    assert vars(field).keys() == vars(EncryptedTextField()).keys()


def test_null_stays_null_and_empty_stays_empty():
    field = EncryptedTextField(null=True)
    assert field.get_db_prep_save(None, connection) is None
    assert field.from_db_value(None, None, None) is None
    token = field.get_db_prep_save("", connection)
    assert token
    assert field.from_db_value(token, None, None) == ""


@pytest.mark.parametrize("lookup", ["exact", "iexact", "contains", "in", "gt"])
def test_the_column_cannot_be_compared(lookup):
    assert EncryptedTextField().get_lookup(lookup) is None


def test_absence_can_be_asked_for():
    assert EncryptedTextField().get_lookup("isnull") is not None


def test_equal_values_have_equal_indexes_within_one_purpose():
    assert blind_index(ID_CARD, "id") == blind_index(ID_CARD, "id")
    assert blind_index(ID_CARD, "id") != blind_index(ID_CARD, "phone")
    assert blind_index(ID_CARD, "id") != blind_index("12010319900307651X", "id")


def test_an_index_cannot_be_guessed_without_the_key(settings):
    before = blind_index(ID_CARD, "id")
    settings.INDEX_KEY = "another key"
    assert blind_index(ID_CARD, "id") != before
    assert len(before) == 64


def test_purpose_and_value_do_not_run_into_each_other():
    assert blind_index("bc", "a") != blind_index("c", "ab")
