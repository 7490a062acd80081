"""How a citizen can be reached: addresses and numbers that can be, in one form, as wire types.

An address is judged by its form alone: asking the domain would tell the outside whom we help, and
would refuse good addresses whenever the line is down.
"""

import re
from typing import Annotated, Final

import phonenumbers
from email_validator import EmailNotValidError, ValidatedEmail, validate_email
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType
from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError

HOME: Final = "BE"
LONGEST_ADDRESS: Final = 254  # RFC 5321, 4.5.3.1.3
LONGEST_NUMBER: Final = 16  # E.164: a plus and fifteen digits
_TYPED = 40
_SIGNS_OF_A_NUMBER = re.compile(r"\+?[\d\s()./\-\u2010-\u2013\u00a0]+")
_MOBILE = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}


def email_address(text: str) -> str:
    """An address in its normal form; ValueError for what cannot be one.

    The part before the at sign is ASCII, since few mail servers take more; the domain may have ë.
    """
    try:
        return _understood(text).normalized
    except EmailNotValidError as error:
        raise ValueError("no e-mail address") from error


def ascii_address(address: str) -> str:
    """The address as SMTP writes it: a domain with ë in its ASCII form."""
    found = _understood(address)
    return found.ascii_email or found.normalized


def _understood(text: str) -> ValidatedEmail:
    return validate_email(text, check_deliverability=False, allow_smtputf8=False, strict=True)


def phone_number(text: str) -> str:
    """``0470 12 34 56`` → ``+32470123456`` (E.164); ValueError for what cannot be called."""
    if _SIGNS_OF_A_NUMBER.fullmatch(text) is None:
        raise ValueError("no telephone number")
    try:
        found = phonenumbers.parse(text, HOME)
    except NumberParseException as error:
        raise ValueError("no telephone number") from error
    if not phonenumbers.is_valid_number(found):
        raise ValueError("no telephone number")
    return phonenumbers.format_number(found, PhoneNumberFormat.E164)


def is_mobile(number: str) -> bool:
    """Whether a number in E.164 takes text messages; where kinds look alike, it may."""
    try:
        return phonenumbers.number_type(phonenumbers.parse(number, HOME)) in _MOBILE
    except NumberParseException:
        return False


def number_shown(number: str) -> str:
    """As people write it: ``0470 12 34 56``, and ``+31 6 12345678`` for one from elsewhere."""
    try:
        found = phonenumbers.parse(number, HOME)
    except NumberParseException:
        return number
    at_home = phonenumbers.region_code_for_number(found) == HOME
    form = PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(found, form)


def _checked_address(text: str) -> str:
    try:
        return email_address(text)
    except ValueError as error:  # the rule's name travels to the desk, the address does not
        raise PydanticCustomError("email_address", "no e-mail address") from error


def _checked_number(text: str) -> str:
    try:
        return phone_number(text)
    except ValueError as error:
        raise PydanticCustomError("phone_number", "no telephone number") from error


def _checked_mobile(text: str) -> str:
    number = _checked_number(text)
    if not is_mobile(number):
        raise PydanticCustomError("mobile_number", "no mobile telephone")
    return number


EmailAddress = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=3, max_length=LONGEST_ADDRESS),
    AfterValidator(_checked_address),
]
"""An e-mail address that can be; normalised once read."""

_TypedNumber = StringConstraints(strip_whitespace=True, min_length=3, max_length=_TYPED)
PhoneNumber = Annotated[str, _TypedNumber, AfterValidator(_checked_number)]
"""A telephone number that can be called, as a Belgian types it; E.164 once read."""
MobileNumber = Annotated[str, _TypedNumber, AfterValidator(_checked_mobile)]
"""A telephone number that takes text messages; E.164 once read."""
