"""Public numbers: easy to read out, impossible to guess, safe against a slip."""

import secrets

# Crockford's alphabet: no I, L, O, U, so nothing is mistaken for a digit.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM_LENGTH = 12  # 60 random bits
_CONFUSED = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})


def new_number(prefix: str = "BD") -> str:
    """Return ``BD-7K3M-9QXD-2TFA-P``: 60 random bits and one check character.

    The prefix names what is numbered: BD an application, and so on.
    """
    body = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_LENGTH))
    groups = [body[i : i + 4] for i in range(0, RANDOM_LENGTH, 4)]
    return "-".join([prefix, *groups, _check(body)])


def normalise(text: str, prefix: str = "BD") -> str | None:
    """Return the number that was meant, or None when the check character disagrees."""
    compact = "".join(c for c in text.upper() if c.isascii() and c.isalnum())
    compact = compact.removeprefix(prefix).translate(_CONFUSED)
    if len(compact) != RANDOM_LENGTH + 1 or any(c not in ALPHABET for c in compact):
        return None
    body, check = compact[:-1], compact[-1]
    if _check(body) != check:
        return None
    groups = [body[i : i + 4] for i in range(0, RANDOM_LENGTH, 4)]
    return "-".join([prefix, *groups, check])


def _check(body: str) -> str:
    # Odd weights are units modulo 32, so every single wrong character is caught.
    total = sum((2 * i + 1) * ALPHABET.index(c) for i, c in enumerate(body))
    return ALPHABET[total % len(ALPHABET)]
